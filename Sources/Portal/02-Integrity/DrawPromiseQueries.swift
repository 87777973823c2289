package import Lifecycle
package import Store

/// A university that was asked for chance.
package struct DrawPartyRecord: Sendable, Decodable {
    package let organisation: ID<Organisation>
    package let name: String
    package let hash: String?
    package let promisedAt: Instant?
    package let secret: String?
    package let openedAt: Instant?
    package let inTime: Bool?
}

extension DrawQueries {
    /// In the order of their codes.
    package static func parties(of draw: ID<Draw>, _ store: Transaction) throws -> [DrawPartyRecord] {
        try store.rows(
            """
            SELECT organisation, name, hash, promised_at, secret, opened_at, in_time FROM draw_party
            WHERE draw = \(draw) ORDER BY organisation
            """)
    }

    package struct University: Sendable, Decodable {
        package let id: ID<Organisation>
        package let name: String
    }

    /// Universities with somebody who can promise for them.
    static func universities(at now: Instant, _ store: Transaction) throws -> [University] {
        try store.rows(
            """
            SELECT id, name FROM organisation WHERE kind = \(Organisation.Kind.university) AND EXISTS (
              SELECT 1 FROM tenure WHERE tenure.organisation = organisation.id
                AND tenure.role = \(Role.researchOffice)
                AND (tenure.until_at IS NULL OR tenure.until_at > \(now)))
            ORDER BY id
            """)
    }

    /// What is awaited of a university.
    struct Awaited: Sendable, Decodable {
        let id: ID<Draw>
        let title: String
        let isOpening: Bool
        let due: Instant?
    }

    static func awaited(
        of offices: [ID<Organisation>], at now: Instant, _ store: Transaction
    ) throws -> [Awaited] {
        try store.rows(
            """
            SELECT draw.id AS id, draw.title AS title, draw.committed_at IS NOT NULL AS is_opening,
              COALESCE(draw.not_before, draw.promises_until) AS due
            FROM draw_party JOIN draw ON draw.id = draw_party.draw
            WHERE draw_party.organisation IN \(list: offices) AND draw.held_at IS NULL AND (
              draw_party.hash IS NULL AND draw.committed_at IS NULL AND draw.promises_until > \(now)
              OR draw_party.hash IS NOT NULL AND draw_party.secret IS NULL AND draw.not_before > \(now))
            ORDER BY due, draw.id
            """)
    }

    /// Whether a viewer may know of a draw: officials from its first day, a university from when it is asked for chance,
    /// everybody once it is committed to.
    static func isKnown(_ draw: ID<Draw>, to viewer: Viewer, _ store: Transaction) throws -> Bool {
        if DrawSight.isOfficial(viewer) { return true }
        let isCommitted = try store.value(
            "SELECT 1 FROM draw WHERE id = \(draw) AND committed_at IS NOT NULL", as: Int.self)
        if isCommitted != nil { return true }
        let offices = viewer.organisations(as: .researchOffice)
        guard !offices.isEmpty else { return false }
        return try store.value(
            "SELECT 1 FROM draw_party WHERE draw = \(draw) AND organisation IN \(list: offices)", as: Int.self
        )
            != nil
    }
}
