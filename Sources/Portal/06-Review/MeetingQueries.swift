package import Lifecycle
package import Store

/// A meeting as its pages read it.
package struct MeetingRecord: Sendable, Decodable {
    package enum State: String, Sendable, Decodable {
        case called
        case open
        case ended
        case signed
    }

    package let id: ID<Meeting>
    package let call: ID<Call>
    package let title: String
    package let at: Instant
    package let place: String
    package let chair: ID<Person>
    package let quorum: Int
    /// 0 where nobody votes.
    let majority: Int
    /// The form of what is written of each dossier; empty where nothing is.
    package let notes: String
    /// Whether candidates come in and are heard.
    package let hears: Bool
    package let state: State
    let item: String
    package let openedAt: Instant?
    package let endedAt: Instant?
    package let signedAt: Instant?
    package let minutes: String

    package var votes: Bool { majority > 0 }
    package var writes: Bool { !notes.isEmpty }

    /// The dossier whose turn it is.
    package var current: ID<Application>? { item.isEmpty ? nil : ID(item) }

    static let columns: SQL = """
        meeting.id AS id, meeting.call AS call, meeting.title AS title, meeting.at AS at, meeting.place AS place,
        meeting.chair AS chair, meeting.quorum AS quorum, meeting.majority AS majority, meeting.state AS state,
        meeting.item AS item, meeting.opened_at AS opened_at, meeting.ended_at AS ended_at,
        meeting.signed_at AS signed_at, meeting.minutes AS minutes, meeting.notes AS notes,
        meeting.hears AS hears
        """
}

package struct MeetingMember: Sendable, Decodable {
    package let person: ID<Person>
    package let name: String
    package let organisationName: String
    package let legalEntity: ID<Organisation>
    package let present: Bool
}

package struct MeetingItem: Sendable, Decodable {
    package let application: ID<Application>
    package let number: String
    package let title: String
    package let universityName: String
    package let place: Int
    package let begunAt: Instant?
    /// When the candidate came in.
    package let heardAt: Instant?
    package let heardUntil: Instant?
    package let closedAt: Instant?
    let entitled: Int?
    let yes: Int?
    let no: Int?
    let abstained: Int?
    let outcome: String?

    package var result: MeetingTally.Outcome? { outcome.flatMap { MeetingTally.Outcome(rawValue: $0) } }
    package var tally: MeetingTally? {
        entitled.map { MeetingTally(entitled: $0, yes: yes ?? 0, no: no ?? 0, abstained: abstained ?? 0) }
    }
}

package struct MeetingLeave: Sendable, Decodable {
    package let application: ID<Application>
    package let person: ID<Person>
    /// Nil of who will have to leave when the dossier's turn comes.
    package let at: Instant?
    let conflict: String?
    package let reason: String?

    package var known: ConflictReason? { conflict.flatMap { ConflictReason(rawValue: $0) } }
}

