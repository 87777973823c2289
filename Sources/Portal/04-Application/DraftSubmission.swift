import Lifecycle
import Store

/// Handing a draft in, and taking it back.
enum DraftSubmission {
    static func show(_ ask: Ask) async throws -> Answer { try await page(ask, status: 200) }

    /// The draft is not what its owner looked at: another window, or another device, saved meanwhile.
    private struct Moved: Error {}

    static func submit(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let house = ask.house
        let looked = ask.form["content"]
        guard ask.form["commit"] == "yes" else { return try await page(ask, unticked: true, status: 422) }
        do {
            // `change.at` is when the last byte of this request had arrived.
            try await ask.change { change in
                let draft = try Drafts.editable(id, of: person, change.store)
                let open = try OpenDraft.find(id, of: person, house, change.store)
                guard open.content == looked else { throw Moved() }
                try ApplicationActs.submit(draft, change, house)
            }
        } catch is Moved {
            return try await page(ask, moved: true, status: 422)
        } catch is Refused {
            // The page computes anew everything that stops it.
            return try await page(ask, status: 422)
        }
        return .see("/cases/\(id)/receipt?done=application-submitted")
    }

    static func withdraw(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let (reason, house) = (ask.form.text("reason"), ask.house)
        guard reason.trimmedCount >= 5, reason.count <= 300 else {
            let page = try await DraftRoutes.workspace(
                ask, withdrawing: reason,
                problem: ask.words.filled("draft.withdraw.short", ["least": "5"]))
            return try await ask.page("draft/workspace", page, status: 422)
        }
        try await ask.change { change in
            try ApplicationActs.withdraw(id, by: person, reason: reason, change, house)
        }
        return .see("/cases/\(id)?done=application-withdrawn")
    }

    private static func page(_ ask: Ask, unticked: Bool = false, moved: Bool = false, status: Int)
        async throws
        -> Answer
    {
        let id = ask.id("id", Application.self)
        let (open, obstacles) = try await ask.read { store in
            let open = try OpenDraft.find(id, of: ask.viewer.person, ask.house, store)
            guard open.stage.isEditable else { return (open, [Refusal]()) }
            return (
                open,
                try ApplicationActs.obstacles(
                    open.draft, open.call, open.programme, at: ask.now, ask.house, store)
            )
        }
        guard open.stage.isEditable else { return .see("/cases/\(id)") }
        let page = DraftSubmitPage(open, obstacles, unticked: unticked, moved: moved, ask)
        return try await ask.page("draft/submit", page, status: status)
    }
}

/// What the panel will see, and everything that still stops it.
struct DraftSubmitPage: Sendable {
    let head: DraftFrame
    let obstacles: [Obstacle]
    let hasObstacles: Bool
    let obstaclesTitle: String
    let isReady: Bool
    let unticked: Bool
    let moved: Bool
    /// What the form sends back, so that nothing else is handed in than what was looked at.
    let content: String
    let action: String
    let sections: [Section]
    let members: [Member]
    let hasMembers: Bool
    let files: [String]
    let hasFiles: Bool
    let exclusions: String
    let continues: [String]
    let hasContinues: Bool
    let isAgain: Bool
    /// Where the applicant may look at their own overlap, if the call lets them.
    let ownReuse: String?

    struct Obstacle: Sendable {
        let href: String
        let text: String
    }

    struct Section: Sendable {
        let label: String
        let editHref: String
        let answers: [Answer]
    }

    struct Answer: Sendable {
        let label: String
        let paragraphs: [String]
        let isEmpty: Bool
    }

    struct Member: Sendable {
        let name: String
        let organisation: String
        let task: String
    }

    init(_ open: OpenDraft, _ refusals: [Refusal], unticked: Bool, moved: Bool, _ ask: Ask) {
        let base = "/drafts/\(open.draft.id)"
        let words = ask.words
        head = DraftFrame(open, at: "submit", ask)
        obstacles = refusals.map { Self.obstacle($0, open, base, ask) }
        hasObstacles = !obstacles.isEmpty
        obstaclesTitle = words.filled("draft.submit.obstacles", ["count": "\(obstacles.count)"])
        isReady = obstacles.isEmpty
        self.unticked = unticked
        self.moved = moved
        content = open.content
        action = "\(base)/submit"
        sections = open.form.sections.map { section in
            let values = open.values(of: section.id)
            return Section(
                label: section.label.text(in: ask.language), editHref: "\(base)/sections/\(section.id)",
                answers: section.fields.map { field in
                    let text = field.read(values[field.id] ?? "", ask.house.disciplineNames, words)
                    return Answer(
                        label: field.label.text(in: ask.language),
                        paragraphs: text.split(separator: "\n").map(String.init), isEmpty: text.isEmpty)
                })
        }
        members = open.members.map {
            Member(name: $0.name, organisation: $0.organisationName, task: $0.task)
        }
        hasMembers = !members.isEmpty
        files = open.attachments.map { "\($0.name)（\(FileSize.text($0.size))）" }
        hasFiles = !files.isEmpty
        exclusions = words.filled("draft.submit.exclusions", ["count": "\(open.exclusions.count)"])
        continues = open.continues.map(\.reference)
        hasContinues = !continues.isEmpty
        if case .mending = open.stage { isAgain = true } else { isAgain = false }
        ownReuse = open.call.showsOwnReuse(in: open.programme) ? "\(base)/reuse" : nil
    }

    private static func obstacle(_ refusal: Refusal, _ open: OpenDraft, _ base: String, _ ask: Ask)
        -> Obstacle
    {
        let words = ask.words
        if let section = refusal.values["section"], let id = refusal.values["field"],
            let field = open.form.field(id)
        {
            let values = refusal.values.merging(["label": field.label.text(in: ask.language)]) { _, new in new
            }
            let named = Refusal(refusal.code, values, citation: refusal.citation)
            return Obstacle(
                href: "\(base)/sections/\(section)?check=1#\(id)", text: words.sentence(named))
        }
        let text = words.sentence(refusal)
        switch refusal.code {
        case "member.no-consent": return Obstacle(href: "\(base)/team", text: text)
        case "party.too-few": return Obstacle(href: "\(base)/parties", text: text)
        case "rule.unmet": return Obstacle(href: "\(base)#eligibility", text: text)
        default: return Obstacle(href: open.stage.isEditable ? base : "/cases/\(open.draft.id)", text: text)
        }
    }
}
