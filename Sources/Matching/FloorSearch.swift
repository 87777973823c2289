/// Improves an assignment by chains of exchanges when proposals have floors under their sums of scores.
///
/// What counts is, first, by how much all proposals together fall short of their floors, and second the total.
/// A floor makes the worth of an expert depend on who else is there, so the flow problem's proof is lost and
/// this is a local search: it ends where no single chain, passing each proposal once, gains.
struct FloorSearch: ~Copyable {
    /// No floor: below any sum, and far enough from the edge of 64 bits.
    static let none = Int64.min / 4

    /// Sum of scores that each proposal should reach; never more than its best candidates add up to.
    let floor: Buffer<Int64>
    /// Below which no exchange may bring a proposal, whatever others gain.
    let least: Buffer<Int64>
    private let sum: Buffer<Int64>
    /// What a chain gains after which an expert has one place more; a guess from below for full experts.
    private let worth: Buffer<Int64>
    private var highestWorth: Int64 = 0
    private let cause: Buffer<Step>
    private let met: Buffer<Int32>
    private var walk: Int32 = 0
    /// Who stands in whose row: a row need be read again only after somebody in it has become worth more.
    private let places: RowsOfExperts
    private let isStale: Buffer<Bool>
    /// Who has become worth more in this sweep, each once.
    private var risen: [Int32] = []
    private let hasRisen: Buffer<Bool>
    /// Whose experts have changed since worths were last made sound.
    private let isChanged: Buffer<Bool>
    private let standing: Buffer<UInt8>
    /// How many units of the total a unit of shortfall outweighs: as many as fit.
    private let shortfallWeight: Int64
    /// What no chain can make up for.
    private static let never: Int64 = -(1 << 59)
    private(set) var chains = 0

    init(_ rows: borrowing Rows) {
        floor = Buffer(rows.proposals, repeating: Self.none)
        least = Buffer(rows.proposals, repeating: Self.none)
        sum = Buffer(rows.proposals, repeating: 0)
        worth = Buffer(rows.experts, repeating: 0)
        cause = Buffer(rows.experts, repeating: Step(proposal: -1, from: Step.hole, to: Step.hole))
        met = Buffer(rows.experts, repeating: 0)
        places = RowsOfExperts(rows)
        isStale = Buffer(rows.proposals, repeating: true)
        hasRisen = Buffer(rows.experts, repeating: false)
        isChanged = Buffer(rows.proposals, repeating: false)
        standing = Buffer(rows.experts, repeating: 0)
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
        try helpEach(rows, holdings, control)
        // What is known after a chain is what did not lead through it; where that finds nothing more, begin anew once.
        var isSure = false
        restart(rows, holdings)
        while true {
            var taken = false
            for round in 1...max(8, 2 * rows.experts) {
                try control.report(.fairness, chains)
                guard sweep(rows, holdings) else { break }
                if round % 3 == 0, takeCircles(rows, holdings) {
                    taken = true
                    break
                }
            }
            if takeChains(rows, holdings) || takeCircles(rows, holdings) { taken = true }
            if taken {
                isSure = false
                forgetChanged(rows, holdings)
            } else if isSure {
                break
            } else {
                isSure = true
                restart(rows, holdings)
            }
        }
    }

    /// Helps those who fall short one by one, many between two looks at the whole: each exchanges one expert for a
    /// better one, at the end of a chain among proposals that have enough.
    private mutating func helpEach(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ control: Control
    ) throws(MatchingRefused) {
        var short = (0..<rows.proposals).filter { sum[$0] < floor[$0] }
        guard !short.isEmpty else { return }
        restart(rows, holdings)
        var taken = true
        while taken {
            taken = false
            for _ in 0..<rows.experts {
                try control.report(.fairness, chains)
                guard sweep(rows, holdings, pastShort: true) else { break }
            }
            for proposal in short where help(proposal, rows, holdings) { taken = true }
            short.removeAll { sum[$0] >= floor[$0] }
            if taken { forgetChanged(rows, holdings) }
        }
    }

