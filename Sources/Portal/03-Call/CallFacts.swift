import Foundation
package import Lifecycle
package import Store

extension Subject {
    package static func call(_ id: ID<Call>) -> Subject { Subject(kind: "call", id: id.rawValue) }
}

enum CallFacts {
    static let tables = [
        ProjectedTable("call", key: "id"), ProjectedTable("call_version", key: "call, version"),
    ]

    static let projections: [Projection] = [
        .on(CallPublished.self) { store, fact, body in
            let it = body.call
            let text = try Canonical.json(it)
            _ = try store.run(
                """
                INSERT INTO call (id, programme, digest, number, title, year, opens_at, closes_at, version,
                  published_at, budget, funder, owner_person, owner_role, owner_organisation, body)
                VALUES (\(it.id), \(it.programme), \(it.digest), \(it.number), \(it.title), \(it.year), \(it.opens),
                  \(it.closes), \(body.version), \(fact.at), \(it.budget), \(it.funder), \(it.owner?.person),
                  \(it.owner?.role), \(it.owner?.organisation), \(text))
                ON CONFLICT (id) DO UPDATE SET title = excluded.title, opens_at = excluded.opens_at,
                  closes_at = excluded.closes_at, version = excluded.version, budget = excluded.budget,
                  funder = excluded.funder, owner_person = excluded.owner_person, owner_role = excluded.owner_role,
                  owner_organisation = excluded.owner_organisation, body = excluded.body
                """)
            _ = try store.run(
                "INSERT INTO call_version (call, version, at, body) VALUES (\(it.id), \(body.version), \(fact.at), \(text))"
            )
            try TopicProjections.attach(it, store)
            try Bookkeeping.book(body.entries, of: fact, store)
        }
    ]
}

/// Calls and the programme each pins.
package enum Calls {
    package static func find(_ id: ID<Call>, _ store: Transaction) throws -> Call? {
        guard let text = try store.value("SELECT body FROM call WHERE id = \(id)", as: String.self) else {
            return nil
        }
        return try decode(text)
    }

    /// When the call was first published; amendments do not move it.
    package static func published(_ id: ID<Call>, _ store: Transaction) throws -> Instant? {
        try store.value("SELECT published_at FROM call WHERE id = \(id)", as: Instant.self)
    }

    static func decode(_ text: String) throws -> Call {
        try JSONDecoder().decode(Call.self, from: Data(text.utf8))
    }

    package static func programme(of call: Call, _ house: House, _ store: Transaction) throws -> Programme {
        guard let programme = try house.definitions.programme(call.digest, store) else { throw Missing() }
        return programme
    }

    package static func found(_ id: ID<Call>, _ house: House, _ store: Transaction) throws -> (
        Call, Programme
    ) {
        guard let call = try find(id, store) else { throw Missing() }
        return (call, try programme(of: call, house, store))
    }
}

/// What officers do with calls.
package enum CallActs {
    /// Everything that keeps a call, or the next version of one, from being published at `now`.
    ///
    /// - Parameter reasons: why a university's quota is not what the formula says, by organisation id.
    package static func obstacles(
        _ call: Call, _ programme: Programme, reasons: [String: String] = [:], at now: Instant,
        _ house: House, _ store: Transaction
    ) throws -> [Refusal] {
        let published = try Calls.find(call.id, store)
        var obstacles = call.obstacles(in: programme, at: now)
        obstacles += try topicObstacles(call, at: now, store)
        obstacles += try QuotaReckoning(call, programme, at: now, house, store).obstacles(reasons)
        obstacles += try JointFunders.obstacles(call, after: published, programme, store)
        obstacles += try OwnerChoice.obstacles(call, programme, at: now, store)
        if let earlier = published {
            // An amendment may not shorten what was promised; the guide was out in time already.
            if call.opens >= earlier.opens { obstacles.removeAll { $0.code == "call.guide-days" } }
            if earlier.digest != call.digest { obstacles.append(Refusal("call.programme-fixed")) }
            if earlier.number != call.number { obstacles.append(Refusal("call.number-fixed")) }
            if now >= earlier.opens && call.opens != earlier.opens {
                obstacles.append(Refusal("call.already-open"))
            }
            obstacles += call.scaleObstacles(after: earlier, in: programme, at: now)
            if call.closes < earlier.closes && now >= earlier.opens {
                obstacles.append(Refusal("call.shortened", ["closes": earlier.closes.text]))
            }
            if call.budget < earlier.budget {
                obstacles.append(Refusal("call.budget-lowered", ["budget": earlier.budget.wanText]))
            }
        } else if try store.value("SELECT 1 FROM call WHERE number = \(call.number)", as: Int.self) != nil {
            obstacles.append(Refusal("call.number-taken", ["number": call.number]))
        }
        return obstacles
    }

    /// A call lets topics that are published and that no other call lets; it keeps those it has let once it is open.
    private static func topicObstacles(_ call: Call, at now: Instant, _ store: Transaction) throws
        -> [Refusal]
    {
        var found: [Refusal] = []
        if Set(call.topicIDs).count != call.topicIDs.count { found.append(Refusal("call.topics-twice")) }
        for id in call.topicIDs {
            guard let topic = try TopicQueries.find(id, store), topic.state == .ready else {
                found.append(Refusal("call.topics-unknown"))
                continue
            }
            if try TopicQueries.isTaken(id, besides: call.id, at: now, store) {
                found.append(Refusal("call.topics-taken", ["number": topic.number]))
            }
            if let start = call.projectStart, let end = call.projectEnd,
                let last = try topic.text().payments?.last, start.adding(months: last.month) > end.adding(1)
            {
                found.append(
                    Refusal(
                        "call.topics-late",
                        ["number": topic.number, "month": "\(last.month)", "end": end.text]))
            }
        }
        if let earlier = try Calls.find(call.id, store), now >= earlier.opens,
            !Set(earlier.topicIDs).isSubset(of: call.topicIDs)
        {
            found.append(Refusal("call.topics-dropped"))
        }
        return found
    }

    /// Publishes a call, or the next version of one. Refuses with everything that is missing.
    ///
    /// - Parameter reasons: see ``obstacles(_:_:reasons:at:_:_:)``.
    package static func publish(
        _ call: Call, reasons: [String: String] = [:], _ change: Change, _ house: House,
        as role: Role = .programmeOfficer
    ) throws {
        let programme = try Calls.programme(of: call, house, change.store)
        let obstacles = try obstacles(
            call, programme, reasons: reasons, at: change.at, house, change.store)
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        let call = call.statingRecusal(in: programme)
        let quotas = try QuotaReckoning(call, programme, at: change.at, house, change.store)
        let earlier = try Calls.find(call.id, change.store)
        let version =
            try change.store.value("SELECT version FROM call WHERE id = \(call.id)", as: Int.self).map {
                $0 + 1
            } ?? 1
        try change.append(
            CallPublished(
                call: call, version: version, entries: call.entries(after: earlier, in: programme)),
            about: .call(call.id),
            as: role, clause: programme.clauses.first)
        try quotas.append(version: version, reasons: reasons, change, as: role)
    }
}
