/// Ids of the practices among a programme's ``Default``s that a step of kind `meet` goes by, and a call may change.
package enum MeetingTerms {
    /// How many of the panel must vote on a dossier for the vote to count.
    package static let quorum = "meetingQuorum"
    /// Per cent of the votes for and against that must be for it, at least; over fifty.
    package static let majority = "meetingMajority"
}
