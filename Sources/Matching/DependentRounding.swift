/// Turns probabilities into an assignment in which each pair has its probability and no sum strays.
///
/// Fractional pairs form paths and circles between proposals and experts. Along one of them pairs gain and lose
/// in turn, by as much as makes one of them whole, in one of the two directions, with the odds that keep every
/// expectation; each such move settles a pair (Gandhi, Khuller, Parthasarathy and Srinivasan, *Dependent rounding and
/// its applications to approximation algorithms*, Journal of the ACM 53, 2006).
struct DependentRounding {
    private let problem: MatchingProblem
    private let parts: Int32
    private var numerator: [Int32]
    private let proposalOf: [Int]
    /// The fractional pairs at each node: proposals first, experts after them.
    private var pairsAt: [[Int]]
    private var chance: SplitMix

    init(_ problem: MatchingProblem, _ numerator: [Int32], parts: Int32, seed: UInt64) {
        self.problem = problem
        self.numerator = numerator
        self.parts = parts
        chance = SplitMix(seed)
        var proposalOf = [Int](repeating: 0, count: numerator.count)
        pairsAt = Array(repeating: [], count: problem.proposals + problem.experts)
        for proposal in 0..<problem.proposals {
            for index in problem.rowStart[proposal]..<problem.rowStart[proposal + 1] {
                proposalOf[index] = proposal
                guard numerator[index] > 0, numerator[index] < parts else { continue }
                pairsAt[proposal].append(index)
                pairsAt[problem.proposals + Int(problem.candidates[index].expert)].append(index)
            }
        }
        self.proposalOf = proposalOf
    }

    mutating func run() -> Assignment {
        for node in pairsAt.indices {
            while !pairsAt[node].isEmpty {
                let (pairs, end) = walk(from: node)
                // A path must be walked from one end to the other, or the sum where it began would stray.
                settle(end.map { walk(from: $0).pairs } ?? pairs)
            }
        }
        let rows = (0..<problem.proposals).map { proposal in
            (problem.rowStart[proposal]..<problem.rowStart[proposal + 1])
                .filter { numerator[$0] == parts }.map { problem.candidates[$0].expert }
        }
        return Assignment(rows: rows)
    }

    /// The pairs around the first circle met, or along a path to the node where it cannot go on.
    private func walk(from start: Int) -> (pairs: [Int], end: Int?) {
        var path: [Int] = []
        var nodes = [start]
        var place = [start: 0]
        while true {
            let node = nodes[nodes.count - 1]
            guard let pair = pairsAt[node].first(where: { $0 != path.last }) else {
                return (path, node)
            }
            path.append(pair)
            let isProposal = node < problem.proposals
            let next =
                isProposal ? problem.proposals + Int(problem.candidates[pair].expert) : proposalOf[pair]
            if let first = place[next] { return (Array(path[first...]), nil) }
            place[next] = nodes.count
            nodes.append(next)
        }
    }

    private mutating func settle(_ path: [Int]) {
        var up = parts
        var down = parts
        for (place, pair) in path.enumerated() {
            let (gain, loss) = (parts - numerator[pair], numerator[pair])
            up = min(up, place % 2 == 0 ? gain : loss)
            down = min(down, place % 2 == 0 ? loss : gain)
        }
        let goesUp = chance.below(UInt64(up + down)) < UInt64(down)
        for (place, pair) in path.enumerated() {
            numerator[pair] += (place % 2 == 0) == goesUp ? (goesUp ? up : down) : -(goesUp ? up : down)
            guard numerator[pair] == 0 || numerator[pair] == parts else { continue }
            pairsAt[proposalOf[pair]].removeAll { $0 == pair }
            pairsAt[problem.proposals + Int(problem.candidates[pair].expert)].removeAll { $0 == pair }
        }
    }
}

/// Numbers that come out the same for the same seed (SplitMix64).
struct SplitMix {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    /// Below a small bound; the bias of the remainder is beyond notice there.
    mutating func below(_ bound: UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return (mixed ^ (mixed >> 31)) % bound
    }
}
