/// Who answers for what set a call off (触发责任人): a person of the house, or whoever holds a role in an organisation of it.
/// They are told when the call is published, and see what it leaves out until it is made up for.
package struct CallOwner: Sendable, Codable, Hashable {
    package enum Who: Sendable, Codable, Hashable {
        case person(ID<Person>)
        case role(Role, of: ID<Organisation>)
    }

    package let who: Who
    /// As it is published: the person's name, or the role's organisation. (Of a person named before ``home`` was kept
    /// apart, the organisation stands in brackets behind the name.)
    package let name: String
    /// The person's organisation, as it is published; nil for a role.
    package let home: String?

    package init(_ who: Who, name: String, home: String? = nil) {
        self.who = who
        self.name = name
        self.home = home
    }

    package var person: ID<Person>? {
        if case .person(let person) = who { person } else { nil }
    }

    package var role: Role? {
        if case .role(let role, _) = who { role } else { nil }
    }

    package var organisation: ID<Organisation>? {
        if case .role(_, let organisation) = who { organisation } else { nil }
    }

    /// Whether the viewer is meant, by the roles held at this moment. Whoever becomes an administrator answers for no call
    /// any more: the three see nothing of the business.
    package func isMet(by viewer: Viewer) -> Bool {
        if viewer.roles.contains(where: \.isAdministrator) { return false }
        return switch who {
        case .person(let person): viewer.person == person
        case .role(let role, let organisation): viewer.holds(role, in: organisation)
        }
    }

    /// Roles that answer for a call: offices, and nobody's part in one dossier.
    package static let roles = Role.allCases.filter { role in
        role.actsForCommission || role == .researchOffice || role == .universityLeader
    }
}
