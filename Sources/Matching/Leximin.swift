/// Raises the worst-off proposals, then the next worst, and so on, as far as can be found.
///
/// Of two lists of sums in ascending order the one that is higher where they first differ is the fairer (leximin: Sen,
/// *Collective Choice and Social Welfare*, 1970; of reviewers to papers: Lian, Mattei, Noble and Walsh, *The conference
/// paper assignment problem: using order weighted averages to assign indivisible goods*, AAAI 2018). Rank by rank: the
/// lowest sum of those not yet settled is raised to the highest floor that is found to hold beside all that was reached
/// before; as many as can be are brought above it, and who cannot keeps that floor and is settled.
extension FairSearch {
    /// - Parameters:
    ///   - share: of the highest total, how much may be given up beyond what the worst-off cost.
    ///   - highest: that total.
    /// - Returns: the floor of the worst-off, and what was raised after it.
    mutating func raiseEach(
        givingUp share: Double, of highest: Int64, _ rows: borrowing Rows, _ control: Control
    ) throws(MatchingRefused) -> (worst: Int64, raising: Raising) {
        let worst = try run(floor: nil, rows, control)
        let fair = Holdings(copying: best, rows)
        // What is no number is no share.
        let most = (share >= 0 ? min(share, 1) : 0) * Double(highest.magnitude)
        let enough = best.total(rows.proposals) - Int64(most)
        // A search takes as long as there are pairs; so many take a few seconds.
        let effort = searches + max(2 * rounds, 4_000_000 / max(1, rows.start[rows.proposals]))
        let fineness = max(Self.quantum(rows), Int64(rows.highestScore) / 10_000)

        var search = FloorSearch(rows)
        // Floors that stand; what is locked does not count towards them.
        let kept = Buffer<Int64>(rows.proposals, repeating: FloorSearch.none)
        var open = (0..<rows.proposals).filter { wantsExperts[$0] }
        var raising = Raising(steps: [], ended: .nothingMore)
        var low = worst
        while !open.isEmpty {
            if open.allSatisfy({ sum($0) == attainable[$0] }) {
                raising.steps += steps(of: open)
                for proposal in open { kept[proposal] = floor(sum(proposal), of: proposal) }
                break
            }
            for proposal in open { kept[proposal] = floor(low, of: proposal) }
            let (settled, wasTooDear) = try settle(
                &open, upTo: low + fineness, kept, enough, until: effort, &search, rows, control)
            if wasTooDear { raising.ended = .price }
            if settled > 0 { raising.steps.append(Raising.Step(floor: low, proposals: settled)) }
            guard !open.isEmpty else { break }
            guard searches < effort else {
                raising.ended = .effort
                break
            }
            let (raised, found) = try raise(open, kept, enough, by: fineness, &search, rows, control)
            low = raised
            if found == .tooDear {
                for proposal in open { kept[proposal] = floor(low, of: proposal) }
                raising.steps.append(Raising.Step(floor: low, proposals: open.count))
                raising.ended = .price
                break
            }
        }
        for proposal in 0..<rows.proposals {
            search.floor[proposal] = kept[proposal]
            search.least[proposal] = FloorSearch.none
        }
        _ = try attempt(&search, rounds: rounds, rows, control)
        if !sums(fair, rows).lexicographicallyPrecedes(sums(best, rows)) { best = fair }
        return (worst, raising)
    }

    /// The greatest common divisor of all scores: sums differ by no less.
    private static func quantum(_ rows: borrowing Rows) -> Int64 {
        var divisor: UInt32 = 0
        for index in 0..<rows.start[rows.proposals] where divisor != 1 {
            var left = rows.candidates[index].score.magnitude
            while left != 0 { (divisor, left) = (left, divisor % left) }
        }
        return Int64(max(1, divisor))
    }

    /// A floor as the search knows it: no more than the proposal can have, and without what is locked.
    private func floor(_ floor: Int64, of proposal: Int) -> Int64 {
        min(floor, attainable[proposal]) - lockedSum[proposal]
    }

    private func sum(_ proposal: Int) -> Int64 { lockedSum[proposal] + best.sum(proposal) }

