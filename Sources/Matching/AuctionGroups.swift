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

    /// One proposal bids for its empty places.
    mutating func bidWithinGroups(_ proposal: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        while head.pointee.held &+ head.pointee.givenUp < rows.demand[proposal] {
            var chosen = chooseWithinGroups(proposal, rows)
            if chosen == 0 || regret(proposal, chosen, rows) < head.pointee.threshold {
                read(proposal, rows)
                chosen = chooseWithinGroups(proposal, rows)
            }
            guard chosen > 0 else {
                head.pointee.givenUp = rows.demand[proposal] &- head.pointee.held
                return
            }
            bid(proposal, forFirst: chosen, rows)
        }
    }

    /// Brings the best candidates for whom there is room to the front, and says how many.
    private func chooseWithinGroups(_ proposal: Int, _ rows: borrowing Rows) -> Int {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let first = Int(head.pointee.held)
        let end = Int(head.pointee.listed)
        let wanted = Int(rows.demand[proposal] &- head.pointee.held &- head.pointee.givenUp)
        for rank in 0..<wanted {
            var best = holeWorth
            var bestPlace = -1
            for place in (first &+ rank)..<max(first &+ rank, end) {
                let net = entries[place].score &- prices[entries[place].expert]
                guard net > best,
                    !hasNoRoom(for: entries[place].expert, proposal, rows, taken: first &+ rank)
                else { continue }
                best = net
                bestPlace = place
            }
            guard bestPlace >= 0 else { return rank }
            let choice = entries[bestPlace]
            entries[bestPlace] = entries[first &+ rank]
            entries[first &+ rank] = choice
        }
        return wanted
    }

    /// The worth of the best listed candidate that could stand in for a chosen one: of any group with room, or,
    /// where the chosen one's group is full, also of that group.
    private func standIn(_ proposal: Int, _ chosen: Int, for group: Int32?, _ rows: borrowing Rows) -> Int32 {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let taken = Int(head.pointee.held) &+ chosen
        var best = Int32.min
        for place in taken..<max(taken, Int(head.pointee.listed)) {
            let entry = entries[place]
            let net = entry.score &- prices[entry.expert]
            guard net > best else { continue }
            if rows.groups.group[entry.expert] == group
                || !hasNoRoom(for: entry.expert, proposal, rows, taken: taken)
            {
                best = net
            }
        }
        return best
    }

    private func ownGroup(_ entry: Candidate, _ rows: borrowing Rows) -> Int32? {
        let group = rows.groups.group[entry.expert]
        return group >= 0 ? group : nil
    }

    /// The least worth of any stand-in: what the list must know at least.
    private func regret(_ proposal: Int, _ chosen: Int, _ rows: borrowing Rows) -> Int32 {
        standIn(proposal, chosen, for: nil, rows)
    }

    private mutating func bid(_ proposal: Int, forFirst chosen: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        // Nobody who was not listed is worth more than the threshold: it stands for whoever the list lacks.
        let unlisted = head.pointee.threshold == .max ? .min : head.pointee.threshold
        let common = max(standIn(proposal, chosen, for: nil, rows), unlisted, holeWorth)
        for left in stride(from: chosen, to: 0, by: -1) {
            let choice = entries[Int(head.pointee.held)]
            // The group is asked for as if all had been placed, for in the end they will be.
            let own = ownGroup(choice, rows).map { standIn(proposal, left, for: $0, rows) } ?? .min
            head.pointee.held &+= 1
            offer(choice.score &- max(common, own) &+ step, by: Int32(proposal), to: choice.expert, rows)
        }
    }
}
