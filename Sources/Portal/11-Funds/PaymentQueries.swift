package import Lifecycle
package import Store

/// One line of finance's lists: an instruction to prepare, or one on its way.
package struct PaymentLine: Sendable, Decodable {
    package let application: ID<Application>
    /// Of the programme's definition, which names the instalments.
    package let digest: String
    package let number: String
    package let title: String
    package let ownerName: String
    package let payee: String
    package let instalment: String
    package let amount: Money
    package let state: String
    package let preparedBy: String?
    package let preparedAt: Instant?
    package let approvedBy: String?
    package let approvedAt: Instant?
    package let paidAt: Instant?
    package let reference: String?
    package let due: Instant?
}

/// What the programmes' definitions call their instalments.
package struct InstalmentLabels: Sendable {
    let labels: [String: [String: Label]]

    package func text(_ line: PaymentLine, _ language: Language) -> String {
        (labels[line.digest]?[line.instalment] ?? Contract.laneLabels[line.instalment])?.text(in: language)
            ?? line.instalment
    }
}

/// How many payments stand in one state, and how much money that is.
package struct PaymentTotal: Sendable, Decodable {
    package let state: String
    package let count: Int
    package let amount: Money
}

package enum Payments {
    /// Contracts whose first instalment waits for its instruction. The amount is the contract's.
    ///
    /// - Parameter most: as many as are read at most; nil for all.
    package static func toPrepare(for viewer: Viewer, most: Int? = nil, _ store: Transaction) throws
        -> [PaymentLine]
    {
        let barred = try viewer.person.map { try Recusal.barred($0, store) } ?? []
        return try store.rows(
            """
            SELECT application.id AS application, application.digest, application.number, application.title,
              application.owner_name, organisation.name AS payee, instalment.id AS instalment,
              instalment.amount, 'to-prepare' AS state, NULL AS prepared_by, NULL AS prepared_at,
              NULL AS approved_by, NULL AS approved_at, NULL AS paid_at, NULL AS reference,
              application.due_at AS due
            FROM application JOIN instalment ON instalment.application = application.id
            JOIN organisation ON organisation.id = application.university
            WHERE \(sql: waitsForInstruction(barred))
            ORDER BY application.due_at, application.number LIMIT \(most ?? .max)
            """)
    }

    private static func waitsForInstruction(_ barred: Set<ID<Application>>) -> SQL {
        """
        application.step_kind = 'prepare-payment' AND application.state = 'open'
          AND instalment.upon = 'contract' AND application.id NOT IN \(list: Array(barred))
          AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.application = application.id
            AND payment.instalment = instalment.id AND payment.state <> 'rejected')
        """
    }

    /// How much waits and how much was paid, by state; a state without payments is left out.
    package static func totals(for viewer: Viewer, _ store: Transaction) throws -> [PaymentTotal] {
        let barred = try viewer.person.map { try Recusal.barred($0, store) } ?? []
        let waiting = try store.rows(
            """
            SELECT 'to-prepare' AS state, COUNT(*) AS count,
              CAST(COALESCE(SUM(instalment.amount), 0) AS BIGINT) AS amount
            FROM application JOIN instalment ON instalment.application = application.id
            WHERE \(sql: waitsForInstruction(barred))
            """, as: PaymentTotal.self)
        return try waiting
            + store.rows(
                """
                SELECT state, COUNT(*) AS count, CAST(SUM(amount) AS BIGINT) AS amount FROM payment
                WHERE application NOT IN \(list: Array(barred)) GROUP BY state ORDER BY state
                """, as: PaymentTotal.self)
    }

    /// Instructions in the states given, oldest first; paid ones latest first.
    ///
    /// - Parameter most: as many as are read at most; nil for all.
    package static func lines(
        in states: [String], for viewer: Viewer, most: Int? = nil, _ store: Transaction
    ) throws -> [PaymentLine] {
        let barred = try viewer.person.map { try Recusal.barred($0, store) } ?? []
        return try store.rows(
            """
            SELECT payment.application, application.digest, application.number, application.title, application.owner_name,
              organisation.name AS payee, payment.instalment, payment.amount, payment.state,
              preparer.name AS prepared_by, payment.prepared_at, approver.name AS approved_by,
              payment.approved_at, payment.paid_at, payment.reference, application.due_at AS due
            FROM payment JOIN application ON application.id = payment.application
            LEFT JOIN organisation ON organisation.id = payment.payee
            LEFT JOIN person AS preparer ON preparer.id = payment.prepared_by
            LEFT JOIN person AS approver ON approver.id = payment.approved_by
            WHERE payment.state IN \(list: states) AND payment.application NOT IN \(list: Array(barred))
            ORDER BY payment.paid_at DESC, payment.prepared_at, application.number, payment.id
            LIMIT \(most ?? .max)
            """)
    }

    /// The names of the instalments of some lines, by definition and instalment.
    package static func labels(
        of lines: [PaymentLine], _ house: House, _ store: Transaction
    ) throws -> InstalmentLabels {
        var labels: [String: [String: Label]] = [:]
        for digest in Set(lines.map(\.digest)) {
            let parts = try house.definitions.programme(digest, store)?.funding.instalments ?? []
            labels[digest] = Dictionary(
                parts.map { ($0.id, $0.label) }, uniquingKeysWith: { first, _ in first })
        }
        return InstalmentLabels(labels: labels)
    }

    package static func histories(of id: ID<Application>, _ contract: Contract?, _ store: Transaction) throws
        -> [PaymentHistory]
    {
        func name(_ person: ID<Person>?) throws -> String? {
            try person.flatMap { id in
                try store.value("SELECT name FROM person WHERE id = \(id)", as: String.self)
            }
        }
        return try PaymentActs.of(id, store).map { record in
            let part = contract?.instalments.first { $0.id == record.instalment }
            return PaymentHistory(
                record: record, instalment: part?.label ?? Label(record.instalment, record.instalment),
                percent: contract.flatMap { $0.percent(of: record.instalment) },
                payee: try store.value(
                    "SELECT name FROM organisation WHERE id = \(record.payee)", as: String.self) ?? "",
                preparedBy: try name(record.preparedBy), approvedBy: try name(record.approvedBy))
        }
    }
}

extension Contract {
    /// The share of an instalment in the whole, rounded to the nearest hundredth.
    func percent(of id: String) -> Int? {
        guard amount > .zero, let part = instalments.first(where: { $0.id == id }) else { return nil }
        return Int((part.amount.rawValue * 200 + amount.rawValue) / (amount.rawValue * 2))
    }
}
