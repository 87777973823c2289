import Lifecycle
import Store

/// What was written of a dossier at a meeting. It is a statement of the dossier's step, and on the meeting's page read by
/// the panel as well, who were there.
struct MeetingNotes: Sendable, Decodable {
    let application: ID<Application>
    let fact: Int64
    /// Empty where the payload was erased.
    let form: String
    /// JSON of field id → answer.
    let answers: String

    /// Of each dossier whose turn is over.
    static func all(of meeting: MeetingRecord, _ store: Transaction) throws -> [ID<Application>: MeetingNotes]
    {
        guard meeting.writes else { return [:] }
        // Both are facts of one act, and so of one time.
        let rows = try store.rows(
            """
            SELECT statement.application AS application, statement.fact AS fact, statement.form AS form,
              statement.answers AS answers
            FROM meeting_item CROSS JOIN statement
            WHERE meeting_item.meeting = \(meeting.id) AND statement.application = meeting_item.application
              AND statement.at = meeting_item.closed_at AND statement.form IN (\(meeting.notes), '')
            """, as: MeetingNotes.self)
        return Dictionary(rows.map { ($0.application, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// When and where a candidate is to be heard: told to the candidate, with nothing of who sits there.
struct MeetingSummons: Sendable, Decodable {
    let meeting: ID<Meeting>
    let title: String
    let application: ID<Application>
    let at: Instant
    let place: String

    private static let pending: SQL = """
        SELECT meeting.id AS meeting, application.title AS title, application.id AS application, meeting.at AS at,
          meeting.place AS place
        FROM application CROSS JOIN meeting_item CROSS JOIN meeting
        WHERE meeting_item.application = application.id AND meeting.id = meeting_item.meeting
          AND meeting_item.closed_at IS NULL AND meeting.state IN ('called', 'open') AND meeting.hears = \(true)
          AND \(sql: OpenSteps.has(.meet))
        """

    static func all(of application: ID<Application>, _ store: Transaction) throws -> [MeetingSummons] {
        try store.rows("\(sql: pending) AND application.id = \(application) ORDER BY meeting.at, meeting.id")
    }

    /// Of the dossiers of one applicant.
    static func all(for owner: ID<Person>, _ store: Transaction) throws -> [MeetingSummons] {
        try store.rows("\(sql: pending) AND application.owner = \(owner) ORDER BY meeting.at, meeting.id")
    }
}
