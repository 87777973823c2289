/// Bidding where a proposal may hold only so many experts of one group.
///
/// The best choice under such caps is still the greedy one, and an expert once chosen stays worth choosing while
/// other prices rise (the caps form a matroid, for which experts are gross substitutes), so the auction ends as
/// it does without caps.
extension Auction {
    /// Notes the groups of the first `taken` entries, to be asked for many times.
    @inline(__always) func noteGroups(
        _ entries: UnsafeMutablePointer<Candidate>, taken: Int, _ rows: borrowing Rows
    ) {
        for place in 0..<taken { takenGroups[place] = rows.groups.group[entries[place].expert] }
    }

    /// Whether the first `taken` entries, whose groups are noted, and the locks leave no room in a group.
    @inline(__always) func hasNoRoom(
        _ group: Int32, _ proposal: Int, _ rows: borrowing Rows, taken: Int
    ) -> Bool {
        guard group >= 0 else { return false }
        var count = rows.groups.lockedCount(group, proposal: proposal)
        for place in 0..<taken where takenGroups[place] == group { count &+= 1 }
        return count >= rows.groups.cap(of: proposal)
    }

    /// One proposal bids for its empty places.
    mutating func bidWithinGroups(_ proposal: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        while Int32(head.pointee.held) &+ Int32(head.pointee.givenUp) < rows.demand[proposal] {
            var chosen = chooseWithinGroups(proposal, rows)
            var common = chosen == 0 ? .min : standIn(proposal, chosen, for: nil, rows)
            if common < head.pointee.threshold {
                read(proposal, rows)
                chosen = chooseWithinGroups(proposal, rows)
                common = standIn(proposal, chosen, for: nil, rows)
            }
            guard chosen > 0 else {
                head.pointee.givenUp = Int16(truncatingIfNeeded: rows.demand[proposal]) &- head.pointee.held
                return
            }
            bid(proposal, forFirst: chosen, common: common, rows)
        }
    }

    /// Brings the best candidates for whom there is room to the front, and says how many.
    private func chooseWithinGroups(_ proposal: Int, _ rows: borrowing Rows) -> Int {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let first = Int(head.pointee.held)
        let end = Int(head.pointee.listed)
        let wanted = Int(rows.demand[proposal]) &- Int(head.pointee.held) &- Int(head.pointee.givenUp)
        noteGroups(entries, taken: first, rows)
        for rank in 0..<wanted {
            var best = holeWorth
            var bestPlace = -1
            for place in (first &+ rank)..<max(first &+ rank, end) {
                let net = worth(entries[place])
                guard net > best else { continue }
                let group = rows.groups.group[entries[place].expert]
                if hasNoRoom(group, proposal, rows, taken: first &+ rank) { continue }
                best = net
                bestPlace = place
            }
            guard bestPlace >= 0 else { return rank }
            let choice = entries[bestPlace]
            entries[bestPlace] = entries[first &+ rank]
            entries[first &+ rank] = choice
            takenGroups[first &+ rank] = rows.groups.group[choice.expert]
        }
        return wanted
    }

    /// The worth of the best listed candidate that could stand in for a chosen one: of any group with room, or,
    /// where the chosen one's group is full, also of that group.
    private func standIn(_ proposal: Int, _ chosen: Int, for own: Int32?, _ rows: borrowing Rows) -> Int32 {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let taken = Int(head.pointee.held) &+ chosen
        var best = Int32.min
        for place in taken..<max(taken, Int(head.pointee.listed)) {
            let net = worth(entries[place])
            guard net > best else { continue }
            let group = rows.groups.group[entries[place].expert]
            if group == own || !hasNoRoom(group, proposal, rows, taken: taken) { best = net }
        }
        return best
    }

    private mutating func bid(
        _ proposal: Int, forFirst chosen: Int, common: Int32, _ rows: borrowing Rows
    ) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        // Nobody who was not listed is worth more than the threshold: it stands for whoever the list lacks.
        let unlisted = head.pointee.threshold == .max ? .min : head.pointee.threshold
        let least = max(common, unlisted, holeWorth)
        for left in stride(from: chosen, to: 0, by: -1) {
            let choice = entries[Int(head.pointee.held)]
            let group = rows.groups.group[choice.expert]
            // The group is asked for as if all had been placed, for in the end they will be.
            let own = group >= 0 ? standIn(proposal, left, for: group, rows) : .min
            head.pointee.held &+= 1
            offer(
                choice.score &- max(least, own) &+ step, by: Int32(truncatingIfNeeded: proposal),
                to: choice.expert)
        }
    }
}
