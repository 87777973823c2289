package import Lifecycle
package import Store

/// Who sees what of a topic. What it says is everybody's once it is published, and until then for officials and those
/// who make it (``TopicSight/seen(_:for:_:)`` is the door), and so is why each of its rounds was closed, where that was
/// written to be public; who said what in making it stays with them.
package enum TopicSight {
    private static let everyone = Set(Relation.allCases)
    private static let makers: Set<Relation> = ProblemSight.officials.union([.invited])

    package static let number = Field<TopicRecord, String>("number", seenBy: everyone) { $0.number }
    package static let title = Field<TopicRecord, String>("title", seenBy: everyone) { $0.title }
    package static let state = Field<TopicRecord, Topic.State>("state", seenBy: everyone) { $0.state }
    package static let text = Field<TopicRecord, TopicText?>("text", seenBy: everyone) { try? $0.text() }
    package static let user = Field<TopicRecord, String>("user", seenBy: everyone) { $0.userName }
    package static let ceiling = Field<TopicRecord, Money>("ceiling", seenBy: everyone) { $0.ceiling }
    package static let closedAt = Field<TopicRecord, Instant?>("closedAt", seenBy: everyone) { $0.closedAt }
    static let version = Field<TopicRecord, Int>("version", seenBy: makers) { $0.version }

    static let versionText = Field<TopicVersionRecord, TopicText?>("text", seenBy: makers) {
        try? TopicQueries.decode($0.body)
    }
    static let versionReason = Field<TopicVersionRecord, String?>("reason", seenBy: makers) { $0.reason }
    static let author = Field<TopicVersionRecord, String?>("author", seenBy: makers) { $0.authorName }
    static let suggestion = Field<TopicSuggestionRecord, String>("text", seenBy: makers) { $0.text }
    static let suggester = Field<TopicSuggestionRecord, String?>("person", seenBy: makers) { $0.personName }
    static let member = Field<TopicMemberRecord, String>("name", seenBy: makers, isNoted: true) { $0.name }
    static let memberHome = Field<TopicMemberRecord, String>("organisation", seenBy: makers, isNoted: true) {
        $0.organisationName
    }
    static let tally = Field<TopicRoundRecord, TopicBallot>("tally", seenBy: everyone) {
        TopicBallot(
            panel: 0, quorum: $0.quorum, votesFor: $0.votesFor ?? 0, votesAgainst: $0.votesAgainst ?? 0)
    }
    static let grounds = Field<TopicRoundRecord, String?>("grounds", seenBy: makers) { $0.reason }
    /// Shown without ``TopicNames/kept(_:_:)``, and not at all where one of those is known no more.
    static let toldGrounds = Field<TopicRoundRecord, String?>("toldGrounds", seenBy: everyone) {
        $0.told ? $0.reason : nil
    }
    static let voter = Field<TopicVoteRecord, String>("person", seenBy: makers, isNoted: true) { $0.name }
    static let supports = Field<TopicVoteRecord, Bool>("supports", seenBy: makers, isNoted: true) {
        $0.supports
    }
    static let voteReason = Field<TopicVoteRecord, String?>("reason", seenBy: makers, isNoted: true) {
        $0.reason
    }

    package static let rows = [
        SightRow("topic", number), SightRow("topic", title), SightRow("topic", state),
        SightRow("topic", text),
        SightRow("topic", user), SightRow("topic", ceiling), SightRow("topic", closedAt),
        SightRow("topic", version), SightRow("topic version", versionText),
        SightRow("topic version", versionReason), SightRow("topic version", author),
        SightRow("topic suggestion", suggestion), SightRow("topic suggestion", suggester),
        SightRow("topic member", member), SightRow("topic member", memberHome),
        SightRow("topic round", tally), SightRow("topic round", grounds),
        SightRow("topic round", toldGrounds), SightRow("topic vote", voter),
        SightRow("topic vote", supports), SightRow("topic vote", voteReason),
    ]

    package static func relations(of viewer: Viewer, to topic: TopicRecord, _ store: Transaction) throws
        -> Set<Relation>
    {
        guard let person = viewer.person else { return [] }
        var found = DrawSight.relations(viewer)
        let isMember = try store.value(
            "SELECT 1 FROM topic_person WHERE topic = \(topic.id) AND person = \(person) LIMIT 1",
            as: Int.self)
        if topic.userPerson == person || isMember != nil { found.insert(.invited) }
        return found
    }

    /// The topic as this viewer sees it; nil where it is sealed and none of theirs.
    package static func seen(_ topic: TopicRecord, for viewer: Viewer, _ store: Transaction) throws
        -> Seen<TopicRecord>?
    {
        let relations = try relations(of: viewer, to: topic, store)
        guard topic.state == .ready || !relations.isEmpty else { return nil }
        return Seen(topic, as: relations)
    }

    package static func find(_ id: ID<Topic>, for viewer: Viewer, _ store: Transaction) throws -> (
        record: TopicRecord, seen: Seen<TopicRecord>
    ) {
        guard let record = try TopicQueries.find(id, store), let seen = try seen(record, for: viewer, store)
        else { throw Missing() }
        return (record, seen)
    }

    /// What of a topic's facts a viewer sees in the journal. How somebody voted is known to no overseer before the
    /// round is closed, as on the page.
    static func view(_ store: Transaction, _ viewer: Viewer, _ fact: Fact) throws -> FactView? {
        guard fact.subject.kind == "topic" else { return nil }
        guard viewer.holds(.auditor) || viewer.holds(.integrity) else { return .nothing }
        guard fact.kind == TopicVoted.kind else { return .whole }
        let open = try store.value(
            """
            SELECT 1 FROM topic_round JOIN topic_vote ON topic_vote.topic = topic_round.topic
              AND topic_vote.round = topic_round.round
            WHERE topic_round.topic = \(fact.subject.id) AND topic_vote.person = \(fact.actor)
              AND topic_vote.at = \(fact.at) AND topic_round.closed_at IS NULL
            """, as: Int.self)
        return open == nil ? .whole : .known
    }
}