    private mutating func help(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> Bool {
        let old = sum[proposal]
        var best: Int64 = 0
        var first = Step(proposal: Int32(proposal), from: Step.hole, to: Step.hole)
        for index in holdings.range(proposal) {
            let holding = holdings.held[index]
            guard holdings.load[holding.expert] > rows.minimum[holding.expert] else { continue }
            for place in rows.start[proposal]..<rows.start[proposal + 1] {
                let other = rows.candidates[place]
                let exchange = gain(proposal, from: old, to: old - Int64(holding.score) + Int64(other.score))
                if exchange + highestWorth <= best { break }
                guard exchange + worth[other.expert] > best,
                    isFree(other.expert, for: holding.expert, proposal, rows, holdings)
                else { continue }
                best = exchange + worth[other.expert]
                first = Step(proposal: Int32(proposal), from: holding.expert, to: other.expert)
            }
        }
        guard first.to != Step.hole, let rest = chain(from: first.to, rows, holdings) else { return false }
        return take([first] + rest, rows, holdings)
    }

    /// What leads from an expert to one with room; nil where that goes round in a circle.
    private mutating func chain(
        from expert: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> [Step]? {
        walk += 1
        var steps: [Step] = []
        var current = expert
        while cause[current].proposal >= 0, met[current] != walk {
            met[current] = walk
            steps.append(cause[current])
            current = cause[current].to
        }
        return met[current] != walk && holdings.load[current] < rows.capacity[current] ? steps : nil
    }

    private mutating func restart(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        highestWorth = 0
        isStale.fill(true)
        isChanged.fill(false)
        for expert in 0..<rows.experts { reset(expert, rows, holdings) }
    }

    private func reset(_ expert: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        cause[expert].proposal = -1
        worth[expert] = holdings.load[expert] < rows.capacity[expert] ? 0 : -4 * shortfallWeight
    }

    /// Resets the experts whose worth rests on a proposal that has changed since, and has whoever holds them, and the
    /// changed proposals themselves, look again.
    private mutating func forgetChanged(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        let (unknown, open, sound, void): (UInt8, UInt8, UInt8, UInt8) = (0, 1, 2, 3)
        standing.fill(unknown)
        var way: [Int32] = []
        for first in 0..<rows.experts {
            var current = Int32(first)
            way.removeAll(keepingCapacity: true)
            while standing[current] == unknown {
                standing[current] = open
                way.append(current)
                let step = cause[current]
                // Without a cause it is worth what its room says, which may have changed.
                if step.proposal < 0 {
                    let base: Int64 =
                        holdings.load[current] < rows.capacity[current] ? 0 : -4 * shortfallWeight
                    standing[current] = worth[current] == base ? sound : void
                } else if isChanged[step.proposal] {
                    standing[current] = void
                } else {
                    current = step.to
                }
            }
            // A way that comes back on itself rests on nothing.
            let end = standing[current] == sound ? sound : void
            for expert in way { standing[expert] = end }
        }
        highestWorth = 0
        for expert in 0..<rows.experts {
            if standing[expert] == void { reset(expert, rows, holdings) }
            highestWorth = max(highestWorth, worth[expert])
        }
        for proposal in 0..<rows.proposals {
            if isChanged[proposal] { isStale[proposal] = true }
            isChanged[proposal] = false
            for index in holdings.range(proposal) where standing[holdings.held[index].expert] == void {
                isStale[proposal] = true
            }
        }
    }

    /// The gain of a proposal that exchanges a sum for another.
    @inline(__always) private func gain(_ proposal: Int, from old: Int64, to new: Int64) -> Int64 {
        if new < old, new < least[proposal] { return Self.never }
        let floor = floor[proposal]
        return new - old + shortfallWeight * (min(new, floor) - min(old, floor))
    }

    /// - Parameter pastShort: whether those who fall short are passed by.
    private mutating func sweep(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, pastShort: Bool = false
    ) -> Bool {
        for proposal in 0..<rows.proposals where isStale[proposal] {
            if pastShort, sum[proposal] < floor[proposal] { continue }
            isStale[proposal] = false
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
                if !hasRisen[holding.expert] {
                    hasRisen[holding.expert] = true
                    risen.append(holding.expert)
                }
            }
        }
        for expert in risen {
            hasRisen[expert] = false
            for place in places.range(expert) { isStale[places.proposal[place]] = true }
        }
        defer { risen.removeAll(keepingCapacity: true) }
        return !risen.isEmpty
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
            if let steps = chain(from: Int32(expert), rows, holdings), take(steps, rows, holdings) {
                taken = true
            }
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
            let alone = gain(proposal, from: sum[proposal], to: sum[proposal] + rows.gain(step))
            guard alone > Self.never else { return false }
            gained += alone
            guard isFree(step.to, for: step.from, proposal, rows, holdings) else { return false }
        }
        guard gained > 0 else { return false }
        for step in steps {
            sum[Int(step.proposal)] += rows.gain(step)
            isChanged[step.proposal] = true
        }
        rows.apply(steps, to: holdings)
        chains += 1
        for step in steps { cause[step.from].proposal = -1 }
        return true
    }
}

/// In whose rows each expert stands.
struct RowsOfExperts: ~Copyable {
    private let start: Buffer<Int>
    let proposal: Buffer<Int32>

    init(_ rows: borrowing Rows) {
        start = Buffer(rows.experts + 1, repeating: 0)
        proposal = Buffer(uninitialized: rows.start[rows.proposals])
        for place in 0..<proposal.count { start[rows.candidates[place].expert] += 1 }
        for expert in 0..<rows.experts { start[expert + 1] += start[expert] }
        // From the last to the first: each block fills from its end, and its start moves to where it belongs.
        for asker in (0..<rows.proposals).reversed() {
            for place in rows.start[asker]..<rows.start[asker + 1] {
                let expert = rows.candidates[place].expert
                start[expert] -= 1
                proposal[start[expert]] = Int32(asker)
            }
        }
    }

    @inline(__always) func range(_ expert: Int32) -> Range<Int> { start[expert]..<start[expert + 1] }
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
