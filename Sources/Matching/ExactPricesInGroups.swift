/// Lowering prices where a group may be full: whoever leaves a full group makes room in it alone.
extension ExactPrices {
    mutating func lowerWithGroups(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) {
        let held = holdings.range(proposal)
        for place in held {
            let group = rows.groups.exist ? rows.groups.group[holdings.held[place].expert] : -1
            let isFull = rows.groups.isFull(group, proposal: proposal, holdings)
            ownGroup[place - held.lowerBound] = isFull ? group : -1
            ownBest[place - held.lowerBound] = (.min, Step.hole)
        }
        let free = bestOthers(proposal, rows, holdings)
        for place in held {
            let own = ownBest[place - held.lowerBound]
            let best = own.net > free.net ? own : free
            demand(holdings.held[place], of: proposal, other: best.net, best.expert, rows, holdings)
        }
        if holdings.holes(proposal) > 0 { demandOfHole(proposal, other: free.net, free.expert, rows) }
    }

    /// The best candidate of any group that has room; notes in passing the best of each full group of which the
    /// proposal holds someone, where it is worth more.
    private func bestOthers(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> (net: Int64, expert: Int32) {
        let count = holdings.range(proposal).count
        var free: (net: Int64, expert: Int32) = (-rows.holePenalty * unit, Step.hole)
        for index in rows.start[proposal]..<rows.start[proposal + 1] {
            let candidate = rows.candidates[index]
            let score = Int64(candidate.score) * unit
            if score - lowestPrice <= free.net { break }
            let net = score - prices[candidate.expert]
            guard net > free.net, holdings.copies(of: candidate.expert, in: proposal) < rows.pairCapacity
            else {
                continue
            }
            let group = rows.groups.exist ? rows.groups.group[candidate.expert] : -1
            guard rows.groups.isFull(group, proposal: proposal, holdings) else {
                free = (net, candidate.expert)
                continue
            }
            for place in 0..<count where ownGroup[place] == group && net > ownBest[place].net {
                ownBest[place] = (net, candidate.expert)
            }
        }
        return free
    }
}
