import PublicDraw
import Testing

/// The draw against the plain algorithm, and what must hold of every draw.
struct DrawOracleTests {
    @Test func `ten thousand small draws are those of the plain algorithm`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var draws = RandomDraws(seed: seed)
        for number in 0..<10_000 {
            let commitment = try draws.commitment()
            let transcript = try commitment.draw(values: draws.values(for: commitment))
            #expect(
                transcript.rounds.map(\.number) == PlainDraw.numbers(commitment, key: transcript.key),
                "seed \(seed), draw \(number)")
            #expect(holds(transcript), "seed \(seed), draw \(number)")
        }
    }

    /// Quotas are filled from their classes, nobody twice, nobody excluded, places before alternates, reasons given.
    private func holds(_ transcript: Transcript) -> Bool {
        let commitment = transcript.commitment
        let reasons = Dictionary(uniqueKeysWithValues: commitment.exclusions.map { ($0.id, $0.reason) })
        let ids = transcript.rounds.map(\.id)
        let isNumbered = transcript.rounds.enumerated().allSatisfy { $0 == $1.index }
        let isNamed = transcript.rounds.allSatisfy { commitment.pool[$0.number - 1].id == $0.id }
        let isSkippedWithReason = transcript.rounds.allSatisfy { round in
            switch round.outcome {
            case .drawn, .alternate: reasons[round.id] == nil
            case .skipped(let reason): reasons[round.id] == reason
            }
        }
        let isFilled = commitment.quotas.allSatisfy { quota in
            let inClass = transcript.rounds.filter { $0.stratum == quota.stratum }
            let outcomes = inClass.map(\.outcome).filter { if case .skipped = $0 { false } else { true } }
            let expected =
                (0..<quota.places).map { Round.Outcome.drawn(place: $0 + 1) }
                + (0..<quota.alternates).map { .alternate(place: $0 + 1) }
            return outcomes == expected
        }
        return Set(ids).count == ids.count && isNumbered && isNamed && isSkippedWithReason && isFilled
    }

    @Test func `drawing more keeps what fewer drew`() throws {
        let pool = (1...40).map { PoolEntry(id: "\($0)") }
        let source = RandomSource(name: "s", kind: .sorted())
        var previous: [String] = []
        for places in 1...40 {
            let commitment = try Commitment(pool: pool, quotas: [Quota(places: places)], sources: [source])
            let values = [SourceValue(source: "s", content: .numbers(["4", "2"]))]
            let drawn = try commitment.draw(values: values).drawn.map(\.id)
            #expect(Array(drawn.dropLast()) == previous)
            previous = drawn
        }
        #expect(Set(previous) == Set(pool.map(\.id)))
    }

    @Test func `excluding somebody moves only those after`() throws {
        let pool = (1...20).map { PoolEntry(id: "\($0)") }
        let source = RandomSource(name: "s", kind: .sorted())
        let values = [SourceValue(source: "s", content: .numbers(["20", "26"]))]
        let free = try Commitment(pool: pool, quotas: [Quota(places: 6)], sources: [source]).draw(
            values: values)
        let third = free.drawn[2]
        let bound = try Commitment(
            pool: pool, exclusions: [Exclusion(id: third.id, reason: "kin")], quotas: [Quota(places: 5)],
            sources: [source]
        ).draw(values: values)
        #expect(bound.rounds.map(\.id) == free.rounds.map(\.id))
        #expect(bound.skipped.map(\.id) == [third.id])
        #expect(bound.drawn.map(\.id) == free.drawn.map(\.id).filter { $0 != third.id })
    }

    @Test func `draws on one day differ when each hashes its own commitment`() throws {
        func drawn(title: String, separate: Bool) throws -> [String] {
            var sources = [RandomSource(name: "s", kind: .sorted())]
            if separate { sources.append(RandomSource(name: "this draw", kind: .commitment)) }
            let commitment = try Commitment(
                title: title, pool: (1...100).map { PoolEntry(id: "\($0)") }, quotas: [Quota(places: 10)],
                sources: sources)
            return try commitment.draw(values: [SourceValue(source: "s", content: .numbers(["9"]))]).drawn
                .map(\.id)
        }
        #expect(try drawn(title: "one", separate: false) == drawn(title: "two", separate: false))
        #expect(try drawn(title: "one", separate: true) != drawn(title: "two", separate: true))
    }
}
