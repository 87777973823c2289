import Foundation
import Lifecycle
import Store

/// What contracts that bind say of those who lead the projects: from when until when. A project counts as running to
/// its last day, since nothing concludes one sooner yet.
enum ContractedRecords {
    private struct Row: Decodable, Sendable {
        let id: String
        let owner: ID<Person>
        let digest: String
        let title: String
        let body: String
    }

    static func all(of people: [ID<Person>], _ definitions: Definitions, _ store: Transaction) throws
        -> [PastOfHouse]
    {
        try store.rows(
            """
            SELECT application.id AS id, application.owner AS owner, application.digest AS digest,
              call.title AS title, payload.body AS body
            FROM application JOIN call ON call.id = application.call
            JOIN contract ON contract.application = application.id
            JOIN decision ON decision.application = application.id JOIN payload ON payload.number = contract.fact
            WHERE application.owner IN \(list: people) AND contract.agreed_at IS NOT NULL
              AND decision.overturned_at IS NULL ORDER BY contract.agreed_at, application.id
            """, as: Row.self
        ).compactMap { row in
            guard let programme = try definitions.programme(row.digest, store) else { return nil }
            let contract = try JSONDecoder().decode(ContractDrafted.self, from: Data(row.body.utf8)).contract
            return PastOfHouse(
                Subject(kind: "application", id: row.id),
                TrackRecord(
                    person: row.owner, kind: .led, family: programme.family, level: .city,
                    title: row.title, from: contract.start, until: contract.end))
        }
    }
}
