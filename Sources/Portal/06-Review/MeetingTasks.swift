import Lifecycle
import Store

/// What meetings add to a to-do: dossiers that wait for one, a vote under way, minutes to sign, an interview to come to.
enum MeetingTasks {
    private struct Row: Decodable, Sendable {
        let id: ID<Meeting>
        let title: String
        let at: Instant
        let state: MeetingRecord.State
    }

    static func of(_ viewer: Viewer, _ store: Transaction) throws -> [PendingTask] {
        guard let person = viewer.person else { return [] }
        var tasks: [PendingTask] = []
        if viewer.holds(.programmeOfficer) {
            tasks += try MeetingQueries.waiting(for: person, store).map {
                PendingTask(
                    verb: "meeting-call", title: $0.title, href: "/office/meetings/new/\($0.call)",
                    due: $0.due,
                    count: $0.count)
            }
        }
        tasks += try MeetingSummons.all(for: person, store).map {
            PendingTask(
                verb: "meeting-come", title: $0.title, href: "/cases/\($0.application)/meetings", due: $0.at)
        }
        guard viewer.holds(.expert) else { return tasks }
        let mine: Foremost<Row> = try store.foremost(
            "meeting.id AS id, meeting.title AS title, meeting.at AS at, meeting.state AS state",
            from: """
                meeting WHERE (meeting.state IN ('called', 'open') AND EXISTS (SELECT 1 FROM meeting_member
                    WHERE meeting_member.meeting = meeting.id AND meeting_member.person = \(person)))
                  OR (meeting.state = 'ended' AND meeting.chair = \(person))
                """, by: "meeting.at, meeting.id")
        return tasks
            + mine.tasks(desk: "/meetings") {
                PendingTask(
                    verb: $0.state == .ended ? "meeting-sign" : "meeting-attend", title: $0.title,
                    href: "/meetings/\($0.id)", due: $0.state == .ended ? nil : $0.at)
            }
    }
}
