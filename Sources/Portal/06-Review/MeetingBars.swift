import Lifecycle
import Store

/// What keeps people from sitting over a dossier at a meeting: a conflict of interest, or that they acted on a step from
/// which the meeting is kept apart. The officer who leads it is held against both elsewhere.
struct MeetingBars {
    private let application: ID<Application>
    private let parties: DossierParties
    private let acted: [(step: Label, people: Set<ID<Person>>)]

    init(_ application: ID<Application>, _ house: House, _ store: Transaction) throws {
        guard
            let id = try store.value(
                "SELECT call FROM application WHERE id = \(application)", as: ID<Call>.self)
        else { throw Missing() }
        let (call, programme) = try Calls.found(id, house, store)
        let standing = try Dossiers.standing(of: application, in: call, programme, house, store)
        let meet = standing.steps.first { $0.step.kind == .meet }?.step
        self.application = application
        parties = try Parties.withRivals(application, store)
        acted = (meet?.apartFrom ?? []).compactMap { other in
            standing.procedure.step(other).map { ($0.label, standing.actors(of: other)) }
        }
    }

    private func conflict(of person: ID<Person>, _ entity: ID<Organisation>) -> ConflictReason? {
        parties.reasonsAgainstReview(by: person, of: entity).first
    }

    func isFree(_ person: ID<Person>, of entity: ID<Organisation>) -> Bool {
        conflict(of: person, entity) == nil && !acted.contains { $0.people.contains(person) }
    }

    /// That a member has to leave; nil of who may stay.
    func leave(_ member: MeetingMember, _ words: Words.Catalogue, in language: Language) -> MeetingLeave? {
        let known = conflict(of: member.person, member.legalEntity)
        let step = acted.first { $0.people.contains(member.person) }?.step
        guard known != nil || step != nil else { return nil }
        let reason = step.map { words.filled("meeting.acted", ["step": $0.text(in: language)]) }
        return MeetingLeave(
            application: application, person: member.person, at: nil, conflict: known?.rawValue,
            reason: known == nil ? reason : nil)
    }
}

extension MeetingQueries {
    /// Members in the room whom something known keeps from a dossier: they leave when its turn comes.
    ///
    /// - Parameter language: of the reason, where it is no conflict. What is kept is Chinese, whoever leads.
    static func leaving(
        for application: ID<Application>, of members: [MeetingMember], in language: Language = .zh,
        _ house: House, _ store: Transaction
    ) throws -> [MeetingLeave] {
        let bars = try MeetingBars(application, house, store)
        let words = house.words(in: language)
        return members.filter(\.present).compactMap { bars.leave($0, words, in: language) }
    }

    private struct Seat: Decodable, Sendable {
        let person: ID<Person>
        let legalEntity: ID<Organisation>
    }

    /// Of a meeting that is to be called: that so many would have to leave for a dossier that too few stay. What else is
    /// wrong with the panel is told by itself.
    static func tooFew(
        of meeting: Meeting, for application: ID<Application>, _ house: House, _ store: Transaction
    ) throws -> Refusal? {
        guard meeting.panel.count >= meeting.quorum else { return nil }
        let bars = try MeetingBars(application, house, store)
        let free = try store.rows(
            """
            SELECT person.id AS person, organisation.legal_entity AS legal_entity FROM person
            JOIN organisation ON organisation.id = person.organisation WHERE person.id IN \(list: meeting.panel)
            """, as: Seat.self
        ).count { bars.isFree($0.person, of: $0.legalEntity) }
        guard free < meeting.quorum else { return nil }
        let number = try store.value(
            "SELECT number FROM application WHERE id = \(application)", as: String.self)
        return Refusal(
            "meeting.few-free",
            ["number": number ?? "", "free": "\(free)", "quorum": "\(meeting.quorum)"])
    }

    /// Who was in the room when a dossier had its turn at a meeting.
    private static func sat(over application: ID<Application>, _ store: Transaction) throws -> Set<ID<Person>>
    {
        Set(
            try store.values(
                """
                SELECT meeting_member.person FROM meeting_item CROSS JOIN meeting_member
                WHERE meeting_item.application = \(application) AND meeting_item.begun_at IS NOT NULL
                  AND meeting_member.meeting = meeting_item.meeting AND meeting_member.present = \(true)
                  AND NOT EXISTS (SELECT 1 FROM meeting_leave
                    WHERE meeting_leave.meeting = meeting_item.meeting
                      AND meeting_leave.application = meeting_item.application
                      AND meeting_leave.person = meeting_member.person)
                """, as: ID<Person>.self))
    }

    /// Who sat over a dossier, by each of these steps that is a meeting. Of a meeting's step the officer alone is its actor.
    static func sat(
        over application: ID<Application>, at steps: [String], in standing: Standing, _ store: Transaction
    ) throws -> [String: Set<ID<Person>>] {
        let meets = steps.filter { standing.procedure.step($0)?.kind == .meet }
        guard !meets.isEmpty else { return [:] }
        let people = try sat(over: application, store)
        return Dictionary(meets.map { ($0, people) }, uniquingKeysWith: { first, _ in first })
    }
}
