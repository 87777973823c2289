package import Lifecycle
import Store

/// Who sees what of a meeting: its panel and officials while it goes on; of what a vote came to also those who applied.
/// How anybody voted is a field of nothing.
package enum MeetingSight {
    static let officials: Set<Relation> = [.programmeOfficer, .commissionLeader, .integrity, .auditor]
    private static let inside = officials.union([.expert])
    private static let readers = officials.union([.owner, .teamMember, .researchOffice])

    static let title = Field<MeetingRecord, String>("title", seenBy: inside) { $0.title }
    static let at = Field<MeetingRecord, Instant>("at", seenBy: inside) { $0.at }
    static let place = Field<MeetingRecord, String>("place", seenBy: inside) { $0.place }
    static let state = Field<MeetingRecord, MeetingRecord.State>("state", seenBy: inside) { $0.state }
    static let minutes = Field<MeetingRecord, String>("minutes", seenBy: inside) { $0.minutes }

    static let name = Field<MeetingMember, String>("name", seenBy: inside, isNoted: true) { $0.name }
    static let organisation = Field<MeetingMember, String>("organisation", seenBy: inside, isNoted: true) {
        $0.organisationName
    }
    static let present = Field<MeetingMember, Bool>("present", seenBy: inside) { $0.present }

    static let number = Field<MeetingItem, String>("number", seenBy: inside) { $0.number }
    static let itemTitle = Field<MeetingItem, String>("title", seenBy: inside) { $0.title }
    static let university = Field<MeetingItem, String>("university", seenBy: inside) { $0.universityName }
    static let tally = Field<MeetingItem, MeetingTally?>("tally", seenBy: inside.union(readers)) { $0.tally }
    static let outcome = Field<MeetingItem, MeetingTally.Outcome?>("outcome", seenBy: inside.union(readers)) {
        $0.result
    }

    static let heardAt = Field<MeetingItem, Instant?>("heardAt", seenBy: inside.union(readers)) { $0.heardAt }
    static let heardUntil = Field<MeetingItem, Instant?>("heardUntil", seenBy: inside.union(readers)) {
        $0.heardUntil
    }
    static let closedAt = Field<MeetingItem, Instant?>("closedAt", seenBy: inside.union(readers)) {
        $0.closedAt
    }

    static let leftAt = Field<MeetingLeave, Instant?>("at", seenBy: inside) { $0.at }
    static let leaveConflict = Field<MeetingLeave, ConflictReason?>("conflict", seenBy: officials) {
        $0.known
    }
    static let leaveReason = Field<MeetingLeave, String?>("reason", seenBy: officials) { $0.reason }

    /// What was written of a dossier, told to whoever was in the room; elsewhere it is a statement.
    static let notes = Field<MeetingNotes, String>("notes", seenBy: inside, isNoted: true) { $0.answers }

    /// A candidate has to know when to come, and where.
    static let summonsAt = Field<MeetingSummons, Instant>("at", seenBy: inside.union(readers)) { $0.at }
    static let summonsPlace = Field<MeetingSummons, String>("place", seenBy: inside.union(readers)) {
        $0.place
    }

    package static let tab = readers

    package static let rows = [
        SightRow("meeting", title), SightRow("meeting", at), SightRow("meeting", place),
        SightRow("meeting", state), SightRow("meeting", minutes), SightRow("meeting member", name),
        SightRow("meeting member", organisation), SightRow("meeting member", present),
        SightRow("meeting item", number), SightRow("meeting item", itemTitle),
        SightRow("meeting item", university), SightRow("meeting item", tally),
        SightRow("meeting item", outcome), SightRow("meeting item", heardAt),
        SightRow("meeting item", heardUntil), SightRow("meeting item", closedAt),
        SightRow("meeting leave", leftAt),
        SightRow("meeting leave", leaveConflict), SightRow("meeting leave", leaveReason),
        SightRow("meeting notes", notes), SightRow("meeting summons", summonsAt),
        SightRow("meeting summons", summonsPlace),
    ]

    /// A meeting with what its page needs, as far as this viewer may know of it.
    struct Open: Sendable {
        let record: MeetingRecord
        let relations: Set<Relation>
        let isMember: Bool
        let members: [MeetingMember]
        let items: [MeetingItem]
        let leaves: [MeetingLeave]
        let voters: Set<ID<Person>>
        /// The dossier whose turn it is does not wait for a meeting any more.
        let isOvertaken: Bool

        /// What is taken next while it goes on.
        var next: [MeetingItem] {
            guard record.state == .open else { return [] }
            return Array(items.filter { $0.closedAt == nil && $0.application != record.current }.prefix(3))
        }
    }

    /// Who will have to leave for what is taken next, as it is known now.
    static func ahead(of open: Open, in language: Language, _ house: House, _ store: Transaction) throws
        -> [MeetingLeave]
    {
        try open.next.flatMap {
            try MeetingQueries.leaving(for: $0.application, of: open.members, in: language, house, store)
        }
    }

    /// Missing for who is neither of its panel nor an official free of conflict with every dossier on it.
    static func open(_ id: ID<Meeting>, for viewer: Viewer, _ store: Transaction) throws -> Open {
        guard let record = try MeetingQueries.find(id, store) else { throw Missing() }
        let members = try MeetingQueries.members(id, store)
        let isMember = members.contains { $0.person == viewer.person }
        let relations = try relations(of: viewer, to: id, isMember: isMember, store)
        guard !relations.isEmpty else { throw Missing() }
        return Open(
            record: record, relations: relations, isMember: isMember, members: members,
            items: try MeetingQueries.items(id, store), leaves: try MeetingQueries.leaves(id, store),
            voters: try record.current.map { try MeetingQueries.voters(id, on: $0, store) } ?? [],
            isOvertaken: try record.current.map { try !MeetingQueries.isWaiting($0, store) } ?? false)
    }

    /// The newest first, each as far as this viewer may know of it.
    static func list(for viewer: Viewer, after: ListPlace, _ store: Transaction) throws -> (
        page: Paged<MeetingRecord>, seen: [(ID<Meeting>, Seen<MeetingRecord>)]
    ) {
        guard let person = viewer.person else { throw Missing() }
        let mine = Set(try MeetingQueries.memberships(of: person, store))
        let isOfficial = !DrawSight.relations(viewer).isEmpty
        let page = try MeetingQueries.page(of: isOfficial ? nil : person, after: after, store)
        let seen = try page.rows.compactMap { record -> (ID<Meeting>, Seen<MeetingRecord>)? in
            let relations = try relations(
                of: viewer, to: record.id, isMember: mine.contains(record.id), store)
            return relations.isEmpty ? nil : (record.id, Seen(record, as: relations))
        }
        return (page, seen)
    }

    private static func relations(
        of viewer: Viewer, to id: ID<Meeting>, isMember: Bool, _ store: Transaction
    ) throws -> Set<Relation> {
        guard let person = viewer.person else { return [] }
        var relations: Set<Relation> = isMember ? [.expert] : []
        let official = DrawSight.relations(viewer)
        if !official.isEmpty {
            let barred = try store.value(
                """
                SELECT 1 FROM meeting_item JOIN application ON application.id = meeting_item.application
                WHERE meeting_item.meeting = \(id) AND NOT (\(sql: Parties.free(person))) LIMIT 1
                """, as: Int.self)
            if barred == nil { relations.formUnion(official) }
        }
        return relations
    }

    /// What of a meeting's facts a viewer sees in the journal.
    static func view(_ viewer: Viewer, _ fact: Fact) -> FactView? {
        guard fact.subject.kind == "meeting" else { return nil }
        return viewer.holds(.auditor) || viewer.holds(.integrity) ? .whole : .nothing
    }
}
