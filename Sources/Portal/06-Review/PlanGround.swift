import Foundation
package import Lifecycle
package import Store

/// What a plan is made from: the applications of a call under review, the experts, and everything that stands between
/// them. Read in parts, so that a round of many thousands holds up nobody and can be cancelled.
struct PlanGround: Sendable {
    /// One application under review.
    struct Dossier: Sendable {
        let id: ID<Application>
        let number: String
        let profile: ProposalProfile
        let parties: DossierParties
        let standing: Standing
        let assignments: [AssignmentRecord]
        /// What experts said of it.
        let bids: [ID<Person>: Willingness]
    }

    let call: Call
    let programme: Programme
    let step: Step
    let rules: MatchingRules
    let experts: [ExpertRecord]
    let profiles: [ExpertProfile]
    var dossiers: [Dossier] = []
    let wishes: [WishRecord]

    /// Dossiers read in one snapshot.
    private static let part = 100

    /// - Parameter tell: told how many of how many are read; may throw to stop.
    static func read(
        _ id: ID<Call>, at now: Instant, _ house: House, tell: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> PlanGround {
        struct Head: Decodable, Sendable {
            let id: ID<Application>
            let number: String
            let discipline: String
            let fact: Int64
        }
        let (begun, heads, rivals) = try house.database.readNow { store in
            let (call, programme) = try Calls.found(id, house, store)
            guard let step = call.procedure(of: programme).step(of: .review) else {
                throw Refused("plan.no-review")
            }
            let experts = try Candidates.all(in: id, at: now, store)
            let titles = try projects(store)
            let ground = PlanGround(
                call: call, programme: programme, step: step, rules: programme.review.matching ?? .ours,
                experts: experts,
                profiles: experts.map {
                    ExpertProfile(
                        disciplines: $0.disciplineCodes, keywords: $0.keywordList,
                        projects: titles[$0.person] ?? [])
                }, wishes: try WishRecord.all(in: id, store))
            let heads = try store.rows(
                """
                SELECT application.id AS id, application.number AS number, application.discipline AS discipline,
                  application.fact AS fact
                FROM open_step CROSS JOIN application
                WHERE open_step.call = \(id) AND open_step.kind = 'review'
                  AND application.id = open_step.application
                ORDER BY open_step.number
                """, as: Head.self)
            return (ground, heads, try Parties.rivals(in: id, store))
        }
        guard !heads.isEmpty else { throw Refused("plan.nothing") }
        var ground = begun
        for start in stride(from: 0, to: heads.count, by: part) {
            try tell(start, heads.count)
            let some = heads[start..<min(start + part, heads.count)]
            let (call, programme, asksExperts) = (ground.call, ground.programme, ground.rules.bids != nil)
            ground.dossiers += try house.database.readNow { store in
                try some.map { head in
                    let similar = try Parties.similar(to: head.id, store)
                    return Dossier(
                        id: head.id, number: head.number,
                        profile: try profile(head.discipline, fact: head.fact, programme, store),
                        parties: try Parties.of(head.id, store).with(rivals: rivals, similar: similar),
                        standing: try Dossiers.standing(of: head.id, in: call, programme, house, store),
                        assignments: try ReviewActs.of(head.id, store),
                        bids: asksExperts ? try BidQueries.of(head.id, store) : [:])
                }
            }
        }
        return ground
    }

    /// What a proposal says of its field: the first section of the form, in which a title and keywords count three times.
    static func profile(
        _ discipline: String, fact: Int64, _ programme: Programme, _ store: Transaction
    ) throws -> ProposalProfile {
        let answers = try ApplicationSubmitted.find(fact: fact, store)?.application.answers ?? [:]
        var keywords: [String] = []
        var texts: [(text: String, times: Int)] = []
        for field in programme.form.sections.first?.fields ?? [] {
            guard let answer = answers[field.id] else { continue }
            switch field.kind {
            case .line: texts.append((answer, 3))
            case .keywords:
                keywords += ApplicationForm.Field.keywords(answer)
                texts.append((answer, 3))
            case .prose: texts.append((answer, 1))
            case .count, .day, .time, .money, .choice, .discipline, .flag: break
            }
        }
        return ProposalProfile(discipline: discipline, keywords: keywords, bag: TermBag(texts))
    }

    /// Titles of what each expert leads or led: from the record of the past, and under contract here.
    static func projects(of expert: ID<Person>? = nil, _ store: Transaction) throws -> [ID<Person>: [String]]
    {
        struct Row: Decodable, Sendable {
            let person: ID<Person>
            let title: String
        }
        let who: SQL = expert.map { "expert.person = \($0)" } ?? "1 = 1"
        let rows = try store.rows(
            """
            SELECT expert.person AS person, track_record.title AS title FROM expert
            JOIN track_record ON track_record.person = expert.person AND track_record.kind = 'led'
            WHERE \(sql: who)
            UNION SELECT expert.person, application.title FROM expert
            JOIN application ON application.owner = expert.person
            JOIN contract ON contract.application = application.id AND contract.agreed_at IS NOT NULL
            WHERE \(sql: who) ORDER BY person, title
            """, as: Row.self)
        return Dictionary(grouping: rows, by: \.person).mapValues { $0.map(\.title) }
    }
}

/// A pair that an officer locked or forbade.
package struct WishRecord: Sendable, Decodable {
    package let application: ID<Application>
    package let expert: ID<Person>
    package let wish: AssignmentPlan.Wish
    package let number: String
    package let name: String

    package static func all(in call: ID<Call>, _ store: Transaction) throws -> [WishRecord] {
        try store.rows(
            """
            SELECT assignment_wish.application AS application, assignment_wish.expert AS expert,
              assignment_wish.wish AS wish, application.number AS number, person.name AS name
            FROM assignment_wish JOIN application ON application.id = assignment_wish.application
            JOIN person ON person.id = assignment_wish.expert
            WHERE assignment_wish.call = \(call) ORDER BY application.number, person.id
            """)
    }
}

extension AssignmentPlan.Wish: SQLBindable {}
extension AssignmentPlan.Change: SQLBindable {}
extension AssignmentPlan.Objective: SQLBindable {}
