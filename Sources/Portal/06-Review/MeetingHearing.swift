package import Lifecycle
import Store

/// A panel hears a candidate (面谈): who comes in and goes out when, and what is written of it.
extension MeetingActs {
    /// The dossier whose turn it is.
    private static func turn(_ id: ID<Meeting>, _ store: Transaction) throws -> (MeetingRecord, MeetingItem) {
        let meeting = try found(id, in: .open, store)
        guard
            let item = try MeetingQueries.items(id, store).first(where: { $0.application == meeting.current })
        else { throw Refused("meeting.no-item") }
        return (meeting, item)
    }

    /// The candidate comes in, before as many of the panel as it takes.
    package static func hear(_ id: ID<Meeting>, by officer: ID<Person>, _ change: Change) throws {
        let (meeting, item) = try turn(id, change.store)
        guard meeting.hears else { throw Missing() }
        guard item.heardAt == nil else { throw Refused("meeting.heard-already") }
        try requireQuorum(
            meeting, try MeetingQueries.inRoom(id, for: item.application, change.store).count)
        try change.append(
            MeetingHearingBegun(application: item.application), about: .meeting(id), as: .programmeOfficer)
    }

    /// The candidate goes out again.
    package static func dismiss(_ id: ID<Meeting>, by officer: ID<Person>, _ change: Change) throws {
        let (_, item) = try turn(id, change.store)
        guard item.heardAt != nil, item.heardUntil == nil else { throw Refused("meeting.nobody-heard") }
        try change.append(
            MeetingHearingEnded(application: item.application), about: .meeting(id), as: .programmeOfficer)
    }

    /// The candidate could not be heard, or too few were left in the room: the dossier waits for another meeting. Where
    /// there is only a vote, one that too few cast does the same. A dossier that another branch sent back meanwhile can be
    /// taken to no other end, whatever was done before.
    package static func putOff(
        _ id: ID<Meeting>, reason: String, by officer: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let (meeting, item) = try turn(id, change.store)
        if try MeetingQueries.isWaiting(item.application, change.store) {
            guard meeting.writes else { throw Missing() }
            try Dossiers.require(
                .meet, of: item.application, by: officer, as: .programmeOfficer, house: house, change.store)
            guard try MeetingQueries.voters(id, on: item.application, change.store).isEmpty else {
                throw Refused("meeting.votes-cast")
            }
        } else {
            try Dossiers.requireFree(officer, as: .programmeOfficer, on: item.application, change.store)
        }
        guard reason.trimmedCount >= leastReason else {
            throw Refused("reason.short", ["least": "\(leastReason)"])
        }
        if item.heardAt != nil, item.heardUntil == nil {
            try change.append(
                MeetingHearingEnded(application: item.application), about: .meeting(id), as: .programmeOfficer
            )
        }
        try change.append(
            MeetingItemClosed(meeting: id, tally: nil, outcome: .deferred),
            about: .application(item.application),
            as: .programmeOfficer, reason: reason.trimmed)
    }

    static func requireQuorum(_ meeting: MeetingRecord, _ sitting: Int) throws {
        guard sitting >= meeting.quorum else {
            throw Refused("meeting.few-sitting", ["sitting": "\(sitting)", "quorum": "\(meeting.quorum)"])
        }
    }

    /// Refuses a vote, or the end of a turn, before the candidate went out.
    static func requireHeard(_ meeting: MeetingRecord, _ store: Transaction) throws {
        guard meeting.hears else { return }
        let (_, item) = try turn(meeting.id, store)
        guard item.heardUntil != nil else { throw Refused("meeting.not-heard") }
    }

    /// What was typed, as it is kept, or everything that is wrong with it.
    static func written(_ typed: [String: String], in form: StatementForm, of call: Call) throws
        -> StatementMade
    {
        let read = ApplicationForm(sections: []).reading(typed, section: form.section)
        let unread = read.problems.map {
            Refusal("answer.\($0.code)", ["label": $0.label.zh, "field": $0.field])
        }
        guard unread.isEmpty else { throw Refused(unread) }
        let obstacles = form.obstacles(
            to: .done, answers: read.answers, isSigned: false, reason: "", settings: call.settings)
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        return StatementMade(form: form.id, outcome: .done, answers: read.answers)
    }
}
