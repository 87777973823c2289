/// Facts about organisations, people and roles.
package struct OrganisationRegistered: FactBody {
    package static let kind = FactKind("organisation.registered")
    package let organisation: Organisation
    package init(_ organisation: Organisation) { self.organisation = organisation }
}

/// A person entered, or corrected, in the register. Personal data: can be erased.
package struct PersonRegistered: FactBody {
    package static let kind = FactKind("person.registered")
    package let person: Person
    package init(_ person: Person) { self.person = person }

    package static func erased(_ fact: Fact) -> PersonRegistered? {
        PersonRegistered(.erased(ID(fact.subject.id), organisation: ID("")))
    }
}

package struct RoleGranted: FactBody {
    package static let kind = FactKind("role.granted")
    package let tenure: Tenure
    package init(_ tenure: Tenure) { self.tenure = tenure }
}

package struct RoleEnded: FactBody {
    package static let kind = FactKind("role.ended")
    package let person: ID<Person>
    package let role: Role
    package let organisation: ID<Organisation>
    package init(person: ID<Person>, role: Role, organisation: ID<Organisation>) {
        self.person = person
        self.role = role
        self.organisation = organisation
    }
}

package struct ExpertRegistered: FactBody {
    package static let kind = FactKind("expert.registered")
    package let expert: Expert
    package init(_ expert: Expert) { self.expert = expert }
}

/// Somebody read a sensitive record; coalesced by viewer, object and hour.
package struct RecordRead: FactBody {
    package static let kind = FactKind("record.read")
    /// What was read: `reviews`, `reviewers`, `person`, `attachment`.
    package let what: String
    package init(what: String) { self.what = what }
}

/// Payloads or reasons with personal data were erased; the tree still verifies.
package struct JournalErased: FactBody {
    package static let kind = FactKind("journal.erased")
    /// Numbers of the facts whose payloads were erased.
    package let payloads: [Int64]
    /// Numbers of the facts whose reasons were erased.
    package let reasons: [Int64]
    package init(payloads: [Int64], reasons: [Int64]) {
        self.payloads = payloads
        self.reasons = reasons
    }
}

/// The demo's clock was moved; only with `--demo`.
package struct ClockMoved: FactBody {
    package static let kind = FactKind("clock.moved")
    package let to: Instant
    package init(to: Instant) { self.to = to }
}
