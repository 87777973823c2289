import Foundation
import Lifecycle
import Store

/// What changed a person's way in, as that person reads it: a link that somebody else made or used shows here.
enum WaysIn {
    struct Change: Decodable, Sendable {
        let at: Instant
        let kind: FactKind
        let actor: ID<Person>?
        let actorName: String?
        let role: Role?
        /// Nil where it was erased.
        let body: String?
    }

    /// The newest changes first.
    static func of(_ person: ID<Person>, _ store: Transaction) throws -> [Change] {
        try store.rows(
            """
            SELECT fact.at AS at, fact.kind AS kind, fact.actor AS actor, person.name AS actor_name,
              fact.role AS role, payload.body AS body
            FROM fact LEFT JOIN payload ON payload.number = fact.number
            LEFT JOIN person ON person.id = fact.actor
            WHERE fact.subject_kind = 'person' AND fact.subject_id = \(person)
              AND fact.kind IN \(list: [PersonInvited.kind, CredentialChanged.kind, RoleProposed.kind])
            ORDER BY fact.number DESC
            """, as: Change.self
        ).filter { $0.kind != RoleProposed.kind || $0.proposes == .invite }
    }

    struct Line: Sendable {
        let at: String
        let what: String
        let by: String

        init(_ change: Change, of person: ID<Person>?, _ words: Words.Catalogue) {
            at = change.at.text
            let part = change.changed
            switch change.kind {
            case PersonInvited.kind: what = words["account.ways.made"]
            case RoleProposed.kind: what = words["account.ways.proposed"]
            default: what = words["account.ways.changed.\(part?.rawValue ?? "unknown")"]
            }
            if part == .invitation {
                // Whoever held the link; the house knows no more.
                by = words["account.ways.holder"]
            } else if let actor = change.actor, actor == person {
                by = words["account.ways.you"]
            } else if let name = change.actorName {
                by = change.role.map { "\(name)（\(words["role.\($0.rawValue)"])）" } ?? name
            } else {
                by = words["admin.house"]
            }
        }
    }
}

extension WaysIn.Change {
    fileprivate var changed: CredentialChanged.Part? {
        guard kind == CredentialChanged.kind else { return nil }
        return decoded(CredentialChanged.self)?.part
    }

    fileprivate var proposes: AdministratorChange? { decoded(RoleProposed.self)?.action }

    private func decoded<Body: Decodable>(_ body: Body.Type) -> Body? {
        self.body.flatMap { try? JSONDecoder().decode(Body.self, from: Data($0.utf8)) }
    }
}
