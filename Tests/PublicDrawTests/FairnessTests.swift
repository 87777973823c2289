import PublicDraw
import Testing

/// Over many keys every result comes up as often as it should. The keys are fixed, so the figures are too.
struct FairnessTests {
    private func counts<Result: Hashable>(
        _ keys: Int, pool: [PoolEntry], quota: Quota, excluded: [String] = [],
        of result: (Transcript) -> Result
    ) throws -> [Result: Int] {
        let commitment = try Commitment(
            pool: pool, exclusions: excluded.map { Exclusion(id: $0, reason: "kin") }, quotas: [quota],
            sources: [RandomSource(name: "s", kind: .ordered())])
        var counts: [Result: Int] = [:]
        for key in 0..<keys {
            let value = SourceValue(source: "s", content: .numbers(["\(key)"]))
            counts[result(try commitment.draw(values: [value])), default: 0] += 1
        }
        return counts
    }

    /// Pearson's statistic for equal expectations.
    private func statistic(_ counts: [Int], expected: Double) -> Double {
        counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }

    @Test func `each of the 35 panels of 3 out of 7 comes up alike`() throws {
        let pool = (1...7).map { PoolEntry(id: "\($0)") }
        let counts = try counts(7_000, pool: pool, quota: Quota(places: 3)) { Set($0.drawn.map(\.id)) }
        #expect(counts.count == 35)
        // 34 degrees of freedom: beyond 65.2 with chance 0.001.
        #expect(statistic(Array(counts.values), expected: 200) < 65.2)
    }

    @Test func `an exclusion leaves the others alike`() throws {
        let pool = (1...7).map { PoolEntry(id: "\($0)") }
        let counts = try counts(4_000, pool: pool, quota: Quota(places: 2), excluded: ["1", "4"]) {
            $0.drawn.map(\.id)
        }
        #expect(counts.count == 20)
        // 19 degrees of freedom: beyond 43.8 with chance 0.001.
        #expect(statistic(Array(counts.values), expected: 200) < 43.8)
    }

    @Test func `who holds three tickets comes first three times as often`() throws {
        let pool = [PoolEntry(id: "a", tickets: 3), PoolEntry(id: "b"), PoolEntry(id: "c", tickets: 2)]
        let counts = try counts(12_000, pool: pool, quota: Quota(places: 1)) { $0.drawn[0].id }
        for (id, share) in ["a": 6_000.0, "b": 2_000, "c": 4_000] {
            // Four standard deviations of a binomial count are below 220 here.
            #expect(abs(Double(counts[id] ?? 0) - share) < 220)
        }
    }
}
