package import Lifecycle
package import Store

/// One line of finance's lists: an instruction to prepare, or one on its way.
package struct PaymentLine: Sendable, Decodable {
    /// Of the instruction; before there is one, the instalment's.
    package let id: String
    package let application: ID<Application>
    /// Of the programme's definition, which names the instalments.
    package let digest: String
    package let number: String
    package let title: String
    package let ownerName: String
    package let payee: String
    package let instalment: String
    package let amount: Money
    package let state: PaymentState
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
        (labels[line.digest]?[line.instalment] ?? Contract.label(line.instalment))?.text(in: language)
            ?? line.instalment
    }
}

/// How many payments stand in one state, and how much money that is.
package struct PaymentTotal: Sendable, Decodable {
    package let state: PaymentState
    package let count: Int
    package let amount: Money
}

package enum Payments {
    static let pageSize = 50

    /// A page of the instructions in one state, or of the contracts whose first instalment waits for one.
    static func page(
        _ state: PaymentState, _ filter: PaymentFilter, for viewer: Viewer, size: Int = pageSize,
        _ store: Transaction
    ) throws -> Paged<PaymentLine> {
        let source = try Source(state, filter, viewer, store)
        let sorting = filter.sorting(in: state)
        // The keys first and then their rows: what is sorted stays narrow.
        let page: Paged<Key> = try store.page(
            "SELECT \(sql: source.keys(sorting.key)) FROM \(sql: source.tables(sorting.key))",
            where: source.conditions, in: source.order(sorting), after: filter.after, size: size
        ) { $0.keys }
        let lines = try lines(page.rows, source, store)
        return try page.map { key in
            guard let line = lines[key.place] else { throw Missing() }
            return line
        }
    }

    /// Every payment that matches, for a spreadsheet: state by state, each in its order.
    static func all(_ filter: PaymentFilter, for viewer: Viewer, _ store: Transaction) throws -> [PaymentLine]
    {
        try (filter.state.map { [$0] } ?? PaymentState.allCases).flatMap { state in
            try page(state, filter.whole(state, by: filter.sorting), for: viewer, size: 1_000_000, store).rows
        }
    }

    /// How much waits and how much was paid, by state; a state without payments is left out.
    static func totals(_ filter: PaymentFilter, for viewer: Viewer, _ store: Transaction) throws
        -> [PaymentTotal]
    {
        try PaymentState.allCases.compactMap { state in
            let source = try Source(state, filter, viewer, store)
            let total = try store.row(
                """
                SELECT \(state) AS state, COUNT(*) AS count,
                  CAST(COALESCE(SUM(\(sql: source.amount)), 0) AS BIGINT) AS amount
                FROM \(sql: source.counted) WHERE \(sql: source.conditions.joined(" AND "))
                """, as: PaymentTotal.self)
            return total.flatMap { $0.count > 0 ? $0 : nil }
        }
    }

    /// The calls that payments can be of: those with decisions, the latest first.
    static func calls(_ store: Transaction) throws -> [CaseChoices.Named] {
        try store.rows(
            """
            SELECT id, title AS name FROM call
            WHERE EXISTS (SELECT 1 FROM decision WHERE decision.call = call.id) ORDER BY closes_at DESC, id
            """)
    }

    /// Whoever leads a dossier with money to pay that no conflict keeps from the viewer: who only applied is none of them.
    static func universities(
        for viewer: Viewer, chosen: String, _ store: Transaction
    ) throws -> [CaseChoices.Named] {
        let funded: SQL = "EXISTS (SELECT 1 FROM instalment WHERE instalment.application = application.id)"
        let free = viewer.person.map { person -> SQL in
            "\(sql: funded) AND application.id NOT IN (\(sql: Parties.barred(person)))"
        }
        return try CaseLeaders.all(where: free ?? funded, chosen: chosen, store)
    }

    /// Where the payments of one state stand, and in what columns.
    private struct Source {
        let state: PaymentState
        /// The same for an instruction and for what waits for one.
        let id: SQL
        let amount: SQL
        let acted: SQL
        let payee: SQL
        let tables: SQL
        /// As few of the tables as the conditions ask for.
        let counted: SQL
        let conditions: [SQL]

        /// Of what is to be prepared, the step's own; else the dossier's, whose first open step it is.
        let due: SQL

        init(_ state: PaymentState, _ filter: PaymentFilter, _ viewer: Viewer, _ store: Transaction) throws {
            let barred = Array(try viewer.person.map { try Recusal.barred($0, store) } ?? [])
            self.state = state
            tables =
                state == .toPrepare
                ? "open_step CROSS JOIN application JOIN instalment ON instalment.application = application.id"
                : "payment JOIN application ON application.id = payment.application"
            let dueAt: SQL = state == .toPrepare ? "open_step.due_at" : "application.due_at"
            due = "COALESCE(\(sql: dueAt), 9223372036854775807)"
            switch state {
            case .toPrepare:
                id = "instalment.id"
                amount = "instalment.amount"
                // Nothing was done yet; what comes next is due.
                acted = due
                payee = "application.university"
                counted = tables
                conditions =
                    [
                        """
                        open_step.kind = 'prepare-payment' AND application.id = open_step.application
                          AND instalment.upon = 'contract' AND application.id NOT IN \(list: barred)
                          AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.application = application.id
                            AND payment.instalment = instalment.id AND payment.state <> 'rejected')
                        """
                    ] + filter.conditions(amount: amount, when: dueAt)
            case .prepared, .approved, .paid, .rejected:
                id = "payment.id"
                amount = "payment.amount"
                let needsApplication =
                    !filter.call.isEmpty || !filter.university.isEmpty
                    || state.waits && (filter.from != nil || filter.until != nil)
                counted = needsApplication ? tables : "payment"
                acted = "COALESCE(payment.paid_at, payment.approved_at, payment.prepared_at)"
                payee = "payment.payee"
                conditions =
                    ["payment.state = \(state) AND payment.application NOT IN \(list: barred)"]
                    + filter.conditions(amount: amount, when: state.waits ? dueAt : acted)
            }
        }

        /// - Parameter sort: the payee is looked up only where the order asks for it.
        func tables(_ sort: PaymentSort) -> SQL {
            guard sort == .payee else { return tables }
            return "\(sql: tables) LEFT JOIN organisation ON organisation.id = \(sql: payee)"
        }

        func order(_ sorting: Sorting<PaymentSort>) -> ListOrder {
            let first: [ListOrder.Column] =
                switch sorting.key {
                case .number: []
                case .payee: [.text(column(.payee))]
                case .amount, .due, .acted: [.number(column(sorting.key))]
                }
            return ListOrder(
                first + [.text("application.number"), .text(id)], descending: sorting.descending)
        }

        private func column(_ sort: PaymentSort) -> SQL {
            switch sort {
            case .number: "application.number"
            case .payee: "COALESCE(organisation.pinyin, '~')"
            case .amount: amount
            case .due: due
            case .acted: acted
            }
        }

        func keys(_ sort: PaymentSort) -> SQL {
            """
            application.id AS application, \(sql: id) AS id, application.number AS number,
              CAST(\(sql: sort == .number ? "''" : column(sort)) AS TEXT) AS sort_key
            """
        }
    }

    /// One payment's place in the order.
    private struct Key: Sendable, Decodable {
        struct Place: Hashable {
            let application: ID<Application>
            let id: String
        }

        let application: ID<Application>
        let id: String
        let number: String
        /// Empty where the number alone orders.
        let sortKey: String

        var keys: [String] { (sortKey.isEmpty ? [] : [sortKey]) + [number, id] }
        var place: Place { Place(application: application, id: id) }
    }

    private static func lines(_ keys: [Key], _ source: Source, _ store: Transaction) throws -> [Key.Place:
        PaymentLine]
    {
        var found: [Key.Place: PaymentLine] = [:]
        for start in stride(from: 0, to: keys.count, by: 500) {
            let some = keys[start..<min(start + 500, keys.count)]
            let rows: [PaymentLine] =
                source.state == .toPrepare
                ? try waiting(some.map(\.application), store) : try instructions(some.map(\.id), store)
            for row in rows { found[Key.Place(application: row.application, id: row.id)] = row }
        }
        return found
    }

    /// The instalments of some contracts, as instructions that nobody has prepared.
    private static func waiting(_ applications: [ID<Application>], _ store: Transaction) throws
        -> [PaymentLine]
    {
        try store.rows(
            """
            SELECT instalment.id AS id, application.id AS application, application.digest, application.number,
              application.title, application.owner_name, COALESCE(organisation.name, '') AS payee,
              instalment.id AS instalment, instalment.amount, 'to-prepare' AS state, NULL AS prepared_by,
              NULL AS prepared_at, NULL AS approved_by, NULL AS approved_at, NULL AS paid_at,
              NULL AS reference, \(sql: OpenSteps.due(.preparePayment)) AS due
            FROM application JOIN instalment ON instalment.application = application.id
            LEFT JOIN organisation ON organisation.id = application.university
            WHERE application.id IN \(list: applications)
            """)
    }

    private static func instructions(_ ids: [String], _ store: Transaction) throws -> [PaymentLine] {
        try store.rows(
            """
            SELECT payment.id AS id, payment.application, application.digest, application.number, application.title,
              application.owner_name, COALESCE(organisation.name, '') AS payee, payment.instalment, payment.amount,
              payment.state, preparer.name AS prepared_by, payment.prepared_at, approver.name AS approved_by,
              payment.approved_at, payment.paid_at, payment.reference, application.due_at AS due
            FROM payment JOIN application ON application.id = payment.application
            LEFT JOIN organisation ON organisation.id = payment.payee
            LEFT JOIN person AS preparer ON preparer.id = payment.prepared_by
            LEFT JOIN person AS approver ON approver.id = payment.approved_by
            WHERE payment.id IN \(list: ids)
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

extension PaymentState: SQLBindable {}

extension Contract {
    /// The share of an instalment in the whole, rounded to the nearest hundredth.
    func percent(of id: String) -> Int? {
        guard amount > .zero, let part = instalments.first(where: { $0.id == id }) else { return nil }
        return Int((part.amount.rawValue * 200 + amount.rawValue) / (amount.rawValue * 2))
    }
}
