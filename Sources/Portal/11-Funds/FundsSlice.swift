import Lifecycle

/// Payments.
enum FundsSlice {
    static var slice: Slice {
        var slice = Slice("funds")
        slice.tables = FundsFacts.tables
        slice.projections = FundsFacts.projections
        slice.sights = FundsSight.rows
        slice.tabs = [CaseTab("payment", for: FundsSight.readers, where: [.preparePayment, .pay])]
        slice.tasks = FundsTasks.all
        slice.navigation = { viewer in
            let roles: [Role] = [.finance, .financeApprover, .auditor]
            return roles.contains(where: viewer.holds) ? [NavigationLink("payments", "/payments")] : []
        }
        slice.routes = { routes in
            PaymentRoutes.add(to: routes)
            LedgerPage.add(to: routes)
        }
        return slice
    }
}
