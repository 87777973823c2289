import PublicDraw
import Testing

/// What RFC 3797 and two real draws of the IETF give.
struct RFC3797Tests {
    @Test(arguments: Vectors.rfc3797.vectors)
    func `key, digests and order are those published`(vector: Vectors.Draw) throws {
        let sources = vector.sources.indices.map { RandomSource(name: "source \($0 + 1)", kind: .sorted()) }
        let commitment = try Commitment(
            profile: .rfc3797, pool: (1...vector.pool).map { PoolEntry(id: "volunteer \($0)") },
            quotas: [Quota(places: vector.draw.count)], sources: sources)
        let transcript = try commitment.draw(
            values: zip(sources, vector.sources).map {
                SourceValue(source: $0.name, content: .numbers($1))
            })
        #expect(transcript.key == vector.key)
        #expect(transcript.rounds.map { $0.digest.uppercased() } == vector.draw.map(\.md5))
        #expect(transcript.rounds.map(\.remaining) == vector.draw.map(\.div))
        #expect(transcript.rounds.map(\.number) == vector.draw.map(\.selected))
        #expect(transcript.drawn.map(\.id) == vector.draw.map { "volunteer \($0.selected)" })
    }

    @Test(arguments: [
        (
            CommitmentRefused.Extension.tickets, [PoolEntry(id: "a", tickets: 2), PoolEntry(id: "b")],
            Quota(places: 1), RandomSource.Kind.sorted()
        ),
        (
            .classes, [PoolEntry(id: "a", stratum: "x"), PoolEntry(id: "b", stratum: "x")],
            Quota(stratum: "x", places: 1), .sorted()
        ),
        (.sourceKind("s"), [PoolEntry(id: "a"), PoolEntry(id: "b")], Quota(places: 1), .hexadecimal()),
    ])
    func `what the RFC does not know is refused in its name`(
        what: CommitmentRefused.Extension, pool: [PoolEntry], quota: Quota, kind: RandomSource.Kind
    ) throws {
        let source = RandomSource(name: "s", kind: kind)
        #expect(throws: CommitmentRefused.notInRFC3797(what)) {
            try Commitment(profile: .rfc3797, pool: pool, quotas: [quota], sources: [source])
        }
        _ = try Commitment(profile: .sha256, pool: pool, quotas: [quota], sources: [source])
    }

    @Test func `a pool that two bytes cannot number is refused in its name`() {
        let pool = (0..<65_536).map { PoolEntry(id: "\($0)") }
        #expect(throws: CommitmentRefused.poolTooLarge(count: 65_536, most: 65_535)) {
            try Commitment(
                profile: .rfc3797, pool: pool, quotas: [Quota(places: 1)],
                sources: [RandomSource(name: "s", kind: .sorted())])
        }
    }

    @Test func `the entropy needed is that of the RFC`() {
        for line in Vectors.rfc3797.entropyRoundedUp {
            #expect(Entropy.bits(choosing: line.select, from: line.pool).rounded(.up) == line.bits)
        }
        #expect(Entropy.bits(choosing: 0, from: 9) == 0)
        #expect(Entropy.bits(choosing: 9, from: 9) == 0)
        #expect(Entropy.bits(ordering: 0, from: 9) == 0)
        #expect(abs(Entropy.bits(ordering: 3, from: 3) - Entropy.bits(ordering: 2, from: 3)) < 1e-12)
        #expect(Entropy.bits(ordering: 1, from: 8) == 3)
        #expect(abs(Entropy.bits(choosing: 12, from: 134) - 55.2258) < 0.0001)
    }
}
