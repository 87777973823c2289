package import Lifecycle
package import Store

/// One-time links by which people set their first password, or a new one. Opening the link changes nothing
/// (mail scanners do it); only sending its form does.
///
/// The first link of a person is the system administrator's to make. Whoever can sign in already gets another only
/// from two administrators: the one who confirms holds the link, the one who proposed the code it asks for, so
/// that neither of them can use it.
package enum Invitations {
    static let days: Int64 = 7

    /// Makes a link's token for a person and takes earlier unused ones back. Only its hash is stored.
    ///
    /// The caller answers for who may: ``issue(to:_:)`` does for the pages.
    ///
    /// - Parameter code: hash of the code that the link asks for; nil for none.
    package static func make(
        for person: ID<Person>, as role: Role? = nil, code: [UInt8]? = nil, _ change: Change
    ) throws -> String {
        guard try Administration.exists(person, change) else { throw Refused("person.unknown") }
        let token = Canonical.hex(change.world.secretBytes(32))
        let expires = change.world.now().adding(seconds: days * 86_400)
        _ = try change.store.run("DELETE FROM invitation WHERE person = \(person) AND used_at IS NULL")
        _ = try change.store.run(
            """
            INSERT INTO invitation (token_hash, person, expires_at, code_hash)
            VALUES (\(Session.hash(token)), \(person), \(expires), \(code))
            """)
        try change.append(PersonInvited(), about: .person(person), as: role)
        return token
    }

    /// What a system administrator does alone: invite somebody who is no administrator and cannot sign in yet.
    package static func issue(to person: ID<Person>, _ change: Change) throws -> String {
        let role = try Administration.authority(.systemAdmin, change)
        if change.actor != nil {
            if try Administration.administratorRole(of: person, change) != nil {
                throw Refused("role.two-needed")
            }
            if try Credentials.outline(of: person, change.store) != nil {
                throw Refused("invitation.two-needed")
            }
        }
        return try make(for: person, as: role, change)
    }

    /// Whether another administrator has to confirm before this person gets a link.
    static func takesTwo(_ person: ID<Person>, _ change: Change) throws -> Bool {
        try Administration.administratorRole(of: person, change) != nil
            || Credentials.outline(of: person, change.store) != nil
    }

    /// The proposer's half: 80 bits, so that guessing it needs no counter. Only its hash is stored.
    static func makeCode(for proposal: Int64, _ change: Change) throws -> String {
        let code = OneTimeCode.base32(change.world.secretBytes(10))
        _ = try change.store.run(
            "INSERT INTO invitation_code (proposal, code_hash) VALUES (\(proposal), \(hash(code: code)))")
        return code
    }

    /// The hash of a proposal's code, which is forgotten with it.
    static func takeCode(of proposal: Int64, _ store: Transaction) throws -> [UInt8]? {
        let hash = try store.value(
            "SELECT code_hash FROM invitation_code WHERE proposal = \(proposal)", as: [UInt8].self)
        _ = try store.run("DELETE FROM invitation_code WHERE proposal = \(proposal)")
        return hash
    }

    /// Spaces, hyphens and case are as people type them.
    private static func hash(code: String) -> [UInt8] {
        Session.hash(code.uppercased().filter { !$0.isWhitespace && $0 != "-" })
    }

    package struct Invited: Sendable, Decodable {
        package let person: ID<Person>
        package let name: String
        package let email: String
        package let organisationName: String
        /// Of the code that the link asks for besides.
        let codeHash: [UInt8]?

        var needsCode: Bool { codeHash != nil }

        func isOpened(by code: String) -> Bool {
            codeHash.map {
                Reception.equalInConstantTime(
                    Canonical.hex($0), Canonical.hex(Invitations.hash(code: code)))
            } ?? true
        }
    }

    /// Whom an unused, unexpired token invites. Unknown, used and expired ones answer alike.
    package static func find(_ token: String, at now: Instant, _ store: Transaction) throws -> Invited? {
        guard token.utf8.count == 64 else { return nil }
        return try store.row(
            """
            SELECT person.id AS person, person.name AS name, person.email AS email,
              COALESCE(organisation.name, '') AS organisation_name, invitation.code_hash AS code_hash
            FROM invitation JOIN person ON person.id = invitation.person
            LEFT JOIN organisation ON organisation.id = person.organisation
            WHERE invitation.token_hash = \(Session.hash(token)) AND invitation.used_at IS NULL
              AND invitation.expires_at > \(now)
            """)
    }

    /// When a token was used. Only who holds it can ask.
    static func used(_ token: String, _ store: Transaction) throws -> Instant? {
        try store.value(
            "SELECT used_at FROM invitation WHERE token_hash = \(Session.hash(token))", as: Instant.self)
    }

    /// Uses the token up: sets the password, takes any second factor and every session away.
    static func consume(
        _ token: String, code: String, encoded: String, _ change: Change
    ) throws -> ID<Person> {
        let now = change.world.now()
        guard let invited = try find(token, at: now, change.store), invited.isOpened(by: code),
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
