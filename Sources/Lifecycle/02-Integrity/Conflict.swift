/// Why somebody may not act on a dossier. Binds experts and officials alike; no role overrides it.
package enum ConflictReason: String, Sendable, Codable, CaseIterable, Hashable {
    /// Is the applicant or a team member.
    case party
    /// Belongs to the same legal entity as the applicant or a member.
    case sameEntity = "same-entity"
    /// Applies in the same call, alone or in a team.
    case applies
    /// Applied, alone or in a team, in this call or another, with a text that was found to be like this one's.
    case similar
    /// Declared a relation, or had one declared.
    case declared
    /// Named by the applicant as not to review.
    case excluded
    /// Asked in by name for this very dossier: recommends it, will use its result, or carries it too.
    case interested

    /// The default of a programme that says whether (or how often) it keeps anybody away, which a call may change; nil
    /// for what always binds here and is the house's own: the team itself, what was declared, and who was asked in.
    package var term: String? {
        switch self {
        case .sameEntity: RecusalTerms.sameEntityID
        case .applies, .similar: RecusalTerms.rivalID
        case .excluded: "excludedExperts"
        case .party, .declared, .interested: nil
        }
    }

    /// What stands against somebody in words, with where it comes from and what that binds.
    ///
    /// - Parameter programme: whose default is cited; without it, or where its definition is older than the default,
    ///   the regulation that the house borrows from.
    package func refusal(in programme: Programme? = nil) -> Refusal {
        let code = "conflict.\(rawValue)"
        guard let term else { return Refusal(code) }
        if let stated = programme?.defaults.first(where: { $0.id == term }) {
            return Refusal(code, citation: stated.cites, standing: stated.standing)
        }
        return Refusal(code, citation: Self.borrowed, standing: .borrowed)
    }

    private static let borrowed = Citation(document: "国家自然科学基金条例（2024）", article: "第二十条")
}

/// Which of the borrowed grounds for recusal bind in a call. All of them, unless the call says otherwise.
package struct RecusalTerms: Sendable, Hashable {
    /// Ids of whole numbers among a programme's defaults: 1 binds, 0 does not.
    package static let sameEntityID = "recuseSameEntity"
    package static let rivalID = "recuseRival"

    /// One legal entity with the applicant or a member.
    package let sameEntity: Bool
    /// An application in the same call, or one whose text is like this one's.
    package let rival: Bool

    package init(sameEntity: Bool = true, rival: Bool = true) {
        self.sameEntity = sameEntity
        self.rival = rival
    }
}

/// The people and bodies behind a dossier, as far as conflicts look.
package struct DossierParties: Sendable, Hashable {
    package let people: Set<ID<Person>>
    package let entities: Set<ID<Organisation>>
    /// Applicants of the same call, and members of their teams.
    package let rivals: Set<ID<Person>>
    /// Applicants and team members of applications, of any call, whose text is like this one's.
    package let similar: Set<ID<Person>>
    /// Persons with a declared relation to this dossier, its people or its bodies.
    package let declared: Set<ID<Person>>
    /// Persons the applicant asked not to review.
    package let excluded: Set<ID<Person>>
    /// Persons who accepted to be a party that the programme keeps from judging.
    package let interested: Set<ID<Person>>
    package let terms: RecusalTerms

    package init(
        people: Set<ID<Person>>, entities: Set<ID<Organisation>>, rivals: Set<ID<Person>> = [],
        similar: Set<ID<Person>> = [], declared: Set<ID<Person>> = [], excluded: Set<ID<Person>> = [],
        interested: Set<ID<Person>> = [], terms: RecusalTerms = RecusalTerms()
    ) {
        self.people = people
        self.entities = entities
        self.rivals = rivals
        self.similar = similar
        self.declared = declared
        self.excluded = excluded
        self.interested = interested
        self.terms = terms
    }

    /// The same with those who stand behind other applications.
    package func with(rivals: Set<ID<Person>>, similar: Set<ID<Person>>) -> DossierParties {
        DossierParties(
            people: people, entities: entities, rivals: rivals, similar: similar, declared: declared,
            excluded: excluded, interested: interested, terms: terms)
    }

    /// Why `person`, of the legal entity, may not review it. Empty when free.
    package func reasonsAgainstReview(
        by person: ID<Person>, of entity: ID<Organisation>?
    ) -> [ConflictReason] {
        reasonsAgainstOffice(by: person, of: entity.map { [$0] } ?? [])
            + (excluded.contains(person) ? [.excluded] : [])
    }

    /// Why an official of the commission, who is also of these legal entities, may not handle it.
    package func reasonsAgainstOffice(
        by person: ID<Person>, of homes: Set<ID<Organisation>>
    ) -> [ConflictReason] {
        var reasons = reasonsAgainstHandling(by: person)
        if terms.sameEntity && !entities.isDisjoint(with: homes) { reasons.append(.sameEntity) }
        guard terms.rival && !people.contains(person) else { return reasons }
        if rivals.contains(person) { reasons.append(.applies) }
        if similar.contains(person) { reasons.append(.similar) }
        return reasons
    }

    /// Why nobody may handle it, whoever they act for: a university handles what its own people apply for.
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
