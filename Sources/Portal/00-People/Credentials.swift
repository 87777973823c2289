import Lifecycle
import Store

/// Secrets of people: outside the journal, which records only that one was changed.
enum Credentials {
    struct Outline: Decodable, Sendable {
        let hasPassword: Bool
        let hasFactor: Bool
        let changedAt: Instant
    }

    static func outline(of person: ID<Person>, _ store: Transaction) throws -> Outline? {
        try store.row(
            """
            SELECT password IS NOT NULL AS has_password, totp_secret IS NOT NULL AS has_factor, changed_at
            FROM credential WHERE person = \(person)
            """)
    }

    static func password(of person: ID<Person>, _ store: Transaction) throws -> String? {
        try store.value("SELECT password FROM credential WHERE person = \(person)", as: String.self)
    }

    private struct Factor: Decodable, Sendable {
        let totpSecret: [UInt8]?
        let totpLastStep: Int64?
    }

    /// Uses a code of the second factor up. One statement decides between two who send the same code.
    static func use(_ code: String, of person: ID<Person>, at now: Instant, _ store: Transaction) throws
        -> Bool
    {
        guard
            let factor = try store.row(
                "SELECT totp_secret, totp_last_step FROM credential WHERE person = \(person)", as: Factor.self
            ),
            let secret = factor.totpSecret,
            let step = OneTimeCode.match(code, secret: secret, lastStep: factor.totpLastStep, at: now)
        else { return false }
        return try store.run(
            """
            UPDATE credential SET totp_last_step = \(step)
            WHERE person = \(person) AND (totp_last_step IS NULL OR totp_last_step < \(step))
            """) == 1
    }

    static func setPassword(_ encoded: String, keeping session: Session, _ change: Change) throws {
        _ = try change.store.run(
            """
            UPDATE credential SET password = \(encoded), changed_at = \(change.world.now())
            WHERE person = \(session.person)
            """)
        try endOthers(session, change.store)
        try change.append(CredentialChanged(.password), about: .person(session.person))
    }

    /// - Parameter step: the step of the code that proved the secret is in the application; it is used up.
    static func setFactor(_ secret: [UInt8], step: Int64, keeping session: Session, _ change: Change) throws {
        _ = try change.store.run(
            """
            UPDATE credential SET totp_secret = \(secret), totp_last_step = \(step),
              changed_at = \(change.world.now()) WHERE person = \(session.person)
            """)
        try endOthers(session, change.store)
        _ = try change.store.run(
            "UPDATE session SET second_factor = \(true) WHERE token_hash = \(session.tokenHash)")
        try change.append(CredentialChanged(.secondFactor), about: .person(session.person))
    }

    static func removeFactor(keeping session: Session, _ change: Change) throws {
        _ = try change.store.run(
            """
            UPDATE credential SET totp_secret = NULL, totp_last_step = NULL,
              changed_at = \(change.world.now()) WHERE person = \(session.person)
            """)
        try endOthers(session, change.store)
        try change.append(CredentialChanged(.secondFactorRemoved), about: .person(session.person))
    }

    static func endOthers(_ session: Session, _ store: Transaction) throws {
        _ = try store.run(
            "DELETE FROM session WHERE person = \(session.person) AND token_hash <> \(session.tokenHash)")
    }
}
