import PublicDraw
import Testing

/// A commitment that does not fit together is refused with the part that does not.
struct CommitmentRefusedTests {
    private static let lottery = RandomSource(name: "lottery", kind: .sorted())
    private static let hash = String(repeating: "0a", count: 32)

    private func commit(
        title: String = "", pool: [PoolEntry] = ["a", "b", "c"].map { PoolEntry(id: $0) },
        exclusions: [Exclusion] = [], quotas: [Quota] = [Quota(places: 1)],
        sources: [RandomSource] = [Self.lottery]
    ) throws(CommitmentRefused) -> Commitment {
        try Commitment(title: title, pool: pool, exclusions: exclusions, quotas: quotas, sources: sources)
    }

    @Test func `without an entry, a place or a source there is no draw`() {
        #expect(throws: CommitmentRefused.poolEmpty) { try commit(pool: []) }
        #expect(throws: CommitmentRefused.noPlaces) { try commit(quotas: []) }
        #expect(throws: CommitmentRefused.noPlaces) { try commit(quotas: [Quota(places: 0, alternates: 2)]) }
        #expect(throws: CommitmentRefused.noSources) { try commit(sources: []) }
        #expect(throws: CommitmentRefused.noSources) {
            try commit(sources: [RandomSource(name: "itself", kind: .commitment)])
        }
    }

    @Test(arguments: [
        "", " a", "a ", "a\nb", "a\u{0}", "a\u{2028}b", "\u{3000}a", String(repeating: "a", count: 513),
    ])
    func `a name is one line of 1 to 512 bytes`(name: String) {
        #expect(throws: CommitmentRefused.entryName(entry: 1)) {
            try commit(pool: [PoolEntry(id: "b"), PoolEntry(id: name)])
        }
        #expect(throws: CommitmentRefused.sourceName(source: 0)) {
            try commit(sources: [RandomSource(name: name, kind: .sorted())])
        }
        #expect(throws: CommitmentRefused.exclusionReason(exclusion: 0)) {
            try commit(exclusions: [Exclusion(id: "a", reason: name)])
        }
    }

    @Test func `an entry stands once, compared byte for byte`() throws {
        #expect(throws: CommitmentRefused.entryRepeated(entry: 2, earlier: 0, id: "a")) {
            try commit(pool: ["a", "b", "a"].map { PoolEntry(id: $0) })
        }
        // é in one scalar and in two: equal to String, different to a verifier that compares code points.
        let pool = ["\u{E9}", "e\u{301}"].map { PoolEntry(id: $0) }
        #expect(try commit(pool: pool).pool.count == 2)
        #expect(throws: CommitmentRefused.exclusionUnknown(exclusion: 0, id: "e\u{301}")) {
            try commit(
                pool: [PoolEntry(id: "\u{E9}")], exclusions: [Exclusion(id: "e\u{301}", reason: "kin")])
        }
    }

    @Test(arguments: [0, -1, 1_000_001]) func `tickets are 1 to a million`(tickets: Int) {
        #expect(throws: CommitmentRefused.tickets(entry: 1, tickets: tickets)) {
            try commit(pool: [PoolEntry(id: "a"), PoolEntry(id: "b", tickets: tickets)])
        }
    }

    @Test func `who is excluded is in the pool, once and for a reason`() {
        #expect(throws: CommitmentRefused.exclusionUnknown(exclusion: 0, id: "z")) {
            try commit(exclusions: [Exclusion(id: "z", reason: "kin")])
        }
        #expect(throws: CommitmentRefused.exclusionRepeated(exclusion: 1, id: "a")) {
            try commit(exclusions: [Exclusion(id: "a", reason: "kin"), Exclusion(id: "a", reason: "kin")])
        }
    }

    @Test func `more than may be drawn is refused`() throws {
        let excluded = [Exclusion(id: "a", reason: "kin")]
        #expect(
            throws: CommitmentRefused.tooFewEligible(stratum: nil, eligible: 2, places: 2, alternates: 1)
        ) { try commit(exclusions: excluded, quotas: [Quota(places: 2, alternates: 1)]) }
        #expect(
            throws: CommitmentRefused.tooFewEligible(
                stratum: nil, eligible: 3, places: 1, alternates: .max)
        ) { try commit(quotas: [Quota(places: 1, alternates: .max)]) }
        _ = try commit(exclusions: excluded, quotas: [Quota(places: 1, alternates: 1)])
    }

    @Test func `classes and quotas fit each other`() {
        let pool = [PoolEntry(id: "a", stratum: "x"), PoolEntry(id: "b", stratum: "y")]
        let x = Quota(stratum: "x", places: 1)
        let y = Quota(stratum: "y", places: 1)
        #expect(throws: CommitmentRefused.quotaMissing(stratum: "y")) { try commit(pool: pool, quotas: [x]) }
        #expect(throws: CommitmentRefused.quotaRepeated(quota: 1, stratum: "x")) {
            try commit(pool: pool, quotas: [x, x, y])
        }
        #expect(throws: CommitmentRefused.quotaUnknown(quota: 2, stratum: "z")) {
            try commit(pool: pool, quotas: [x, y, Quota(stratum: "z", places: 0)])
        }
        #expect(throws: CommitmentRefused.quotaNegative(quota: 1)) {
            try commit(pool: pool, quotas: [x, Quota(stratum: "y", places: -1)])
        }
        #expect(throws: CommitmentRefused.quotaStratum(quota: 1)) {
            try commit(pool: pool, quotas: [x, Quota(places: 1)])
        }
        #expect(throws: CommitmentRefused.quotaStratum(quota: 1)) {
            try commit(quotas: [Quota(places: 1), Quota(places: 1)])
        }
        #expect(throws: CommitmentRefused.entryStratum(entry: 0)) { try commit(pool: pool) }
        #expect(throws: CommitmentRefused.entryStratum(entry: 1)) {
            try commit(pool: [pool[0], PoolEntry(id: "c")], quotas: [x])
        }
    }

    @Test func `rounds that two bytes cannot number are refused`() throws {
        let pool = (0..<65_537).map { PoolEntry(id: "\($0)") }
        #expect(throws: CommitmentRefused.tooManyRounds(65_537)) {
            try commit(pool: pool, quotas: [Quota(places: 65_537)])
        }
        #expect(throws: CommitmentRefused.tooManyRounds(65_537)) {
            try commit(
                pool: pool, exclusions: [Exclusion(id: "3", reason: "kin")],
                quotas: [Quota(places: 65_536)])
        }
    }

    @Test func `a source is named once and gives something`() {
        #expect(throws: CommitmentRefused.sourceRepeated(source: 1, name: "lottery")) {
            try commit(sources: [Self.lottery, Self.lottery])
        }
        for kind in [RandomSource.Kind.sorted(count: 0), .ordered(count: 0), .hexadecimal(byteCount: -1)] {
            #expect(throws: CommitmentRefused.sourceCount(source: 0, name: "s")) {
                try commit(sources: [RandomSource(name: "s", kind: kind)])
            }
        }
    }

    @Test func `promises are of several parties, each its own`() {
        let other = String(repeating: "0b", count: 32)
        func promised(_ contributions: [Contribution], quorum: Int = 1) throws {
            _ = try commit(
                sources: [RandomSource(name: "s", kind: .contributions(contributions, quorum: quorum))])
        }
        let a = Contribution(party: "A", hash: Self.hash)
        #expect(throws: CommitmentRefused.contributionsTooFew(source: "s")) { try promised([a]) }
        #expect(throws: CommitmentRefused.party(source: "s", party: "A")) {
            try promised([a, Contribution(party: "A", hash: other)])
        }
        #expect(throws: CommitmentRefused.contributionHash(source: "s", party: "B")) {
            try promised([a, Contribution(party: "B", hash: Self.hash)])
        }
        #expect(throws: CommitmentRefused.contributionHash(source: "s", party: "B")) {
            try promised([a, Contribution(party: "B", hash: other.uppercased())])
        }
        for quorum in [0, 3] {
            #expect(throws: CommitmentRefused.quorum(source: "s", quorum: quorum, parties: 2)) {
                try promised([a, Contribution(party: "B", hash: other)], quorum: quorum)
            }
        }
    }

    @Test func `a title is one line`() {
        #expect(throws: CommitmentRefused.title) { try commit(title: "two\nlines") }
    }
}
