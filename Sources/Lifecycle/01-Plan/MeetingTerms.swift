/// Ids of the practices among a programme's ``Default``s that a step of kind `meet` goes by, and a call may change.
package enum MeetingTerms {
    /// How many of the panel must vote on a dossier for the vote to count. Where candidates are heard, how many must be in
    /// the room for it.
    package static let quorum = "meetingQuorum"
    /// Per cent of the votes for and against that must be for it, at least; over fifty. A panel that hears candidates may
    /// do without: then nobody votes.
    package static let majority = "meetingMajority"
}

extension Step {
    /// Whether the panel hears each candidate (面谈): the step names the ``StatementForm`` in which is written what was said.
    package var hears: Bool { kind == .meet && statement != nil }
}
