import PublicDraw
import Testing

/// Chance by several parties: promised first, opened later.
struct ContributionTests {
    private let secrets = [
        "甲大学": String(repeating: "11", count: 32), "乙大学": String(repeating: "2b", count: 32),
        "丙大学": String(repeating: "f3", count: 32),
    ]
    private let parties = ["甲大学", "乙大学", "丙大学"]

    private func commitment(quorum: Int) throws -> Commitment {
        let contributions = try parties.map { party in
            let hash = try #require(Contribution.hash(party: party, secret: secrets[party] ?? ""))
            return Contribution(party: party, hash: hash)
        }
        return try Commitment(
            pool: (1...9).map { PoolEntry(id: "\($0)") }, quotas: [Quota(places: 2)],
            sources: [RandomSource(name: "高校", kind: .contributions(contributions, quorum: quorum))])
    }

    private func opened(_ parties: [String]) -> [Opening] {
        parties.map { Opening(party: $0, outcome: .opened(secret: secrets[$0] ?? "")) }
    }

    private func value(_ openings: [Opening]) -> [SourceValue] {
        [SourceValue(source: "高校", content: .openings(openings))]
    }

    @Test func `what was opened must be what was promised`() throws {
        let commitment = try commitment(quorum: 3)
        let false64 = String(repeating: "00", count: 32)
        for secret in [false64, "", "11", secrets["甲大学"] ?? ""] {
            for outcome in [Opening.Outcome.opened(secret: secret), .late(secret: secret)] {
                #expect(throws: ValuesRefused.falseSecret(source: "高校", party: "乙大学")) {
                    try commitment.draw(
                        values: value(opened(["甲大学", "丙大学"]) + [Opening(party: "乙大学", outcome: outcome)]))
                }
            }
        }
    }

    @Test func `another's promise copied is of no use, for the party is hashed too`() throws {
        let secret = secrets["甲大学"] ?? ""
        #expect(
            Contribution.hash(party: "甲大学", secret: secret) != Contribution.hash(party: "乙大学", secret: secret)
        )
        #expect(Contribution.hash(party: "甲大学", secret: String(secret.dropLast(2))) == nil)
    }

    @Test func `strangers and second openings are refused`() throws {
        let commitment = try commitment(quorum: 1)
        #expect(throws: ValuesRefused.unknownParty(source: "高校", party: "丁大学")) {
            try commitment.draw(values: value([Opening(party: "丁大学", outcome: .missing)]))
        }
        #expect(throws: ValuesRefused.partyTwice(source: "高校", party: "甲大学")) {
            try commitment.draw(values: value(opened(["甲大学", "甲大学"])))
        }
    }

    @Test func `too few openings stop the draw, and the missing and late are named`() throws {
        let commitment = try commitment(quorum: 2)
        let late = Opening(party: "丙大学", outcome: .late(secret: secrets["丙大学"] ?? ""))
        #expect(throws: ValuesRefused.tooFewOpened(source: "高校", quorum: 2, absent: ["乙大学", "丙大学"])) {
            try commitment.draw(values: value(opened(["甲大学"]) + [late]))
        }
        let transcript = try commitment.draw(values: value([late] + opened(["乙大学", "甲大学"])))
        #expect(transcript.unopened == [late])
        #expect(transcript.key == "\(secrets["甲大学"] ?? "").\(secrets["乙大学"] ?? "").-./")
        let without = try commitment.draw(values: value(opened(["乙大学", "甲大学"])))
        #expect(without.unopened == [Opening(party: "丙大学", outcome: .missing)])
        #expect(without.key == transcript.key, "a late opening changes nothing")
    }

    @Test func `the promise is what printf and sha256sum give`() {
        // printf 'public-draw contribution 1\nA\n%064d' 0 | sha256sum
        let zero = String(repeating: "0", count: 64)
        #expect(
            Contribution.hash(party: "A", secret: zero)
                == "cb971e3e1ff80a21d844cb70997b2104af75502e5e395d6386b4c278a185e3c7")
        #expect(Contribution.randomSecret() != Contribution.randomSecret())
        #expect(Contribution.hash(party: "A", secret: Contribution.randomSecret()) != nil)
    }
}
