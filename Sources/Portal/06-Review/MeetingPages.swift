import Foundation
import Lifecycle

/// `/meetings`.
struct MeetingListPage: Sendable {
    let waiting: [Waiting]
    let hasWaiting: Bool
    let meetings: [Line]
    let hasMeetings: Bool
    let pager: Pager

    struct Waiting: Sendable {
        let href: String
        let title: String
        let count: String
    }

    struct Line: Sendable {
        let href: String
        let title: String
        let at: String
        let place: String
        let state: String
        let badge: String
    }

    init(
        _ waiting: [MeetingQueries.Waiting],
        _ meetings: (page: Paged<MeetingRecord>, seen: [(ID<Meeting>, Seen<MeetingRecord>)]),
        _ words: Words.Catalogue
    ) {
        self.waiting = waiting.map {
            Waiting(
                href: "/office/meetings/new/\($0.call)", title: $0.title,
                count: words.filled("meeting.waitingCount", ["count": "\($0.count)"]))
        }
        hasWaiting = !waiting.isEmpty
        self.meetings = meetings.seen.map { id, seen in
            let state = seen[MeetingSight.state]
            return Line(
                href: "/meetings/\(id)", title: seen[MeetingSight.title] ?? "",
                at: seen[MeetingSight.at]?.text ?? "", place: seen[MeetingSight.place] ?? "",
                state: state.map { words["meeting.state.\($0.rawValue)"] } ?? "",
                badge: MeetingPage.badge(state))
        }
        hasMeetings = !meetings.seen.isEmpty
        pager = Pager(meetings.page, ListAddress("/meetings"), words)
    }
}

/// `/office/meetings/new/{call}`.
struct MeetingFormPage: Sendable {
    let action: String
    let call: String
    let terms: String
    let title: String
    let at: String
    let place: String
    let panel: String
    let chair: String
    let votes: Bool
    let hears: Bool
    let writes: Bool
    let candidates: [Candidate]
    let hasCandidates: Bool
    /// That more wait than are offered.
    let more: String?
    let search: String
    /// Where so many wait that they are looked for.
    let isSearched: Bool
    let errors: [String]
    let hasErrors: Bool

    struct Candidate: Sendable {
        let id: String
        let number: String
        let title: String
        let university: String
        let checked: Bool
    }

    /// - Parameter drawn: addresses of the experts whom a draw gave the call, to begin from.
    init(
        _ call: Call, terms: MeetingActs.Terms, _ offered: MeetingQueries.Offered,
        search: String, drawn: [String], refusals: [Refusal], _ ask: Ask
    ) {
        action = "/office/meetings/new/\(call.id)"
        self.call = "\(call.number) \(call.title)"
        self.terms = MeetingPage.terms(terms.quorum, terms.majority, hears: terms.hears, ask.words)
        votes = terms.majority != nil
        hears = terms.hears
        writes = terms.notes != nil
        let isNew = ask.form.pairs.isEmpty
        title = isNew ? call.title : ask.form["title"] ?? ""
        at = ask.form["at"] ?? ""
        place = ask.form["place"] ?? ""
        panel = isNew ? drawn.joined(separator: "\n") : ask.form["panel"] ?? ""
        chair = isNew ? drawn.first ?? "" : ask.form["chair"] ?? ""
        let chosen = Set(ask.form.all("agenda"))
        candidates = offered.rows.map {
            Candidate(
                id: $0.id.rawValue, number: $0.number, title: $0.title, university: $0.universityName,
                checked: isNew || chosen.contains($0.id.rawValue))
        }
        hasCandidates = !candidates.isEmpty
        let isCut = offered.total > candidates.count
        more =
            isCut
            ? ask.words.filled(
                "meeting.more", ["shown": "\(candidates.count)", "total": "\(offered.total)"]) : nil
        self.search = search
        isSearched = isCut || !search.isEmpty
        errors = refusals.map(ask.words.sentence)
        hasErrors = !errors.isEmpty
    }
}

/// `/meetings/{meeting}`: what goes on, what comes next, who has to leave; a ballot for who may vote.
struct MeetingPage: Sendable {
    let title: String
    let at: String
    let place: String
    let state: String
    let badge: String
    let terms: String
    let members: [Member]
    let items: [Item]
    let now: Now?
    let next: [Next]
    let hasNext: Bool
    let leaving: [Leaving]
    let hasLeaving: Bool
    /// What goes on is read anew by itself until the meeting is over.
    let isLive: Bool
    let here: String
    /// Without script only for who waits for others: it would take a half-filled form away.
    let isWaiting: Bool
    let mayOpen: Bool
    let mayCount: Bool
    let mayEnd: Bool
    let mayVote: Bool
    let mayLeave: Bool
    let maySign: Bool
    let voice: String?
    /// Nil where nobody votes.
    let cast: String?
    /// Whether a vote, or only what was written, ends a turn.
    let votes: Bool
    let mayHear: Bool
    let mayDismiss: Bool
    let mayPutOff: Bool
    /// That the dossier was sent back during its turn; nil where it waits for the meeting.
    let overtaken: String?
    /// From when to when the candidate whose turn it is was in the room; nil where none is heard.
    let hearing: String?
    /// What is to be written before the turn ends.
    let noteFields: [FormControl]
    let hasNoteFields: Bool
    let notesTitle: String
    let notesHint: String
    let notesReaders: String
    /// Counting now would leave somebody in the room without a vote.
    let isEarly: Bool
    let missing: String
    let minutes: [String]
    let hasMinutes: Bool
    let openAction: String
    let beginAction: String
    let voteAction: String
    let leaveAction: String
    let hearAction: String
    let dismissAction: String
    let putOffAction: String
    let countAction: String
    let endAction: String
    let signAction: String
    let errors: [String]
    let hasErrors: Bool

