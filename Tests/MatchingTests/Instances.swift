import Matching

/// Chance from a seed (SplitMix64), so that a failing test can be played again.
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Which rules a random problem has.
struct Variant: CustomStringConvertible {
    var name: String
    var minimumLoads = false
    var locks = false
    var bans = false
    var groups = false
    var kind = false

    var description: String { name }
}

enum Instances {
    /// A small problem: up to six proposals and experts, demands and loads that often cannot all be met, and
    /// scores that often tie.
    static func small(_ variant: Variant, _ chance: inout SeededChance) throws -> MatchingProblem {
        while true {
            let proposals = Int.random(in: 1...6, using: &chance)
            let experts = Int.random(in: 1...6, using: &chance)
            let density = Double.random(in: 0.3...1, using: &chance)
            let scores = [2, 8, 1000].randomElement(using: &chance) ?? 8
            let lowest = Bool.random(using: &chance) ? 0 : -scores
            var starts = [0]
            var candidates: [Candidate] = []
            for _ in 0..<proposals {
                for expert in 0..<experts where Double.random(in: 0..<1, using: &chance) < density {
                    candidates.append(
                        Candidate(
                            expert: Int32(expert),
                            score: Int32.random(in: Int32(lowest)...Int32(scores), using: &chance)))
                }
                starts.append(candidates.count)
            }
            let maximum = (0..<experts).map { _ in Int32.random(in: 0...4, using: &chance) }
            func some(_ share: Double) -> [Pair] {
                var pairs: [Pair] = []
                for proposal in 0..<proposals {
                    for index in starts[proposal]..<starts[proposal + 1]
                    where Double.random(in: 0..<1, using: &chance) < share {
                        pairs.append(Pair(proposal: proposal, expert: Int(candidates[index].expert)))
                    }
                }
                return pairs
            }
            let locks = variant.locks ? some(0.15) : []
            let bans = variant.bans ? some(0.2).filter { !locks.contains($0) } : []
            let groups =
                variant.groups
                ? ExpertGroups(
                    group: (0..<experts).map { _ in Int32.random(in: -1...2, using: &chance) },
                    cap: Int32.random(in: 1...2, using: &chance)) : nil
            let kind =
                variant.kind
                ? RequiredKind(
                    isOfKind: (0..<experts).map { _ in Int.random(in: 0..<3, using: &chance) == 0 },
                    least: (0..<proposals).map { _ in Int32.random(in: 0...2, using: &chance) }) : nil
            do {
                return try MatchingProblem(
                    rowStart: starts, candidates: candidates,
                    demand: (0..<proposals).map { _ in Int32.random(in: 0...3, using: &chance) },
                    maximumLoad: maximum,
                    minimumLoad: variant.minimumLoads
                        ? maximum.map { Int32.random(in: 0...min($0, 2), using: &chance) } : [],
                    groups: groups, kind: kind, locked: locks, forbidden: bans)
            } catch {
                // Locks drawn at random often contradict the loads; draw again.
                continue
            }
        }
    }
}
