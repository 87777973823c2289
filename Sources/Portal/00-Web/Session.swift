import Crypto
package import Lifecycle
package import Store

/// A signed-in browser. Only the hash of its token is stored.
package struct Session: Sendable {
    package let tokenHash: [UInt8]
    package let person: ID<Person>
    package let csrf: String
    /// The second factor was shown in this session.
    package let secondFactor: Bool

    package static let cookie = "jb_session"
    /// Carries the token of forms for who is not signed in.
    package static let formCookie = "jb_form"
    package static let languageCookie = "jb_lang"

    /// Without a request for so long, the session ends.
    static let idleSeconds: Int64 = 30 * 60
    /// However busy, the session ends so long after sign-in.
    static let absoluteSeconds: Int64 = 12 * 3600

    package static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Array(token.utf8))) }
}

extension Session {
    private struct SessionRow: Decodable, Sendable {
        let person: ID<Person>
        let csrf: String
        let createdAt: Instant
        let seenAt: Instant
        let secondFactor: Bool
        /// The person has a second factor, so a session without it is only half a sign-in.
        let hasFactor: Bool
    }

    /// Between the password and the second factor.
    static let halfSeconds: Int64 = 5 * 60

    /// The live session of a token, or nil. Time is the real clock's, not the demo's.
    package static func find(token: String, at now: Instant, _ store: Transaction) throws -> (
        Session, seenAt: Instant
    )? {
        guard let row = try row(token: token, at: now, store), row.secondFactor || !row.hasFactor else {
            return nil
        }
        return (
            Session(
                tokenHash: hash(token), person: row.person, csrf: row.csrf, secondFactor: row.secondFactor),
            row.seenAt
        )
    }

    /// Who has shown the password under this token, but not yet the second factor.
    static func findHalf(token: String, at now: Instant, _ store: Transaction) throws -> ID<Person>? {
        guard let row = try row(token: token, at: now, store), row.hasFactor, !row.secondFactor,
            now < row.createdAt.adding(seconds: halfSeconds)
        else { return nil }
        return row.person
    }

    private static func row(token: String, at now: Instant, _ store: Transaction) throws -> SessionRow? {
        guard
            let row = try store.row(
                """
                SELECT session.person AS person, session.csrf AS csrf, session.created_at AS created_at,
                  session.seen_at AS seen_at, session.second_factor AS second_factor,
                  credential.totp_secret IS NOT NULL AS has_factor
                FROM session LEFT JOIN credential ON credential.person = session.person
                WHERE session.token_hash = \(hash(token))
                """, as: SessionRow.self),
            now < row.seenAt.adding(seconds: idleSeconds),
            now < row.createdAt.adding(seconds: absoluteSeconds)
        else { return nil }
        return row
    }

    /// Opens a session and gives its token, which is not stored.
    package static func open(
        _ person: ID<Person>, secondFactor: Bool, world: World, _ store: Transaction
    ) throws -> String {
        let token = Canonical.hex(world.secretBytes(32))
        let csrf = Canonical.hex(world.secretBytes(16))
        let now = world.now()
        _ = try store.run(
            """
            INSERT INTO session (token_hash, person, csrf, created_at, seen_at, second_factor)
            VALUES (\(hash(token)), \(person), \(csrf), \(now), \(now), \(secondFactor))
            """)
        return token
    }
}

extension Viewer {
    private struct PersonRow: Decodable, Sendable {
        let name: String
        let legalEntity: ID<Organisation>?
    }

    private struct TenureRow: Decodable, Sendable {
        let role: Role
        let organisation: ID<Organisation>
        let fromAt: Instant
        let untilAt: Instant?
    }

    /// The viewer as of `now`, by the house's clock.
    package static func find(_ person: ID<Person>, at now: Instant, _ store: Transaction) throws -> Viewer? {
        guard
            let row = try store.row(
                """
                SELECT person.name AS name, organisation.legal_entity AS legal_entity FROM person
                LEFT JOIN organisation ON organisation.id = person.organisation WHERE person.id = \(person)
                """, as: PersonRow.self)
        else { return nil }
        let tenures = try store.rows(
            """
            SELECT role, organisation, from_at, until_at FROM tenure
            WHERE person = \(person) AND from_at <= \(now) AND (until_at IS NULL OR until_at > \(now))
            ORDER BY from_at
            """, as: TenureRow.self)
        return Viewer(
            person: person, name: row.name,
            tenures: tenures.map {
                Tenure(
                    person: person, role: $0.role, organisation: $0.organisation, from: $0.fromAt,
                    until: $0.untilAt)
            }, legalEntity: row.legalEntity)
    }
}
