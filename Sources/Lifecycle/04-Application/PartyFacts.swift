/// Somebody was asked to be a party of the dossier. Whom, stands outside the journal until there is an answer: an
/// address is asked, and who never answers leaves no trace here.
package struct PartyInvited: FactBody {
    package static let kind = FactKind("party.invited")
    package let call: ID<Call>
    package let role: Role
    /// Whether accepting keeps from reviewing and handling the dossier (``PartyRule/conflicted``).
    package let conflicted: Bool

    package init(call: ID<Call>, role: Role, conflicted: Bool) {
        self.call = call
        self.role = role
        self.conflicted = conflicted
    }
}

package struct PartyAccepted: FactBody {
    package static let kind = FactKind("party.accepted")
    /// Number of the invitation's fact.
    package let invitation: Int64
    package let person: ID<Person>

    package init(invitation: Int64, person: ID<Person>) {
        self.invitation = invitation
        self.person = person
    }
}

/// Said no, or stepped back before the dossier was submitted.
package struct PartyDeclined: FactBody {
    package static let kind = FactKind("party.declined")
    package let invitation: Int64
    package let person: ID<Person>

    package init(invitation: Int64, person: ID<Person>) {
        self.invitation = invitation
        self.person = person
    }
}

/// The inviter took an unanswered invitation back.
package struct PartyReleased: FactBody {
    package static let kind = FactKind("party.released")
    package let invitation: Int64
    package init(invitation: Int64) { self.invitation = invitation }
}