package enum MeetingQueries {
    package static func find(_ id: ID<Meeting>, _ store: Transaction) throws -> MeetingRecord? {
        try store.row("SELECT \(sql: MeetingRecord.columns) FROM meeting WHERE id = \(id)")
    }

    static let pageSize = 50

    /// A page, the newest first; of one person those of whose panel they are.
    static func page(of person: ID<Person>?, after: ListPlace, _ store: Transaction) throws
        -> Paged<MeetingRecord>
    {
        let mine = person.map { person -> [SQL] in
            ["EXISTS (SELECT 1 FROM meeting_member WHERE meeting = meeting.id AND person = \(person))"]
        }
        return try store.page(
            "SELECT \(sql: MeetingRecord.columns) FROM meeting", where: mine ?? [],
            in: ListOrder([.number("meeting.at"), .text("meeting.id")], descending: true), after: after,
            size: pageSize
        ) { ["\($0.at.rawValue)", $0.id.rawValue] }
    }

    /// The meetings of whose panel a person is.
    static func memberships(of person: ID<Person>, _ store: Transaction) throws -> [ID<Meeting>] {
        try store.values("SELECT meeting FROM meeting_member WHERE person = \(person)", as: ID<Meeting>.self)
    }

    package static func members(_ id: ID<Meeting>, _ store: Transaction) throws -> [MeetingMember] {
        try store.rows(
            """
            SELECT meeting_member.person AS person, person.name AS name, organisation.name AS organisation_name,
              organisation.legal_entity AS legal_entity, meeting_member.present AS present
            FROM meeting_member JOIN person ON person.id = meeting_member.person
            JOIN organisation ON organisation.id = person.organisation
            WHERE meeting_member.meeting = \(id) ORDER BY person.name, person.id
            """)
    }

    private static let items: SQL = """
        SELECT meeting_item.application AS application, application.number AS number, application.title AS title,
          application.university_name AS university_name, meeting_item.place AS place,
          meeting_item.begun_at AS begun_at, meeting_item.heard_at AS heard_at,
          meeting_item.heard_until AS heard_until, meeting_item.closed_at AS closed_at,
          meeting_item.entitled AS entitled, meeting_item.yes AS yes, meeting_item.no AS no,
          meeting_item.abstained AS abstained, meeting_item.outcome AS outcome
        FROM meeting_item JOIN application ON application.id = meeting_item.application
        """

    package static func items(_ id: ID<Meeting>, _ store: Transaction) throws -> [MeetingItem] {
        try store.rows("\(sql: items) WHERE meeting_item.meeting = \(id) ORDER BY meeting_item.place")
    }

    package static func leaves(_ id: ID<Meeting>, _ store: Transaction) throws -> [MeetingLeave] {
        try store.rows(
            """
            SELECT application, person, at, conflict, reason FROM meeting_leave WHERE meeting = \(id)
            ORDER BY at, person
            """)
    }

    /// Members who are in the room for a dossier.
    static func inRoom(_ id: ID<Meeting>, for application: ID<Application>, _ store: Transaction) throws
        -> [MeetingMember]
    {
        let gone = Set(try leaves(id, store).filter { $0.application == application }.map(\.person))
        return try members(id, store).filter { $0.present && !gone.contains($0.person) }
    }

    /// Whether a dossier waits for a meeting. Where another branch sent it back during its turn it does not any more.
    static func isWaiting(_ application: ID<Application>, _ store: Transaction) throws -> Bool {
        try store.value(
            "SELECT 1 FROM application WHERE id = \(application) AND \(sql: OpenSteps.has(.meet))",
            as: Int.self)
            != nil
    }

    /// Votes on one dossier. Who cast which is asked by nobody.
    static func votes(_ id: ID<Meeting>, on application: ID<Application>, _ store: Transaction) throws
        -> [MeetingVote]
    {
        try store.values(
            "SELECT vote FROM meeting_ballot WHERE meeting = \(id) AND application = \(application)",
            as: String.self
        ).compactMap(MeetingVote.init(rawValue:))
    }

    /// Who has voted on it, not how.
    static func voters(_ id: ID<Meeting>, on application: ID<Application>, _ store: Transaction) throws
        -> Set<
            ID<Person>
        >
    {
        Set(
            try store.values(
                "SELECT person FROM meeting_ballot WHERE meeting = \(id) AND application = \(application)",
                as: ID<Person>.self))
    }

    /// A dossier's vote that counts: of the last meeting that took it.
    package static func result(of application: ID<Application>, _ store: Transaction) throws -> MeetingItem? {
        try store.row(
            """
            \(sql: items) WHERE meeting_item.application = \(application) AND meeting_item.closed_at IS NOT NULL
            ORDER BY meeting_item.closed_at DESC LIMIT 1
            """)
    }

    /// Every vote on a dossier, the newest first, with the meeting it was taken at.
    static func votes(on application: ID<Application>, _ store: Transaction) throws -> [(
        meeting: ID<Meeting>, item: MeetingItem
    )] {
        let meetings = try store.values(
            """
            SELECT meeting FROM meeting_item WHERE application = \(application) AND closed_at IS NOT NULL
            ORDER BY closed_at DESC, meeting
            """, as: ID<Meeting>.self)
        return try meetings.compactMap { meeting in
            let item = try store.row(
                "\(sql: items) WHERE meeting_item.meeting = \(meeting) AND meeting_item.application = \(application)",
                as: MeetingItem.self)
            return item.map { (meeting, $0) }
        }
    }

    /// The same of every dossier of a call.
    static func results(in call: ID<Call>, _ store: Transaction) throws -> [ID<Application>: MeetingItem] {
        let closed = try store.rows(
            """
            \(sql: items) WHERE application.call = \(call) AND meeting_item.closed_at IS NOT NULL
            ORDER BY meeting_item.closed_at
            """, as: MeetingItem.self)
        return Dictionary(closed.map { ($0.application, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// Calls with dossiers that wait for a meeting and are on no agenda, as far as no conflict keeps them away.
    struct Waiting: Decodable, Sendable {
        let call: ID<Call>
        let title: String
        let count: Int
        let due: Instant?
    }

    /// Of a row of `application`; whether it waits for a meeting at all is asked beside it.
    private static let unplanned: SQL = """
        NOT EXISTS (
          SELECT 1 FROM meeting_item JOIN meeting ON meeting.id = meeting_item.meeting
          WHERE meeting_item.application = application.id AND meeting.state IN ('called', 'open')
            AND meeting_item.closed_at IS NULL)
        """

    static func waiting(for officer: ID<Person>, _ store: Transaction) throws -> [Waiting] {
        try store.rows(
            """
            SELECT open_step.call AS call, call.title AS title, COUNT(*) AS count, MIN(open_step.due_at) AS due
            FROM open_step CROSS JOIN application CROSS JOIN call
            WHERE open_step.kind = 'meet' AND application.id = open_step.application
              AND call.id = open_step.call AND \(sql: unplanned) AND \(sql: Parties.free(officer))
            GROUP BY open_step.call, call.title
            ORDER BY COALESCE(MIN(open_step.due_at), 9223372036854775807), open_step.call
            """)
    }

    struct Candidate: Decodable, Sendable {
        let id: ID<Application>
        let number: String
        let title: String
        let universityName: String
    }

    /// What waits for an agenda, as a form offers it.
    struct Offered: Sendable {
        let rows: [Candidate]
        /// How many are found in all; more than the form offers where they are very many.
        let total: Int
    }

    /// A form offers so many at once; the search narrows.
    static let mostCandidates = 300

    /// What an officer may put on an agenda, in the order of the numbers.
    ///
    /// - Parameters:
    ///   - words: in number, title or university, every one of them.
    ///   - chosen: are offered first, whatever is looked for.
    static func candidates(
        in call: ID<Call>, for officer: ID<Person>, words: String = "", chosen: Set<String> = [],
        most: Int = mostCandidates, _ store: Transaction
    ) throws -> Offered {
        let waiting = try store.rows(
            """
            SELECT application.id AS id, application.number AS number, application.title AS title,
              application.university_name AS university_name
            FROM \(sql: OpenSteps.waiting(at: .meet, in: call)) CROSS JOIN application
            WHERE application.id = waiting.application AND \(sql: unplanned)
              AND \(sql: Parties.free(officer))
            ORDER BY application.number
            """, as: Candidate.self)
        let wanted = words.split(whereSeparator: \.isWhitespace).map { Terms.folded(String($0)) }
        func isChosen(_ row: Candidate) -> Bool { chosen.contains(row.id.rawValue) }
        let found = waiting.filter { row in
            let text = Terms.folded("\(row.number) \(row.title) \(row.universityName)")
            return isChosen(row) || wanted.allSatisfy(text.contains)
        }
        let first = found.filter(isChosen)
        let others = found.filter { !isChosen($0) }.prefix(max(0, most - first.count))
        return Offered(rows: first + others, total: found.count)
    }

    /// Which of these an officer may put on an agenda.
    static func waiting(
        among applications: [ID<Application>], in call: ID<Call>, for officer: ID<Person>,
        _ store: Transaction
    ) throws -> Set<ID<Application>> {
        Set(
            try store.values(
                """
                SELECT application.id FROM application
                WHERE application.id IN \(list: applications) AND application.call = \(call)
                  AND \(sql: OpenSteps.has(.meet)) AND \(sql: unplanned)
                  AND \(sql: Parties.free(officer))
                """, as: ID<Application>.self))
    }

    /// A vote is secret for good.
    static func isSealed(_ fact: Fact) -> Bool { fact.kind == BallotCast.kind }
}
