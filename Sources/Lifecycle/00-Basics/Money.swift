/// An amount in fen (1/100 yuan). Never a float.
package struct Money: Hashable, Comparable, Sendable, Codable, RawRepresentable {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
    package init(fen: Int64) { rawValue = fen }
    package init(yuan: Int64) { rawValue = yuan * 100 }

    package static let zero = Money(fen: 0)

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package static func + (left: Self, right: Self) -> Self { Self(fen: left.rawValue + right.rawValue) }
    package static func - (left: Self, right: Self) -> Self { Self(fen: left.rawValue - right.rawValue) }
    package static prefix func - (amount: Self) -> Self { Self(fen: -amount.rawValue) }

    /// `percent` hundredths of the amount, rounded down to the fen.
    package func percent(_ percent: Int) -> Self { Self(fen: rawValue * Int64(percent) / 100) }

    /// In yuan with two decimals and thousands apart: `50,000.00`.
    package var yuanText: String {
        let absolute = rawValue.magnitude
        var whole = String(absolute / 100)
        var groups: [Substring] = []
        while whole.count > 3 {
            groups.insert(whole.suffix(3), at: 0)
            whole = String(whole.dropLast(3))
        }
        groups.insert(Substring(whole), at: 0)
        let fen = String(String(absolute % 100 + 100).dropFirst())
        return "\(rawValue < 0 ? "-" : "")\(groups.joined(separator: ",")).\(fen)"
    }

    /// In 万元 without trailing zeros: `5`, `7.25`. Exact: up to six decimals.
    package var wanText: String {
        let absolute = rawValue.magnitude
        var fraction = String(String(absolute % 1_000_000 + 1_000_000).dropFirst())
        while fraction.last == "0" { fraction.removeLast() }
        let whole = "\(rawValue < 0 ? "-" : "")\(absolute / 1_000_000)"
        return fraction.isEmpty ? whole : "\(whole).\(fraction)"
    }

    /// Reads yuan such as `50000`, `50,000.5`; at most two decimals; nil for anything else or too large.
    package init?(yuanText text: String) {
        let plain = text.halfWidth.filter { $0 != "," && $0 != "，" && $0 != " " }
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty, parts[0].utf8.count <= 13,
            plain.utf8.allSatisfy({ $0 == 46 || (48...57).contains($0) }), let whole = Int64(parts[0])
        else { return nil }
        guard parts.count == 2 else { self.init(yuan: whole); return }
        guard (1...2).contains(parts[1].utf8.count), let fraction = Int64(parts[1]) else { return nil }
        self.init(fen: whole * 100 + (parts[1].utf8.count == 1 ? fraction * 10 : fraction))
    }
}
