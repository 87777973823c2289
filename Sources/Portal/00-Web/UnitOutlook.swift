package import Lifecycle

/// How a university stands in a call: its quota, what is handed in or being written, and the structure that its list must
/// have. Counts, and nobody's name. Its own people and its research office are told the same figures.
package struct UnitOutlook: Sendable {
    /// What one rule of the list counts.
    package struct Line: Sendable {
        package let label: Label
        package let now: Tally
        /// With the viewer's application; nil where it is counted already, or does not say yet what the rule looks at.
        package let withOwn: Tally?
    }

    package struct Tally: Sendable, Hashable {
        package let fitting: Int
        /// Of which it is not known.
        package let unknown: Int
        package let all: Int
        package let result: Verdict.Result

        /// Whole percents, cut off; nil of nothing.
        var percent: Int? { all == 0 ? nil : fitting * 100 / all }
    }

    /// Nil where the call's list has none.
    package let quota: Int?
    /// Handed in and not withdrawn or ended before the list went.
    package let received: Int
    /// Begun by its people and not handed in.
    package let drafted: Int
    package let lines: [Line]
}
