/// What a viewer is to one object. Sight is granted to relations, never to people or numbers.
package enum Relation: String, CaseIterable, Sendable, Codable, Hashable {
    /// The public, signed in or not.
    case anyone
    /// The person the record is about or who made it.
    case owner
    case teamMember = "team-member"
    /// The research office (or leader) of the applicant's university.
    case researchOffice = "research-office"
    /// Asked to help make or judge this very object before it is public: the final user's person or an expert of a
    /// topic, a member of its panel.
    case invited
    case programmeOfficer = "programme-officer"
    /// Signs for the commission, or for the organisation that funds this very object together with it.
    case commissionLeader = "commission-leader"
    /// An expert who accepted to review this very object.
    case expert
    /// Who accepted to recommend, to use or to carry this very object.
    case recommender
    case finalUser = "final-user"
    case partner
    /// An expert near whose field the object is, who may say beforehand how willing they would be to review it.
    case bidder
    case finance
    case integrity
    case auditor
    case systemAdmin = "system-admin"
    case securityAdmin = "security-admin"
    case auditAdmin = "audit-admin"
}

/// One field of a record, and the relations that see it.
package struct Field<Record, Value>: Sendable {
    package let name: String
    package let seenBy: Set<Relation>
    /// Sensitive: whoever reads it of somebody else leaves a fact (who reviews, what a review says, personal data,
    /// others' papers).
    package let isNoted: Bool
    let read: @Sendable (Record) -> Value

    package init(
        _ name: String, seenBy: Set<Relation>, isNoted: Bool = false,
        _ read: @escaping @Sendable (Record) -> Value
    ) {
        self.name = name
        self.seenBy = seenBy
        self.isNoted = isNoted
        self.read = read
    }
}

/// A record together with what the viewer is to it: the only way a record's values reach a page, an export
/// or an answer.
package struct Seen<Record> {
    private let record: Record
    package let relations: Set<Relation>

    package init(_ record: Record, as relations: Set<Relation>) {
        self.record = record
        self.relations = relations.union([.anyone])
    }

    /// The value, or nil where this viewer may not see it.
    package subscript<Value>(field: Field<Record, Value>) -> Value? {
        field.seenBy.isDisjoint(with: relations) ? nil : field.read(record)
    }

    /// The same for a field that is itself optional.
    package subscript<Value>(field: Field<Record, Value?>) -> Value? {
        field.seenBy.isDisjoint(with: relations) ? nil : field.read(record)
    }
}

extension Seen: Sendable where Record: Sendable {}

/// One row of the committed table role × record × field.
package struct SightRow: Sendable, Hashable {
    package let record: String
    package let field: String
    package let seenBy: Set<Relation>
    /// Whether reading it is a fact, unless it is one's own.
    package let isNoted: Bool

    package init<Record, Value>(_ record: String, _ field: Field<Record, Value>) {
        self.record = record
        self.field = field.name
        self.seenBy = field.seenBy
        self.isNoted = field.isNoted
    }
}
