import PublicDraw
import Testing

/// The example of the documentation, and a large draw in reasonable time.
struct WorkedExampleTests {
    @Test func `the example of the documentation gives what it says`() throws {
        let commitment = try Commitment(
            title: "Panel 3, mathematics",
            pool: ["Ada", "Bao", "Chen", "Duan", "Emmy", "Fu"].map { PoolEntry(id: $0) },
            exclusions: [Exclusion(id: "Chen", reason: "same university as an applicant")],
            quotas: [Quota(places: 2, alternates: 1)],
            sources: [RandomSource(name: "Welfare lottery, drawing 2026138", kind: .sorted(count: 6))])
        let published = commitment.digest

        let transcript = try commitment.draw(values: [
            SourceValue(
                source: "Welfare lottery, drawing 2026138",
                content: .numbers(["28", "07", "13", "31", "02", "19"]))
        ])
        #expect(published == "37dd59e7b1064f02c80d4264ab5d57be18562a9b64fd1c65403b9aeb07192665")
        #expect(transcript.key == "2.7.13.19.28.31./")
        #expect(transcript.drawn.map(\.id) == ["Bao", "Duan"])
        #expect(transcript.alternates.map(\.id) == ["Ada"])
        #expect(transcript.skipped.map(\.id) == [])
        #expect(try Transcript.verified(transcript.document, commitmentDigest: published) == transcript)
    }

    /// The smoke size of `make bench-draw`. With a list from which is taken this is 2·10^9 moves.
    @Test func `a pool of 65,535 is drawn to the last entry in seconds`() throws {
        let commitment = try Commitment(
            pool: (1...65_535).map { PoolEntry(id: "\($0)") }, quotas: [Quota(places: 65_535)],
            sources: [RandomSource(name: "s", kind: .sorted())])
        let clock = ContinuousClock()
        var drawn: [Round] = []
        let time = try clock.measure {
            drawn = try commitment.draw(values: [SourceValue(source: "s", content: .numbers(["7"]))]).rounds
        }
        #expect(Set(drawn.map(\.number)).count == 65_535)
        // A debug build on a busy machine; the release build is measured by the bench.
        #expect(time < .seconds(60))
    }
}
