package import Lifecycle
import Store

/// What officers do to hold a meeting, and what members and the chair do in it.
package enum MeetingActs {
    static let leastReason = 5

    private static func found(_ id: ID<Meeting>, _ store: Transaction) throws -> MeetingRecord {
        guard let meeting = try MeetingQueries.find(id, store) else { throw Missing() }
        return meeting
    }

    static func found(_ id: ID<Meeting>, in state: MeetingRecord.State, _ store: Transaction) throws
        -> MeetingRecord
    {
        let meeting = try found(id, store)
        guard meeting.state == state else { throw Refused("meeting.state-\(meeting.state.rawValue)") }
        return meeting
    }

    /// A page that was left open may show a dossier whose turn is over: a ballot about it is not one about the next.
    static func isTurn(of application: ID<Application>, in id: ID<Meeting>, _ store: Transaction) throws {
        let meeting = try found(id, in: .open, store)
        if let current = meeting.current, current != application { throw Refused("meeting.other-turn") }
    }

    /// What a call's meetings go by.
    package struct Terms: Sendable {
        package let quorum: Int
        /// Nil where nobody votes.
        package let majority: Int?
        /// The form of what is written of each dossier; nil where nothing is.
        package let notes: String?
        package let hears: Bool
    }

    package static func terms(_ call: Call, _ programme: Programme) throws -> Terms {
        let step = programme.procedure.step(of: .meet)
        let notes = step?.statement
        let majority = call.number(MeetingTerms.majority, in: programme)
        guard let quorum = call.number(MeetingTerms.quorum, in: programme), majority != nil || notes != nil
        else {
            throw Refused("meeting.no-terms")
        }
        return Terms(quorum: quorum, majority: majority, notes: notes, hears: step?.hears ?? false)
    }

    /// Calls a panel together. Members are experts who hold the role now; whom a conflict, or an earlier step, keeps from
    /// one dossier leaves the room for it, and sits for the others, as long as enough stay.
    package static func call(
        _ meeting: Meeting, by officer: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        var refusals = meeting.obstacles
        for person in meeting.panel
        where try Candidates.record(of: person, in: meeting.call, at: change.at, store) == nil {
            let name = try store.value("SELECT name FROM person WHERE id = \(person)", as: String.self)
            refusals.append(Refusal("meeting.not-expert", ["name": name ?? ""]))
        }
        let free = try MeetingQueries.waiting(
            among: meeting.agenda, in: meeting.call, for: officer, store)
        for application in meeting.agenda {
            guard free.contains(application) else {
                refusals.append(Refusal("meeting.not-waiting"))
                continue
            }
            try Dossiers.require(
                .meet, of: application, by: officer, as: .programmeOfficer, house: house, store)
            if let few = try MeetingQueries.tooFew(of: meeting, for: application, house, store) {
                refusals.append(few)
            }
        }
        guard refusals.isEmpty else { throw Refused(refusals) }
        try change.append(MeetingCalled(meeting: meeting), about: .meeting(meeting.id), as: .programmeOfficer)
    }

    package static func open(
        _ id: ID<Meeting>, present: [ID<Person>], by officer: ID<Person>, _ change: Change
    ) throws {
        let meeting = try found(id, in: .called, change.store)
        let panel = Set(try MeetingQueries.members(id, change.store).map(\.person))
        let came = Set(present).intersection(panel)
        guard came.contains(meeting.chair) else { throw Refused("meeting.no-chair") }
        guard came.count >= meeting.quorum else {
            throw Refused("meeting.few", ["present": "\(came.count)", "quorum": "\(meeting.quorum)"])
        }
        try change.append(
            MeetingOpened(present: came.sorted { $0.rawValue < $1.rawValue }), about: .meeting(id),
            as: .programmeOfficer)
    }

    /// A dossier's turn: members whom something known keeps from it leave with this act.
    package static func begin(
        _ id: ID<Meeting>, _ application: ID<Application>, by officer: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        let meeting = try found(id, in: .open, change.store)
        guard meeting.current == nil else { throw Refused("meeting.item-open") }
        guard
            let item = try MeetingQueries.items(id, change.store).first(where: {
                $0.application == application
            })
        else { throw Missing() }
        guard item.closedAt == nil else { throw Refused("meeting.item-closed") }
        try Dossiers.require(
            .meet, of: application, by: officer, as: .programmeOfficer, house: house, change.store)
        try change.append(
            MeetingItemBegun(application: application), about: .meeting(id), as: .programmeOfficer)
        let members = try MeetingQueries.members(id, change.store)
        for leave in try MeetingQueries.leaving(for: application, of: members, house, change.store) {
            try change.append(
                MeetingMemberLeft(application: application, person: leave.person, conflict: leave.known),
                about: .meeting(id), as: .programmeOfficer, reason: leave.reason)
        }
    }

    /// A member in the room who may speak and vote on the dossier whose turn it is.
    private static func sitting(_ id: ID<Meeting>, _ person: ID<Person>, _ store: Transaction) throws -> ID<
        Application
    > {
        let meeting = try found(id, store)
        let member = try MeetingQueries.members(id, store).first { $0.person == person }
        guard let member else { throw Missing() }
        guard meeting.state == .open, let item = meeting.current else { throw Refused("meeting.no-item") }
        guard member.present else { throw Refused("meeting.absent") }
        guard
            try !MeetingQueries.leaves(id, store).contains(where: {
                $0.person == person && $0.application == item
            })
        else { throw Refused("meeting.left") }
        guard try !MeetingQueries.voters(id, on: item, store).contains(person) else {
            throw Refused("meeting.voted")
        }
        return item
    }

    /// A member leaves for the dossier whose turn it is, over a relation that nobody knew of.
    package static func leave(
        _ id: ID<Meeting>, by person: ID<Person>, reason: String, _ change: Change
    ) throws {
        let item = try sitting(id, person, change.store)
        guard reason.trimmedCount >= leastReason else {
            throw Refused("reason.short", ["least": "\(leastReason)"])
        }
        try change.append(
            MeetingMemberLeft(application: item, person: person, conflict: nil), about: .meeting(id),
            as: .expert, reason: reason.trimmed)
        try change.append(
            ConflictDeclared(person: person, about: .application(item)), about: .person(person), as: .expert,
            reason: reason.trimmed)
    }

    /// One vote on the dossier whose turn it is; it cannot be changed.
    package static func vote(
        _ id: ID<Meeting>, _ vote: MeetingVote, by person: ID<Person>, _ change: Change
    ) throws {
        let meeting = try found(id, change.store)
        guard meeting.votes else { throw Missing() }
        let item = try sitting(id, person, change.store)
        try requireHeard(meeting, change.store)
        try change.append(BallotCast(application: item, vote: vote), about: .meeting(id), as: .expert)
    }

    /// Ends a dossier's turn: keeps what is written of it where anything is, and counts the vote where there is one.
    /// Whoever may vote has voted, or as many as make a quorum.
    ///
    /// - Parameters:
    ///   - early: that it is closed although members in the room have not voted.
    ///   - notes: what was typed, by field.
    package static func count(
        _ id: ID<Meeting>, early: Bool = false, notes: [String: String] = [:], by officer: ID<Person>,
        _ change: Change, _ house: House
    ) throws {
        let store = change.store
        let meeting = try found(id, in: .open, store)
        guard let item = meeting.current else { throw Refused("meeting.no-item") }
        let (step, _, call, programme) = try Dossiers.require(
            .meet, of: item, by: officer, as: .programmeOfficer, house: house, store)
        let entitled = try MeetingQueries.inRoom(id, for: item, store)
        var made: StatementMade?
        try requireHeard(meeting, store)
        // Where there is a vote, one that too few cast comes to nothing by itself.
        if !meeting.votes { try requireQuorum(meeting, entitled.count) }
        if meeting.writes {
            guard let form = programme.statement(meeting.notes) else { throw Missing() }
            made = try written(notes, in: form, of: call)
        }
        let tally =
            meeting.votes ? try tally(meeting, on: item, entitled: entitled.count, early: early, store) : nil
        let outcome =
            tally?.outcome(quorum: meeting.quorum, majority: meeting.majority)
            ?? (meeting.hears ? .heard : .discussed)
        let move = outcome == .inquorate ? nil : Move(step.id, .done)
        try change.append(
            MeetingItemClosed(meeting: id, tally: tally, outcome: outcome), about: .application(item),
            as: .programmeOfficer, move: made == nil ? move : nil, clause: step.cites?.clause)
        // What was written is a paper of the step like any other, and read by whom its form names.
        if let made {
            try change.append(
                made, about: .application(item), as: .programmeOfficer, move: move, clause: step.cites?.clause
            )
        }
    }

    private static func tally(
        _ meeting: MeetingRecord, on item: ID<Application>, entitled: Int, early: Bool, _ store: Transaction
    ) throws -> MeetingTally {
        let votes = try MeetingQueries.votes(meeting.id, on: item, store)
        guard votes.count >= min(meeting.quorum, entitled) else {
            throw Refused("meeting.votes-missing", ["cast": "\(votes.count)", "entitled": "\(entitled)"])
        }
        guard early || votes.count >= entitled else {
            throw Refused("meeting.early", ["missing": "\(entitled - votes.count)"])
        }
        return MeetingTally(votes, entitled: entitled)
    }

    package static func end(_ id: ID<Meeting>, by officer: ID<Person>, _ change: Change, _ house: House)
        throws
    {
        let meeting = try found(id, in: .open, change.store)
        guard meeting.current == nil else { throw Refused("meeting.item-open") }
        let minutes = try MeetingMinutes.text(
            meeting, endedAt: change.at, house.words(in: .zh), change.store)
        try change.append(MeetingEnded(minutes: minutes), about: .meeting(id), as: .programmeOfficer)
    }

    package static func sign(_ id: ID<Meeting>, by person: ID<Person>, _ change: Change) throws {
        let meeting = try found(id, in: .ended, change.store)
        guard meeting.chair == person else { throw Refused("meeting.chair-signs") }
        try change.append(MinutesSigned(), about: .meeting(id), as: .expert)
    }
}
