/// A number of a source in the form of RFC 3797, section 4: no leading zeros, a point after the whole part always,
/// no trailing zeros after it. `08285182` is `8285182.`, `12.50` is `12.5`.
struct CanonicalNumber: Hashable, Sendable {
    private let whole: [UInt8]
    private let fraction: [UInt8]

    /// Reads ASCII digits with at most one point between digits; nil for anything else, a sign included.
    init?(_ text: String) {
        guard text.utf8.count <= 400 else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(digits.contains) })
        else { return nil }
        let zero = UInt8(ascii: "0")
        let significant = parts[0].drop { $0 == zero }
        whole = significant.isEmpty ? [zero] : Array(significant)
        var decimals = parts.count == 2 ? Array(parts[1]) : []
        while decimals.last == zero { decimals.removeLast() }
        fraction = decimals
    }

    var isWhole: Bool { fraction.isEmpty }

    /// The point stands always, and nothing follows a fraction: two decimals run together, as they do in the program
    /// of RFC 3797, section 6.
    var text: String { String(decoding: whole + [UInt8(ascii: ".")] + fraction, as: UTF8.self) }
}

extension CanonicalNumber: Comparable {
    static func < (left: CanonicalNumber, right: CanonicalNumber) -> Bool {
        if left.whole.count != right.whole.count { return left.whole.count < right.whole.count }
        if left.whole != right.whole { return left.whole.lexicographicallyPrecedes(right.whole) }
        return left.fraction.lexicographicallyPrecedes(right.fraction)
    }
}
