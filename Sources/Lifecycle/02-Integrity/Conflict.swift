/// Why somebody may not act on a dossier. Binds experts and officials alike; no role overrides it.
package enum ConflictReason: String, Sendable, Codable, CaseIterable, Hashable {
    /// Is the applicant or a team member.
    case party
    /// Belongs to the same legal entity as the applicant or a member.
    case sameEntity = "same-entity"
    /// Applies in the same call.
    case applies
    /// Declared a relation, or had one declared.
    case declared
    /// Named by the applicant as not to review.
    case excluded
    /// Asked in by name for this very dossier: recommends it, will use its result, or carries it too.
    case interested

    /// The regulation it is borrowed from; other funders' practice binds here only as far as the call says.
    package var citation: Citation {
        Citation(document: "国家自然科学基金条例（2024）", article: "第二十条")
    }
}

/// The people and bodies behind a dossier, as far as conflicts look.
package struct DossierParties: Sendable, Hashable {
    package let people: Set<ID<Person>>
    package let entities: Set<ID<Organisation>>
    /// Applicants of the same call.
    package let rivals: Set<ID<Person>>
    /// Persons with a declared relation to this dossier, its people or its bodies.
    package let declared: Set<ID<Person>>
    /// Persons the applicant asked not to review.
    package let excluded: Set<ID<Person>>
    /// Persons who accepted to be a party that the programme keeps from judging.
    package let interested: Set<ID<Person>>

    package init(
        people: Set<ID<Person>>, entities: Set<ID<Organisation>>, rivals: Set<ID<Person>> = [],
        declared: Set<ID<Person>> = [], excluded: Set<ID<Person>> = [],
        interested: Set<ID<Person>> = []
    ) {
        self.people = people
        self.entities = entities
        self.rivals = rivals
        self.declared = declared
        self.excluded = excluded
        self.interested = interested
    }

    /// Why `person`, of the legal entity, may not review it. Empty when free.
    package func reasonsAgainstReview(
        by person: ID<Person>, of entity: ID<Organisation>?
    ) -> [ConflictReason] {
        var reasons = reasonsAgainstHandling(by: person)
        if let entity, entities.contains(entity) { reasons.append(.sameEntity) }
        if rivals.contains(person) && !people.contains(person) { reasons.append(.applies) }
        if excluded.contains(person) { reasons.append(.excluded) }
        return reasons
    }

    /// Why an official may not handle it.
    package func reasonsAgainstHandling(by person: ID<Person>) -> [ConflictReason] {
        var reasons: [ConflictReason] = []
        if people.contains(person) { reasons.append(.party) }
        if declared.contains(person) { reasons.append(.declared) }
        if interested.contains(person) { reasons.append(.interested) }
        return reasons
    }
}

/// A relation somebody declared: to a person, a body or a dossier. What the relation is stands in the reason.
package struct ConflictDeclared: FactBody {
    package static let kind = FactKind("conflict.declared")
    package let person: ID<Person>
    package let about: Subject
    package init(person: ID<Person>, about: Subject) {
        self.person = person
        self.about = about
    }
}
