package import Lifecycle
package import Store

/// One fact with all that its leaf is made of, read by position: a million of them pass through a verification.
package struct JournalRow: Sendable {
    package let fact: Fact
    package let salt: [UInt8]
    package let payloadHash: [UInt8]
    package let entry: [UInt8]
    /// Nil where the payload was erased.
    package let payloadSalt: [UInt8]?
    package let body: String?

    private static let columns: SQL = """
        SELECT fact.number, fact.at, fact.kind, fact.subject_kind, fact.subject_id, fact.actor, fact.role,
          fact.step, fact.outcome, fact.target, fact.reason, fact.clause, fact.salt, fact.payload_hash,
          fact.entry, payload.salt, payload.body
        FROM fact LEFT JOIN payload ON payload.number = fact.number
        """

    static func all(below end: Int64) -> SQL {
        "\(sql: columns) WHERE fact.number < \(end) ORDER BY fact.number"
    }

    static func one(_ number: Int64) -> SQL { "\(sql: columns) WHERE fact.number = \(number)" }

    package static func find(_ number: Int64, _ store: Transaction) throws -> JournalRow? {
        try store.rawRows(one(number)).first.map { try JournalRow($0.values) }
    }

    init(_ values: [SQLValue]) throws {
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
        fact = Fact(
            number: try Self.integer(values[0]), at: Instant(milliseconds: try Self.integer(values[1])),
            kind: FactKind(try Self.present(values[2])),
            subject: Subject(kind: try Self.present(values[3]), id: try Self.present(values[4])),
            actor: try Self.text(values[5]).map { ID($0) }, role: role, move: move,
            reason: try Self.text(values[10]), clause: try Self.text(values[11]).map { ClauseID($0) })
        salt = try Self.bytes(values[12])
        payloadHash = try Self.bytes(values[13])
        entry = try Self.bytes(values[14])
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
