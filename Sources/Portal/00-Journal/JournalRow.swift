package import Lifecycle
package import Store

/// One fact with all that its leaf is made of, read by position: a million of them pass through a verification.
package struct JournalRow: Sendable {
    package let fact: Fact
    package let salt: [UInt8]
    package let payloadHash: [UInt8]
    /// Nil where no reason was given.
    package let reasonHash: [UInt8]?
    package let entry: [UInt8]
    /// Nil where the payload was erased.
    package let payloadSalt: [UInt8]?
    package let body: String?
    /// Nil where there is no reason or it was erased.
    package let reasonSalt: [UInt8]?
    package let reasonText: String?

    private static let columns: SQL = """
        SELECT fact.number, fact.at, fact.kind, fact.subject_kind, fact.subject_id, fact.actor, fact.role,
          fact.step, fact.outcome, fact.target, fact.clause, fact.salt, fact.payload_hash, fact.reason_hash,
          fact.entry, payload.salt, payload.body, reason.salt, reason.text
        FROM fact LEFT JOIN payload ON payload.number = fact.number
        LEFT JOIN reason ON reason.number = fact.number
        """

    static func all(below end: Int64) -> SQL {
        "\(sql: columns) WHERE fact.number < \(end) ORDER BY fact.number"
    }

    /// Where `entry` stands among the columns.
    static let entryPlace = 14

    package static func find(_ number: Int64, _ store: Transaction) throws -> JournalRow? {
        let row = try store.rawRows("\(sql: columns) WHERE fact.number = \(number)").first
        return try row.map { try JournalRow($0.values, try Erasures.of([number], store)) }
    }

    /// - Parameter erasures: where an erased reason learns who erased it.
    init(_ values: [SQLValue], _ erasures: Erasures) throws {
        let step = try Self.text(values[7])
        let outcome = try Self.text(values[8])
        var move: Move?
        if let step {
            guard let outcome = outcome.flatMap(Move.Outcome.init(rawValue:)) else {
                throw Malformed(column: "outcome")
            }
            move = Move(step, outcome, target: try Self.text(values[9]))
        } else if outcome != nil || values[9] != .null {
            throw Malformed(column: "step")
        }
        var role: Role?
        if let name = try Self.text(values[6]) {
            guard let known = Role(rawValue: name) else { throw Malformed(column: "role") }
            role = known
        }
        let number = try Self.integer(values[0])
        reasonHash = values[13] == .null ? nil : try Self.bytes(values[13])
        reasonSalt = values[17] == .null ? nil : try Self.bytes(values[17])
        reasonText = try Self.text(values[18])
        let reason: Reason? =
            if reasonHash == nil {
                nil
            } else if let reasonText {
                .given(reasonText)
            } else {
                .erased(by: erasures.reasons[number])
            }
        fact = Fact(
            number: number, at: Instant(milliseconds: try Self.integer(values[1])),
            kind: FactKind(try Self.present(values[2])),
            subject: Subject(kind: try Self.present(values[3]), id: try Self.present(values[4])),
            actor: try Self.text(values[5]).map { ID($0) }, role: role, move: move,
            reason: reason, clause: try Self.text(values[10]).map { ClauseID($0) })
        salt = try Self.bytes(values[11])
        payloadHash = try Self.bytes(values[12])
        entry = try Self.bytes(values[Self.entryPlace])
        payloadSalt = values[15] == .null ? nil : try Self.bytes(values[15])
        body = try Self.text(values[16])
    }

    /// A value that no append would have written.
    struct Malformed: Error, CustomStringConvertible {
        let column: String
        var description: String { "\(column): not a value of a fact" }
    }

    private static func text(_ value: SQLValue) throws -> String? {
        switch value {
        case .text(let text): text
        case .null: nil
        case .integer, .real, .blob: throw Malformed(column: "text")
        }
    }

    private static func present(_ value: SQLValue) throws -> String {
        guard let text = try text(value) else { throw Malformed(column: "text") }
        return text
    }

    private static func integer(_ value: SQLValue) throws -> Int64 {
        guard case .integer(let number) = value else { throw Malformed(column: "number") }
        return number
    }

    private static func bytes(_ value: SQLValue) throws -> [UInt8] {
        guard case .blob(let bytes) = value else { throw Malformed(column: "bytes") }
        return bytes
    }
}
