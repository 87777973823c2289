import Foundation
package import Lifecycle
package import Store

/// A race as its pages read it.
package struct RaceRecord: Sendable {
    package let race: Race
    package let state: RaceState
    package let fact: Int64
    package let proposedAt: Instant
    package let grounds: String?
    package let difference: String?
}

package enum Races {
    private struct Row: Decodable, Sendable {
        let state: RaceState
        let fact: Int64
        let proposedAt: Instant
        let grounds: String?
        let difference: String?
        let body: String
    }

    private static let columns: SQL = """
        SELECT race.state AS state, race.fact AS fact, race.proposed_at AS proposed_at, race.grounds AS grounds,
          race.difference AS difference, payload.body AS body
        FROM race JOIN payload ON payload.number = race.fact
        """

    private static func record(_ row: Row) throws -> RaceRecord {
        RaceRecord(
            race: try JSONDecoder().decode(RaceProposed.self, from: Data(row.body.utf8)).race,
            state: row.state, fact: row.fact, proposedAt: row.proposedAt, grounds: row.grounds,
            difference: row.difference)
    }

    package static func find(_ id: ID<Race>, _ store: Transaction) throws -> RaceRecord? {
        try store.row("\(sql: columns) WHERE race.id = \(id)", as: Row.self).map(record)
    }

    /// The races of a call that were not taken back, oldest first.
    package static func standing(in call: ID<Call>, _ store: Transaction) throws -> [RaceRecord] {
        try store.rows(
            """
            \(sql: columns) WHERE race.call = \(call) AND race.state <> \(RaceState.withdrawn)
            ORDER BY race.fact
            """, as: Row.self
        ).map(record)
    }

    /// The lanes of every race of a call, of those taken back too.
    static func lanes(in call: ID<Call>, _ store: Transaction) throws -> [ID<Application>] {
        try store.values(
            """
            SELECT race_lane.application FROM race JOIN race_lane ON race_lane.race = race.id
            WHERE race.call = \(call)
            """)
    }

    /// Those that wait for the leader's signature.
    package static func proposed(in call: ID<Call>, _ store: Transaction) throws -> [RaceRecord] {
        try standing(in: call, store).filter { $0.state == .proposed }
    }

    /// Races with a lane on a public notice; all of them are on.
    package static func noticed(_ notice: ID<Notice>, _ store: Transaction) throws -> [RaceRecord] {
        try store.rows(
            """
            \(sql: columns) WHERE race.state = \(RaceState.opened) AND race.id IN (
              SELECT race_lane.race FROM notice_application
              JOIN race_lane ON race_lane.application = notice_application.application
              WHERE notice_application.notice = \(notice))
            ORDER BY race.fact
            """, as: Row.self
        ).map(record)
    }

    /// The terms of the race that a project is a lane of; nil for every other project.
    package static func terms(of application: ID<Application>, _ store: Transaction) throws -> Race.Terms? {
        let body = try store.value(
            """
            SELECT payload.body FROM race_lane JOIN race ON race.id = race_lane.race
            JOIN payload ON payload.number = race.opened_fact
            WHERE race_lane.application = \(application) AND race.state = \(RaceState.opened)
            """, as: String.self)
        return try body.map { try JSONDecoder().decode(RaceOpened.self, from: Data($0.utf8)).race.terms }
    }
}