    private func sums(_ holdings: borrowing Holdings, _ rows: borrowing Rows) -> [Int64] {
        var sums: [Int64] = []
        for proposal in 0..<rows.proposals where wantsExperts[proposal] {
            sums.append(lockedSum[proposal] + holdings.sum(proposal))
        }
        return sums.sorted()
    }

    /// Who has all that can be had needs no search: a step for each floor.
    private func steps(of open: [Int]) -> [Raising.Step] {
        var steps: [Raising.Step] = []
        for floor in open.map({ sum($0) }).sorted() {
            if let last = steps.last, last.floor == floor {
                steps[steps.count - 1] = Raising.Step(floor: floor, proposals: last.proposals + 1)
            } else {
                steps.append(Raising.Step(floor: floor, proposals: 1))
            }
        }
        return steps
    }

    /// Brings as many as can be to the next floor, and takes the others out of `open`. What is too dear for all at once is
    /// tried one by one, so that a dear one does not keep the others down.
    ///
    /// - Returns: how many were taken out, and whether the price was why.
    private mutating func settle(
        _ open: inout [Int], upTo next: Int64, _ kept: borrowing Buffer<Int64>, _ enough: Int64,
        until effort: Int, _ search: inout FloorSearch, _ rows: borrowing Rows, _ control: Control
    ) throws(MatchingRefused) -> (settled: Int, wasTooDear: Bool) {
        for proposal in 0..<rows.proposals {
            search.floor[proposal] = kept[proposal]
            search.least[proposal] = kept[proposal]
        }
        for proposal in open { search.floor[proposal] = floor(next, of: proposal) }
        var wasTooDear = false
        if try !take(enough, &search, rows, control) {
            for proposal in open {
                search.floor[proposal] = kept[proposal]
                if sum(proposal) >= next { search.least[proposal] = floor(next, of: proposal) }
            }
            for proposal in open where sum(proposal) < next && searches < effort {
                search.floor[proposal] = floor(next, of: proposal)
                if try !take(enough, &search, rows, control) { wasTooDear = true }
                if sum(proposal) >= next {
                    search.least[proposal] = search.floor[proposal]
                } else {
                    search.floor[proposal] = kept[proposal]
                }
            }
        }
        let before = open.count
        open.removeAll { sum($0) < next }
        return (before - open.count, wasTooDear)
    }

    /// Searches above the floors of the moment, and keeps what is found unless it costs more than is given up.
    private mutating func take(
        _ enough: Int64, _ search: inout FloorSearch, _ rows: borrowing Rows, _ control: Control
    ) throws(MatchingRefused) -> Bool {
        searches += 1
        let holdings = Holdings(copying: best, rows)
        try search.run(rows, holdings, control)
        guard holdings.total(rows.proposals) >= enough else { return false }
        best = Holdings(copying: holdings, rows)
        return true
    }

    /// The highest floor of all that are open that is found to hold beside what is kept, and why none above it.
    private mutating func raise(
        _ open: [Int], _ kept: borrowing Buffer<Int64>, _ enough: Int64, by fineness: Int64,
        _ search: inout FloorSearch, _ rows: borrowing Rows, _ control: Control
    ) throws(MatchingRefused) -> (Int64, Found) {
        func lowest() -> Int64 { open.reduce(.max) { min($0, sum($1)) } }
        for proposal in 0..<rows.proposals {
            search.floor[proposal] = kept[proposal]
            search.least[proposal] = FloorSearch.none
        }
        var low = lowest()
        var high = open.reduce(Int64.max) { min($0, attainable[$1]) } + 1
        var found = Found.nothing
        var trial = high - 1
        while trial > low {
            for proposal in open { search.floor[proposal] = floor(trial, of: proposal) }
            let tried = try attempt(
                &search, rounds: max(1, rounds / 6), enough: enough, rows, control)
            if tried == .held {
                low = max(trial, lowest())
            } else {
                high = trial
                found = tried
            }
            trial = high - low > fineness ? low + (high - low) / 2 : low
        }
        return (low, found)
    }
}
