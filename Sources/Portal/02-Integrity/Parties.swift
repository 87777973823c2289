package import Lifecycle
package import Store

/// Who stands behind a dossier, read for conflicts of interest.
package enum Parties {
    package static func of(_ application: ID<Application>, _ store: Transaction) throws -> DossierParties {
        struct Head: Decodable, Sendable {
            let owner: ID<Person>
            let university: ID<Organisation>
            let call: ID<Call>
        }
        guard
            let head = try store.row(
                "SELECT owner, university, call FROM application WHERE id = \(application)", as: Head.self)
        else { throw Missing() }
        let members = try store.values(
            "SELECT person FROM application_member WHERE application = \(application)", as: ID<Person>.self)
        let memberEntities = try store.values(
            """
            SELECT DISTINCT organisation.legal_entity FROM application_member
            JOIN organisation ON organisation.id = application_member.organisation
            WHERE application_member.application = \(application)
            """, as: ID<Organisation>.self)
        let people = Set([head.owner] + members)
        let entities = Set([head.university] + memberEntities)
        let declared = try store.values(
            """
            SELECT person FROM declared_conflict
            WHERE (subject_kind = 'application' AND subject_id = \(application))
              OR (subject_kind = 'person' AND subject_id IN \(list: Array(people)))
              OR (subject_kind = 'organisation' AND subject_id IN \(list: Array(entities)))
            """, as: ID<Person>.self)
        let excluded = try store.values(
            "SELECT person FROM application_exclusion WHERE application = \(application)", as: ID<Person>.self
        )
        // Whoever will use a topic's result has a stake in every bid for it.
        let interested = try store.values(
            """
            SELECT person FROM dossier_party
            WHERE application = \(application) AND state = 'accepted' AND conflicted = \(true)
            UNION SELECT topic.user_person FROM application JOIN topic ON topic.id = application.topic
            WHERE application.id = \(application) AND topic.user_person IS NOT NULL
            """, as: ID<Person>.self)
        return DossierParties(
            people: people, entities: entities, declared: Set(declared), excluded: Set(excluded),
            interested: Set(interested))
    }

    /// The same with the experts who apply in the same call, which only the choice of reviewers needs.
    ///
    /// - Parameter expert: look for this one only; nil looks for all.
    package static func withRivals(
        _ application: ID<Application>, among expert: ID<Person>? = nil, _ store: Transaction
    ) throws -> DossierParties {
        let parties = try of(application, store)
        let asked: SQL = expert.map { "expert.person = \($0)" } ?? "1 = 1"
        // From the few experts to their applications, not from the many applications of a call to its experts.
        let rivals = try store.values(
            """
            SELECT expert.person FROM expert WHERE \(sql: asked) AND EXISTS (SELECT 1 FROM application
              WHERE application.owner = expert.person
                AND application.call = (SELECT call FROM application WHERE id = \(application)))
            """, as: ID<Person>.self)
        return DossierParties(
            people: parties.people, entities: parties.entities, rivals: Set(rivals),
            declared: parties.declared, excluded: parties.excluded, interested: parties.interested)
    }

    /// A condition on `application`: no conflict keeps this official from the row. Lists and counts use it, so
    /// that they know no more than the case page.
    package static func free(_ person: ID<Person>) -> SQL {
        """
        (application.owner <> \(person)
          AND NOT EXISTS (SELECT 1 FROM application_member
            WHERE application_member.application = application.id AND application_member.person = \(person))
          AND NOT EXISTS (SELECT 1 FROM dossier_party
            WHERE dossier_party.application = application.id AND dossier_party.person = \(person)
              AND dossier_party.state = 'accepted' AND dossier_party.conflicted = \(true))
          AND NOT EXISTS (SELECT 1 FROM topic
            WHERE topic.id = application.topic AND topic.user_person = \(person))
          AND NOT EXISTS (SELECT 1 FROM declared_conflict WHERE declared_conflict.person = \(person) AND (
            (declared_conflict.subject_kind = 'application' AND declared_conflict.subject_id = application.id)
            OR (declared_conflict.subject_kind = 'person' AND (
              declared_conflict.subject_id = application.owner
              OR EXISTS (SELECT 1 FROM application_member
                WHERE application_member.application = application.id
                  AND application_member.person = declared_conflict.subject_id)))
            OR (declared_conflict.subject_kind = 'organisation' AND (
              declared_conflict.subject_id = application.university
              OR EXISTS (SELECT 1 FROM application_member
                JOIN organisation ON organisation.id = application_member.organisation
                WHERE application_member.application = application.id
                  AND organisation.legal_entity = declared_conflict.subject_id))))))
        """
    }

    /// The dossiers that ``free(_:)`` keeps from this official, as a query for their identities. Counts use it: it
    /// reads what was declared, and not every dossier there is. (`CROSS JOIN`, because SQLite keeps its order and would
    /// otherwise begin with every member of every team.)
    package static func barred(_ person: ID<Person>) -> SQL {
        """
        SELECT id FROM application WHERE owner = \(person)
        UNION SELECT application FROM application_member WHERE person = \(person)
        UNION SELECT application FROM dossier_party
          WHERE person = \(person) AND state = 'accepted' AND conflicted = \(true)
        UNION SELECT application.id FROM topic JOIN application ON application.topic = topic.id
          WHERE topic.user_person = \(person)
        UNION SELECT subject_id FROM declared_conflict
          WHERE person = \(person) AND subject_kind = 'application'
        UNION SELECT application.id FROM declared_conflict
          JOIN application ON application.owner = declared_conflict.subject_id
          WHERE declared_conflict.person = \(person) AND declared_conflict.subject_kind = 'person'
        UNION SELECT application_member.application FROM declared_conflict
          JOIN application_member ON application_member.person = declared_conflict.subject_id
          WHERE declared_conflict.person = \(person) AND declared_conflict.subject_kind = 'person'
        UNION SELECT application.id FROM declared_conflict
          JOIN application ON application.university = declared_conflict.subject_id
          WHERE declared_conflict.person = \(person) AND declared_conflict.subject_kind = 'organisation'
        UNION SELECT application_member.application FROM declared_conflict
          JOIN organisation ON organisation.legal_entity = declared_conflict.subject_id
          CROSS JOIN application_member
          WHERE declared_conflict.person = \(person) AND declared_conflict.subject_kind = 'organisation'
            AND application_member.organisation = organisation.id
        """
    }
}

enum IntegrityFacts {
    static let tables = [ProjectedTable("declared_conflict", key: "fact")]

    static let projections: [Projection] = [
        .on(ConflictDeclared.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO declared_conflict (fact, person, subject_kind, subject_id, nature)
                VALUES (\(fact.number), \(body.person), \(body.about.kind), \(body.about.id),
                  \(fact.reason?.text ?? ""))
                """)
        }
    ]
}
