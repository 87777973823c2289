/// Ids of the practices among a programme's ``Default``s that a step of kind `meet` goes by, and a call may change.
package enum MeetingTerms {
    /// How many of the panel must vote on a dossier for the vote to count. Where nobody votes, or candidates are heard, how
    /// many must be in the room for it.
    package static let quorum = "meetingQuorum"
    /// Per cent of the votes for and against that must be for it, at least; over fifty. A panel whose step names a
    /// statement may do without: then nobody votes, and what was said is written down.
    package static let majority = "meetingMajority"
}
