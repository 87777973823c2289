package import Lifecycle

/// A payment with the names of who acted on it.
package struct PaymentHistory: Sendable {
    package let record: PaymentRecord
    /// The instalment's name in the contract.
    package let instalment: Label
    package let percent: Int?
    package let payee: String
    package let preparedBy: String?
    package let approvedBy: String?
}

/// Who sees which part of a payment.
package enum FundsSight {
    private static let officials: Set<Relation> = [
        .programmeOfficer, .commissionLeader, .finance, .integrity, .auditor,
    ]
    /// Whoever opens the payment's tab of a case.
    package static let readers = officials.union([.owner, .researchOffice])

    package static let amount = Field<PaymentHistory, Money>("amount", seenBy: readers) { $0.record.amount }
    package static let instalment = Field<PaymentHistory, Label>("instalment", seenBy: readers) {
        $0.instalment
    }
    package static let payee = Field<PaymentHistory, String>("payee", seenBy: readers) { $0.payee }
    package static let state = Field<PaymentHistory, String>("state", seenBy: readers) { $0.record.state }
    package static let paidAt = Field<PaymentHistory, Instant?>("paidAt", seenBy: readers) {
        $0.record.paidAt
    }
    // The university finds the money on its own account by the bank's reference.
    package static let reference = Field<PaymentHistory, String?>(
        "reference", seenBy: [.researchOffice, .finance, .integrity, .auditor]
    ) { $0.record.reference }
    package static let preparedBy = Field<PaymentHistory, String?>("preparedBy", seenBy: officials) {
        $0.preparedBy
    }
    package static let approvedBy = Field<PaymentHistory, String?>("approvedBy", seenBy: officials) {
        $0.approvedBy
    }
    package static let rejection = Field<PaymentHistory, String?>(
        "rejection", seenBy: [.finance, .integrity, .auditor]
    ) { $0.record.reason }

    package static let rows = [
        SightRow("payment", amount), SightRow("payment", instalment), SightRow("payment", payee),
        SightRow("payment", state), SightRow("payment", paidAt), SightRow("payment", reference),
        SightRow("payment", preparedBy), SightRow("payment", approvedBy), SightRow("payment", rejection),
    ]
}
