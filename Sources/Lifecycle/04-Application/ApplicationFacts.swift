package struct ApplicationSubmitted: FactBody {
    package static let kind = FactKind("application.submitted")
    package let application: Application
    package let university: ID<Organisation>
    package init(_ application: Application, university: ID<Organisation>) {
        self.application = application
        self.university = university
    }
}

/// With a submission the applicant asks that somebody not review it. A fact of its own, because why stands in its
/// reason and can be erased while the application stays.
package struct ExclusionAsked: FactBody {
    package static let kind = FactKind("exclusion.asked")
    /// Number of the submission's fact.
    package let submission: Int64
    package let person: ID<Person>
    package init(submission: Int64, person: ID<Person>) {
        self.submission = submission
        self.person = person
    }
}

/// A team member agreed to take part.
package struct MemberConsented: FactBody {
    package static let kind = FactKind("member.consented")
    package let application: ID<Application>
    package let person: ID<Person>
    package init(application: ID<Application>, person: ID<Person>) {
        self.application = application
        self.person = person
    }
}

package struct ApplicationWithdrawn: FactBody {
    package static let kind = FactKind("application.withdrawn")
    package init() {}
}

/// Sent back by the research office for correction, with the reason.
package struct ApplicationReturned: FactBody {
    package static let kind = FactKind("application.returned")
    /// The sections to mend.
    package let sections: [String]
    package init(sections: [String]) { self.sections = sections }
}

/// A university's whole list of one call, put forward in one act.
package struct ListEndorsed: FactBody {
    package static let kind = FactKind("list.endorsed")
    package let call: ID<Call>
    package let university: ID<Organisation>
    /// Best first.
    package let ranked: [ID<Application>]
    package let verdicts: [Verdict]
    package init(call: ID<Call>, university: ID<Organisation>, ranked: [ID<Application>], verdicts: [Verdict])
    {
        self.call = call
        self.university = university
        self.ranked = ranked
        self.verdicts = verdicts
    }
}

package struct ApplicationEndorsed: FactBody {
    package static let kind = FactKind("application.endorsed")
    /// Place on the university's list, from 1.
    package let rank: Int
    package init(rank: Int) { self.rank = rank }
}

/// The university put its list forward without this one, with the reason.
package struct ApplicationLeftOut: FactBody {
    package static let kind = FactKind("application.left-out")
    package init() {}
}
