import PublicDraw
import Testing

/// What `make bench-draw` measures, at a size for every day: a whole pool drawn out in both profiles, a few of many,
/// and a transcript verified from its text.
struct SmokeTests {
    private static let values = [
        SourceValue(source: "lottery", content: .numbers(["28", "07", "13", "31", "02", "19"]))
    ]

    private func transcript(
        _ profile: DrawProfile, pool: Int, places: Int, mostTickets: Int = 1
    ) throws -> Transcript {
        try Commitment(
            profile: profile,
            pool: (0..<pool).map { PoolEntry(id: "\($0 + 1)", tickets: $0 % mostTickets + 1) },
            quotas: [Quota(places: places)], sources: [RandomSource(name: "lottery", kind: .sorted())]
        ).draw(values: Self.values)
    }

    @Test(arguments: [DrawProfile.rfc3797, .sha256])
    func `a pool of two thousand is drawn out as the plain algorithm draws it`(profile: DrawProfile) throws {
        let drawn = try transcript(profile, pool: 2_000, places: 2_000)
        #expect(drawn.key == "2.7.13.19.28.31./")
        #expect(drawn.rounds.map(\.number) == PlainDraw.numbers(drawn.commitment, key: drawn.key))
        #expect(Set(drawn.drawn.map(\.id)).count == 2_000)
    }

    @Test func `a hundred of twenty thousand are drawn, with and without tickets, and verified`() throws {
        for tickets in [1, 4] {
            let drawn = try transcript(.sha256, pool: 20_000, places: 100, mostTickets: tickets)
            #expect(drawn.drawn.count == 100)
            let again = try Transcript.verified(drawn.document, commitmentDigest: drawn.commitment.digest)
            #expect(again.rounds == drawn.rounds)
        }
    }
}
