package import Lifecycle
package import Store

/// One declared relation, with what it is about in words.
package struct ConflictRecord: Sendable, Decodable {
    package let fact: Int64
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

    static let pageSize = 100

    /// A page of all there are, newest first, with how many there are.
    static func page(after: ListPlace, _ store: Transaction) throws -> (
        page: Paged<ConflictRecord>, count: Int
    ) {
        let page = try store.page(
            select, where: ["declared_conflict.fact <= \(Int64.max)"],
            in: ListOrder([.number("declared_conflict.fact")], descending: true), after: after,
            size: pageSize
        ) { (row: ConflictRecord) in ["\(row.fact)"] }
        return (page, try store.value("SELECT COUNT(*) FROM declared_conflict", as: Int.self) ?? 0)
    }

    private static let select: SQL = """
        SELECT declared_conflict.fact AS fact, declared_conflict.person AS person, who.name AS person_name,
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
