/// A university's quota in a call, with what the formula said of it at that publication. Where the officer gave
/// another number, the fact's reason says why.
///
/// One fact for each university, so that each has its own leaf and its own reason, and none stands in another's.
package struct QuotaSet: FactBody {
    package static let kind = FactKind("quota.set")
    package let call: ID<Call>
    package let version: Int
    package let university: ID<Organisation>
    package let verdict: QuotaVerdict
    /// What the call allots.
    package let granted: Int

    package init(
        call: ID<Call>, version: Int, university: ID<Organisation>, verdict: QuotaVerdict, granted: Int
    ) {
        self.call = call
        self.version = version
        self.university = university
        self.verdict = verdict
        self.granted = granted
    }

    package var departs: Bool { verdict.isKnown && granted != verdict.quota }
}
