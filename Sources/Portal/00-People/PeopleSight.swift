package import Lifecycle
package import Store

/// A person as the register's pages read it.
package struct PersonRecord: Sendable, Decodable {
    package let id: ID<Person>
    package let name: String
    package let pinyin: String
    package let email: String
    package let organisation: ID<Organisation>
    package let organisationName: String
    package let organisationPinyin: String
    package let born: Day?
    package let title: String?
    package let titleLevel: String?
    package let degree: String?
    package let fullTimeTeacher: Bool?
    package let serviceUntil: Day?
    package let demo: Bool

    package static let columns: SQL = """
        person.id AS id, person.name AS name, person.pinyin AS pinyin, person.email AS email,
        person.organisation AS organisation, COALESCE(organisation.name, '') AS organisation_name,
        COALESCE(organisation.pinyin, '') AS organisation_pinyin, person.born AS born, person.title AS title, person.title_level AS title_level, person.degree AS degree,
        person.full_time_teacher AS full_time_teacher, person.service_until AS service_until, person.demo AS demo
        """

    /// The record itself; nobody prints it but through ``PersonSight``.
    static func find(_ id: ID<Person>, _ store: Transaction) throws -> PersonRecord {
        guard
            let found = try store.row(
                """
                SELECT \(sql: columns) FROM person LEFT JOIN organisation ON organisation.id = person.organisation
                WHERE person.id = \(id)
                """, as: PersonRecord.self)
        else { throw Missing() }
        return found
    }
}

/// Who sees which field of a person. Administrators see who somebody is, as far as their own act needs it: the
/// system administrator the address an invitation goes to, the security administrator name and unit.
package enum PersonSight {
    private static let officials: Set<Relation> = [.programmeOfficer, .integrity, .auditor]
    private static let registers = officials.union([.owner, .systemAdmin])
    private static let all = registers.union([.securityAdmin, .auditAdmin])

    package static let name = Field<PersonRecord, String>("name", seenBy: all, isNoted: true) { $0.name }
    package static let organisation = Field<PersonRecord, String>("organisation", seenBy: all) {
        $0.organisationName
    }
    package static let email = Field<PersonRecord, String>("email", seenBy: registers, isNoted: true) {
        $0.email
    }
    package static let title = Field<PersonRecord, String?>(
        "title", seenBy: officials.union([.owner, .systemAdmin]), isNoted: true
    ) { $0.title }
    package static let degree = Field<PersonRecord, String?>(
        "degree", seenBy: officials.union([.owner]), isNoted: true
    ) {
        $0.degree
    }
    package static let born = Field<PersonRecord, Day?>(
        "born", seenBy: officials.union([.owner]), isNoted: true
    ) { $0.born }
    package static let fullTimeTeacher = Field<PersonRecord, Bool?>(
        "fullTimeTeacher", seenBy: officials.union([.owner]), isNoted: true
    ) { $0.fullTimeTeacher }
    package static let serviceUntil = Field<PersonRecord, Day?>(
        "serviceUntil", seenBy: officials.union([.owner]), isNoted: true
    ) { $0.serviceUntil }

    package static let rows = [
        SightRow("person", name), SightRow("person", organisation), SightRow("person", email),
        SightRow("person", title), SightRow("person", degree), SightRow("person", born),
        SightRow("person", fullTimeTeacher), SightRow("person", serviceUntil),
    ]

    /// What the viewer is to the register; empty for everybody whom it is not for.
    package static func relations(of viewer: Viewer) -> Set<Relation> {
        var found: Set<Relation> = []
        if viewer.holds(.programmeOfficer) { found.insert(.programmeOfficer) }
        if viewer.holds(.integrity) { found.insert(.integrity) }
        if viewer.holds(.auditor) { found.insert(.auditor) }
        if viewer.holds(.systemAdmin) { found.insert(.systemAdmin) }
        if viewer.holds(.securityAdmin) { found.insert(.securityAdmin) }
        if viewer.holds(.auditAdmin) { found.insert(.auditAdmin) }
        return found
    }

    /// The fields this viewer sees, with their labels, for a list of facts.
    static func facts(_ seen: Seen<PersonRecord>, _ words: Words.Catalogue) -> [AccountPage.Fact] {
        var found: [AccountPage.Fact] = []
        func add(_ key: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            found.append(AccountPage.Fact(label: words["people.field.\(key)"], value: value))
        }
        add("organisation", seen[organisation])
        add("email", seen[email])
        add("title", seen[title])
        add("degree", seen[degree])
        add("born", seen[born]?.text)
        add("fullTimeTeacher", seen[fullTimeTeacher].map { words[$0 ? "people.yes" : "people.no"] })
        add("serviceUntil", seen[serviceUntil]?.text)
        return found
    }
}
