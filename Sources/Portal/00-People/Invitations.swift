package import Lifecycle
package import Store

/// One-time links by which people set their first password, or a new one. Opening the link changes nothing
/// (mail scanners do it); only sending its form does.
package enum Invitations {
    static let days: Int64 = 7

    /// Makes a link's token for a person and takes earlier unused ones back. Only its hash is stored.
    ///
    /// The caller answers for who may: ``issue(to:_:)`` does for the pages.
    package static func make(for person: ID<Person>, as role: Role? = nil, _ change: Change) throws -> String
    {
        guard try Administration.exists(person, change) else { throw Refused("person.unknown") }
        let token = Canonical.hex(change.world.secretBytes(32))
        let expires = change.world.now().adding(seconds: days * 86_400)
        _ = try change.store.run("DELETE FROM invitation WHERE person = \(person) AND used_at IS NULL")
        _ = try change.store.run(
            """
            INSERT INTO invitation (token_hash, person, expires_at)
            VALUES (\(Session.hash(token)), \(person), \(expires))
            """)
        try change.append(PersonInvited(), about: .person(person), as: role)
        return token
    }

    /// What a system administrator does alone: invite anybody who is no administrator.
    package static func issue(to person: ID<Person>, _ change: Change) throws -> String {
        let role = try Administration.authority(.systemAdmin, change)
        if try change.actor != nil && Administration.administratorRole(of: person, change) != nil {
            throw Refused("role.two-needed")
        }
        return try make(for: person, as: role, change)
    }

    package struct Invited: Sendable, Decodable {
        package let person: ID<Person>
        package let name: String
        package let email: String
        package let organisationName: String
    }

    /// Whom an unused, unexpired token invites. Unknown, used and expired ones answer alike.
    package static func find(_ token: String, at now: Instant, _ store: Transaction) throws -> Invited? {
        guard token.utf8.count == 64 else { return nil }
        return try store.row(
            """
            SELECT person.id AS person, person.name AS name, person.email AS email,
              COALESCE(organisation.name, '') AS organisation_name
            FROM invitation JOIN person ON person.id = invitation.person
            LEFT JOIN organisation ON organisation.id = person.organisation
            WHERE invitation.token_hash = \(Session.hash(token)) AND invitation.used_at IS NULL
              AND invitation.expires_at > \(now)
            """)
    }

    /// Uses the token up: sets the password, takes any second factor and every session away.
    static func consume(_ token: String, encoded: String, _ change: Change) throws -> ID<Person> {
        let now = change.world.now()
        guard let invited = try find(token, at: now, change.store),
            // One statement decides between two who hold the same link.
            try change.store.run(
                """
                UPDATE invitation SET used_at = \(now)
                WHERE token_hash = \(Session.hash(token)) AND used_at IS NULL
                """) == 1
        else { throw Missing() }
        _ = try change.store.run(
            """
            INSERT INTO credential (person, password, totp_secret, totp_last_step, changed_at)
            VALUES (\(invited.person), \(encoded), NULL, NULL, \(now))
            ON CONFLICT (person) DO UPDATE SET password = excluded.password, totp_secret = NULL,
              totp_last_step = NULL, changed_at = excluded.changed_at
            """)
        _ = try change.store.run("DELETE FROM session WHERE person = \(invited.person)")
        try Attempts.forget(.account(invited.email), change.store)
        try Attempts.forget(.code(invited.person), change.store)
        try change.append(CredentialChanged(.invitation), about: .person(invited.person))
        return invited.person
    }
}
