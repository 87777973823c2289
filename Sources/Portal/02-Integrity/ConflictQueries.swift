package import Lifecycle
package import Store

/// One declared relation, with what it is about in words.
package struct ConflictRecord: Sendable, Decodable {
    package let person: ID<Person>
    package let personName: String
    package let kind: String
    package let about: String
    package let nature: String
    package let at: Instant
}

package enum ConflictQueries {
    package static func of(_ person: ID<Person>, _ store: Transaction) throws -> [ConflictRecord] {
        try store.rows(
            "\(sql: select) WHERE declared_conflict.person = \(person) ORDER BY declared_conflict.fact DESC")
    }

    /// Newest first.
    ///
    package static func all(_ store: Transaction, limit: Int = 500) throws -> [ConflictRecord] {
        try store.rows("\(sql: select) ORDER BY declared_conflict.fact DESC LIMIT \(limit)")
    }

    private static let select: SQL = """
        SELECT declared_conflict.person AS person, who.name AS person_name,
          declared_conflict.subject_kind AS kind, declared_conflict.nature AS nature, fact.at AS at,
          COALESCE(application.number, organisation.name, other.name, declared_conflict.subject_id) AS about
        FROM declared_conflict JOIN fact ON fact.number = declared_conflict.fact
        JOIN person AS who ON who.id = declared_conflict.person
        LEFT JOIN application ON declared_conflict.subject_kind = 'application'
          AND application.id = declared_conflict.subject_id
        LEFT JOIN organisation ON declared_conflict.subject_kind = 'organisation'
          AND organisation.id = declared_conflict.subject_id
        LEFT JOIN person AS other ON declared_conflict.subject_kind = 'person'
          AND other.id = declared_conflict.subject_id
        """
}
