import Matching

/// By which power of ten decimal scores become whole ones.
///
/// The smallest power at which every score is whole, or else the largest at which every score fits the
/// kernel; scores are then rounded to the nearest unit.
package struct ScoreScale: Hashable, Sendable {
    package private(set) var places = 0

    package var scale: Int64 { (0..<places).reduce(Int64(1)) { power, _ in power * 10 } }

    package init(places: Int = 0) {
        self.places = places
    }

    /// - Throws: the largest magnitude, where not even whole scores fit.
    init(
        neededPlaces: Int, largest: Double, experts: Int, wanted: Int, path: String
    ) throws(FileRefused) {
        let limit = Double(MatchingProblem.largestScore(experts: experts, places: wanted))
        guard largest <= limit else {
            throw FileRefused(path, "a score of \(largest) is too large; scores go to \(Int(limit))")
        }
        var power = 1.0
        while places < min(neededPlaces, 8), largest * power * 10 <= limit {
            power *= 10
            places += 1
        }
    }

    func units(_ value: Double) -> Int32 {
        Int32((value * Double(scale)).rounded(.toNearestOrAwayFromZero))
    }

    /// The fewest units that make up a value.
    package func unitsAtLeast(_ value: Double) -> Int64 {
        // A decimal such as 0.9448 is not exact in binary; what lies within a millionth of a unit is meant.
        let units = (value * Double(scale) - 1e-6).rounded(.up)
        return Int64(max(-1e18, min(1e18, units)))
    }

    /// Units as a decimal without needless zeros, exact.
    package func text(_ units: Int64) -> String {
        let magnitude = units.magnitude
        let whole = magnitude / UInt64(scale)
        let part = String(magnitude % UInt64(scale))
        var fraction = String(repeating: "0", count: max(0, places - part.count)) + part
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = units < 0 ? "-" : ""
        return places == 0 || fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
    }
}
