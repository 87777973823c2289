package import Lifecycle
import Store

extension Subject {
    package static func meeting(_ id: ID<Meeting>) -> Subject { Subject(kind: "meeting", id: id.rawValue) }
}

enum MeetingFacts {
    static let tables = [
        ProjectedTable("meeting", key: "id"), ProjectedTable("meeting_member", key: "meeting, person"),
        ProjectedTable("meeting_item", key: "meeting, application"),
        ProjectedTable("meeting_leave", key: "meeting, application, person"),
        ProjectedTable("meeting_ballot", key: "meeting, application, person"),
    ]

    static let projections: [Projection] = [
        .on(MeetingCalled.self) { store, fact, body in
            let it = body.meeting
            _ = try store.run(
                """
                INSERT INTO meeting (id, call, title, at, place, chair, quorum, majority, state, item, minutes,
                  notes, hears)
                VALUES (\(it.id), \(it.call), \(it.title), \(it.at), \(it.place), \(it.chair), \(it.quorum),
                  \(it.majority ?? 0), 'called', '', '', \(it.notes ?? ""),
                  \(it.hears ?? false))
                """)
            for person in it.panel {
                _ = try store.run(
                    "INSERT INTO meeting_member (meeting, person, present) VALUES (\(it.id), \(person), \(false))"
                )
            }
            for (place, application) in it.agenda.enumerated() {
                _ = try store.run(
                    """
                    INSERT INTO meeting_item (meeting, application, place)
                    VALUES (\(it.id), \(application), \(place + 1))
                    """)
            }
        },
        .on(MeetingOpened.self) { store, fact, body in
            let id = fact.subject.id
            _ = try store.run("UPDATE meeting SET state = 'open', opened_at = \(fact.at) WHERE id = \(id)")
            _ = try store.run(
                """
                UPDATE meeting_member SET present = \(true) WHERE meeting = \(id)
                  AND person IN \(list: body.present)
                """)
        },
        .on(MeetingItemBegun.self) { store, fact, body in
            let id = fact.subject.id
            _ = try store.run("UPDATE meeting SET item = \(body.application) WHERE id = \(id)")
            _ = try store.run(
                """
                UPDATE meeting_item SET begun_at = \(fact.at)
                WHERE meeting = \(id) AND application = \(body.application)
                """)
        },
        .on(MeetingMemberLeft.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO meeting_leave (meeting, application, person, at, conflict, reason)
                VALUES (\(fact.subject.id), \(body.application), \(body.person), \(fact.at),
                  \(body.conflict?.rawValue), \(fact.reason?.text))
                """)
        },
        .on(MeetingHearingBegun.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE meeting_item SET heard_at = \(fact.at)
                WHERE meeting = \(fact.subject.id) AND application = \(body.application)
                """)
        },
        .on(MeetingHearingEnded.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE meeting_item SET heard_until = \(fact.at)
                WHERE meeting = \(fact.subject.id) AND application = \(body.application)
                """)
        },
        .on(BallotCast.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO meeting_ballot (meeting, application, person, vote)
                VALUES (\(fact.subject.id), \(body.application), \(fact.actor), \(body.vote.rawValue))
                """)
        },
        .on(MeetingItemClosed.self) { store, fact, body in
            let tally = body.tally
            _ = try store.run("UPDATE meeting SET item = '' WHERE id = \(body.meeting)")
            _ = try store.run(
                """
                UPDATE meeting_item SET closed_at = \(fact.at), entitled = \(tally?.entitled), yes = \(tally?.yes),
                  no = \(tally?.no), abstained = \(tally?.abstained), outcome = \(body.outcome.rawValue)
                WHERE meeting = \(body.meeting) AND application = \(fact.subject.id)
                """)
        },
        .on(MeetingEnded.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE meeting SET state = 'ended', ended_at = \(fact.at), minutes = \(body.minutes)
                WHERE id = \(fact.subject.id)
                """)
        },
        .on(MinutesSigned.self) { store, fact, _ in
            _ = try store.run(
                "UPDATE meeting SET state = 'signed', signed_at = \(fact.at) WHERE id = \(fact.subject.id)")
        },
    ]
}
