import Lifecycle

/// `/problems`: what this is, and one's own.
struct ProblemsPage: Sendable {
    let signedIn: Bool
    let isOpen: Bool
    let rows: [Row]
    let hasRows: Bool
    let pager: Pager

    struct Row: Sendable {
        let href: String
        let number: String
        let title: String
        let at: String
        let state: String
        let badge: String
        let reason: String?
    }

    init(_ page: Paged<ProblemRecord>, _ ask: Ask) {
        signedIn = ask.viewer.person != nil
        isOpen = ask.house.plan.problemForm != nil
        rows = page.rows.map { record in
            let seen = Seen(record, as: [.owner])
            let state = seen[ProblemSight.state] ?? .waiting
            return Row(
                href: "/problems/\(record.id)", number: seen[ProblemSight.number] ?? "",
                title: seen[ProblemSight.title] ?? "", at: seen[ProblemSight.at]?.day.text ?? "",
                state: ask.words["pool.state.\(state.rawValue)"], badge: ProblemWords.badge(state),
                reason: seen[ProblemSight.reason])
        }
        hasRows = !rows.isEmpty
        pager = Pager(page, ListAddress("/problems"), ask.words)
    }
}

/// `/problems/receipt/{token}`: what a citizen keeps, and comes back to.
struct ProblemReceiptPage: Sendable {
    let number: String
    let title: String
    let at: String
    let state: String
    let badge: String
    let reason: String?
    let into: String?
    let href: String
    let answers: [ProblemAnswerLine]
    let topics: [PoolPage.Tie]
    let hasTopics: Bool

    /// - Parameters:
    ///   - into: what stands for it in the end; its number is all that is told of it.
    ///   - topics: published ones that came of it.
    init(
        _ seen: Seen<ProblemRecord>, into: ProblemRoot?, topics: [TopicRecord], token: String, _ ask: Ask
    ) {
        let state = seen[ProblemSight.state] ?? .waiting
        number = seen[ProblemSight.number] ?? ""
        title = seen[ProblemSight.title] ?? ""
        at = seen[ProblemSight.at]?.text ?? ""
        self.state = ask.words["pool.state.\(state.rawValue)"]
        badge = ProblemWords.badge(state)
        reason = seen[ProblemSight.reason].flatMap { $0.isEmpty ? nil : $0 }
        self.into = into.flatMap { Seen($0, as: seen.relations)[ProblemSight.into] }
        href = "/problems/receipt/\(token)"
        answers = (seen[ProblemSight.answers] ?? []).map { ProblemAnswerLine($0, ask.words) }
        self.topics = topics.map { PoolPage.Tie(Seen($0, as: []), $0.id, ask.words) }
        hasTopics = !topics.isEmpty
    }
}

/// `/office/problems`.
struct ProblemListPage: Sendable {
    let q: String
    let states: [Choice]
    let sides: [Choice]
    let filtered: Bool
    let rows: [Row]
    let hasRows: Bool
    let mayOpen: Bool
    let pager: Pager

    struct Choice: Sendable {
        let value: String
        let label: String
        let selected: Bool
    }

    struct Row: Sendable {
        let id: String
        let href: String
        let number: String
        let title: String
        let side: String
        let organisation: String?
        let money: String
        let at: String
        let state: String
        let badge: String
        let mayChoose: Bool
    }

    init(_ page: Paged<ProblemRecord>, _ filter: ProblemFilter, _ ask: Ask) {
        let words = ask.words
        let relations = DrawSight.relations(ask.viewer)
        let isOfficer = ask.viewer.holds(.programmeOfficer)
        q = filter.words
        states =
            [Choice(value: "", label: words["call.any"], selected: filter.state == nil)]
            + Problem.State.allCases.map {
                Choice(
                    value: $0.rawValue, label: words["pool.state.\($0.rawValue)"],
                    selected: filter.state == $0)
            }
        sides =
            [Choice(value: "", label: words["call.any"], selected: filter.side == nil)]
            + Problem.Side.allCases.map {
                Choice(
                    value: $0.rawValue, label: words["pool.side.\($0.rawValue)"], selected: filter.side == $0)
            }
        filtered = !filter.isEmpty
        rows = page.rows.map { record in
            let seen = Seen(record, as: relations)
            let state = seen[ProblemSight.state] ?? .waiting
            return Row(
                id: record.id.rawValue, href: "/problems/\(record.id)",
                number: seen[ProblemSight.number] ?? "", title: seen[ProblemSight.title] ?? "",
                side: seen[ProblemSight.side].map { words["pool.side.\($0.rawValue)"] } ?? "",
                organisation: seen[ProblemSight.organisation].flatMap { $0.isEmpty ? nil : $0 },
                money: seen[ProblemSight.money].map { ProblemWords.money($0, words) } ?? "",
                at: seen[ProblemSight.at]?.day.text ?? "", state: words["pool.state.\(state.rawValue)"],
                badge: ProblemWords.badge(state),
                mayChoose: isOfficer && (state == .waiting || state == .topic))
        }
        hasRows = !rows.isEmpty
        mayOpen = rows.contains(where: \.mayChoose)
        pager = Pager(page, filter.address, words)
    }
}
