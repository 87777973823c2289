package import Lifecycle
import Store

/// The first act of a house: its commission, and three administrators who are three people.
package enum Founding {
    package struct Administrator: Sendable {
        package let role: Role
        package let name: String
        package let pinyin: String
        package let email: String
        package init(role: Role, name: String, pinyin: String, email: String) {
            self.role = role
            self.name = name
            self.pinyin = pinyin
            self.email = email
        }
    }

    package struct Link: Sendable {
        package let role: Role
        package let name: String
        /// `/invitations/…`, to be put after the house's address.
        package let path: String
    }

    /// Refused where the house has people already, or where not each of the three roles is there once.
    package static func found(
        commission: Organisation, administrators: [Administrator], _ change: Change
    ) throws -> [Link] {
        guard try change.store.value("SELECT COUNT(*) FROM person", as: Int.self) == 0 else {
            throw Refused("house.founded")
        }
        guard
            administrators.map(\.role.rawValue).sorted() == ["audit-admin", "security-admin", "system-admin"]
        else { throw Refused("house.three") }
        try PeopleActs.register(commission, change)
        return try administrators.map { one in
            let person = Person(
                id: change.world.id(), name: one.name, pinyin: one.pinyin, email: one.email,
                organisation: commission.id)
            try PeopleActs.register(person, change)
            try PeopleActs.grant(
                Tenure(person: person.id, role: one.role, organisation: commission.id, from: change.at),
                change)
            let token = try Invitations.make(for: person.id, change)
            return Link(role: one.role, name: one.name, path: "/invitations/\(token)")
        }
    }
}
