/// Improves an assignment by chains of exchanges when proposals have floors under their sums of scores.
///
/// What counts is, first, by how much all proposals together fall short of their floors, and second the total.
/// A floor makes the worth of an expert depend on who else is there, so the flow problem's proof is lost and
/// this is a local search: it ends where no single chain, passing each proposal once, gains.
struct FloorSearch: ~Copyable {
    /// Sum of scores that each proposal should reach; never more than its best candidates add up to.
    let floor: Buffer<Int64>
    private let sum: Buffer<Int64>
    /// What a chain gains after which an expert has one place more; a guess from below for full experts.
    private let worth: Buffer<Int64>
    private var highestWorth: Int64 = 0
    private let cause: Buffer<Step>
    private let met: Buffer<Int32>
    private var walk: Int32 = 0
    /// How many units of the total a unit of shortfall outweighs: as many as fit.
    private let shortfallWeight: Int64
    private(set) var chains = 0

    init(_ rows: borrowing Rows, floors: borrowing Buffer<Int64>) {
        floor = Buffer(floors.array)
        sum = Buffer(rows.proposals, repeating: 0)
        worth = Buffer(rows.experts, repeating: 0)
        cause = Buffer(rows.experts, repeating: Step(proposal: -1, from: Step.hole, to: Step.hole))
        met = Buffer(rows.experts, repeating: 0)
        // A chain passes each expert once; the sum of its gains must fit, shortfalls included.
        shortfallWeight = max(1, min(rows.holePenalty, (1 << 58) / rows.holePenalty))
    }

    /// By how much all proposals together fall short.
    func shortfall(_ rows: borrowing Rows, _ holdings: borrowing Holdings) -> Int64 {
        (0..<rows.proposals).reduce(0) { $0 + max(0, floor[$1] - holdings.sum($1)) }
    }

    mutating func run(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ control: Control
    ) throws(MatchingRefused) {
        for proposal in 0..<rows.proposals { sum[proposal] = holdings.sum(proposal) }
        var progress = true
        while progress {
            progress = false
            restart(rows, holdings)
            for round in 1...max(8, 2 * rows.experts) {
                try control.report(.fairness, chains)
                guard sweep(rows, holdings) else { break }
                if round % 3 == 0, takeCircles(rows, holdings) {
                    progress = true
                    break
                }
            }
            if takeChains(rows, holdings) || takeCircles(rows, holdings) { progress = true }
        }
    }

    private mutating func restart(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        highestWorth = 0
        for expert in 0..<rows.experts {
            cause[expert].proposal = -1
            worth[expert] = holdings.load[expert] < rows.capacity[expert] ? 0 : -4 * shortfallWeight
        }
    }

    /// The gain of a proposal that exchanges a sum for another.
    @inline(__always) private func gain(_ proposal: Int, from old: Int64, to new: Int64) -> Int64 {
        let floor = floor[proposal]
        return new - old + shortfallWeight * (min(new, floor) - min(old, floor))
    }

    private mutating func sweep(_ rows: borrowing Rows, _ holdings: borrowing Holdings) -> Bool {
        var changed = false
        for proposal in 0..<rows.proposals {
            let old = sum[proposal]
            for index in holdings.range(proposal) {
                let holding = holdings.held[index]
                let without = old - Int64(holding.score)
                var best = worth[holding.expert]
                var bestExpert = Step.hole
                for place in rows.start[proposal]..<rows.start[proposal + 1] {
                    let other = rows.candidates[place]
                    let exchange = gain(proposal, from: old, to: without + Int64(other.score))
                    // Scores fall along the row, and so does what an exchange gains.
                    if exchange + highestWorth <= best { break }
                    let through = worth[other.expert] + exchange
                    if through > best, isFree(other.expert, for: holding.expert, proposal, rows, holdings) {
                        best = through
                        bestExpert = other.expert
                    }
                }
                guard bestExpert != Step.hole else { continue }
                worth[holding.expert] = best
                highestWorth = max(highestWorth, best)
                cause[holding.expert] = Step(proposal: Int32(proposal), from: holding.expert, to: bestExpert)
                changed = true
            }
        }
        return changed
    }

    private func isFree(
        _ expert: Int32, for other: Int32, _ proposal: Int, _ rows: borrowing Rows,
        _ holdings: borrowing Holdings
    ) -> Bool {
        guard rows.capacity[expert] > 0, !holdings.holds(expert, in: proposal) else { return false }
        guard rows.groups.exist, rows.groups.group[expert] >= 0 else { return true }
        return rows.groups.group[expert] == rows.groups.group[other]
            || !rows.groups.isFull(rows.groups.group[expert], proposal: proposal, holdings)
    }

    /// Chains that begin at an expert with room and end at one who can spare a place.
    private mutating func takeChains(_ rows: borrowing Rows, _ holdings: borrowing Holdings) -> Bool {
        var taken = false
        for expert in 0..<rows.experts
        where worth[expert] > 0 && holdings.load[expert] > rows.minimum[expert] {
            walk += 1
            var steps: [Step] = []
            var current = Int32(expert)
            while cause[current].proposal >= 0, met[current] != walk {
                met[current] = walk
                steps.append(cause[current])
                current = cause[current].to
            }
            guard met[current] != walk, holdings.load[current] < rows.capacity[current] else { continue }
            if take(steps, rows, holdings) { taken = true }
        }
        return taken
    }

    private mutating func takeCircles(_ rows: borrowing Rows, _ holdings: borrowing Holdings) -> Bool {
        var taken = false
        let before = walk
        for expert in 0..<rows.experts where met[expert] <= before && cause[expert].proposal >= 0 {
            walk += 1
            var current = Int32(expert)
            while met[current] <= before, cause[current].proposal >= 0 {
                met[current] = walk
                current = cause[current].to
            }
            guard met[current] == walk, cause[current].proposal >= 0 else { continue }
            var steps: [Step] = []
            let first = current
            repeat {
                steps.append(cause[current])
                current = cause[current].to
            } while current != first
            if take(steps, rows, holdings) { taken = true }
        }
        return taken
    }

    /// Carries out a chain if it still can be and gains.
    private mutating func take(
        _ steps: [Step], _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> Bool {
        for step in steps {
            let proposal = Int(step.proposal)
            guard holdings.holds(step.from, in: proposal), !holdings.holds(step.to, in: proposal) else {
                return false
            }
        }
        guard Set(steps.map(\.proposal)).count == steps.count else { return false }
        var gained: Int64 = 0
        for step in steps {
            let proposal = Int(step.proposal)
            gained += gain(proposal, from: sum[proposal], to: sum[proposal] + rows.gain(step))
            guard isFree(step.to, for: step.from, proposal, rows, holdings) else { return false }
        }
        guard gained > 0 else { return false }
        for step in steps { sum[Int(step.proposal)] += rows.gain(step) }
        rows.apply(steps, to: holdings)
        chains += 1
        for step in steps { cause[step.from].proposal = -1 }
        return true
    }
}

extension Holdings {
    /// The sum of scores a proposal has.
    func sum(_ proposal: Int) -> Int64 {
        var sum: Int64 = 0
        for index in range(proposal) { sum += Int64(held[index].score) }
        return sum
    }

    func total(_ proposals: Int) -> Int64 {
        (0..<proposals).reduce(0) { $0 + sum($1) }
    }
}
