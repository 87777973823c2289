import Lifecycle
import Store

/// What decisions say of those who applied: a project led from the day it was signed, or an application left unfunded
/// in its call's year.
enum DecidedRecords {
    private struct Row: Decodable, Sendable {
        let id: String
        let owner: ID<Person>
        let digest: String
        let body: String
        let at: Instant
        let funded: Bool
    }

    /// It is named by its call, which everybody may read: whoever reads a verdict need not know the proposal.
    ///
    /// Awards and editions, which end in no contract, are neither. What was set aside after an objection was left
    /// unfunded. What the university or the screening kept back was never decided on, and says nothing.
    static func all(of people: [ID<Person>], _ definitions: Definitions, _ store: Transaction) throws
        -> [PastOfHouse]
    {
        try store.rows(
            """
            SELECT application.id AS id, application.owner AS owner,
              application.digest AS digest, call.body AS body, decision.at AS at,
              (decision.funded AND decision.overturned_at IS NULL) AS funded
            FROM application JOIN decision ON decision.application = application.id
            JOIN call ON call.id = application.call WHERE application.owner IN \(list: people)
            ORDER BY decision.at, application.id
            """, as: Row.self
        ).compactMap { row in
            guard let programme = try definitions.programme(row.digest, store),
                programme.procedure.step(of: .contract) != nil
            else { return nil }
            let call = try Calls.decode(row.body)
            // In the round's year, whenever it was decided: years running are years of rounds.
            let year = Day(year: call.year, month: 1, day: 1) ?? row.at.day
            return PastOfHouse(
                Subject(kind: "application", id: row.id),
                TrackRecord(
                    person: row.owner, kind: row.funded ? .led : .unfunded, family: programme.family,
                    level: .city, title: call.title, from: row.funded ? row.at.day : year,
                    until: row.funded ? call.projectEnd : year))
        }
    }
}
