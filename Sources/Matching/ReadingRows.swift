extension Auction {
    /// Lists the best candidates anew from the row.
    mutating func read(_ proposal: Int, _ rows: borrowing Rows) {
        if sorted < .max { waitForRow(of: proposal, rows) }
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let first = Int(head.pointee.held)
        let room = lists.width
        var end = first
        var lowest = Int32.min
        var dropped = Int32.min
        var passedOver = Int32.min
        if rows.groups.exist { noteGroups(entries, taken: first, rows) }
        let scale = unit
        var index = rows.start[proposal]
        let rowEnd = rows.start[proposal + 1]
        while index < rowEnd {
            let candidate = rows.candidates[index]
            let score = candidate.score &* scale
            index &+= 1
            if end == room, score <= lowest {
                dropped = max(dropped, score)
                break
            }
            let net = score &- prices[candidate.expert]
            if end == room, net <= lowest {
                dropped = max(dropped, net)
                continue
            }
            var isHeld = false
            for place in 0..<first where entries[place].expert == candidate.expert { isHeld = true }
            if isHeld { continue }
            if rows.groups.exist, hasNoRoom(rows.groups.group[candidate.expert], proposal, rows, taken: first)
            {
                passedOver = max(passedOver, net)
                continue
            }
            if end == room {
                dropped = max(dropped, lowest)
                end &-= 1
            }
            // Entries stand by falling worth, so that the last is the lowest.
            var place = end
            while place > first, worth(entries[place &- 1]) < net {
                entries[place] = entries[place &- 1]
                place &-= 1
            }
            entries[place] = Candidate(expert: candidate.expert, score: score)
            end &+= 1
            lowest = worth(entries[end &- 1])
        }
        head.pointee.listed = Int16(truncatingIfNeeded: end)
        head.pointee.threshold = dropped
        head.pointee.passedOver = passedOver
    }

    private mutating func waitForRow(of proposal: Int, _ rows: borrowing Rows) {
        guard let sorting = rows.sorting else { return }
        let position = sorting.position(proposal)
        guard position >= sorted else { return }
        sorted = sorting.wait(for: position, beyond: sorted)
        if sorted >= rows.proposals { sorted = .max }
    }
}
