/// Who asks, with the roles held at this moment.
package struct Viewer: Sendable, Hashable {
    /// Nil for the public.
    package let person: ID<Person>?
    package let name: String
    package let tenures: [Tenure]
    /// Legal entity of the person's own organisation; recusal compares it.
    package let legalEntity: ID<Organisation>?

    package init(person: ID<Person>?, name: String, tenures: [Tenure], legalEntity: ID<Organisation>?) {
        self.person = person
        self.name = name
        self.tenures = tenures
        self.legalEntity = legalEntity
    }

    package static let anyone = Viewer(person: nil, name: "", tenures: [], legalEntity: nil)

    package var roles: Set<Role> { Set(tenures.map(\.role)) }
    package func holds(_ role: Role) -> Bool { tenures.contains { $0.role == role } }
    package func holds(_ role: Role, in organisation: ID<Organisation>) -> Bool {
        tenures.contains { $0.role == role && $0.organisation == organisation }
    }

    /// The organisations in which the viewer holds a role.
    package func organisations(as role: Role) -> [ID<Organisation>] {
        tenures.filter { $0.role == role }.map(\.organisation)
    }
}
