import Foundation
package import Lifecycle
package import Store

/// A proposed definition as its pages read it.
package struct DefinitionRecord: Sendable, Decodable {
    package let fact: Int64
    package let programme: String
    package let digest: String
    package let replaces: String
    package let at: Instant
    package let proposer: ID<Person>?
    package let proposerName: String?
    package let grounds: String
    let moving: String
    /// Empty while it waits.
    let answer: String
    package let settledAt: Instant?
    package let settlerName: String?
    package let settledReason: String?

    package var isWaiting: Bool { answer.isEmpty }
    package var settled: DefinitionAnswer? { DefinitionAnswer(rawValue: answer) }

    func movingCalls() throws -> [ID<Call>] {
        try JSONDecoder().decode([String].self, from: Data(moving.utf8)).map { ID<Call>($0) }
    }
}

/// What of a programme's definitions the pages ask for.
package enum DefinitionQueries {
    private static let columns: SQL = """
        definition_proposal.fact AS fact, definition_proposal.programme AS programme,
        definition_proposal.digest AS digest, definition_proposal.replaces AS replaces,
        definition_proposal.at AS at, definition_proposal.proposer AS proposer, author.name AS proposer_name,
        definition_proposal.grounds AS grounds, definition_proposal.moving AS moving,
        definition_proposal.answer AS answer, definition_proposal.settled_at AS settled_at,
        settler.name AS settler_name, definition_proposal.settled_reason AS settled_reason
        """
    private static let tables: SQL = """
        definition_proposal LEFT JOIN person AS author ON author.id = definition_proposal.proposer
        LEFT JOIN person AS settler ON settler.id = definition_proposal.settled_by
        """

    package static func find(_ fact: Int64, _ store: Transaction) throws -> DefinitionRecord? {
        try store.row(
            "SELECT \(sql: columns) FROM \(sql: tables) WHERE definition_proposal.fact = \(fact)")
    }

    /// The one proposal of a programme that waits for an answer.
    package static func waiting(_ programme: String, _ store: Transaction) throws -> DefinitionRecord? {
        try store.row(
            """
            SELECT \(sql: columns) FROM \(sql: tables)
            WHERE definition_proposal.programme = \(programme) AND definition_proposal.answer = ''
            """)
    }

    /// All that wait, the oldest first; of each programme one at most.
    static func waiting(_ store: Transaction) throws -> [DefinitionRecord] {
        try store.rows(
            """
            SELECT \(sql: columns) FROM \(sql: tables) WHERE definition_proposal.answer = ''
            ORDER BY definition_proposal.fact
            """)
    }

    /// A programme's proposals, the newest first.
    static func all(of programme: String, _ store: Transaction) throws -> [DefinitionRecord] {
        try store.rows(
            """
            SELECT \(sql: columns) FROM \(sql: tables) WHERE definition_proposal.programme = \(programme)
            ORDER BY definition_proposal.fact DESC
            """)
    }

    static func files(of proposal: Int64, _ store: Transaction) throws -> [String: String] {
        try decode(
            store.value("SELECT files FROM definition_proposal WHERE fact = \(proposal)", as: String.self))
    }

    /// When the definition in force came into force.
    static func since(_ programme: String, _ store: Transaction) throws -> Instant? {
        try store.value("SELECT since FROM definition_in_force WHERE programme = \(programme)")
    }

    /// The texts an officer goes on from: those of the definition in force where they are known, else the folder's.
    static func texts(of inForce: Programme, _ house: House, _ store: Transaction) throws -> [String: String]
    {
        let folder = house.plan.definitions[inForce.id] ?? [:]
        if house.plan.programme(inForce.id)?.digest == inForce.digest { return folder }
        let proposed = try store.value(
            "SELECT files FROM definition_proposal WHERE digest = \(inForce.digest) ORDER BY fact LIMIT 1",
            as: String.self)
        return proposed == nil ? folder : try decode(proposed)
    }

    static func decode(_ text: String?) throws -> [String: String] {
        guard let text else { return [:] }
        return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }
}

/// The texts of a definition while officers write them; one draft a programme. Not a fact: nothing binds until it is
/// proposed.
struct DefinitionDraft: Sendable {
    let version: Int
    let files: [String: String]
    let savedAt: Instant

    private struct Row: Decodable, Sendable {
        let version: Int
        let files: String
        let savedAt: Instant
    }

    static func find(_ programme: String, _ store: Transaction) throws -> DefinitionDraft? {
        try store.row(
            "SELECT version, files, saved_at FROM definition_draft WHERE programme = \(programme)",
            as: Row.self
        ).map {
            DefinitionDraft(
                version: $0.version, files: try DefinitionQueries.decode($0.files), savedAt: $0.savedAt)
        }
    }

    /// Saves if `base` (0 for none yet) is still the version; nil where a colleague saved other texts since.
    static func save(
        _ files: [String: String], of programme: String, base: Int, by person: ID<Person>, at now: Instant,
        _ store: Transaction
    ) throws -> Int? {
        let current = try find(programme, store)
        if current?.files == files { return current?.version }
        guard (current?.version ?? 0) == base else { return nil }
        _ = try store.run(
            """
            INSERT INTO definition_draft (programme, version, files, saved_by, saved_at)
            VALUES (\(programme), \(base + 1), \(try Canonical.json(files)), \(person), \(now))
            ON CONFLICT (programme) DO UPDATE SET version = excluded.version, files = excluded.files,
              saved_by = excluded.saved_by, saved_at = excluded.saved_at
            """)
        return base + 1
    }

    static func remove(_ programme: String, _ store: Transaction) throws {
        _ = try store.run("DELETE FROM definition_draft WHERE programme = \(programme)")
    }
}
