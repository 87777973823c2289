import Foundation
import Lifecycle
import Store

/// What of which fact was erased, and by which fact.
struct Erasures: Sendable {
    /// The erasing fact's number by the erased one's.
    private(set) var payloads: [Int64: Int64] = [:]
    private(set) var reasons: [Int64: Int64] = [:]

    static let none = Erasures()

    /// Read from the facts themselves: for replays, which make the table `erasure`.
    static func all(_ store: Transaction) throws -> Erasures {
        var found = Erasures()
        let decoder = JSONDecoder()
        let facts: SQL = """
            SELECT fact.number AS number, payload.body AS body FROM fact JOIN payload ON payload.number = fact.number
            WHERE fact.kind = \(JournalErased.kind) ORDER BY fact.number
            """
        try store.forEach(facts) { row in
            // One that cannot be read was tampered with, which is found where facts are checked.
            guard let body = try? decoder.decode(JournalErased.self, from: Data(try row.text("body").utf8))
            else { return }
            let number = try row.int64("number")
            for target in body.payloads { found.payloads[target] = number }
            for target in body.reasons { found.reasons[target] = number }
        }
        return found
    }

    /// Those of a few facts, from the table.
    static func of(_ numbers: [Int64], _ store: Transaction) throws -> Erasures {
        var found = Erasures()
        let rows: SQL = "SELECT number, part, fact FROM erasure WHERE number IN \(list: numbers)"
        try store.forEach(rows) { row in
            let (number, fact) = (try row.int64("number"), try row.int64("fact"))
            switch Erasure.Part(rawValue: try row.text("part")) {
            case .payload: found.payloads[number] = fact
            case .reason: found.reasons[number] = fact
            case nil: break
            }
        }
        return found
    }

    /// Keeps the table: the latest erasure of a part is the one it names, as in ``all(_:)``.
    static let projection = Projection.on(JournalErased.self) { store, fact, body in
        for (part, numbers) in [(Erasure.Part.payload, body.payloads), (.reason, body.reasons)] {
            for number in numbers {
                _ = try store.run(
                    """
                    INSERT INTO erasure (number, part, fact) VALUES (\(number), \(part), \(fact.number))
                    ON CONFLICT (number, part) DO UPDATE SET fact = excluded.fact
                    """)
            }
        }
    }
}

extension Reason {
    /// The reasons of those of the facts that have one, for pages.
    static func of(_ numbers: [Int64], _ store: Transaction) throws -> [Int64: Reason] {
        struct Row: Decodable, Sendable {
            let number: Int64
            let text: String?
            let erasedBy: Int64?
        }
        let rows = try store.rows(
            """
            SELECT fact.number AS number, reason.text AS text, erasure.fact AS erased_by FROM fact
            LEFT JOIN reason ON reason.number = fact.number
            LEFT JOIN erasure ON erasure.number = fact.number AND erasure.part = \(Erasure.Part.reason)
            WHERE fact.number IN \(list: numbers) AND fact.reason_hash IS NOT NULL
            """, as: Row.self)
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (row.number, row.text.map(Reason.given) ?? .erased(by: row.erasedBy))
            })
    }
}
