import PublicDraw

/// Prints a line for each case: name, rounds, seconds of wall time (the best of three), and the number drawn last,
/// which a peer must reach too.
@main
struct PublicDrawBench {
    static func main() throws {
        try measure("rfc3797-all-of-65535", Case(profile: .rfc3797, pool: 65_535, places: 65_535))
        try measure("sha256-all-of-65535", Case(profile: .sha256, pool: 65_535, places: 65_535))
        try measure("sha256-1000-of-1000000", Case(profile: .sha256, pool: 1_000_000, places: 1_000))
        try measure(
            "sha256-1000-of-1000000-tickets",
            Case(profile: .sha256, pool: 1_000_000, places: 1_000, mostTickets: 4))
        try measureVerifying(
            "verify-sha256-all-of-65535", Case(profile: .sha256, pool: 65_535, places: 65_535))
    }

    private static func measure(_ name: String, _ one: Case) throws {
        let commitment = try one.commitment()
        try report(name) { try commitment.draw(values: Case.values) }
    }

    /// From the text of a transcript to a verdict.
    private static func measureVerifying(_ name: String, _ one: Case) throws {
        let commitment = try one.commitment()
        let digest = commitment.digest
        let text = try commitment.draw(values: Case.values).document
        try report(name) { try Transcript.verified(text, commitmentDigest: digest) }
    }

    private static func report(_ name: String, _ body: () throws -> Transcript) throws {
        let clock = ContinuousClock()
        var best: Duration?
        var last = 0
        var rounds = 0
        for _ in 0..<3 {
            let time = try clock.measure {
                let transcript = try body()
                rounds = transcript.rounds.count
                last = transcript.rounds.last?.number ?? 0
            }
            best = best.map { min($0, time) } ?? time
        }
        print("\(name)\t\(rounds)\t\((best ?? .zero) / .seconds(1))\t\(last)")
    }
}

/// A pool of numbers and one lottery.
struct Case {
    let profile: DrawProfile
    let pool: Int
    let places: Int
    var mostTickets = 1

    static let values = [
        SourceValue(source: "lottery", content: .numbers(["28", "07", "13", "31", "02", "19"]))
    ]

    func commitment() throws -> Commitment {
        try Commitment(
            profile: profile,
            pool: (0..<pool).map { PoolEntry(id: "\($0 + 1)", tickets: $0 % mostTickets + 1) },
            quotas: [Quota(places: places)], sources: [RandomSource(name: "lottery", kind: .sorted())])
    }
}