    struct Member: Sendable {
        let id: String
        let name: String
        let organisation: String
        let isChair: Bool
        let isPresent: Bool
    }

    struct Item: Sendable {
        let place: String
        let number: String
        let title: String
        let university: String
        let href: String
        let result: String
        let badge: String
        let tally: String
        /// From when to when the candidate was heard, or when the talk of it was over where nobody votes.
        let heard: String
        /// What was written of it; nil where nothing is, or it is not for the viewer.
        let notes: Notes?
        let begins: Bool
        let id: String
    }

    struct Now: Sendable {
        /// What a ballot is about, and is sent with.
        let id: String
        let number: String
        let title: String
        let university: String
        let href: String
    }

    struct Next: Sendable {
        let number: String
        let title: String
        let leaving: [Leaving]
        let hasLeaving: Bool
    }

    struct Leaving: Sendable {
        let name: String
        let at: String
        let why: String
    }

    static func badge(_ state: MeetingRecord.State?) -> String {
        switch state {
        case .called, nil: "info"
        case .open: "warn"
        case .ended: "neutral"
        case .signed: "good"
        }
    }

    static func badge(_ outcome: MeetingTally.Outcome?) -> String {
        switch outcome {
        case .supported, .heard, .discussed: "good"
        case .unsupported: "bad"
        case .inquorate, .deferred: "warn"
        case nil: "muted"
        }
    }

    static func tally(_ tally: MeetingTally?, _ words: Words.Catalogue) -> String {
        guard let tally else { return "" }
        return words.filled(
            "meeting.tally",
            [
                "entitled": "\(tally.entitled)", "yes": "\(tally.yes)", "no": "\(tally.no)",
                "abstained": "\(tally.abstained)",
            ])
    }

