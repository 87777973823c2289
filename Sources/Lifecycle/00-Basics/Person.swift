/// A person, with what eligibility needs to know. Personal data: payloads that carry it can be erased.
package struct Person: Sendable, Codable, Hashable {
    package let id: ID<Person>
    package let name: String
    package let pinyin: String
    package let email: String
    /// The organisation the person belongs to; recusal compares its legal entity.
    package let organisation: ID<Organisation>
    package let born: Day?
    /// 教授, 副教授, 讲师 …
    package let title: String?
    /// The title's level: 正高, 副高, 中级, 初级.
    package let titleLevel: String?
    package let degree: String?
    /// 专任教师.
    package let fullTimeTeacher: Bool?
    /// The last day in service (不含返聘).
    package let serviceUntil: Day?
    /// A made-up person of the demo city.
    package let demo: Bool

    package init(
        id: ID<Person>, name: String, pinyin: String, email: String, organisation: ID<Organisation>,
        born: Day? = nil, title: String? = nil, titleLevel: String? = nil, degree: String? = nil,
        fullTimeTeacher: Bool? = nil, serviceUntil: Day? = nil, demo: Bool = false
    ) {
        self.id = id
        self.name = name
        self.pinyin = pinyin
        self.email = email
        self.organisation = organisation
        self.born = born
        self.title = title
        self.titleLevel = titleLevel
        self.degree = degree
        self.fullTimeTeacher = fullTimeTeacher
        self.serviceUntil = serviceUntil
        self.demo = demo
    }

    /// What stays when personal data is erased: the name of the row, so that histories still join.
    package static func erased(_ id: ID<Person>, organisation: ID<Organisation>) -> Person {
        Person(id: id, name: "（已删除）", pinyin: "", email: "", organisation: organisation)
    }
}

/// A reviewer's profile.
package struct Expert: Sendable, Codable, Hashable {
    package let person: ID<Person>
    /// Second-level codes of GB/T 13745—2009, best first.
    package let disciplines: [String]
    package let keywords: [String]
    /// How many proposals at most in a round.
    package let loadMax: Int
    /// Nil where nobody said; see ``heldKinds``.
    package let kinds: [ExpertKind]?

    package init(
        person: ID<Person>, disciplines: [String], keywords: [String], loadMax: Int,
        kinds: [ExpertKind]? = nil
    ) {
        self.person = person
        self.disciplines = disciplines
        self.keywords = keywords
        self.loadMax = loadMax
        self.kinds = kinds
    }
}
