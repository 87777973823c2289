import Foundation
package import Lifecycle
package import Store

/// Ranking, selection, and the leader's signature.
package enum DecisionActs {
    /// Applications of the call whose reviews are complete and that wait for a decision, ranked. Where nobody
    /// reviewed (the procedure asks for no reviews, or an appraisal lets pass or does not), all of them share one place.
    package static func ranking(of call: ID<Call>, _ store: Transaction) throws -> [(
        place: Int, row: RankedApplication
    )] {
        struct Line: Decodable, Sendable {
            let application: ID<Application>
            let amount: Money
            let points: Int?
        }
        let lines = try store.rows(
            """
            SELECT application.id AS application, application.amount, assignment.points
            FROM open_step CROSS JOIN application
            LEFT JOIN assignment ON assignment.application = application.id AND assignment.state = 'submitted'
            WHERE open_step.call = \(call) AND open_step.kind = 'decide'
              AND application.id = open_step.application
            ORDER BY application.id, assignment.submitted_at
            """, as: Line.self)
        let rows = Dictionary(grouping: lines, by: \.application).map { id, lines in
            RankedApplication(application: id, points: lines.compactMap(\.points), requested: lines[0].amount)
        }
        return Ranking.order(rows)
    }

    /// What the officer chose for one application.
    package struct Choice: Sendable {
        package let funded: Bool
        package let amount: Money
        /// Why it departs from the ranking, or on what grounds it goes by the route.
        package let departure: String?
        /// Whether it is to be funded by the route for proposals that experts disagree about.
        package let byRoute: Bool
        package init(funded: Bool, amount: Money, departure: String?, byRoute: Bool = false) {
            self.funded = funded
            self.amount = amount
            self.departure = departure
            self.byRoute = byRoute
        }
    }

    /// Applications that may still come before the decision. One that its university did not put forward, and
    /// can no longer put forward, holds nobody up.
    package static func unfinished(
        _ call: Call, _ programme: Programme, at now: Instant, _ house: House, _ store: Transaction
    ) throws -> [ID<Application>] {
        // One by one, nobody waits for anybody.
        if programme.isRolling { return [] }
        let steps = programme.procedure
        let before = steps.step(of: .decide).map { steps.ancestors(of: $0.id) } ?? []
        // What a dossier has to do before its university can put it forward.
        let early = steps.step(of: .endorse).map { steps.ancestors(of: $0.id).union([$0.id]) } ?? []
        let late = before.subtracting(early)
        var mayStillBeEndorsed = true
        if let endorse = programme.procedure.step(of: .endorse),
            case .afterClosing(let term)? = endorse.within
        {
            mayStillBeEndorsed = now <= term.end(from: call.closes, in: try house.definitions.calendar(store))
        }
        let listed: SQL = """
            step IN \(list: early.sorted())
            AND NOT EXISTS (SELECT 1 FROM endorsement_list WHERE endorsement_list.call = application.call
              AND endorsement_list.university = application.university)
            """
        let pending: SQL = "step IN \(list: late.sorted())"
        let unfinished: SQL = mayStillBeEndorsed ? "\(sql: pending) OR (\(sql: listed))" : pending
        return try store.values(
            """
            SELECT id FROM application WHERE call = \(call.id) AND state = 'open' AND (\(sql: unfinished))
            ORDER BY number
            """, as: ID<Application>.self)
    }

    /// Proposes which to fund. Every application under review must be through it, so that none is forgotten.
    ///
    /// Where applications come one by one, those chosen alone are proposed, for or against; the others wait.
    @discardableResult
    package static func propose(
        _ choices: [ID<Application>: Choice], in callID: ID<Call>, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws -> Fact {
        let store = change.store
        let (call, programme) = try Calls.found(callID, house, store)
        let unfinished = try unfinished(call, programme, at: change.at, house, store).count
        if unfinished > 0 { throw Refused("selection.unfinished", ["count": "\(unfinished)"]) }
        if try store.value(
            "SELECT 1 FROM selection WHERE call = \(callID) AND state = 'proposed'", as: Int.self) != nil
        {
            throw Refused("selection.pending")
        }
        let ranking = try ranking(of: callID, store).filter {
            !programme.isRolling || choices[$0.row.application] != nil
        }
        if ranking.isEmpty { throw Refused("selection.empty") }
        let ground = try Selection.NonConsensusGround.of(call, programme, store)
        let lines = ranking.map { place, row in
            let choice = choices[row.application]
            return Selection.Line(
                application: row.application, place: place, meanHundredths: row.meanHundredths,
                funded: choice?.funded ?? false,
                amount: choice?.funded == true && programme.givesMoney ? choice?.amount ?? .zero : .zero,
                departure: choice?.departure.flatMap { $0.isEmpty ? nil : $0 },
                route: choice?.byRoute == true
                    ? Selection.Route(.nonConsensus, cases: ground?.cases[row.application] ?? []) : nil)
        }
        for line in lines {
            try Dossiers.requireFree(person, as: .programmeOfficer, on: line.application, store)
        }
        let selection = Selection(lines: lines)
        if !programme.isRolling, !lines.contains(where: \.funded) { throw Refused("selection.none-chosen") }
        let budget = try Bookkeeping.balance(of: .budget(call: callID.rawValue), store)
        let races = try Races.proposed(in: callID, store).map(\.race)
        let obstacles =
            try selection.obstacles(
                budget: budget, most: call.settings.money("grantAmount"),
                places: call.settings.count("places"), givesMoney: programme.givesMoney)
            + selection.obstacles(races: races, isWhole: !programme.isRolling)
            + selection.obstacles(nonConsensus: ground)
            + ClassCeilings.obstacles(lines, in: call, programme, store)
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        let fact = try change.append(
            SelectionProposed(selection), about: .call(callID), as: .programmeOfficer,
            clause: programme.clauses.first)
        for line in lines {
            guard let departure = line.departure else { continue }
            try change.append(
                DepartureReasoned(proposal: fact.number, application: line.application),
                about: .call(callID), as: .programmeOfficer, reason: departure)
        }
        return fact
    }

    package struct Pending: Sendable, Decodable {
        package let fact: Int64
        package let proposer: ID<Person>?
        package let proposedAt: Instant
        package let total: Money
    }

    package static func pending(_ call: ID<Call>, _ store: Transaction) throws -> Pending? {
        try store.row(
            "SELECT fact, proposer, proposed_at, total FROM selection WHERE call = \(call) AND state = 'proposed'"
        )
    }

    /// A proposal with the reasons of its departures, or with what stands in for those that were erased.
    package static func selection(fact: Int64, _ store: Transaction) throws -> Selection? {
        guard let text = try store.value("SELECT body FROM payload WHERE number = \(fact)", as: String.self)
        else { return nil }
        struct Departure: Decodable, Sendable {
            let application: ID<Application>
            let reason: String
        }
        let reasons = try store.rows(
            "SELECT application, reason FROM selection_departure WHERE proposal = \(fact)",
            as: Departure.self)
        let departures = Dictionary(uniqueKeysWithValues: reasons.map { ($0.application, $0.reason) })
        let bare = try JSONDecoder().decode(SelectionProposed.self, from: Data(text.utf8)).selection
        return Selection(lines: bare.lines.map { $0.departing(departures[$0.application]) })
    }

    /// Who funds the call too agrees to the proposal. A conflict of interest binds them as it binds the leader.
    ///
    /// - Parameter proposal: the proposal they have read; another one since then is refused.
    package static func join(
        _ callID: ID<Call>, proposal: Int64, by viewer: Viewer, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        guard let person = viewer.person, try JointFunders.signs(viewer, for: callID, store),
            let funder = try JointFunders.of(callID, store)
        else { throw Missing() }
        let (_, programme) = try Calls.found(callID, house, store)
        guard let pending = try pending(callID, store),
            let selection = try selection(fact: pending.fact, store)
        else { throw Refused("selection.none") }
        if proposal != pending.fact { throw Refused("selection.changed") }
        if try SelectionWord.of(pending.fact, store) != nil { throw Refused("selection.joint-done") }
        for line in selection.lines {
            try Dossiers.requireFree(person, as: .jointFunder, on: line.application, store)
        }
        try change.append(
            SelectionJoined(proposal: pending.fact, funder: funder), about: .call(callID), as: .jointFunder,
            clause: programme.clauses.first)
    }

    /// The leader signs: each application is decided, and the money of the funded is reserved.
    ///
    /// - Parameter proposal: the proposal the leader has read; another one since then is refused.
    package static func sign(
        _ callID: ID<Call>, proposal: Int64? = nil, by person: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        let (_, programme) = try Calls.found(callID, house, store)
        guard let pending = try pending(callID, store),
            let selection = try selection(fact: pending.fact, store)
        else { throw Refused("selection.none") }
        if let proposal, proposal != pending.fact { throw Refused("selection.changed") }
        if pending.proposer == person { throw Refused("selection.own") }
        if let funder = try JointFunders.of(callID, store), try SelectionWord.of(pending.fact, store) == nil {
            throw Refused(
                "selection.joint-waits", ["funder": try JointFunders.find(funder, store)?.name ?? ""],
                citation: programme.joint?.cites)
        }
        try change.append(
            SelectionSigned(proposal: pending.fact), about: .call(callID), as: .commissionLeader,
            clause: programme.clauses.first)
        try RaceActs.open(selection, in: callID, programme, change)
        for line in selection.lines {
            let (step, _, _, _) = try Dossiers.require(
                .decide, of: line.application, by: person, as: .commissionLeader, house: house, store)
            let entry = Entry(
                from: .budget(call: callID.rawValue), to: .reserved(project: line.application.rawValue),
                amount: line.amount)
            try change.append(
                ApplicationDecided(line: line, entries: line.funded ? entry.map { [$0] } ?? [] : []),
                about: .application(line.application), as: .commissionLeader,
                move: Move(step.id, line.funded ? .done : .refused), reason: line.departure)
            if line.funded, programme.procedure.drawsUpAtDecision {
                try house.onConfirmed(line.application, change)
            }
        }
    }

    /// - Parameter proposal: the proposal the leader has read; another one since then is refused.
    package static func sendBack(
        _ callID: ID<Call>, proposal: Int64? = nil, by person: ID<Person>, as role: Role = .commissionLeader,
        reason: String, _ change: Change
    ) throws {
        guard let pending = try pending(callID, change.store) else { throw Refused("selection.none") }
        if let proposal, proposal != pending.fact { throw Refused("selection.changed") }
        if pending.proposer == person { throw Refused("selection.own") }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        try change.append(
            SelectionSentBack(), about: .call(callID), as: role, reason: reason)
    }
}
