/// A body that people act in: the commission, a university and its schools, an institute, a firm.
package struct Organisation: Sendable, Codable, Hashable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case commission
        /// The government of a district of the city.
        case district
        case department
        case university
        case school
        case institute
        case firm
        /// Gives money to research beside the commission, such as a foundation.
        case funder
    }

    package let id: ID<Organisation>
    package let name: String
    /// The official English name; empty where none is settled.
    package let nameEn: String
    /// The stored, editable sort key; a machine reads 单 and 长春 wrongly.
    package let pinyin: String
    package let kind: Kind
    package let parent: ID<Organisation>?
    /// The legal person it belongs to: itself, or the university of a school. Recusal compares these.
    package let legalEntity: ID<Organisation>
    /// The ministry's code of a university, such as 10005.
    package let code: String?
    /// 中央在京, 市属 or 民办; nil for bodies that are not universities.
    package let group: String?
    /// The authority over it (主管部门).
    package let authority: String?
    package let level: String?
    /// What is unverified about this record.
    package let note: String?

    package init(
        id: ID<Organisation>, name: String, nameEn: String = "", pinyin: String = "", kind: Kind,
        parent: ID<Organisation>? = nil, legalEntity: ID<Organisation>? = nil, code: String? = nil,
        group: String? = nil, authority: String? = nil, level: String? = nil, note: String? = nil
    ) {
        self.id = id
        self.name = name
        self.nameEn = nameEn
        self.pinyin = pinyin
        self.kind = kind
        self.parent = parent
        self.legalEntity = legalEntity ?? id
        self.code = code
        self.group = group
        self.authority = authority
        self.level = level
        self.note = note
    }
}
