package import Lifecycle

/// Which earlier rounds a formula for quotas looks at.
package struct EarlierRounds: Sendable {
    package let programme: String
    /// The call whose quotas are asked for.
    package let besides: ID<Call>
    package let before: Instant
    /// How many, from the newest back.
    package let most: Int

    package init(programme: String, besides: ID<Call>, before: Instant, most: Int) {
        self.programme = programme
        self.besides = besides
        self.before = before
        self.most = most
    }
}

/// How universities did by one indicator.
package struct UnitRecord: Sendable {
    /// By the university's organisation id.
    package let readings: [String: QuotaReading]
    /// Of every other university.
    package let otherwise: QuotaReading

    package init(_ readings: [String: QuotaReading], otherwise: QuotaUnknown) {
        self.readings = readings
        self.otherwise = .unknown(otherwise)
    }
}
