import PublicDraw

/// Prints a line for each case: name, rounds, seconds of wall time (the best of three), and the number drawn last,
/// which a peer must reach too. With `smoke` the cases are small.
@main
struct PublicDrawBench {
    static func main() throws {
        let isSmoke = CommandLine.arguments.dropFirst().first == "smoke"
        let whole = isSmoke ? 500 : 65_535
        let (large, few) = isSmoke ? (20_000, 50) : (1_000_000, 1_000)
        try measure("rfc3797-all-of-\(whole)", Case(profile: .rfc3797, pool: whole, places: whole))
        try measure("sha256-all-of-\(whole)", Case(profile: .sha256, pool: whole, places: whole))
        try measure("sha256-\(few)-of-\(large)", Case(profile: .sha256, pool: large, places: few))
        try measure(
            "sha256-\(few)-of-\(large)-tickets",
            Case(profile: .sha256, pool: large, places: few, mostTickets: 4))
        try measureVerifying(
            "verify-sha256-all-of-\(whole)", Case(profile: .sha256, pool: whole, places: whole))
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
