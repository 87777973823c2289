import Lifecycle
import Store

/// From problem to the use of what came of it, around one topic, as far as one viewer may see each link.
struct Chain: Sendable {
    struct Bid: Sendable {
        let id: ID<Application>
        let seen: Seen<DossierRecord>
    }

    /// A funded project as its public notice tells of it.
    struct Project: Sendable {
        let line: Seen<NoticeLine>
        let notice: ID<Notice>
        let application: ID<Application>
        /// Whether the viewer may go on to the case.
        let mayOpen: Bool
        /// When the contract was agreed, for those who read it.
        let agreedAt: Instant?
        /// What was said of its result being taken up.
        let adoptions: [Seen<AdoptionRecord>]
    }

    let topic: Seen<TopicRecord>
    let topicID: ID<Topic>
    let problems: [(id: ID<Problem>, seen: Seen<ProblemRecord>)]
    let calls: [TopicQueries.Letting]
    let bids: [Bid]
    let projects: [Project]

    static func of(_ id: ID<Topic>, for viewer: Viewer, _ store: Transaction) throws -> Chain {
        let (record, seen) = try TopicSight.find(id, for: viewer, store)
        let problems = try ProblemQueries.some(TopicQueries.problems(record.id, store), store).compactMap {
            problem -> (id: ID<Problem>, seen: Seen<ProblemRecord>)? in
            let relations = try ProblemSight.relations(of: viewer, to: problem, store)
            return relations.isEmpty ? nil : (problem.id, Seen(problem, as: relations))
        }
        let bids = try bids(on: id, for: viewer, store)
        let visible = Dictionary(uniqueKeysWithValues: bids.map { ($0.id, $0.seen) })
        return Chain(
            topic: seen, topicID: id, problems: problems, calls: try TopicQueries.calls(id, store),
            bids: bids,
            projects: try projects(of: id, visible, store))
    }

    /// The bids that this viewer is something to, by number.
    private static func bids(on id: ID<Topic>, for viewer: Viewer, _ store: Transaction) throws -> [Bid] {
        guard viewer.person != nil else { return [] }
        let rows = try store.rows(
            """
            SELECT \(sql: DossierRecord.columns) FROM application WHERE application.topic = \(id)
            ORDER BY application.number
            """, as: DossierRecord.self)
        return try rows.compactMap { row in
            let relations = try DossierSight.relations(of: viewer, to: row, store)
            return relations.isEmpty ? nil : Bid(id: row.id, seen: Seen(row, as: relations))
        }
    }

    private struct NoticedRow: Decodable, Sendable {
        let application: ID<Application>
        let notice: ID<Notice>
        let agreedAt: Instant?
    }

    /// What stands on a public list and was not set aside.
    private static func projects(
        of id: ID<Topic>, _ visible: [ID<Application>: Seen<DossierRecord>], _ store: Transaction
    ) throws -> [Project] {
        let noticed = try store.rows(
            """
            SELECT application.id AS application, notice_application.notice AS notice,
              contract.agreed_at AS agreed_at
            FROM application JOIN notice_application ON notice_application.application = application.id
            LEFT JOIN contract ON contract.application = application.id
            WHERE application.topic = \(id) ORDER BY application.number
            """, as: NoticedRow.self)
        guard !noticed.isEmpty else { return [] }
        let lines = try store.rows(
            """
            SELECT \(sql: NoticeLine.columns) FROM application JOIN decision ON decision.application = application.id
            WHERE application.id IN \(list: noticed.map(\.application))
            """, as: NoticeLine.self)
        let byID = Dictionary(uniqueKeysWithValues: lines.map { ($0.application, $0) })
        let adoptions = Dictionary(
            grouping: try AdoptionRecord.all(of: noticed.map(\.application), store), by: \.application)
        return noticed.compactMap { row in
            guard let line = byID[row.application], !line.overturned else { return nil }
            let seen = visible[row.application]
            let reads = seen.map { !$0.relations.isDisjoint(with: ProjectSight.readers) } ?? false
            return Project(
                line: Seen(line, as: []), notice: row.notice, application: row.application,
                mayOpen: seen != nil, agreedAt: reads ? row.agreedAt : nil,
                adoptions: (adoptions[row.application] ?? []).map {
                    Seen($0, as: seen?.relations ?? [])
                })
        }
    }
}

