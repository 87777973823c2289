package import Lifecycle
package import Store

enum AdoptionFacts {
    static let tables = [ProjectedTable("adoption", key: "fact")]

    static let projections: [Projection] = [
        .on(AdoptionRecorded.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO adoption (fact, application, extent, organisation, place, since, corrects, person,
                  role, at, evidence)
                VALUES (\(fact.number), \(fact.subject.id), \(body.extent.rawValue), \(body.organisation),
                  \(body.place), \(body.since), \(body.corrects), \(fact.actor), \(fact.role), \(fact.at),
                  \(fact.reason))
                """)
        },
        .on(AdoptionCorrected.self) { store, _, body in
            _ = try store.run("UPDATE adoption SET corrects = \(body.fact) WHERE fact = \(body.by)")
        },
    ]
}

/// What was said once of a project's result being taken up.
package struct AdoptionRecord: Sendable, Decodable {
    package let fact: Int64
    package let application: ID<Application>
    package let extent: AdoptionRecorded.Extent
    package let organisation: String
    package let place: String
    package let since: Day?
    package let name: String?
    package let role: Role?
    package let at: Instant
    package let evidence: String?
    /// When another took its place; nil where it stands.
    package let correctedAt: Instant?

    /// Of several projects, in the order in which it was said.
    package static func all(of applications: [ID<Application>], _ store: Transaction) throws
        -> [AdoptionRecord]
    {
        try store.rows(
            """
            SELECT adoption.fact AS fact, adoption.application AS application, adoption.extent AS extent,
              adoption.organisation AS organisation, adoption.place AS place, adoption.since AS since,
              person.name AS name, adoption.role AS role, adoption.at AS at, adoption.evidence AS evidence,
              later.at AS corrected_at
            FROM adoption LEFT JOIN person ON person.id = adoption.person
            LEFT JOIN adoption AS later ON later.corrects = adoption.fact
            WHERE adoption.application IN \(list: applications) ORDER BY adoption.fact
            """)
    }
}
