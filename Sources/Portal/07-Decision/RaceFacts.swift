import Lifecycle
import Store

enum RaceFacts {
    static let tables = [
        ProjectedTable("race", key: "id"), ProjectedTable("race_lane", key: "race, application"),
    ]

    static let projections: [Projection] = [
        .on(RaceProposed.self) { store, fact, body in
            let race = body.race
            _ = try store.run(
                """
                INSERT INTO race (id, fact, call, topic, state, proposer, proposed_at, grounds)
                VALUES (\(race.id), \(fact.number), \(race.call), \(race.topic), \(RaceState.proposed),
                  \(fact.actor), \(fact.at), \(fact.reason))
                """)
            for (place, lane) in race.lanes.enumerated() {
                _ = try store.run(
                    "INSERT INTO race_lane (race, application, place) VALUES (\(race.id), \(lane), \(place))")
            }
        },
        .on(RaceRoutesJudged.self) { store, fact, body in
            _ = try store.run("UPDATE race SET difference = \(fact.reason) WHERE id = \(body.race)")
        },
        .on(RaceWithdrawn.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE race SET state = \(RaceState.withdrawn), settled_at = \(fact.at), reason = \(fact.reason)
                WHERE id = \(body.race)
                """)
        },
        .on(RaceOpened.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE race SET state = \(RaceState.opened), opened_fact = \(fact.number), settled_at = \(fact.at)
                WHERE id = \(body.race.id)
                """)
        },
    ]
}

package enum RaceState: String, Sendable, Codable, SQLBindable {
    case proposed
    case withdrawn
    case opened
}
