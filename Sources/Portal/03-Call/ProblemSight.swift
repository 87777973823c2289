package import Lifecycle
import Store

/// Who sees what of a problem: its proposer and officials, and, of what it says, those who make a topic of it. How a
/// citizen is reached is for the officers alone who may have to ask.
package enum ProblemSight {
    static let officials: Set<Relation> = [.programmeOfficer, .commissionLeader, .integrity, .auditor]
    private static let told: Set<Relation> = officials.union([.owner])
    private static let readers: Set<Relation> = told.union([.invited])

    static let number = Field<ProblemRecord, String>("number", seenBy: readers) { $0.number }
    static let title = Field<ProblemRecord, String>("title", seenBy: readers) { $0.title }
    static let answers = Field<ProblemRecord, [Problem.Answer]>("answers", seenBy: readers) { $0.answers }
    static let side = Field<ProblemRecord, Problem.Side>("side", seenBy: readers) { $0.side }
    static let at = Field<ProblemRecord, Instant>("at", seenBy: readers) { $0.at }
    static let money = Field<ProblemRecord, Money>("money", seenBy: readers) { $0.money }
    static let state = Field<ProblemRecord, Problem.State>("state", seenBy: readers) { $0.state }
    static let organisation = Field<ProblemRecord, String>("organisation", seenBy: told) {
        $0.organisationName
    }
    static let reason = Field<ProblemRecord, String?>("reason", seenBy: told) { $0.reason }
    static let settledAt = Field<ProblemRecord, Instant?>("settledAt", seenBy: told) { $0.settledAt }
    /// The number only of what stands for it; what that one says has its own sight.
    static let into = Field<ProblemRoot, String>("into", seenBy: told) { $0.number }
    static let proposer = Field<ProblemRecord, String?>("proposer", seenBy: [.owner, .programmeOfficer]) {
        $0.proposerName
    }
    static let contactName = Field<ProblemRecord, String?>(
        "contactName", seenBy: [.programmeOfficer], isNoted: true
    ) {
        $0.contactName
    }
    static let contact = Field<ProblemRecord, String?>("contact", seenBy: [.programmeOfficer], isNoted: true)
    { $0.contact }

    package static let rows = [
        SightRow("problem", number), SightRow("problem", title), SightRow("problem", answers),
        SightRow("problem", side), SightRow("problem", at), SightRow("problem", money),
        SightRow("problem", state), SightRow("problem", organisation), SightRow("problem", reason),
        SightRow("problem", settledAt), SightRow("problem", into), SightRow("problem", proposer),
        SightRow("problem", contactName), SightRow("problem", contact),
    ]

    /// What the viewer is to the problem.
    static func relations(of viewer: Viewer, to record: ProblemRecord, _ store: Transaction) throws
        -> Set<Relation>
    {
        guard let person = viewer.person else { return [] }
        var found = DrawSight.relations(viewer)
        if record.proposer == person { found.insert(.owner) }
        if try store.value(
            """
            SELECT 1 FROM topic_problem JOIN topic ON topic.id = topic_problem.topic
            WHERE topic_problem.problem = \(record.id) AND (topic.user_person = \(person)
              OR EXISTS (SELECT 1 FROM topic_person
                WHERE topic_person.topic = topic.id AND topic_person.person = \(person)))
            """, as: Int.self) != nil
        {
            found.insert(.invited)
        }
        return found
    }

    /// The problem as this viewer sees it. An unseen one is missing.
    static func find(_ id: ID<Problem>, for viewer: Viewer, _ store: Transaction) throws -> Seen<
        ProblemRecord
    > {
        guard let record = try ProblemQueries.find(id, store) else { throw Missing() }
        let relations = try relations(of: viewer, to: record, store)
        guard !relations.isEmpty else { throw Missing() }
        return Seen(record, as: relations)
    }

    /// What of a problem's facts a viewer sees in the journal: the overseers all but how a citizen is reached.
    static func view(_ viewer: Viewer, _ fact: Fact) -> FactView? {
        guard fact.subject.kind == "problem" else { return nil }
        guard viewer.holds(.auditor) || viewer.holds(.integrity) else { return .nothing }
        // Who proposed stands in the body, and is the officers' to know.
        return fact.kind == ContactLeft.kind || fact.kind == ProblemPutIn.kind ? .known : .whole
    }
}
