package import Lifecycle
package import Store

enum FundsFacts {
    static let tables = [ProjectedTable("payment", key: "id")]

    static let projections: [Projection] = [
        .on(PaymentPrepared.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO payment (id, application, instalment, amount, payee, state, prepared_by, prepared_at)
                VALUES (\(body.payment), \(fact.subject.id), \(body.instalment), \(body.amount), \(body.payee),
                  'prepared', \(fact.actor), \(fact.at))
                """)
        },
        .on(PaymentApproved.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE payment SET state = 'approved', approved_by = \(fact.actor), approved_at = \(fact.at)
                WHERE id = \(body.payment)
                """)
            try Bookkeeping.book(body.entries, of: fact, store)
        },
        .on(PaymentRejected.self) { store, fact, body in
            _ = try store.run(
                "UPDATE payment SET state = 'rejected', reason = \(fact.reason) WHERE id = \(body.payment)")
        },
        .on(PaymentPaid.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE payment SET state = 'paid', paid_at = \(fact.at), reference = \(body.reference)
                WHERE id = \(body.payment)
                """)
            try Bookkeeping.book(body.entries, of: fact, store)
        },
    ]
}

package struct PaymentRecord: Sendable, Decodable {
    package let id: ID<Payment>
    package let application: ID<Application>
    package let instalment: String
    package let amount: Money
    package let payee: ID<Organisation>
    package let state: String
    package let preparedBy: ID<Person>?
    package let preparedAt: Instant
    package let approvedBy: ID<Person>?
    package let approvedAt: Instant?
    package let paidAt: Instant?
    package let reference: String?
    package let reason: String?

    package static let columns: SQL = """
        id, application, instalment, amount, payee, state, prepared_by, prepared_at, approved_by, approved_at,
        paid_at, reference, reason
        """
}

/// Prepared by one, approved by another, paid by the bank: the amount is the contract's, never typed.
package enum PaymentActs {
    package static func of(_ application: ID<Application>, _ store: Transaction) throws -> [PaymentRecord] {
        try store.rows(
            """
            SELECT \(sql: PaymentRecord.columns) FROM payment WHERE application = \(application) ORDER BY prepared_at, id
            """)
    }

    package static func prepare(
        _ application: ID<Application>, id: ID<Payment>, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        let store = change.store
        // Before the turn is looked at: that the step is done already would not say why there is no more.
        try requireVerdict(before: .zero, of: application, store)
        let (step, _, _, _) = try Dossiers.require(
            .preparePayment, of: application, by: person, as: .finance, house: house, store)
        struct Due: Decodable, Sendable {
            let id: String
            let amount: Money
            let university: ID<Organisation>
        }
        guard
            let due = try store.row(
                """
                SELECT instalment.id AS id, instalment.amount, application.university FROM instalment
                JOIN application ON application.id = instalment.application
                WHERE instalment.application = \(application) AND instalment.upon = 'contract'
                  AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.application = instalment.application
                    AND payment.instalment = instalment.id AND payment.state <> 'rejected')
                ORDER BY instalment.place
                """, as: Due.self)
        else { throw Refused("payment.nothing-due") }
        try requireVerdict(before: due.amount, of: application, store)
        try change.append(
            PaymentPrepared(payment: id, instalment: due.id, amount: due.amount, payee: due.university),
            about: .application(application), as: .finance, move: Move(step.id, .done))
    }

    /// Before a gate's verdict a lane of a race gets its first money and no more, by whatever way it is asked for.
    private static func requireVerdict(
        before amount: Money, of application: ID<Application>, _ store: Transaction
    ) throws {
        guard let terms = try Races.terms(of: application, store) else { return }
        let given =
            try store.value(
                """
                SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM payment
                WHERE application = \(application) AND state <> 'rejected'
                """, as: Money.self) ?? .zero
        let isOver = amount > .zero ? given + amount > terms.firstMoney : given >= terms.firstMoney
        guard isOver else { return }
        throw Refused(
            "payment.gate", ["first": terms.firstMoney.yuanText, "gate": terms.gate.text],
            citation: terms.cites)
    }

    package static func approve(
        _ application: ID<Application>, by person: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let (step, payment) = try current(
            application, in: "prepared", .approvePayment, as: .financeApprover, by: person, change, house)
        let entry = Entry(
            from: .obligated(project: application.rawValue), to: .payable(project: application.rawValue),
            amount: payment.amount)
        try change.append(
            PaymentApproved(payment: payment.id, entries: entry.map { [$0] } ?? []),
            about: .application(application), as: .financeApprover, move: Move(step.id, .done))
    }

    package static func reject(
        _ application: ID<Application>, reason: String, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        let (step, payment) = try current(
            application, in: "prepared", .approvePayment, as: .financeApprover, by: person, change, house)
        try change.append(
            PaymentRejected(payment: payment.id), about: .application(application), as: .financeApprover,
            move: Move(step.id, .returned, target: step.after.first), reason: reason)
    }

    package static func pay(
        _ application: ID<Application>, reference: String, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        guard reference.trimmedCount >= 4 else { throw Refused("payment.reference") }
        // One transfer may carry several projects of one university, but never money of two payees.
        let reference = reference.filter { !$0.isWhitespace }.uppercased()
        let (step, payment) = try current(
            application, in: "approved", .pay, as: .finance, by: person, change, house)
        if let other = try change.store.value(
            """
            SELECT application.number FROM payment JOIN application ON application.id = payment.application
            WHERE payment.reference = \(reference) AND payment.payee <> \(payment.payee)
            ORDER BY application.number LIMIT 1
            """, as: String.self)
        {
            throw Refused("payment.reference-used", ["reference": reference, "number": other])
        }
        let entry = Entry(
            from: .payable(project: application.rawValue), to: .paid(project: application.rawValue),
            amount: payment.amount)
        try change.append(
            PaymentPaid(payment: payment.id, reference: reference, entries: entry.map { [$0] } ?? []),
            about: .application(application), as: .finance, move: Move(step.id, .done))
    }

    private static func current(
        _ application: ID<Application>, in state: String, _ kind: Step.Kind, as role: Role,
        by person: ID<Person>,
        _ change: Change, _ house: House
    ) throws -> (Step, PaymentRecord) {
        let (step, _, _, _) = try Dossiers.require(
            kind, of: application, by: person, as: role, house: house, change.store)
        guard let payment = try of(application, change.store).last(where: { $0.state == state })
        else { throw Refused("payment.none") }
        return (step, payment)
    }
}
