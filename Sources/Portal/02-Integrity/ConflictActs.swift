package import Lifecycle
package import Store

/// Declaring relations. A declaration binds at once: an official loses sight of the dossiers it touches.
package enum ConflictActs {
    /// What a declaration can be about.
    package enum Kind: String, Sendable, CaseIterable {
        case application
        case person
        case organisation
    }

    /// Roles that declare: whoever decides, handles or judges.
    package static let declaring: [Role] = [
        .programmeOfficer, .commissionLeader, .jointFunder, .expert, .finance, .financeApprover, .integrity,
        .auditor,
    ]

    package static func declare(
        _ about: Subject, nature: String, by person: ID<Person>, as role: Role?, _ change: Change
    ) throws {
        guard nature.trimmedCount >= 2 else { throw Refused("conflict.nature", ["least": "2"]) }
        if about == .person(person) { throw Refused("conflict.self") }
        let known = try change.store.value(
            """
            SELECT 1 FROM declared_conflict WHERE person = \(person) AND subject_kind = \(about.kind)
              AND subject_id = \(about.id)
            """, as: Int.self)
        if known != nil { throw Refused("conflict.known") }
        // About the declarer, not the dossier: its timeline is read by people who must not learn of experts.
        try change.append(
            ConflictDeclared(person: person, about: about), about: .person(person), as: role, reason: nature)
    }

    /// Finds what is meant by a number, a code, an address or a name typed by hand.
    package static func resolve(_ kind: Kind, _ text: String, _ store: Transaction) throws -> Subject {
        switch kind {
        case .application:
            guard
                let id = try store.value(
                    "SELECT id FROM application WHERE number = \(text)", as: ID<Application>.self)
            else { throw Refused("conflict.no-application") }
            return Subject(kind: "application", id: id.rawValue)
        case .person:
            let found = try store.values(
                "SELECT id FROM person WHERE email = \(text) OR name = \(text) ORDER BY id LIMIT 2",
                as: ID<Person>.self)
            guard let first = found.first else { throw Refused("conflict.no-person") }
            guard found.count == 1 else { throw Refused("conflict.several") }
            return .person(first)
        case .organisation:
            let found = try store.values(
                "SELECT DISTINCT legal_entity FROM organisation WHERE code = \(text) OR name = \(text) LIMIT 2",
                as: ID<Organisation>.self)
            guard let first = found.first else { throw Refused("conflict.no-organisation") }
            guard found.count == 1 else { throw Refused("conflict.several") }
            return .organisation(first)
        }
    }
}