    /// - Parameter ahead: who will have to leave for what is taken next.
    init(
        _ open: MeetingSight.Open, _ ahead: [MeetingLeave], _ written: Written, refusals: [Refusal],
        _ ask: Ask
    ) {
        let words = ask.words
        let record = open.record
        let person = ask.viewer.person
        let seen = Seen(record, as: open.relations)
        title = seen[MeetingSight.title] ?? ""
        at = seen[MeetingSight.at]?.text ?? ""
        place = seen[MeetingSight.place] ?? ""
        let stands = seen[MeetingSight.state]
        state = stands.map { words["meeting.state.\($0.rawValue)"] } ?? ""
        badge = Self.badge(stands)
        terms = Self.terms(
            record.quorum, record.votes ? record.majority : nil, hears: record.hears, words)
        var names: [ID<Person>: String] = [:]
        members = open.members.map { member in
            let seen = Seen(member, as: open.relations)
            names[member.person] = seen[MeetingSight.name] ?? ""
            return Member(
                id: member.person.rawValue, name: seen[MeetingSight.name] ?? "",
                organisation: seen[MeetingSight.organisation] ?? "", isChair: member.person == record.chair,
                isPresent: seen[MeetingSight.present] ?? false)
        }
        let isOfficer = open.relations.contains(.programmeOfficer)
        let gone = Set(open.leaves.filter { $0.person == person }.map(\.application))
        let isIdle = record.state == .open && record.current == nil
        let wasThere = !open.isMember || open.members.contains { $0.person == person && $0.present }
        items = open.items.map { item in
            let seen = Seen(item, as: open.relations)
            // Who left the room for a dossier does not read what was voted in their absence.
            let isShown = !open.isMember || !gone.contains(item.application)
            let outcome = isShown ? seen[MeetingSight.outcome] : nil
            let state = outcome.map { words["meeting.outcome.\($0.rawValue)"] }
            return Item(
                place: "\(item.place)", number: seen[MeetingSight.number] ?? "",
                title: seen[MeetingSight.itemTitle] ?? "", university: seen[MeetingSight.university] ?? "",
                href: "/cases/\(item.application)/proposal",
                result: state
                    ?? words[
                        record.current == item.application ? "meeting.now" : "meeting.outcome.none"],
                badge: Self.badge(outcome), tally: isShown ? Self.tally(seen[MeetingSight.tally], words) : "",
                heard: record.hears || record.votes
                    ? Self.heard(seen, words) : seen[MeetingSight.closedAt].flatMap(\.self)?.text ?? "",
                notes: isShown && wasThere
                    ? Notes(written, of: item.application, as: open.relations, ask) : nil,
                begins: isOfficer && isIdle && item.closedAt == nil, id: item.application.rawValue)
        }
        now = open.items.first { $0.application == record.current }.map { item in
            let seen = Seen(item, as: open.relations)
            return Now(
                id: item.application.rawValue, number: seen[MeetingSight.number] ?? "",
                title: seen[MeetingSight.itemTitle] ?? "",
                university: seen[MeetingSight.university] ?? "", href: "/cases/\(item.application)/proposal")
        }
        func leavers(_ leaves: [MeetingLeave]) -> [Leaving] {
            leaves.map { leave in
                let seen = Seen(leave, as: open.relations)
                let known = seen[MeetingSight.leaveConflict].map { words.sentence($0.refusal()) }
                return Leaving(
                    name: names[leave.person] ?? "", at: seen[MeetingSight.leftAt]?.text ?? "",
                    why: known ?? seen[MeetingSight.leaveReason] ?? "")
            }
        }
        next = open.next.map { item in
            let seen = Seen(item, as: open.relations)
            let leaving = leavers(ahead.filter { $0.application == item.application })
            return Next(
                number: seen[MeetingSight.number] ?? "", title: seen[MeetingSight.itemTitle] ?? "",
                leaving: leaving, hasLeaving: !leaving.isEmpty)
        }
        hasNext = !next.isEmpty
        let left = open.leaves.filter { $0.application == record.current }
        leaving = leavers(left)
        hasLeaving = !leaving.isEmpty
        mayOpen = isOfficer && record.state == .called
        let taken = open.items.first { $0.application == record.current }
        let isOver = !record.hears || taken?.heardUntil != nil
        let isOfficersTurn = isOfficer && record.state == .open && taken != nil
        votes = record.votes
        mayCount = isOfficersTurn && isOver
        mayHear = isOfficersTurn && record.hears && taken?.heardAt == nil
        mayDismiss = isOfficersTurn && taken?.heardAt != nil && taken?.heardUntil == nil
        mayPutOff = isOfficersTurn && (open.isOvertaken || record.writes && open.voters.isEmpty)
        overtaken = isOfficersTurn && open.isOvertaken ? words["meeting.overtaken"] : nil
        hearing = taken.flatMap { item in
            guard record.hears else { return nil }
            let heard = Self.heard(Seen(item, as: open.relations), words)
            return heard.isEmpty ? words["meeting.notYetHeard"] : heard
        }
        noteFields = mayCount ? Self.fields(written, refusals, ask) : []
        hasNoteFields = !noteFields.isEmpty
        notesTitle = written.form?.label.text(in: ask.language) ?? ""
        notesHint = written.form?.hint?.text(in: ask.language) ?? ""
        notesReaders = written.form.map { StatementReaders.text($0, words) } ?? ""
        mayEnd = isOfficer && isIdle
        let isPresent = open.members.contains { $0.person == person && $0.present }
        let isOut = record.current.map(gone.contains) ?? false
        let hasVoted = person.map(open.voters.contains) ?? false
        mayLeave = isPresent && record.state == .open && record.current != nil && !isOut && !hasVoted
        mayVote = mayLeave && record.votes && isOver
        voice =
            !isPresent || record.current == nil
            ? nil : isOut ? words["meeting.youLeft"] : hasVoted ? words["meeting.youVoted"] : nil
        let entitled = open.members.count { $0.present } - left.count
        cast =
            record.votes
            ? words.filled("meeting.cast", ["cast": "\(open.voters.count)", "entitled": "\(entitled)"]) : nil
        let silent = entitled - open.voters.count
        isEarly = mayCount && record.votes && silent > 0
        missing = words.filled("meeting.missing", ["missing": "\(silent)"])
        maySign = record.state == .ended && record.chair == person
        // What was typed and refused would be lost to a page that is read anew.
        isLive =
            (record.state == .called || record.state == .open) && (refusals.isEmpty || noteFields.isEmpty)
        isWaiting = record.state == .open && !mayLeave && !isOfficer
        minutes = (seen[MeetingSight.minutes] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        hasMinutes = record.state == .ended || record.state == .signed
        here = "/meetings/\(record.id)"
        openAction = "\(here)/open"
        beginAction = "\(here)/begin"
        voteAction = "\(here)/vote"
        leaveAction = "\(here)/leave"
        hearAction = "\(here)/hear"
        dismissAction = "\(here)/dismiss"
        putOffAction = "\(here)/put-off"
        countAction = "\(here)/\(record.votes ? "count" : "close")"
        endAction = "\(here)/end"
        signAction = "\(here)/sign"
        errors = refusals.map { words.sentence(written.named($0, in: ask.language)) }
        hasErrors = !errors.isEmpty
    }
}
