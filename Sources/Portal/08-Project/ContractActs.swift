import Foundation
package import Lifecycle
package import Store

enum ProjectFacts {
    static let tables = [
        ProjectedTable("contract", key: "application"),
        ProjectedTable("contract_agreement", key: "application, party"),
        ProjectedTable("instalment", key: "application, id"),
    ]

    static let projections: [Projection] = [
        .on(ContractDrafted.self) { store, fact, body in
            let it = body.contract
            _ = try store.run(
                """
                INSERT INTO contract (application, fact, number, amount, drafted_at)
                VALUES (\(fact.subject.id), \(fact.number), \(it.number), \(it.amount), \(fact.at))
                """)
            for (place, part) in it.instalments.enumerated() {
                _ = try store.run(
                    """
                    INSERT INTO instalment (application, id, place, amount, upon)
                    VALUES (\(fact.subject.id), \(part.id), \(place), \(part.amount), \(part.upon))
                    """)
            }
        },
        .on(ContractAgreed.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO contract_agreement (application, party, person, at)
                VALUES (\(fact.subject.id), \(body.party), \(fact.actor), \(fact.at))
                """)
            if !body.entries.isEmpty {
                _ = try store.run(
                    "UPDATE contract SET agreed_at = \(fact.at) WHERE application = \(fact.subject.id)")
            }
            try Bookkeeping.book(body.entries, of: fact, store)
        },
    ]
}

/// The contract is generated, never typed; three parties agree to the same text.
package enum ContractActs {
    package static func draft(_ application: ID<Application>, _ change: Change, _ house: House) throws {
        let store = change.store
        guard
            let number = try store.value(
                "SELECT fact FROM application WHERE id = \(application)", as: Int64.self),
            let submitted = try ApplicationSubmitted.find(fact: number, store)?.application,
            let amount = try store.value(
                "SELECT amount FROM decision WHERE application = \(application)", as: Int64.self)
        else { throw Missing() }
        let (call, programme) = try Calls.found(submitted.call, house, store)
        guard let start = call.projectStart, let end = call.projectEnd else {
            throw Refused("contract.dates")
        }
        let bid = try Self.topic(of: submitted, store)
        let topic = bid.map {
            Contract.TopicTerms(
                $0.id, number: $0.number, $0.text, answers: submitted.answers, start: start,
                regime: programme.funding)
        }
        let contract =
            if let lane = try Races.terms(of: application, store) {
                Contract(
                    application: submitted, lane: lane, start: start, end: end, regime: programme.funding,
                    topic: topic)
            } else {
                Contract(
                    application: submitted, amount: Money(fen: amount), start: start, end: end,
                    regime: programme.funding, topic: topic, fixing: bid?.text)
            }
        let share = try call.funder.flatMap { try JointFunders.find($0, store) }.map {
            JointShare(funder: $0.id, name: $0.name, percent: call.jointShare(in: programme))
        }
        let whole = contract.borne(with: share).joined(
            by: try Partners.joining(application, in: call, programme, house, store))
        try change.append(
            ContractDrafted(whole), about: .application(application), clause: programme.clauses.first)
    }

    /// What the topic it bid for fixes; its text no longer changes.
    private static func topic(
        of submitted: Application, _ store: Transaction
    ) throws -> (id: ID<Topic>, number: String, text: TopicText)? {
        guard let id = submitted.topic, let record = try TopicQueries.find(id, store) else { return nil }
        return (id, record.number, try record.text())
    }

    package static func contract(of application: ID<Application>, _ store: Transaction) throws -> Contract? {
        guard
            let text = try store.value(
                """
                SELECT payload.body FROM contract JOIN payload ON payload.number = contract.fact
                WHERE contract.application = \(application)
                """, as: String.self)
        else { return nil }
        return try JSONDecoder().decode(ContractDrafted.self, from: Data(text.utf8)).contract
    }

    /// Whether the person may agree for the party: the applicant alone; the research office of the applicant's
    /// university; an officer of the commission.
    package static func speaks(
        for party: Role, _ person: ID<Person>, in application: ID<Application>, at now: Instant,
        _ store: Transaction
    ) throws -> Bool {
        struct Head: Decodable, Sendable {
            let owner: ID<Person>
            let university: ID<Organisation>
        }
        guard
            let head = try store.row(
                "SELECT owner, university FROM application WHERE id = \(application)", as: Head.self)
        else { return false }
        if party == .applicant { return head.owner == person }
        let tenures: SQL = """
            SELECT 1 FROM tenure WHERE person = \(person) AND role = \(party) AND from_at <= \(now)
              AND (until_at IS NULL OR until_at > \(now))
            """
        let home: SQL = party == .researchOffice ? " AND organisation = \(head.university)" : ""
        return try store.value(tenures + home, as: Int.self) != nil
    }

    /// One party agrees. The last agreement obliges the money.
    package static func agree(
        _ application: ID<Application>, as party: Role, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        let store = change.store
        guard try speaks(for: party, person, in: application, at: change.at, store) else { throw Missing() }
        let (step, standing, _, _) = try Dossiers.require(
            .contract, of: application, by: person, as: party, house: house, store)
        let agreed = standing.open.first { $0.step.id == step.id }?.contributions ?? []
        if agreed.contains(where: { $0.role == party }) { throw Refused("contract.agreed") }
        if agreed.contains(where: { $0.person == person }) { throw Refused("contract.one-person") }
        let isLast = Set(step.parties).subtracting(agreed.compactMap(\.role)) == [party]
        let reserved = try Bookkeeping.balance(of: .reserved(project: application.rawValue), store)
        let entry = Entry(
            from: .reserved(project: application.rawValue), to: .obligated(project: application.rawValue),
            amount: reserved)
        try change.append(
            ContractAgreed(party: party, entries: isLast ? entry.map { [$0] } ?? [] : []),
            about: .application(application), as: party, move: Move(step.id, .contributed))
    }
}

extension House {
    /// What follows when a decision became final: the contract's draft, where the procedure has a contract.
    func onConfirmed(_ application: ID<Application>, _ change: Change) throws {
        let call = try change.store.value(
            "SELECT call FROM application WHERE id = \(application)", as: ID<Call>.self)
        guard let call, try Calls.found(call, self, change.store).1.procedure.step(of: .contract) != nil
        else { return }
        try ContractActs.draft(application, change, self)
    }
}
