/// Somebody stands in the roll of a call without a dossier (特邀): the programme's form and a name, as an officer entered
/// them. How they agreed is the fact's reason. What is wrong is taken out and entered anew.
package struct RollInvited: FactBody {
    package static let kind = FactKind("roll.invited")

    /// The form whose roll it is; empty where the words were erased.
    package let statement: String
    package let name: String
    package let organisation: String
    /// What they give: a talk, a work.
    package let title: String
    package let answers: [String: String]

    package init(
        statement: String, name: String, organisation: String, title: String, answers: [String: String]
    ) {
        self.statement = statement
        self.name = name
        self.organisation = organisation
        self.title = title
        self.answers = answers
    }

    /// That it was taken out again is told by ``RollInvitationWithdrawn``, which stays.
    package static func erased(_ fact: Fact) -> RollInvited? {
        RollInvited(statement: "", name: "", organisation: "", title: "", answers: [:])
    }
}

/// Who was invited stands in the roll no more: a fact of its own, so that erasing one word does not bring back another.
package struct RollInvitationWithdrawn: FactBody {
    package static let kind = FactKind("roll.invitation-withdrawn")
    /// Number of the fact that stands no more.
    package let fact: Int64
    /// Number of the one in its place; nil where there is none.
    package let by: Int64?

    package init(fact: Int64, by: Int64?) {
        self.fact = fact
        self.by = by
    }
}
