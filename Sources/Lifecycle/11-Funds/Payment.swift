/// An instruction to pay one instalment, computed from the contract.
package struct PaymentPrepared: FactBody {
    package static let kind = FactKind("payment.prepared")
    package let payment: ID<Payment>
    /// The instalment's id in the contract.
    package let instalment: String
    package let amount: Money
    package let payee: ID<Organisation>
    package init(payment: ID<Payment>, instalment: String, amount: Money, payee: ID<Organisation>) {
        self.payment = payment
        self.instalment = instalment
        self.amount = amount
        self.payee = payee
    }
}

package enum Payment {}

package struct PaymentApproved: FactBody {
    package static let kind = FactKind("payment.approved")
    package let payment: ID<Payment>
    /// obligated → payable.
    package let entries: [Entry]
    package init(payment: ID<Payment>, entries: [Entry]) {
        self.payment = payment
        self.entries = entries
    }
}

/// With the reason; the preparation opens again.
package struct PaymentRejected: FactBody {
    package static let kind = FactKind("payment.rejected")
    package let payment: ID<Payment>
    package init(payment: ID<Payment>) { self.payment = payment }
}

package struct PaymentPaid: FactBody {
    package static let kind = FactKind("payment.paid")
    package let payment: ID<Payment>
    /// The bank's reference.
    package let reference: String
    /// payable → paid.
    package let entries: [Entry]
    package init(payment: ID<Payment>, reference: String, entries: [Entry]) {
        self.payment = payment
        self.reference = reference
        self.entries = entries
    }
}
