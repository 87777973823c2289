import Lifecycle
import Store

struct AccountPage: Sendable {
    let name: String
    let facts: [Fact]
    let roles: [RoleLine]
    let hasRoles: Bool
    let sessions: [SessionLine]
    let ways: [WaysIn.Line]
    let hasWays: Bool
    let hasPassword: Bool
    let hasFactor: Bool
    let mayRemoveFactor: Bool
    let needsFactor: Bool
    let passwordHint: String
    /// What was entered into their record, which rules look at.
    let track: TrackLines
    let troubles: Troubles

    struct Fact: Sendable {
        let label: String
        let value: String
    }

    struct SessionLine: Sendable {
        let began: String
        let seen: String
        let isThis: Bool
        let factor: Bool
    }

    init(
        _ seen: Seen<PersonRecord>, _ outline: Credentials.Outline?, _ tenures: [TenureLine],
        _ sessions: [SessionLine], _ changes: [WaysIn.Change], _ track: TrackLines,
        _ refusals: [Refusal], _ ask: Ask
    ) {
        let words = ask.words
        self.track = track
        name = seen[PersonSight.name] ?? ""
        facts = PersonSight.facts(seen, words)
        roles = tenures.map { RoleLine($0, words) }
        hasRoles = !roles.isEmpty
        self.sessions = sessions
        ways = changes.map { WaysIn.Line($0, of: ask.viewer.person, words) }
        hasWays = !ways.isEmpty
        hasPassword = outline?.hasPassword ?? false
        hasFactor = outline?.hasFactor ?? false
        let isAdministrator = ask.viewer.roles.contains(where: \.isAdministrator)
        mayRemoveFactor = hasFactor && !isAdministrator
        needsFactor = hasPassword && !hasFactor && isAdministrator
        passwordHint = words.filled("account.password.hint", ["least": String(PasswordRules.least)])
        troubles = Troubles(refusals, words) { refusal in
            switch refusal.code {
            case "password.differs": "again"
            case "password.wrong", "password.locked", "password.none": "current"
            case "second-factor.administrators": "factor"
            default: "password"
            }
        }
    }

    static func sessions(_ own: Session, at now: Instant, _ store: Transaction) throws -> [SessionLine] {
        struct Found: Decodable, Sendable {
            let tokenHash: [UInt8]
            let createdAt: Instant
            let seenAt: Instant
            let secondFactor: Bool
        }
        return try store.rows(
            """
            SELECT token_hash, created_at, seen_at, second_factor FROM session
            WHERE person = \(own.person) AND seen_at > \(now.adding(seconds: -Session.idleSeconds))
              AND created_at > \(now.adding(seconds: -Session.absoluteSeconds)) ORDER BY seen_at DESC
            """, as: Found.self
        ).map {
            SessionLine(
                began: $0.createdAt.text, seen: $0.seenAt.text, isThis: $0.tokenHash == own.tokenHash,
                factor: $0.secondFactor)
        }
    }
}
