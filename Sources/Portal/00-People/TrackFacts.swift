import Foundation
package import Lifecycle
package import Store

/// What facts do to people's records, and to how far back these go.
enum TrackFacts {
    static let projections: [Projection] = [
        .on(TrackRecorded.self) { store, fact, body in
            try enter(body.record, from: body.source, as: fact.number, store)
        },
        .on(TrackCorrected.self) { store, _, body in
            _ = try store.run("DELETE FROM track_record WHERE fact = \(body.entry)")
            if let record = body.record { try enter(record, from: body.source, as: body.entry, store) }
        },
        .on(PastKnown.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO known_past (fact, person, body, source)
                VALUES (\(fact.number), \(body.person?.rawValue ?? ""), \(try Canonical.json(body.known)), \(body.source))
                """)
        },
        .on(PastKnownWithdrawn.self) { store, _, body in
            _ = try store.run("DELETE FROM known_past WHERE fact = \(body.entry)")
        },
    ]

    private static func enter(
        _ record: TrackRecord, from source: String?, as entry: Int64, _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            INSERT INTO track_record (fact, person, kind, family, level, title, from_day, until_day, source)
            VALUES (\(entry), \(record.person), \(record.kind.rawValue), \(record.family),
              \(record.level.rawValue), \(record.title), \(record.from), \(record.until), \(source))
            """)
    }
}

/// One entry of somebody's record, as it stands.
package struct TrackEntry: Sendable, Decodable {
    /// The fact that entered it.
    package let fact: Int64
    package let person: ID<Person>
    package let kind: TrackRecord.Kind
    package let family: String
    package let level: TrackRecord.Level
    package let title: String
    package let fromDay: Day
    package let untilDay: Day?
    package let source: String?

    package var record: TrackRecord {
        TrackRecord(
            person: person, kind: kind, family: family, level: level, title: title, from: fromDay,
            until: untilDay)
    }

    /// Oldest entry first; of several people at once, so that lists read once.
    package static func all(of people: [ID<Person>], _ store: Transaction) throws -> [TrackEntry] {
        guard !people.isEmpty else { return [] }
        return try store.rows(
            """
            SELECT fact, person, kind, family, level, title, from_day, until_day, source FROM track_record
            WHERE person IN \(list: people) ORDER BY fact
            """)
    }
}

/// How far back records go, as an officer said.
package struct KnownEntry: Sendable {
    package let fact: Int64
    /// Nil where it is everybody's.
    package let person: ID<Person>?
    package let known: KnownPast
    package let source: String

    private struct Row: Decodable, Sendable {
        let fact: Int64
        let person: String
        let body: String
        let source: String
    }

    /// Everybody's.
    package static func general(_ store: Transaction) throws -> [KnownEntry] { try all(of: [""], store) }

    /// What is known of these people alone.
    package static func all(of people: [ID<Person>], _ store: Transaction) throws -> [KnownEntry] {
        try all(of: people.map(\.rawValue), store)
    }

    private static func all(of people: [String], _ store: Transaction) throws -> [KnownEntry] {
        guard !people.isEmpty else { return [] }
        return try store.rows(
            """
            SELECT fact, person, body, source FROM known_past WHERE person IN \(list: people) ORDER BY fact
            """, as: Row.self
        ).map { row in
            KnownEntry(
                fact: row.fact, person: row.person.isEmpty ? nil : ID(row.person),
                known: try JSONDecoder().decode(KnownPast.self, from: Data(row.body.utf8)),
                source: row.source)
        }
    }
}
