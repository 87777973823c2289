/// A public source of chance, named before its value exists.
public struct RandomSource: Hashable, Sendable {
    /// What anyone needs to find the value: the game and the number of the drawing, say. Unique among the sources.
    public let name: String
    public let kind: Kind

    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }

    public enum Kind: Hashable, Sendable {
        /// Whole numbers of which the order says nothing, as of most lotteries. They are sorted. With `count` exactly
        /// so many are taken, which settles beforehand whether a bonus number belongs.
        case sorted(count: Int? = nil)
        /// Numbers, whole or decimal, in the order published.
        ///
        /// RFC 3797's own program sorts whole numbers and leaves decimals as typed; that is why decimals stand here.
        case ordered(count: Int? = nil)
        /// Bytes in hexadecimal, as a randomness beacon publishes them. Of ``DrawProfile/sha256`` only.
        case hexadecimal(byteCount: Int? = nil)
        /// Secrets of several parties, hashed beforehand and opened later. At least `quorum` must open in time. Of
        /// ``DrawProfile/sha256`` only.
        case contributions([Contribution], quorum: Int)
        /// The digest of the commitment itself. It adds no chance but makes the draws of one day, which use the same
        /// lottery, independent of each other. Of ``DrawProfile/sha256`` only.
        case commitment
    }

    /// Whether the source asks for a value when the draw is run.
    public var awaitsValue: Bool {
        switch kind {
        case .sorted, .ordered, .hexadecimal, .contributions: true
        case .commitment: false
        }
    }
}

/// What a source gave.
public struct SourceValue: Hashable, Sendable {
    /// The name of the source.
    public let source: String
    public let content: Content

    public init(source: String, content: Content) {
        self.source = source
        self.content = content
    }

    public enum Content: Hashable, Sendable {
        /// Decimal digits as published, with at most one point; leading zeros may stand.
        case numbers([String])
        /// Hexadecimal digits in either case.
        case hexadecimal(String)
        /// What became of each contribution. A party that is not listed did not open.
        case openings([Opening])
    }
}
