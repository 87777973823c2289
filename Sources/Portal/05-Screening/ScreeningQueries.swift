import Foundation
package import Lifecycle
package import Store

/// What the screening pages read.
package enum ScreeningQueries {
    /// One dossier that waits for the officer, with what the rules propose.
    package struct Waiting: Sendable {
        package let record: DossierRecord
        package let findings: ScreeningActs.Findings
    }

    package static let pageSize = 100

    /// Dossiers of a call that wait, in order of number. An official's conflicts hide rows.
    ///
    /// - Parameter after: number of the last row of the page before; empty for the first page.
    package static func waiting(
        in call: ID<Call>, for officer: ID<Person>, after: String, _ house: House, _ store: Transaction
    ) throws -> [Waiting] {
        try store.rows(
            """
            SELECT \(sql: DossierRecord.columns)
            FROM open_step CROSS JOIN application
            WHERE open_step.call = \(call) AND open_step.kind = 'screen' AND open_step.number > \(after)
              AND application.id = open_step.application
              AND \(sql: Parties.free(officer))
            ORDER BY open_step.number LIMIT \(pageSize)
            """, as: DossierRecord.self
        ).map { Waiting(record: $0, findings: try ScreeningActs.findings($0.id, house, store)) }
    }

    /// One call with dossiers to screen.
    package struct Queue: Sendable {
        package let call: ID<Call>
        package let title: String
        package let count: Int
        package let due: Instant?
    }

    package static func queues(for officer: ID<Person>, _ store: Transaction) throws -> [Queue] {
        try OpenStep.all(.screen, for: officer, store).map {
            Queue(call: $0.call, title: $0.title, count: $0.count, due: $0.due)
        }.sorted {
            ($0.due?.rawValue ?? .max, $0.call.rawValue) < ($1.due?.rawValue ?? .max, $1.call.rawValue)
        }
    }

    /// The verdicts and gaps as the officer had them, from the journal's payload.
    package static func screened(_ record: ScreeningRecord, _ store: Transaction) throws
        -> ApplicationScreened?
    {
        guard
            let text = try store.value(
                "SELECT body FROM payload WHERE number = \(record.fact)", as: String.self)
        else { return nil }
        return try JSONDecoder().decode(ApplicationScreened.self, from: Data(text.utf8))
    }
}
