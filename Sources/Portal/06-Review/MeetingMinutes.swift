import Lifecycle
import Store

/// Minutes made of what happened. They are signed as they stand, and so in Chinese whoever ends the meeting.
enum MeetingMinutes {
    static func text(
        _ meeting: MeetingRecord, endedAt: Instant, _ words: Words.Catalogue, _ store: Transaction
    ) throws -> String {
        let members = try MeetingQueries.members(meeting.id, store)
        let names = Dictionary(uniqueKeysWithValues: members.map { ($0.person, $0.name) })
        let leaves = try MeetingQueries.leaves(meeting.id, store)
        func line(_ key: String, _ values: [String: String]) -> String {
            words.filled("meeting.minutesOf.\(key)", values)
        }
        func listed(_ people: [MeetingMember]) -> String {
            people.isEmpty
                ? words["meeting.minutesOf.nobody"]
                : people.map { line("member", ["name": $0.name, "organisation": $0.organisationName]) }
                    .joined(separator: words["meeting.minutesOf.comma"])
        }
        var lines = [
            line("title", ["title": meeting.title]), line("place", ["place": meeting.place]),
            line("time", ["from": (meeting.openedAt ?? meeting.at).text, "to": endedAt.text]),
            line("chair", ["name": names[meeting.chair] ?? ""]),
            line("present", ["people": listed(members.filter(\.present))]),
            line("absent", ["people": listed(members.filter { !$0.present })]),
        ]
        if meeting.hears || !meeting.votes {
            lines.append(
                line(meeting.hears ? "heardTerms" : "saidTerms", ["quorum": "\(meeting.quorum)"]))
        }
        lines.append(
            meeting.votes
                ? line("terms", ["quorum": "\(meeting.quorum)", "majority": "\(meeting.majority)"])
                : words["meeting.minutesOf.noVote"])
        let notes = try MeetingNotes.all(of: meeting, store)
        for item in try MeetingQueries.items(meeting.id, store) {
            lines += [
                "",
                line(
                    "item",
                    [
                        "place": "\(item.place)", "number": item.number, "title": item.title,
                        "university": item.universityName,
                    ]),
            ]
            for leave in leaves where leave.application == item.application {
                lines.append(line("left", ["at": leave.at?.text ?? "", "name": names[leave.person] ?? ""]))
            }
            if let (from, until) = Self.span(of: item, in: meeting) {
                // Who left after the hearing was there while the candidate spoke.
                let last = meeting.hears ? from : until
                let gone = Set(
                    leaves.filter { $0.application == item.application && ($0.at ?? from) <= last }
                        .map(\.person))
                lines.append(
                    line(
                        meeting.hears ? "heard" : "said",
                        [
                            "from": from.text, "to": until.text,
                            "people": listed(members.filter { $0.present && !gone.contains($0.person) }),
                        ]))
            }
            // Named by its number and not repeated: what is signed stays signed where words about somebody are erased.
            if let written = notes[item.application] {
                lines.append(line("notes", ["fact": "\(written.fact)"]))
            }
            guard let result = item.result else {
                lines.append(words["meeting.minutesOf.notTaken"])
                continue
            }
            guard let tally = item.tally else {
                if result == .deferred { lines.append(words["meeting.minutesOf.deferred"]) }
                continue
            }
            lines.append(
                line(
                    "vote",
                    [
                        "at": item.closedAt?.text ?? "", "entitled": "\(tally.entitled)",
                        "cast": "\(tally.cast)", "yes": "\(tally.yes)",
                        "no": "\(tally.no)", "abstained": "\(tally.abstained)",
                        "outcome": words["meeting.minutesOf.outcome.\(result.rawValue)"],
                    ]))
        }
        return lines.joined(separator: "\n")
    }

    /// From when to when a candidate was heard, or a dossier that is not voted on was talked of.
    private static func span(of item: MeetingItem, in meeting: MeetingRecord) -> (Instant, Instant)? {
        let from = meeting.hears ? item.heardAt : item.begunAt
        let until = meeting.hears ? item.heardUntil : item.closedAt
        guard meeting.writes, let from, let until, item.result != .deferred || meeting.hears else {
            return nil
        }
        return (from, until)
    }
}
