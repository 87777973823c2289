/// An officer calls a panel together.
package struct MeetingCalled: FactBody {
    package static let kind = FactKind("meeting.called")
    package let meeting: Meeting
    package init(meeting: Meeting) { self.meeting = meeting }
}

/// It begins, with those who came.
package struct MeetingOpened: FactBody {
    package static let kind = FactKind("meeting.opened")
    package let present: [ID<Person>]
    package init(present: [ID<Person>]) { self.present = present }
}

/// A dossier's turn. Members with a conflict of interest leave with the same act, each by a fact of its own.
package struct MeetingItemBegun: FactBody {
    package static let kind = FactKind("meeting.item-begun")
    package let application: ID<Application>
    package init(application: ID<Application>) { self.application = application }
}

/// A member leaves the room for one dossier, over a conflict that is known or that they state, or for having acted on it
/// before; the relation stands in the reason where they stated it.
package struct MeetingMemberLeft: FactBody {
    package static let kind = FactKind("meeting.member-left")
    package let application: ID<Application>
    package let person: ID<Person>
    /// What is known against them; nil where they said so themselves, or acted on a step from which the meeting is kept
    /// apart, as the reason then says.
    package let conflict: ConflictReason?

    package init(application: ID<Application>, person: ID<Person>, conflict: ConflictReason?) {
        self.application = application
        self.person = person
        self.conflict = conflict
    }
}

/// The candidate whose turn it is comes in and is heard.
package struct MeetingHearingBegun: FactBody {
    package static let kind = FactKind("meeting.hearing-begun")
    package let application: ID<Application>
    package init(application: ID<Application>) { self.application = application }
}

/// The candidate goes out again; the panel is by itself.
package struct MeetingHearingEnded: FactBody {
    package static let kind = FactKind("meeting.hearing-ended")
    package let application: ID<Application>
    package init(application: ID<Application>) { self.application = application }
}

/// One secret vote. Under seal for good: the journal shows it to its author alone.
package struct BallotCast: FactBody {
    package static let kind = FactKind("meeting.ballot")
    package let application: ID<Application>
    package let vote: MeetingVote
    package init(application: ID<Application>, vote: MeetingVote) {
        self.application = application
        self.vote = vote
    }
}

/// A dossier's turn is over: its vote is counted, or what was said is written down, or it is put off for the reason
/// given.
package struct MeetingItemClosed: FactBody {
    package static let kind = FactKind("meeting.item-closed")
    package let meeting: ID<Meeting>
    /// Nil where nobody voted.
    package let tally: MeetingTally?
    package let outcome: MeetingTally.Outcome

    package init(meeting: ID<Meeting>, tally: MeetingTally?, outcome: MeetingTally.Outcome) {
        self.meeting = meeting
        self.tally = tally
        self.outcome = outcome
    }
}

/// It is over; dossiers that were not taken stay where they are.
package struct MeetingEnded: FactBody {
    package static let kind = FactKind("meeting.ended")
    /// What happened, in words made from the facts.
    package let minutes: String
    package init(minutes: String) { self.minutes = minutes }
}

/// The chair signs the minutes as they stand.
package struct MinutesSigned: FactBody {
    package static let kind = FactKind("meeting.minutes-signed")
    package init() {}
}
