import Crypto

/// Everything about a draw that is settled before chance speaks: the pool in its order, who may not be drawn and why,
/// how many are drawn from which class, and where chance will come from.
///
/// Publish ``digest`` before any source has its value. Two commitments with equal contents have equal bytes.
public struct Commitment: Hashable, Sendable {
    public let profile: DrawProfile
    /// What is drawn for, in one line; empty if nobody said.
    public let title: String
    /// In the order that counts. The first entry has number 1.
    public let pool: [PoolEntry]
    public let exclusions: [Exclusion]
    /// One for each class in the order in which they are drawn, or a single one without a class.
    public let quotas: [Quota]
    public let sources: [RandomSource]

    /// A commitment of which every part fits the others.
    public init(
        profile: DrawProfile = .sha256, title: String = "", pool: [PoolEntry], exclusions: [Exclusion] = [],
        quotas: [Quota], sources: [RandomSource]
    ) throws(CommitmentRefused) {
        self.profile = profile
        self.title = title
        self.pool = pool
        self.exclusions = exclusions
        self.quotas = quotas
        self.sources = sources
        guard title.isEmpty || Exact.isName(title) else { throw .title }
        try checkPool()
        try checkExclusions()
        try checkQuotas()
        try checkSources()
    }

    /// The document to publish: RFC 8785 canonical JSON, without a newline at its end.
    public var canonical: String { json.canonical }

    /// SHA-256 of ``canonical`` in hexadecimal.
    public var digest: String { Hexadecimal.encode(SHA256.hash(data: Array(canonical.utf8))) }

    /// SHA-256 of the pool alone, as it stands in the document.
    public var poolDigest: String {
        Hexadecimal.encode(SHA256.hash(data: Array(JSON.array(pool.map(\.json)).canonical.utf8)))
    }

    /// Bits of chance that the draw can use up: the logarithm of the number of results it tells apart, places as a
    /// set and alternates in their order, classes taken together. A lottery that yields fewer leaves some results
    /// impossible (RFC 3797, section 3.3).
    public var bitsNeeded: Double {
        let eligible = eligibleByStratum
        return quotas.reduce(0) { bits, quota in
            let have = eligible[quota.exact] ?? 0
            return bits + Entropy.bits(choosing: quota.places, from: have)
                + Entropy.bits(ordering: quota.alternates, from: have - quota.places)
        }
    }

    /// Entries that may be drawn, counted by class.
    var eligibleByStratum: [Exact?: Int] {
        let excluded = Set(exclusions.map { Exact($0.id) })
        return pool.reduce(into: [:]) { counts, entry in
            if !excluded.contains(Exact(entry.id)) { counts[entry.exactStratum, default: 0] += 1 }
        }
    }
}

extension PoolEntry {
    var exactStratum: Exact? { stratum.map(Exact.init) }
}

extension Quota {
    var exact: Exact? { stratum.map(Exact.init) }
}
