import Lifecycle
import Store

/// What there is to choose from in the filters of the list.
struct CaseChoices: Sendable {
    struct Named: Sendable, Decodable {
        let id: String
        let name: String
    }

    let calls: [Named]
    /// Those that the chosen call lets; without one, the newest that any let.
    let topics: [Named]
    /// There are older topics, which only their call lists.
    let hasOlderTopics: Bool
    /// Whoever leads a dossier that the viewer may see.
    let universities: [Named]
    let views: [SavedViews.View]

    static let mostTopics = 100

    /// - Parameter mostTopics: that are listed while no call is chosen.
    init(
        _ filter: CaseFilter, _ viewer: Viewer, mostTopics: Int = CaseChoices.mostTopics, _ store: Transaction
    ) throws {
        calls = try store.rows("SELECT id, title AS name FROM call ORDER BY closes_at DESC, id")
        func listed(_ condition: SQL, _ end: SQL) throws -> [Named] {
            try store.rows(
                """
                SELECT topic.id AS id, topic.number || ' ' || topic.title AS name FROM call_topic
                JOIN topic ON topic.id = call_topic.topic WHERE \(sql: condition)
                GROUP BY topic.id, topic.number, topic.title ORDER BY topic.number DESC \(sql: end)
                """)
        }
        var topics =
            filter.call.isEmpty
            ? try listed("1 = 1", "LIMIT \(mostTopics + 1)")
            : try listed("call_topic.call = \(filter.call)", "")
        hasOlderTopics = filter.call.isEmpty && topics.count > mostTopics
        if hasOlderTopics { topics.removeLast() }
        // What the list is narrowed to stays chosen, wherever it stands.
        if !filter.topic.isEmpty, !topics.contains(where: { $0.id == filter.topic }) {
            topics += try listed("topic.id = \(filter.topic)", "")
        }
        self.topics = topics
        let mayChoose = !DossierSight.officialRelations(of: viewer).isEmpty
        universities =
            mayChoose
            ? try CaseLeaders.all(
                where: CaseScope(viewer, store).condition, chosen: filter.university, store) : []
        views = try viewer.person.map { try SavedViews.of($0, path: "/cases", store) } ?? []
    }
}

/// `/cases`: the applications a viewer may see.
struct CaseListPage: Sendable {
    let text: String
    let calls: [Choice]
    let topics: [Choice]
    let hasTopics: Bool
    /// That not every topic is listed, and how to find the others.
    let topicHint: String?
    let steps: [Choice]
    let states: [Choice]
    let universities: [Choice]
    let hasUniversities: Bool
    let disciplines: [Choice]
    let sort: String
    let hasSort: Bool
    let narrowed: Bool
    let count: String
    let rows: [Row]
    let hasRows: Bool
    let heads: [ColumnHead]
    let csv: String
    let next: String?
    let first: String?
    let views: ViewsBlock

    struct Choice: Sendable {
        let value: String
        let label: String
        let selected: Bool
    }

    struct Row: Sendable {
        let href: String
        let number: String
        let title: String
        let applicant: String
        let university: String
        let amount: String
        let submitted: String
        let step: String
        let badge: String
        let state: String
        let due: String
        let late: Bool
    }

    init(
        _ listing: CaseQueries.Listing, _ filter: CaseFilter, _ choices: CaseChoices,
        _ firstLevels: [DisciplineRecord], _ ask: Ask
    ) {
        let words = ask.words
        let any = words["case.any"]
        text = filter.text
        calls =
            [Choice(value: "", label: any, selected: filter.call.isEmpty)]
            + choices.calls.map { Choice(value: $0.id, label: $0.name, selected: filter.call == $0.id) }
        topics =
            [Choice(value: "", label: any, selected: filter.topic.isEmpty)]
            + choices.topics.map { Choice(value: $0.id, label: $0.name, selected: filter.topic == $0.id) }
        hasTopics = !choices.topics.isEmpty
        topicHint =
            choices.hasOlderTopics
            ? words.filled("case.topicHint", ["n": "\(CaseChoices.mostTopics)"]) : nil
        steps =
            [Choice(value: "", label: any, selected: filter.step == nil)]
            + Step.Kind.allCases.map {
                Choice(
                    value: $0.rawValue, label: words["case.step.\($0.rawValue)"], selected: filter.step == $0)
            }
        states =
            [Choice(value: "", label: any, selected: filter.state == nil)]
            + CaseFilter.State.allCases.map {
                Choice(
                    value: $0.rawValue, label: words["case.state.\($0.rawValue)"],
                    selected: filter.state == $0)
            }
        universities =
            [Choice(value: "", label: any, selected: filter.university.isEmpty)]
            + choices.universities.map {
                Choice(value: $0.id, label: $0.name, selected: filter.university == $0.id)
            }
        hasUniversities = !choices.universities.isEmpty
        disciplines =
            [Choice(value: "", label: any, selected: filter.discipline.isEmpty)]
            + firstLevels.map {
                Choice(value: $0.code, label: "\($0.code) \($0.name)", selected: filter.discipline == $0.code)
            }
        sort = (filter.descending ? "-" : "") + filter.sort.rawValue
        hasSort = filter.sort != .number || filter.descending
        narrowed = filter.isNarrowed
        count = words.filled(listing.isCapped ? "case.countMany" : "case.count", ["n": "\(listing.count)"])
        rows = listing.rows.map { Row($0.record.id, $0.seen, ask) }
        hasRows = !rows.isEmpty
        func head(_ key: String, _ sort: CaseSort) -> ColumnHead {
            ColumnHead(words[key], sort, now: filter.sorting) { filter.sorted($0).address.href }
        }
        heads = [
            head("case.number", .number), ColumnHead(words["case.title"]),
            ColumnHead(words["case.applicant"]),
            head("case.university", .university), ColumnHead(words["case.amount"], number: true),
            head("case.submitted", .submitted), ColumnHead(words["case.stepLabel"]), head("case.due", .due),
        ]
        let address = filter.address
        csv = filter.address(at: "/cases.csv").href
        next = listing.next.map { address.href(after: ListPlace($0)) }
        first = filter.after.isEmpty ? nil : address.href
        views = ViewsBlock(choices.views, address, words)
    }
}

extension CaseListPage.Row {
    /// Only what the viewer may see; what it may not stays a dash.
    init(_ id: ID<Application>, _ seen: Seen<DossierRecord>, _ ask: Ask) {
        let words = ask.words
        let kind = seen[DossierSight.stepKind]
        let isState = seen[DossierSight.state] ?? ""
        let end = seen[DossierSight.dueAt]
        href = "/cases/\(id)"
        number = seen[DossierSight.number] ?? "—"
        title = seen[DossierSight.title] ?? "—"
        applicant = seen[DossierSight.ownerName] ?? "—"
        university = seen[DossierSight.universityName] ?? "—"
        amount =
            seen[DossierSight.amount].map {
                words.filled("case.money", ["wan": $0.wanText, "yuan": $0.yuanText])
            } ?? "—"
        submitted = seen[DossierSight.submittedAt]?.text ?? "—"
        step = kind.map { words["case.step.\($0)"] } ?? "—"
        let stands = isState.isEmpty ? nil : CaseStateWords(isState, at: kind, words)
        badge = stands?.tone ?? "info"
        state = stands?.text ?? "—"
        due = ask.due(end)
        late = end.map { $0 < ask.now } ?? false
    }
}
