import Lifecycle

/// `/plan/coverage`: the plan clause by clause, with what carries each out and an honest list of what nothing does.
struct CoveragePage: Sendable {
    let figures: [Figure]
    let open: [Open]
    let hasOpen: Bool
    let openTitle: String
    /// Of which no programme takes care, whatever becomes of their clauses.
    let openTasks: [OpenTask]
    let hasOpenTasks: Bool
    let openTasksTitle: String
    let parts: [Part]
    let programmes: [Programme]

    /// One that has a page of its own.
    struct Programme: Sendable {
        let href: String
        let title: String
        let summary: String
    }

    struct Figure: Sendable {
        let kind: String
        let count: String
        let label: String
    }

    struct Open: Sendable {
        let clause: String
        let title: String
        let href: String
        let state: String
        /// The tasks that name it; empty where none does.
        let tasks: String
        let hasTasks: Bool
    }

    struct OpenTask: Sendable {
        let title: String
        let clauses: String
    }

    struct Part: Sendable {
        let title: String
        let clauses: [Clause]
    }

    struct Clause: Sendable {
        let anchor: String
        let number: String
        let title: String
        let badge: String
        let state: String
        /// Tasks, indicators and programmes, always shown.
        let main: [Use]
        let hasMain: Bool
        /// Rules, steps, practices, criteria: folded.
        let more: [Use]
        let hasMore: Bool
        let moreTitle: String
    }

    struct Use: Sendable {
        let kind: String
        let label: String
        let about: String
        let hasAbout: Bool
        /// The page of the programme, of a programme.
        let href: String
        let hasHref: Bool
    }

    init(_ plan: Plan, _ words: Words.Catalogue) {
        let coverage = PlanCoverage(plan)
        figures = PlanCoverage.State.allCases.filter { $0 != .heading }.map {
            Figure(
                kind: Self.badge($0), count: "\(coverage.count($0))",
                label: words["coverage.state.\($0.rawValue)"])
        }
        let nothing = coverage.nothingYet
        open = nothing.map { line in
            let tasks = line.uses.filter { $0.kind == .task }.map { $0.label.text(in: words.language) }
            return Open(
                clause: line.clause.id.rawValue, title: line.clause.title.text(in: words.language),
                href: "#c-\(line.clause.id.rawValue)", state: words["coverage.state.\(line.state.rawValue)"],
                tasks: tasks.joined(separator: words.language == .zh ? "、" : "; "), hasTasks: !tasks.isEmpty)
        }
        hasOpen = !open.isEmpty
        openTitle = words.filled("coverage.open", ["n": "\(nothing.count)"])
        openTasks = coverage.openTasks.map { task in
            OpenTask(
                title: task.label.text(in: words.language),
                clauses: task.clauses.map(\.rawValue).joined(
                    separator: words.language == .zh ? "、" : ", "))
        }
        hasOpenTasks = !openTasks.isEmpty
        openTasksTitle = words.filled("coverage.openTasks", ["n": "\(openTasks.count)"])
        let titles = Dictionary(
            plan.programmes.map { ($0.id, $0.title.text(in: words.language)) },
            uniquingKeysWith: { first, _ in first })
        var parts: [Part] = []
        for line in coverage.lines {
            let clause = Clause(line, titles, words)
            if line.depth == 1 || parts.isEmpty {
                parts.append(Part(title: "\(clause.number) \(clause.title)", clauses: []))
            }
            // A part that is only a heading has no row of its own.
            if line.depth == 1 && line.state == .heading { continue }
            let part = parts.removeLast()
            parts.append(Part(title: part.title, clauses: part.clauses + [clause]))
        }
        self.parts = parts
        programmes = plan.programmes.map {
            Programme(
                href: ProgrammeAddress.of($0.id), title: $0.title.text(in: words.language),
                summary: $0.summary.text(in: words.language))
        }
    }

    fileprivate static func badge(_ state: PlanCoverage.State) -> String {
        switch state {
        case .carried: "good"
        case .demo, .planned: "warn"
        case .nothing: "bad"
        case .heading: "muted"
        }
    }
}

extension CoveragePage.Clause {
    fileprivate init(_ line: PlanCoverage.Line, _ titles: [String: String], _ words: Words.Catalogue) {
        anchor = "c-\(line.clause.id.rawValue)"
        number = line.clause.id.rawValue
        title = line.clause.title.text(in: words.language)
        badge = CoveragePage.badge(line.state)
        state = words["coverage.state.\(line.state.rawValue)"]
        let isMain: (PlanCoverage.Use) -> Bool = { [.task, .indicator, .programme].contains($0.kind) }
        main = line.uses.filter(isMain).map { CoveragePage.Use($0, titles, words) }
        hasMain = !main.isEmpty
        more = line.uses.filter { !isMain($0) }.map { CoveragePage.Use($0, titles, words) }
        hasMore = !more.isEmpty
        moreTitle = words.filled("coverage.more", ["n": "\(more.count)"])
    }
}

extension CoveragePage.Use {
    fileprivate init(_ use: PlanCoverage.Use, _ titles: [String: String], _ words: Words.Catalogue) {
        kind = words["coverage.kind.\(use.kind.rawValue)"]
        label = use.label.text(in: words.language)
        var parts: [String] = []
        if use.kind != .programme, let programme = use.programme {
            parts.append(titles[programme] ?? programme)
        }
        if let target = use.target { parts.append(target.text(in: words.language)) }
        if let from = use.from { parts.append(words.filled("coverage.from", ["day": from.text])) }
        if let standing = use.standing { parts.append(words["rule.standing.\(standing.rawValue)"]) }
        about = parts.joined(separator: " · ")
        hasAbout = !parts.isEmpty
        hasHref = use.kind == .programme && use.programme != nil
        href = use.programme.map(ProgrammeAddress.of) ?? ""
    }
}
