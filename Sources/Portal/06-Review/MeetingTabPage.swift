import Lifecycle

/// The tab of a dossier: each meeting that took it, and what came of it; when and where its candidate is to be heard.
struct MeetingTabPage: Sendable {
    let head: CaseFrame
    let votes: [Line]
    let hasVotes: Bool
    let summons: [Summons]
    let hasSummons: Bool
    /// Where what was written stands, for whom it may be.
    let notesHref: String?

    struct Summons: Sendable {
        let at: String
        let place: String
        /// The meeting's page, for officials.
        let href: String?
    }

    struct Line: Sendable {
        let at: String
        let outcome: String
        let badge: String
        let tally: String
        /// From when to when the candidate was heard; empty where nobody was.
        let heard: String
        /// The meeting's page, for officials.
        let href: String?
    }

    init(
        _ open: OpenCase, _ items: [(meeting: ID<Meeting>, item: MeetingItem)], _ coming: [MeetingSummons],
        _ ask: Ask
    ) {
        head = open.head(tab: "meetings", ask)
        let isOfficial = !open.seen.relations.isDisjoint(with: MeetingSight.officials)
        votes = items.compactMap { meeting, item in
            let seen = Seen(item, as: open.seen.relations)
            guard let outcome = seen[MeetingSight.outcome] else { return nil }
            return Line(
                at: seen[MeetingSight.closedAt]?.text ?? "",
                outcome: ask.words["meeting.outcome.\(outcome.rawValue)"], badge: MeetingPage.badge(outcome),
                tally: MeetingPage.tally(seen[MeetingSight.tally], ask.words),
                heard: MeetingPage.heard(seen, ask.words),
                href: isOfficial ? "/meetings/\(meeting)" : nil)
        }
        hasVotes = !votes.isEmpty
        summons = coming.compactMap { summons in
            let seen = Seen(summons, as: open.seen.relations)
            guard let at = seen[MeetingSight.summonsAt], let place = seen[MeetingSight.summonsPlace] else {
                return nil
            }
            return Summons(
                at: at.text, place: place, href: isOfficial ? "/meetings/\(summons.meeting)" : nil)
        }
        hasSummons = !summons.isEmpty
        let isWritten = open.standing.steps.contains { $0.step.kind == .meet && $0.step.statement != nil }
        notesHref = isWritten && hasVotes ? "/cases/\(open.record.id)/statements" : nil
    }
}
