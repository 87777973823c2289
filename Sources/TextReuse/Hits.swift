/// A fingerprint that stands in the searched text, at `a`, and in a document of the index, at `b`.
struct Hit {
    var document: UInt32
    /// Whether it stands in hardly any other place of the index.
    var isRare: Bool
    var a: UInt32
    var b: UInt32

    /// Occurrences of one fingerprint in one document that are looked at.
    static let mostRepeats = 4
    /// No position reaches this: a text's bytes are fewer than half of it (``TextLog/mostTextBytes``).
    static let mostPosition = 1 << 30
}

/// A document that may share a passage, and where.
struct Candidate {
    let document: Int
    /// In order of the searched text.
    let seeds: [Seed]
}
