/// How far what is said was held against the source it cites.
///
/// There were only two answers once, `true` and `false`, and they are written so still: what was kept before reads, and a
/// definition that says no more has the body it had.
package enum CitationCheck: String, Sendable, CaseIterable {
    /// Read in the original.
    case verified
    /// As public texts commonly tell it; the original was not read.
    case reported
    /// Concluded from data or from another text.
    case inferred
    /// Not checked, and nothing more is known of it.
    case unknown

    package var isVerified: Bool { self == .verified }
}

extension CitationCheck: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) { self = value ? .verified : .unknown }
}

extension CitationCheck: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = flag ? .verified : .unknown
            return
        }
        let word = try container.decode(String.self)
        guard let check = CitationCheck(rawValue: word) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no check “\(word)”")
        }
        self = check
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .verified: try container.encode(true)
        case .unknown: try container.encode(false)
        case .reported, .inferred: try container.encode(rawValue)
        }
    }
}
