package import Lifecycle
package import Store

/// Who stands behind a dossier, read for conflicts of interest.
package enum Parties {
    /// The dossier's own people, what was declared, and what its call says of recusal: projected tables alone.
    package static func of(_ application: ID<Application>, _ store: Transaction) throws -> DossierParties {
        struct Head: Decodable, Sendable {
            let owner: ID<Person>
            let university: ID<Organisation>
            let waivesEntity: Bool
            let waivesRival: Bool
        }
        guard
            let head = try store.row(
                """
                SELECT application.owner, application.university,
                  COALESCE(call.body LIKE \(sql: sameEntityWaived), \(false)) AS waives_entity,
                  COALESCE(call.body LIKE \(sql: rivalWaived), \(false)) AS waives_rival
                FROM application LEFT JOIN call ON call.id = application.call WHERE application.id = \(application)
                """, as: Head.self)
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
            interested: Set(interested),
            terms: RecusalTerms(sameEntity: !head.waivesEntity, rival: !head.waivesRival))
    }

    /// The same with who stands behind other applications: in the same call, or with a text like this one's. What texts
    /// have in common is no fact, so that no projection may ask for it.
    ///
    /// - Parameter person: look for this one only; nil looks for every expert.
    package static func withRivals(
        _ application: ID<Application>, among person: ID<Person>? = nil, _ store: Transaction
    ) throws -> DossierParties {
        let parties = try of(application, store)
        guard
            let call = try store.value(
                "SELECT call FROM application WHERE id = \(application)", as: ID<Call>.self)
        else { throw Missing() }
        let rivals: Set<ID<Person>> =
            if let person {
                try takesPart(person, in: call, store) ? [person] : []
            } else {
                try Self.rivals(in: call, store)
            }
        return parties.with(rivals: rivals, similar: try similar(to: application, store))
    }

    /// Experts who apply in a call, alone or in a team.
    static func rivals(in call: ID<Call>, _ store: Transaction) throws -> Set<ID<Person>> {
        // From the few experts to their applications, not from the many applications of a call to its experts.
        Set(
            try store.values(
                """
                SELECT expert.person FROM expert WHERE EXISTS (SELECT 1 FROM application
                    WHERE application.owner = expert.person AND application.call = \(call))
                  OR EXISTS (SELECT 1 FROM application_member CROSS JOIN application
                    WHERE application_member.person = expert.person
                      AND application.id = application_member.application AND application.call = \(call))
                """, as: ID<Person>.self))
    }

    /// Whether somebody applies in the call, alone or in a team.
    package static func takesPart(_ person: ID<Person>, in call: ID<Call>, _ store: Transaction) throws
        -> Bool
    {
        try store.value(
            """
            SELECT 1 FROM application WHERE owner = \(person) AND call = \(call)
            UNION ALL SELECT 1 FROM application_member CROSS JOIN application
              WHERE application_member.person = \(person)
                AND application.id = application_member.application AND application.call = \(call) LIMIT 1
            """, as: Int.self) != nil
    }

    /// Who stands behind the applications, of whatever call, that have passages in common with this one: as many as the
    /// comparison of texts reports, whatever an officer makes of them.
    static func similar(to application: ID<Application>, _ store: Transaction) throws -> Set<ID<Person>> {
        let others: SQL = """
            SELECT source FROM reuse_pair WHERE application = \(application) AND source_kind = 'application'
            UNION SELECT application FROM reuse_pair
              WHERE source = \(application) AND source_kind = 'application'
            """
        return Set(
            try store.values(
                """
                SELECT owner FROM application WHERE id IN (\(sql: others))
                UNION SELECT person FROM application_member WHERE application IN (\(sql: others))
                """, as: ID<Person>.self))
    }

    /// Why somebody who acts in the role may not handle the dossier. A university's own people handle what their
    /// university puts forward; an official of the commission stands as far off as an expert.
    package static func reasons(
        against person: ID<Person>, as role: Role, on application: ID<Application>, _ store: Transaction
    ) throws -> [ConflictReason] {
        role.actsForCommission
            ? try reasonsAgainstOffice(of: person, on: application, store)
            : try of(application, store).reasonsAgainstHandling(by: person)
    }

    /// Why an official may not handle the dossier, whatever they are at the commission.
    package static func reasonsAgainstOffice(
        of person: ID<Person>, on application: ID<Application>, _ store: Transaction
    ) throws -> [ConflictReason] {
        let homes = try store.values(Self.homes(of: person), as: ID<Organisation>.self)
        return try withRivals(application, among: person, store)
            .reasonsAgainstOffice(by: person, of: Set(homes))
    }

    /// Whether a call says that applying in it, or having texts alike, keeps nobody from reviewing in it.
    static func waivesRivals(in call: ID<Call>, _ store: Transaction) throws -> Bool {
        try store.value(
            "SELECT 1 FROM call WHERE id = \(call) AND body LIKE \(sql: rivalWaived)", as: Int.self) != nil
    }

    /// What stands in a call's body, which is canonical, where it says 0 (``RecusalTerms``). In a text that somebody
    /// wrote the quotation marks would be escaped.
    ///
    /// Written and not bound: SQLite prepares a statement anew each time a value is bound to `LIKE`, which takes
    /// milliseconds of one that reads as many tables as those below.
    private static let sameEntityWaived: SQL = "'%\"recuseSameEntity\":\"0\"%'"
    private static let rivalWaived: SQL = "'%\"recuseRival\":\"0\"%'"

    private static func waiving(_ pattern: SQL) -> SQL {
        "SELECT waiving.id FROM call AS waiving WHERE waiving.body LIKE \(sql: pattern)"
    }

    /// Legal entities that an official is of beside the commission, on whose behalf they act: their own organisation's,
    /// and that of every role they hold. Without a clock: a role counts until the newest fact is past its end.
    private static func homes(of person: ID<Person>) -> SQL {
        let latest: SQL =
            "(SELECT latest.at FROM fact AS latest WHERE latest.number = (SELECT MAX(number) FROM fact))"
        return """
            SELECT entity.id FROM person AS official
            JOIN organisation AS home ON home.id = official.organisation
            JOIN organisation AS entity ON entity.id = home.legal_entity AND entity.kind <> 'commission'
            WHERE official.id = \(person)
            UNION SELECT entity.id FROM tenure AS held
            JOIN organisation AS home ON home.id = held.organisation
            JOIN organisation AS entity ON entity.id = home.legal_entity AND entity.kind <> 'commission'
            WHERE held.person = \(person) AND held.from_at <= \(sql: latest)
              AND (held.until_at IS NULL OR held.until_at > \(sql: latest))
            """
    }

    /// Applications somebody stands behind.
    private static func own(_ person: ID<Person>) -> SQL {
        """
        SELECT own.id FROM application AS own WHERE own.owner = \(person)
        UNION SELECT part.application FROM application_member AS part WHERE part.person = \(person)
        """
    }

    /// Applications whose text is like one that somebody stands behind.
    private static func alike(_ person: ID<Person>) -> SQL {
        """
        SELECT later.source FROM reuse_pair AS later
          WHERE later.source_kind = 'application' AND later.application IN (\(sql: own(person)))
        UNION SELECT earlier.application FROM reuse_pair AS earlier
          WHERE earlier.source_kind = 'application' AND earlier.source IN (\(sql: own(person)))
        """
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
                  AND organisation.legal_entity = declared_conflict.subject_id)))))
          AND \(sql: freeByTerms(person)))
        """
    }

    /// The part of ``free(_:)`` that a call may waive.
    private static func freeByTerms(_ person: ID<Person>) -> SQL {
        """
        NOT (application.call NOT IN (\(sql: waiving(sameEntityWaived))) AND (
            application.university IN (\(sql: homes(of: person)))
            OR EXISTS (SELECT 1 FROM application_member AS member
              JOIN organisation AS branch ON branch.id = member.organisation
              WHERE member.application = application.id
                AND branch.legal_entity IN (\(sql: homes(of: person))))))
          AND NOT (application.call NOT IN (\(sql: waiving(rivalWaived))) AND (
            application.call IN (SELECT mine.call FROM application AS mine
              WHERE mine.id IN (\(sql: own(person))))
            OR application.id IN (\(sql: alike(person)))))
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
        \(sql: barredByTerms(person))
        """
    }

    /// The part of ``barred(_:)`` that a call may waive.
    private static func barredByTerms(_ person: ID<Person>) -> SQL {
        """
        UNION SELECT application.id FROM application
          WHERE application.university IN (\(sql: homes(of: person)))
            AND application.call NOT IN (\(sql: waiving(sameEntityWaived)))
        UNION SELECT application.id FROM organisation AS branch CROSS JOIN application_member
          CROSS JOIN application
          WHERE branch.legal_entity IN (\(sql: homes(of: person)))
            AND application_member.organisation = branch.id
            AND application.id = application_member.application
            AND application.call NOT IN (\(sql: waiving(sameEntityWaived)))
        UNION SELECT application.id FROM application
          WHERE (application.call IN (SELECT mine.call FROM application AS mine
                WHERE mine.id IN (\(sql: own(person)))))
            AND application.call NOT IN (\(sql: waiving(rivalWaived)))
        UNION SELECT application.id FROM application
          WHERE application.id IN (\(sql: alike(person)))
            AND application.call NOT IN (\(sql: waiving(rivalWaived)))
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
