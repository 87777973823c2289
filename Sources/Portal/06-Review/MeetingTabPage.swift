import Lifecycle

/// The tab of a dossier: each meeting that voted on it, and what its vote came to.
struct MeetingTabPage: Sendable {
    let head: CaseFrame
    let votes: [Line]
    let hasVotes: Bool

    struct Line: Sendable {
        let at: String
        let outcome: String
        let badge: String
        let tally: String
        /// The meeting's page, for officials.
        let href: String?
    }

    init(_ open: OpenCase, _ items: [(meeting: ID<Meeting>, item: MeetingItem)], _ ask: Ask) {
        head = open.head(tab: "meetings", ask)
        let isOfficial = !open.seen.relations.isDisjoint(with: MeetingSight.officials)
        votes = items.compactMap { meeting, item in
            let seen = Seen(item, as: open.seen.relations)
            guard let outcome = seen[MeetingSight.outcome] else { return nil }
            return Line(
                at: seen[MeetingSight.closedAt]?.text ?? "",
                outcome: ask.words["meeting.outcome.\(outcome.rawValue)"], badge: MeetingPage.badge(outcome),
                tally: MeetingPage.tally(seen[MeetingSight.tally], ask.words),
                href: isOfficial ? "/meetings/\(meeting)" : nil)
        }
        hasVotes = !votes.isEmpty
    }
}
