import Lifecycle
import PlanFiles

/// `/office/plan/definitions/{programme}`: what is in force, what the plan's folder has, what was proposed.
struct DefinitionHomePage: Sendable {
    let title: String
    let summary: String
    let digest: String
    let since: String
    /// The folder's digest, where it is another.
    let folder: String?
    let isGone: Bool
    let mayEdit: Bool
    let editHref: String
    let folderHref: String
    let waiting: String?
    let proposals: [Line]
    let hasProposals: Bool

    struct Line: Sendable {
        let href: String
        let digest: String
        let at: String
        let proposer: String
        let grounds: String
        let state: String
        let badge: String
    }

    init(
        _ programme: Programme, since: Instant?, proposals: [Seen<DefinitionRecord>], waiting: Int64?,
        _ ask: Ask
    ) {
        title = programme.title.text(in: ask.language)
        summary = programme.summary.text(in: ask.language)
        digest = DefinitionPages.short(programme.digest)
        self.since = since?.text ?? ""
        let newest = ask.house.plan.programme(programme.id)
        folder = newest.flatMap { $0.digest == programme.digest ? nil : DefinitionPages.short($0.digest) }
        isGone = newest == nil
        mayEdit = ask.viewer.holds(.programmeOfficer)
        editHref = "/office/plan/definitions/\(programme.id)/edit"
        folderHref = "\(editHref)?from=folder"
        self.waiting = waiting.map { "/office/plan/proposals/\($0)" }
        self.proposals = proposals.map { seen in
            let answer = seen[DefinitionSight.answer]
            return Line(
                href: seen[DefinitionSight.fact].map { "/office/plan/proposals/\($0)" } ?? "",
                digest: DefinitionPages.short(seen[DefinitionSight.digest] ?? ""),
                at: seen[DefinitionSight.at]?.text ?? "", proposer: seen[DefinitionSight.proposer] ?? "",
                grounds: seen[DefinitionSight.grounds] ?? "",
                state: DefinitionPages.state(answer, ask.words), badge: DefinitionPages.badge(answer))
        }
        hasProposals = !proposals.isEmpty
    }
}

/// `/office/plan/definitions/{programme}/edit`: the texts, what is wrong with them at which line, and what they change.
struct DefinitionEditPage: Sendable {
    static let names = PlanFolder.fileNames

    let title: String
    let homeHref: String
    let action: String
    let proposeAction: String
    let discardAction: String
    let base: String
    /// What is shown is what was saved last.
    let isSaved: Bool
    let files: [File]
    let problems: [Problem]
    let hasProblems: Bool
    let errors: [String]
    let hasErrors: Bool
    let isWaiting: Bool
    /// Saved, without an error, and another definition than the one in force.
    let mayPropose: Bool
    let isSame: Bool
    let running: [RunningCall]
    let hasRunning: Bool
    let areas: [DefinitionArea]
    let hasAreas: Bool
    let grounds: String

    struct File: Sendable {
        let name: String
        let text: String
        let isAbsent: Bool
        let rows: String
        let problems: String?
        /// Of the worst that was found here.
        let badge: String
    }

    struct Problem: Sendable {
        let href: String
        let place: String
        let text: String
        let code: String
        /// The line itself.
        let line: String?
        let badge: String
        let weight: String
    }

    struct RunningCall: Sendable {
        let id: String
        let number: String
        let title: String
        let checked: Bool
    }

    init(
        _ inForce: Programme, files: [String: String], base: Int, isSaved: Bool, running: [Call],
        isWaiting: Bool, refusals: [Refusal], _ ask: Ask
    ) throws {
        title = inForce.title.text(in: ask.language)
        homeHref = "/office/plan/definitions/\(inForce.id)"
        action = "\(homeHref)/edit"
        proposeAction = "\(homeHref)/propose"
        discardAction = "\(homeHref)/discard"
        self.base = "\(base)"
        self.isSaved = isSaved
        let found = DefinitionActs.problems(in: files, ask.house)
        problems = found.map { problem in
            Problem(
                href: "#file-\(problem.path)", place: "\(problem.path):\(problem.line):\(problem.column)",
                text: problem.message.text(in: ask.language), code: problem.code,
                line: Self.line(problem.line, of: files[problem.path]),
                badge: problem.isError ? "bad" : "warn",
                weight: ask.words["definition.weight.\(problem.weight.rawValue)"])
        }
        hasProblems = !found.isEmpty
        self.files = Self.names.map { name in
            let text = files[name] ?? ""
            let here = found.filter { $0.path == name }
            return File(
                name: name, text: text, isAbsent: files[name] == nil,
                rows:
                    "\(min(max(text.split(separator: "\n", omittingEmptySubsequences: false).count, 3), 24))",
                problems: here.isEmpty
                    ? nil : ask.words.filled("definition.problemsHere", ["count": "\(here.count)"]),
                badge: here.contains(where: \.isError) ? "bad" : "warn")
        }
        errors = refusals.map(ask.words.sentence)
        hasErrors = !errors.isEmpty
        self.isWaiting = isWaiting
        let new = found.contains(where: \.isError) ? nil : try PlanFolder.programme(files: files)
        let diff = new.map { ProgrammeDiff(from: inForce, to: $0) }
        areas = diff.map { DefinitionArea.all($0, ask.words) } ?? []
        hasAreas = !areas.isEmpty
        isSame = new?.digest == inForce.digest
        mayPropose = isSaved && new != nil && !isSame && !isWaiting
        let moving = Set(ask.form.all("moving"))
        self.running = running.map {
            RunningCall(
                id: $0.id.rawValue, number: $0.number, title: $0.title,
                checked: moving.contains($0.id.rawValue))
        }
        hasRunning = !running.isEmpty
        grounds = ask.form["grounds"] ?? ""
    }

    /// A line of a text, cut where nobody reads on.
    private static func line(_ number: Int, of text: String?) -> String? {
        guard let text else { return nil }
        let lines = text.split(separator: "\n", maxSplits: number, omittingEmptySubsequences: false)
        guard number >= 1, number <= lines.count, !lines[number - 1].isEmpty else { return nil }
        return String(lines[number - 1].prefix(160))
    }
}

/// Words that the pages of definitions have in common.
enum DefinitionPages {
    static func short(_ digest: String) -> String { String(digest.prefix(12)) }

    /// The last day on which a rule begins a version that it had not, other than what is in force on the day that is
    /// asked about anyhow; nil where there is no such day.
    static func newDay(from old: [Rule], to new: [Rule], besides day: Day) -> Day? {
        let had = Dictionary(old.map { ($0.id, Set($0.versions.map(\.from))) }) { $0.union($1) }
        return new.flatMap { rule in
            let shown = rule.version(on: day)?.from
            return rule.versions.map(\.from).filter { $0 != shown && had[rule.id]?.contains($0) != true }
        }.max()
    }

    static func state(_ answer: DefinitionAnswer?, _ words: Words.Catalogue) -> String {
        words["definition.state.\(answer?.rawValue ?? "waiting")"]
    }

    static func badge(_ answer: DefinitionAnswer?) -> String {
        switch answer {
        case nil: "info"
        case .activated: "good"
        case .declined: "bad"
        case .withdrawn: "muted"
        }
    }
}
