import Glibc
import Matching

/// Makes instances in the manner of large calls: topics of unequal size, proposals and experts as vectors around
/// them, each proposal with its most similar experts and each expert with its most similar proposals, some topics
/// short of experts, about one pair in a hundred struck out as a conflict. Scores are similarities with four
/// decimals.
struct Generator {
    private static let dimensions = 16
    private typealias Vector = SIMD16<Float>

    private var chance: Chance
    private let proposals: Int
    private let experts: Int

    init(proposals: Int, seed: UInt64) {
        chance = Chance(seed: seed)
        self.proposals = proposals
        experts = proposals * 3 / 4
    }

    /// Fifty experts a proposal and any score, all at random.
    mutating func uniform(demand: Int32, load: Int32) -> Instance {
        var starts = [0]
        var candidates: [Candidate] = []
        var last = [Int](repeating: -1, count: experts)
        for proposal in 0..<proposals {
            var found = 0
            while found < min(50, experts) {
                let expert = chance.below(experts)
                guard last[expert] != proposal else { continue }
                last[expert] = proposal
                candidates.append(Candidate(expert: Int32(expert), score: Int32(chance.below(10_000))))
                found += 1
            }
            starts.append(candidates.count)
        }
        return instance(starts, candidates, demand, load)
    }

    /// Topics as described above.
    mutating func topical(demand: Int32, load: Int32) -> Instance {
        let topics = max(4, proposals / 1_000)
        let sizes = (0..<topics).map { pow(Double($0) + 3, -0.6) }
        let supply = sizes.map { $0 * exp(0.25 * Double(chance.normal())) }
        var centres: [Vector] = []
        for topic in 0..<topics {
            let fresh = vector()
            // Neighbouring topics are alike.
            centres.append(topic == 0 ? fresh : 0.7 * centres[topic - 1] + 0.7 * fresh)
        }
        let sizeSums = Self.sums(sizes)
        let supplySums = Self.sums(supply)
        var byTopic = [[Int32]](repeating: [], count: topics)
        var expertVectors: [Vector] = []
        var expertTopics: [Int] = []
        for expert in 0..<experts {
            let topic = pick(supplySums)
            byTopic[topic].append(Int32(expert))
            expertTopics.append(topic)
            expertVectors.append(Self.unit(centres[topic] + 0.8 * vector()))
        }
        var proposalVectors: [Vector] = []
        var rows: [[Int32]] = []
        var ofTopic = [[Int32]](repeating: [], count: topics)
        for proposal in 0..<proposals {
            let first = pick(sizeSums)
            let isNear = chance.uniform() < 0.7
            let second =
                isNear ? min(topics - 1, max(0, first + (chance.uniform() < 0.5 ? -1 : 1))) : pick(sizeSums)
            let own = Self.unit(0.75 * centres[first] + 0.25 * centres[second] + 0.8 * vector())
            proposalVectors.append(own)
            ofTopic[first].append(Int32(proposal))
            var row = Self.nearest(38, of: byTopic[first], to: own, expertVectors)
            if second != first { row += Self.nearest(7, of: byTopic[second], to: own, expertVectors) }
            rows.append(row)
        }
        for expert in 0..<experts {
            let near = Self.nearest(
                8, of: ofTopic[expertTopics[expert]], to: expertVectors[expert], proposalVectors)
            for proposal in near { rows[Int(proposal)].append(Int32(expert)) }
        }
        return finish(rows, proposalVectors, expertVectors, demand, load)
    }

    private mutating func finish(
        _ rows: [[Int32]], _ proposalVectors: [Vector], _ expertVectors: [Vector], _ demand: Int32,
        _ load: Int32
    ) -> Instance {
        var starts = [0]
        var candidates: [Candidate] = []
        var last = [Int](repeating: -1, count: experts)
        for proposal in 0..<proposals {
            let first = candidates.count
            for expert in rows[proposal].sorted() where last[Int(expert)] != proposal {
                last[Int(expert)] = proposal
                if chance.uniform() < 0.01 { continue }
                let likeness = (proposalVectors[proposal] * expertVectors[Int(expert)]).sum()
                let score = 2 * likeness - 0.95 + 0.04 * chance.normal()
                candidates.append(Candidate(expert: expert, score: Int32(max(0, min(1, score)) * 10_000)))
            }
            // Nobody is left with few candidates, and everybody gets two from far away.
            var strangers = max(2, 20 - (candidates.count - first))
            while strangers > 0 {
                let expert = chance.below(experts)
                guard last[expert] != proposal else { continue }
                last[expert] = proposal
                candidates.append(Candidate(expert: Int32(expert), score: Int32(3_000 * chance.uniform())))
                strangers -= 1
            }
            starts.append(candidates.count)
        }
        return instance(starts, candidates, demand, load)
    }

    private func instance(
        _ starts: [Int], _ candidates: [Candidate], _ demand: Int32, _ load: Int32
    ) -> Instance {
        Instance(
            demand: [Int32](repeating: demand, count: proposals),
            load: [Int32](repeating: load, count: experts), rowStart: starts, candidates: candidates)
    }

    private mutating func vector() -> Vector {
        var vector = Vector()
        for index in 0..<Self.dimensions { vector[index] = chance.normal() }
        return vector
    }

    private static func unit(_ vector: Vector) -> Vector {
        vector / ((vector * vector).sum() + 1e-9).squareRoot()
    }

    private static func sums(_ weights: [Double]) -> [Double] {
        var sum = 0.0
        let sums = weights.map { weight -> Double in
            sum += weight
            return sum
        }
        return sums.map { $0 / sum }
    }

    private mutating func pick(_ sums: [Double]) -> Int {
        let point = chance.uniform()
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] < point { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func nearest(
        _ count: Int, of indices: [Int32], to own: Vector, _ vectors: [Vector]
    ) -> [Int32] {
        var best: [(likeness: Float, index: Int32)] = []
        best.reserveCapacity(count + 1)
        var lowest = -Float.infinity
        for index in indices {
            let likeness = (own * vectors[Int(index)]).sum()
            guard best.count < count || likeness > lowest else { continue }
            var place = best.count
            best.append((likeness, index))
            while place > 0, best[place - 1].likeness < likeness {
                best[place] = best[place - 1]
                place -= 1
            }
            best[place] = (likeness, index)
            if best.count > count { best.removeLast() }
            lowest = best[best.count - 1].likeness
        }
        return best.map(\.index)
    }
}
