package import Lifecycle
import Store

/// What administrators do with organisations, people and roles. A change without an actor is the house's own
/// (founding, seeding): the rules hold for it, only the question who asks does not arise.
package enum PeopleActs {
    /// Enters an organisation, or corrects it. System administrators do.
    package static func register(_ organisation: Organisation, _ change: Change) throws {
        let role = try Administration.authority(.systemAdmin, change)
        var refusals: [Refusal] = []
        if organisation.name.trimmed.isEmpty || organisation.name.count > 100 {
            refusals.append(Refusal("organisation.name"))
        }
        if organisation.pinyin.trimmed.isEmpty { refusals.append(Refusal("organisation.pinyin")) }
        let parents = Set([organisation.parent, organisation.legalEntity].compactMap { $0 })
        for parent in parents where parent != organisation.id {
            if try !exists(parent, change) { refusals.append(Refusal("organisation.parent")) }
        }
        if organisation.parent == organisation.id { refusals.append(Refusal("organisation.parent")) }
        if let code = organisation.code,
            try change.store.value(
                "SELECT 1 FROM organisation WHERE code = \(code) AND id <> \(organisation.id)", as: Int.self)
                != nil
        {
            refusals.append(Refusal("organisation.code-taken", ["code": code]))
        }
        guard refusals.isEmpty else { throw Refused(refusals) }
        try change.append(
            OrganisationRegistered(organisation), about: .organisation(organisation.id), as: role)
    }

    /// Enters a person, or corrects the entry. System administrators do; they grant nothing by it.
    package static func register(_ person: Person, _ change: Change) throws {
        let role = try Administration.authority(.systemAdmin, change)
        var refusals: [Refusal] = []
        if person.name.trimmed.isEmpty || person.name.count > 60 { refusals.append(Refusal("person.name")) }
        if person.pinyin.trimmed.isEmpty { refusals.append(Refusal("person.pinyin")) }
        if Email.normalised(person.email) != person.email {
            refusals.append(Refusal("person.email"))
        } else if try change.store.value(
            "SELECT 1 FROM person WHERE email = \(person.email) AND id <> \(person.id)", as: Int.self) != nil
        {
            refusals.append(Refusal("person.email-taken", ["email": person.email]))
        }
        if try !exists(person.organisation, change) { refusals.append(Refusal("person.organisation")) }
        guard refusals.isEmpty else { throw Refused(refusals) }
        try change.append(PersonRegistered(person), about: .person(person.id), as: role)
    }

    /// Enters an expert's profile, or corrects it. Programme officers keep the pool.
    ///
    /// - Parameter disciplines: the second-level codes there are, such as ``House/disciplines``.
    package static func register(_ expert: Expert, among disciplines: Set<String>, _ change: Change) throws {
        let role = try Administration.authority(.programmeOfficer, change)
        var refusals: [Refusal] = []
        if try !Administration.exists(expert.person, change) { refusals.append(Refusal("person.unknown")) }
        if expert.disciplines.isEmpty { refusals.append(Refusal("expert.disciplines")) }
        for code in expert.disciplines where !disciplines.contains(code) {
            refusals.append(Refusal("expert.discipline-unknown", ["code": code]))
        }
        if !(1...200).contains(expert.loadMax) { refusals.append(Refusal("expert.load")) }
        guard refusals.isEmpty else { throw Refused(refusals) }
        try change.append(ExpertRegistered(expert), about: .person(expert.person), as: role)
    }

    /// Grants a role. Security administrators do, never to themselves; an administrator's role takes two.
    package static func grant(_ tenure: Tenure, _ change: Change) throws {
        let role = try Administration.authority(.securityAdmin, change)
        if tenure.role.isAdministrator && change.actor != nil { throw Refused("role.two-needed") }
        try grantable(tenure, change)
        try change.append(RoleGranted(tenure), about: .person(tenure.person), as: role)
    }

    /// Ends a role now. Security administrators do; an administrator's role takes two.
    package static func end(
        _ role: Role, of person: ID<Person>, in organisation: ID<Organisation>, reason: String? = nil,
        _ change: Change
    ) throws {
        let authority = try Administration.authority(.securityAdmin, change)
        if role.isAdministrator && change.actor != nil { throw Refused("role.two-needed") }
        try held(role, of: person, in: organisation, change)
        try change.append(
            RoleEnded(person: person, role: role, organisation: organisation), about: .person(person),
            as: authority, reason: reason)
    }

    /// Refuses a role that may not be given, whoever gives it.
    static func grantable(_ tenure: Tenure, _ change: Change) throws {
        if change.actor == tenure.person { throw Refused("role.own") }
        guard try Administration.exists(tenure.person, change) else { throw Refused("person.unknown") }
        guard try exists(tenure.organisation, change) else { throw Refused("person.organisation") }
        if let until = tenure.until, until <= tenure.from { throw Refused("role.period") }
        struct Held: Decodable, Sendable {
            let role: Role
            let organisation: ID<Organisation>
        }
        let end = tenure.until ?? Instant(milliseconds: .max)
        let others = try change.store.rows(
            """
            SELECT role, organisation FROM tenure WHERE person = \(tenure.person) AND from_at < \(end)
              AND (until_at IS NULL OR until_at > \(tenure.from))
            """, as: Held.self)
        if others.contains(where: { $0.role == tenure.role && $0.organisation == tenure.organisation }) {
            throw Refused("role.held", ["role": "role.\(tenure.role.rawValue)"])
        }
        for other in others where tenure.role.apartFrom.contains(other.role) {
            throw Refused(
                "role.apart",
                ["role": "role.\(tenure.role.rawValue)", "held": "role.\(other.role.rawValue)"])
        }
    }

    static func held(
        _ role: Role, of person: ID<Person>, in organisation: ID<Organisation>, _ change: Change
    ) throws {
        guard
            try change.store.value(
                """
                SELECT 1 FROM tenure WHERE person = \(person) AND role = \(role)
                  AND organisation = \(organisation) AND (until_at IS NULL OR until_at > \(change.at))
                """, as: Int.self) != nil
        else { throw Refused("role.not-held", ["role": "role.\(role.rawValue)"]) }
    }

    private static func exists(_ organisation: ID<Organisation>, _ change: Change) throws -> Bool {
        try change.store.value("SELECT 1 FROM organisation WHERE id = \(organisation)", as: Int.self) != nil
    }
}

/// An address of electronic mail, which is also the name one signs in by.
package enum Email {
    /// Without white space around it and in lower case; nil where it is no address.
    package static func normalised(_ text: String) -> String? {
        let text = text.trimmed.lowercased()
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, halves[1].contains("."), text.utf8.count <= 254,
            !halves[1].hasPrefix("."), !halves[1].hasSuffix("."),
            text.unicodeScalars.allSatisfy({
                $0.value > 32 && $0.value != 127 && !"<>\"(),;:\\[]".unicodeScalars.contains($0)
            })
        else { return nil }
        return text
    }
}
