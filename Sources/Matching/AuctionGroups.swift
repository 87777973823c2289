/// Bidding where a proposal may hold only so many experts of one group.
///
/// The best choice under such caps is still the greedy one, and an expert once chosen stays worth choosing while
/// other prices rise (the caps form a matroid, for which experts are gross substitutes), so the auction ends as
/// it does without caps.
extension Auction {
    /// Whether the first `taken` entries and the locks leave no room in an expert's group.
    @inline(__always) func hasNoRoom(
        for expert: Int32, _ proposal: Int, _ rows: borrowing Rows, taken: Int
    ) -> Bool {
        let group = rows.groups.group[expert]
        guard group >= 0 else { return false }
        let entries = lists.entries(proposal)
        var count = rows.groups.lockedCount(group, proposal: proposal)
        for place in 0..<taken where rows.groups.group[entries[place].expert] == group { count &+= 1 }
        return count >= rows.groups.cap
    }

    /// One proposal bids for its empty places, one after the other.
    mutating func bidWithinGroups(_ proposal: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        while head.pointee.held &+ head.pointee.givenUp < rows.demand[proposal] {
            var (choice, other) = bestWithinGroups(proposal, rows)
            if other < head.pointee.threshold {
                read(proposal, rows)
                (choice, other) = bestWithinGroups(proposal, rows)
            }
            guard let choice, entries[choice].score &- prices[entries[choice].expert] > holeWorth else {
                head.pointee.givenUp = rows.demand[proposal] &- head.pointee.held
                return
            }
            let place = Int(head.pointee.held)
            let chosen = entries[choice]
            entries[choice] = entries[place]
            entries[place] = chosen
            head.pointee.held &+= 1
            // Nobody who was not listed is worth more than the threshold: it stands for whoever the list lacks.
            let least = max(other, head.pointee.threshold == .max ? .min : head.pointee.threshold, holeWorth)
            offer(chosen.score &- least &+ step, by: Int32(proposal), to: chosen.expert, rows)
        }
    }

    /// The best listed candidate for whom there is room, and the worth of the next best that could stand in for
    /// it were this the last place.
    private func bestWithinGroups(_ proposal: Int, _ rows: borrowing Rows) -> (choice: Int?, other: Int32) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let held = Int(head.pointee.held)
        var choice: Int?
        var best = Int32.min
        var other = Int32.min
        for place in held..<max(held, Int(head.pointee.listed)) {
            let entry = entries[place]
            let net = entry.score &- prices[entry.expert]
            guard net > other, !hasNoRoom(for: entry.expert, proposal, rows, taken: held) else { continue }
            if net > best {
                other = best
                best = net
                choice = place
            } else {
                other = net
            }
        }
        return (choice, other)
    }
}
