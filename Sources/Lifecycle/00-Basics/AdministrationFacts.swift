/// What no administrator does alone: it touches an administrator's role, or the way in of somebody who has one.
package enum AdministratorChange: String, Sendable, Codable, CaseIterable {
    case grant
    case end
    /// A new one-time link, which sets password and second factor anew.
    case invite
}

/// One administrator proposes; nothing happens until an administrator of another role confirms.
package struct RoleProposed: FactBody {
    package static let kind = FactKind("role.proposed")
    package let action: AdministratorChange
    package let person: ID<Person>
    /// The administrator's role concerned; nil where a link is proposed for somebody who is no administrator.
    package let role: Role?
    package let organisation: ID<Organisation>

    package init(
        _ action: AdministratorChange, person: ID<Person>, role: Role?, organisation: ID<Organisation>
    ) {
        self.action = action
        self.person = person
        self.role = role
        self.organisation = organisation
    }
}

/// A proposal was confirmed, or put aside.
package struct RoleProposalSettled: FactBody {
    package static let kind = FactKind("role.proposal-settled")
    /// Number of the proposal's fact.
    package let proposal: Int64
    package let confirmed: Bool

    package init(proposal: Int64, confirmed: Bool) {
        self.proposal = proposal
        self.confirmed = confirmed
    }
}

/// A one-time link was made for a person. The link itself is nobody's to read again.
package struct PersonInvited: FactBody {
    package static let kind = FactKind("person.invited")
    package init() {}
}

/// A password or a second factor was set or taken away; never what it is.
package struct CredentialChanged: FactBody {
    package static let kind = FactKind("credential.changed")
    package enum Part: String, Sendable, Codable, CaseIterable {
        /// By one-time link: password new, second factor gone.
        case invitation
        case password
        case secondFactor = "second-factor"
        case secondFactorRemoved = "second-factor-removed"
    }
    package let part: Part
    package init(_ part: Part) { self.part = part }
}
