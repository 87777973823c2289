import Lifecycle
import Store

/// Finance's list, and the tab of a case in which a payment is prepared, approved and paid.
enum PaymentRoutes {
    static func add(to routes: Routes) {
        routes.get("/payments") { ask in try await list(ask) }
        routes.get("/payments.csv") { ask in
            try ask.require(.finance, .financeApprover, .auditor)
            let filter = PaymentFilter(ask.query)
            let (lines, labels) = try await ask.read { store in
                let lines = try Payments.all(filter, for: ask.viewer, store)
                return (lines, try Payments.labels(of: lines, ask.house, store))
            }
            return .download(
                PaymentsTable.csv(lines, labels, ask.words), name: "payments.csv",
                type: "text/csv; charset=utf-8")
        }
        routes.get("/cases/{id}/payment") { ask in try await page(ask) }
        routes.post("/cases/{id}/payment/prepare") { ask in
            try ask.require(.finance)
            let payment = ask.house.world.id(Payment.self)
            return try await act(ask, done: "payment-prepared") { id, person, change in
                try PaymentActs.prepare(id, id: payment, by: person, change, ask.house)
            }
        }
        routes.post("/cases/{id}/payment/approve") { ask in
            try ask.require(.financeApprover)
            return try await act(ask, done: "payment-approved") { id, person, change in
                try PaymentActs.approve(id, by: person, change, ask.house)
            }
        }
        routes.post("/cases/{id}/payment/reject") { ask in
            try ask.require(.financeApprover)
            let reason = ask.form.text("reason")
            return try await act(ask, done: "payment-rejected", field: "reason") { id, person, change in
                try PaymentActs.reject(id, reason: reason, by: person, change, ask.house)
            }
        }
        routes.post("/cases/{id}/payment/pay") { ask in
            try ask.require(.finance)
            let reference = ask.form.text("reference")
            return try await act(ask, done: "payment-paid", field: "reference") { id, person, change in
                try PaymentActs.pay(id, reference: reference, by: person, change, ask.house)
            }
        }
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        try ask.require(.finance, .financeApprover, .auditor)
        let filter = PaymentFilter(ask.query)
        let page = try await ask.read { store in
            // The overview has no pages of its own, and what was sent back waits for nobody.
            let states = filter.state.map { [$0] } ?? PaymentState.allCases.filter { $0 != .rejected }
            let size = filter.state == nil ? PaymentsPage.mostShown : Payments.pageSize
            let pages = try states.map { state in
                let own = filter.state == nil ? filter.whole(state, by: filter.sorting) : filter
                return (
                    state: state, page: try Payments.page(state, own, for: ask.viewer, size: size, store)
                )
            }
            return PaymentsPage(
                pages, filter, totals: try Payments.totals(filter, for: ask.viewer, store),
                PaymentsPage.Choices(
                    calls: try Payments.calls(store),
                    universities: try Payments.universities(
                        for: ask.viewer, chosen: filter.university, store)),
                try Payments.labels(of: pages.flatMap(\.page.rows), ask.house, store), ask)
        }
        return try await ask.page("payment/list", page)
    }

    private static func page(_ ask: Ask, typed: PaymentPage.Typed? = nil) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let picture = try await ask.read { store in
            let opened = try OpenCase.find(id, for: ask.viewer, as: FundsSight.readers, ask.house, store)
            let contract = try ContractActs.contract(of: id, store)
            return PaymentPage.Picture(
                opened: opened, contract: contract,
                payments: try Payments.histories(of: id, contract, store))
        }
        return try await ask.page(
            "payment/payment", PaymentPage(picture, typed: typed, ask), status: typed == nil ? 200 : 422)
    }

    private static func act(
        _ ask: Ask, done: String, field: String = "",
        _ body: @escaping @Sendable (ID<Application>, ID<Person>, Change) throws -> Void
    ) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        do {
            try await ask.change { change in
                // Money moves only in the hands of who may open the dossier at all.
                _ = try OpenCase.find(id, for: ask.viewer, as: [.finance], ask.house, change.store)
                try body(id, person, change)
            }
        } catch let refused as Refused where !field.isEmpty {
            return try await page(
                ask,
                typed: PaymentPage.Typed(
                    reference: ask.form.text("reference"), reason: ask.form.text("reason"), field: field,
                    refusals: refused.refusals))
        }
        return .see("/cases/\(id)/payment?done=\(done)")
    }
}
