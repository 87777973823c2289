import PublicDraw

/// Draws of every kind, small, by chance.
struct RandomDraws {
    var chance: SeededChance

    init(seed: UInt64) { chance = SeededChance(seed: seed) }

    mutating func commitment(profile: DrawProfile? = nil) throws -> Commitment {
        let profile = profile ?? (Bool.random(using: &chance) ? .sha256 : .rfc3797)
        let plain = profile == .rfc3797
        let stratified = !plain && Bool.random(using: &chance)
        let classes = ["数学", "physics", "化 学"].prefix(Int.random(in: 1...3, using: &chance))
        let pool = (1...Int.random(in: 1...30, using: &chance)).map { number in
            PoolEntry(
                id: "专家 \(number)", stratum: stratified ? classes.randomElement(using: &chance) : nil,
                tickets: plain ? 1 : Int.random(in: 1...4, using: &chance))
        }
        let exclusions = pool.filter { _ in Int.random(in: 0..<5, using: &chance) == 0 }
            .map { Exclusion(id: $0.id, reason: "同一单位 \"\($0.id)\"") }
        let quotas = quotas(pool: pool, excluded: Set(exclusions.map(\.id)))
        // A pool of which nobody may be drawn is refused; take another.
        guard quotas.contains(where: { $0.places > 0 }) else { return try commitment(profile: profile) }
        return try Commitment(
            profile: profile, title: Bool.random(using: &chance) ? "某组 \\ 抽取" : "", pool: pool,
            exclusions: exclusions, quotas: quotas, sources: sources(plain: plain))
    }

    private mutating func quotas(pool: [PoolEntry], excluded: Set<String>) -> [Quota] {
        var strata: [String?] = []
        for entry in pool where !strata.contains(entry.stratum) { strata.append(entry.stratum) }
        return strata.shuffled(using: &chance).map { stratum in
            let eligible = pool.count { $0.stratum == stratum && !excluded.contains($0.id) }
            let places = Int.random(in: 0...eligible, using: &chance)
            return Quota(
                stratum: stratum, places: places,
                alternates: Int.random(in: 0...(eligible - places), using: &chance))
        }
    }

    private mutating func sources(plain: Bool) -> [RandomSource] {
        var sources = [
            RandomSource(name: "双色球", kind: .sorted(count: 3)), RandomSource(name: "指数", kind: .ordered()),
        ]
        if plain { return sources }
        sources += [
            RandomSource(name: "beacon", kind: .hexadecimal()),
            RandomSource(name: "itself", kind: .commitment),
            RandomSource(
                name: "高校",
                kind: .contributions(
                    ["甲大学", "乙大学", "丙大学"].map { party in
                        // The secrets are 64 digits, so there is a hash.
                        Contribution(
                            party: party,
                            hash: Contribution.hash(party: party, secret: Self.secret(of: party))!)
                    }, quorum: 1)),
        ]
        return [sources[0]]
            + sources.dropFirst().shuffled(using: &chance)
            .prefix(Int.random(in: 0...4, using: &chance))
    }

    static func secret(of party: String) -> String {
        String(String(repeating: "A9", count: 28) + "\(10_000_000 + party.utf8.reduce(0) { $0 + Int($1) })")
    }

    mutating func values(for commitment: Commitment) -> [SourceValue] {
        commitment.sources.compactMap { source in
            switch source.kind {
            case .sorted(let count):
                let numbers = (0..<(count ?? 2)).map { _ in "0\(Int.random(in: 0...99, using: &chance))" }
                return SourceValue(source: source.name, content: .numbers(numbers))
            case .ordered:
                let whole = Int.random(in: 0...4000, using: &chance)
                let hundredths = Int.random(in: 0...99, using: &chance)
                return SourceValue(source: source.name, content: .numbers(["\(whole).\(hundredths)", "7"]))
            case .hexadecimal:
                return SourceValue(
                    source: source.name, content: .hexadecimal("00fF\(10 + chance.next() % 90)"))
            case .contributions(let contributions, _):
                var openings = [
                    Opening(
                        party: contributions[0].party,
                        outcome: .opened(secret: Self.secret(of: contributions[0].party)))
                ]
                if Bool.random(using: &chance) {
                    let party = contributions[1].party
                    openings.append(Opening(party: party, outcome: .late(secret: Self.secret(of: party))))
                }
                return SourceValue(source: source.name, content: .openings(openings))
            case .commitment: return nil
            }
        }
    }
}