/// `/topics/{topic}/chain`: problem → topic → call → application → project → adoption on one page.
struct ChainPage: Sendable {
    let number: String
    let title: String
    let state: String
    let badge: String
    let topicHref: String
    let user: String
    let ceiling: String
    let problems: [Link]
    let hasProblems: Bool
    let calls: [Link]
    let hasCalls: Bool
    let bids: [Link]
    let hasBids: Bool
    let projects: [ProjectLine]
    let hasProjects: Bool
    let adoptions: [AdoptionLine]
    let hasAdoptions: Bool

    struct Link: Sendable {
        let href: String
        let number: String
        let title: String
        let note: String
        let state: String
        let badge: String
    }

    struct ProjectLine: Sendable {
        let number: String
        let title: String
        let applicant: String
        let university: String
        let amount: String
        let noticeHref: String
        let caseHref: String?
        let agreed: String?
    }

    /// A project whose result is in use.
    struct AdoptionLine: Sendable {
        let number: String
        let title: String
        let uptakes: [UptakeLine]
        let href: String?
    }

    init(_ chain: Chain, _ ask: Ask) {
        let words = ask.words
        let spell = CallWords(words: words)
        let topicState = chain.topic[TopicSight.state] ?? .refining
        number = chain.topic[TopicSight.number] ?? ""
        title = chain.topic[TopicSight.title] ?? ""
        state = words["topic.state.\(topicState.rawValue)"]
        badge = TopicWords.badge(topicState)
        topicHref = "/topics/\(chain.topicID)"
        user = chain.topic[TopicSight.user] ?? ""
        ceiling = chain.topic[TopicSight.ceiling].map(spell.money) ?? ""
        problems = chain.problems.map { id, seen in
            let state = seen[ProblemSight.state] ?? .waiting
            return Link(
                href: "/problems/\(id)", number: seen[ProblemSight.number] ?? "",
                title: seen[ProblemSight.title] ?? "",
                note: seen[ProblemSight.side].map { words["pool.side.\($0.rawValue)"] } ?? "",
                state: words["pool.state.\(state.rawValue)"], badge: ProblemWords.badge(state))
        }
        hasProblems = !problems.isEmpty
        calls = chain.calls.map { call in
            let phase = call.phase(at: ask.now)
            return Link(
                href: "/calls/\(call.call)", number: call.number, title: call.title,
                note: "\(call.opensAt.text) — \(call.closesAt.text)", state: spell.phase(phase),
                badge: spell.badge(phase))
        }
        hasCalls = !calls.isEmpty
        bids = chain.bids.map { bid in
            let state = bid.seen[DossierSight.state] ?? ""
            return Link(
                href: "/cases/\(bid.id)", number: bid.seen[DossierSight.number] ?? "",
                title: bid.seen[DossierSight.title] ?? "", note: bid.seen[DossierSight.universityName] ?? "",
                state: state.isEmpty ? words["case.in-progress"] : words["case.state.\(state)"],
                badge: state == "refused" ? "bad" : state == "finished" ? "good" : "info")
        }
        hasBids = !bids.isEmpty
        projects = chain.projects.map { project in
            ProjectLine(
                number: project.line[NoticeSight.number] ?? "", title: project.line[NoticeSight.title] ?? "",
                applicant: project.line[NoticeSight.applicant] ?? "",
                university: project.line[NoticeSight.university] ?? "",
                amount: project.line[NoticeSight.amount].map(spell.money) ?? "",
                noticeHref: "/notices/\(project.notice)",
                caseHref: project.mayOpen ? "/cases/\(project.application)" : nil,
                agreed: project.agreedAt.map { words.filled("topic.agreed", ["at": $0.day.text]) })
        }
        hasProjects = !projects.isEmpty
        adoptions = chain.projects.compactMap { project in
            let uptakes = project.adoptions.compactMap { $0[AdoptionSight.uptake] }
            guard !uptakes.isEmpty else { return nil }
            return AdoptionLine(
                number: project.line[NoticeSight.number] ?? "", title: project.line[NoticeSight.title] ?? "",
                uptakes: uptakes.map { UptakeLine($0, words) },
                href: project.adoptions.contains { $0[AdoptionSight.extent] != nil }
                    ? "/cases/\(project.application)/adoption" : nil)
        }
        hasAdoptions = !adoptions.isEmpty
    }
}

enum ChainRoutes {
    static func add(to routes: Routes) {
        routes.get("/topics/{topic}/chain") { ask in
            let id = ask.id("topic", Topic.self)
            let chain = try await ask.read { store in try Chain.of(id, for: ask.viewer, store) }
            return try await ask.page("topic/chain", ChainPage(chain, ask))
        }
    }
}
