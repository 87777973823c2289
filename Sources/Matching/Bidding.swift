// The turns of an ``Auction``.
//
// What a turn calls is mutating throughout, even where it changes only what pointers lead to: a borrowed `self` would be
// copied for each call, 150 bytes three times a bid.

extension Auction {
    /// - Returns: whether all have what they want; false if the limit of bids came first.
    mutating func bidUntilDone(
        _ rows: borrowing Rows, _ control: Control, atMost limit: Int
    ) throws(MatchingRefused) -> Bool {
        var turns = 0
        let hasGroups = rows.groups.exist
        while line.count > 0 || offers.count > 0 {
            if bids > limit { return false }
            guard line.count > 0 else {
                place(offers.next())
                continue
            }
            let turn = line.next()
            if let later = line.proposal(after: 5) { lists.fetch(later) }
            let proposal = Int(turn.proposal)
            if turn.lost != Step.hole { lose(turn.lost, proposal, rows) }
            if hasGroups { bidWithinGroups(proposal, rows) } else { bid(proposal, rows) }
            turns &+= 1
            if turns & 0xFFFF == 0 {
                try control.report(.auction, max(0, rows.proposals - line.count), of: rows.proposals)
            }
        }
        return true
    }

    /// One proposal bids for all its empty places.
    private mutating func bid(_ proposal: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        var wanted = Int(rows.demand[proposal]) &- Int(head.pointee.held) &- Int(head.pointee.givenUp)
        guard wanted > 0 else { return }
        var other = chooseBest(wanted, head, entries)
        if other < head.pointee.threshold {
            read(proposal, rows)
            other = chooseBest(wanted, head, entries)
        }
        other = max(other, holeWorth)
        // The best stand first after the held ones, best first.
        while wanted > 0 {
            let place = Int(head.pointee.held)
            guard place < Int(head.pointee.listed) else { break }
            let choice = entries[place]
            let net = choice.score &- prices[choice.expert]
            guard net > holeWorth else { break }
            head.pointee.held &+= 1
            wanted &-= 1
            offer(choice.score &- other &+ step, by: Int32(truncatingIfNeeded: proposal), to: choice.expert)
        }
        head.pointee.givenUp &+= Int16(truncatingIfNeeded: wanted)
    }

    /// Brings the best `wanted` listed candidates to the front, best first, and gives the worth of the next.
    @inline(__always) private mutating func chooseBest(
        _ wanted: Int, _ head: UnsafeMutablePointer<Shortlists.Head>,
        _ entries: UnsafeMutablePointer<Candidate>
    ) -> Int32 {
        let first = Int(head.pointee.held)
        let end = Int(head.pointee.listed)
        guard first &+ wanted <= end else { return .min }
        if wanted > 1 {
            sortByWorth(entries, first, end)
            return first &+ wanted < end ? worth(entries[first &+ wanted]) : .min
        }
        // Nearly every bid of a war: one pass, without branches that are hard to foresee.
        var best = Int32.min
        var next = Int32.min
        var bestPlace = first
        for place in first..<end {
            let net = worth(entries[place])
            next = max(next, min(best, net))
            bestPlace = net > best ? place : bestPlace
            best = max(best, net)
        }
        let chosen = entries[bestPlace]
        entries[bestPlace] = entries[first]
        entries[first] = chosen
        return next
    }

    @inline(__always) func worth(_ entry: Candidate) -> Int32 { entry.score &- prices[entry.expert] }

    /// Lists stand sorted when they were just read, so this mostly finds nothing to do.
    private mutating func sortByWorth(_ entries: UnsafeMutablePointer<Candidate>, _ first: Int, _ end: Int) {
        var last = worth(entries[first])
        for index in (first &+ 1)..<max(end, first &+ 1) {
            let entry = entries[index]
            let net = worth(entry)
            if net <= last {
                last = net
                continue
            }
            var place = index
            while place > first, worth(entries[place &- 1]) < net {
                entries[place] = entries[place &- 1]
                place &-= 1
            }
            entries[place] = entry
        }
    }

    /// Sends off a bid; it arrives some bids later, when the expert's seats have been fetched.
    @inline(__always) mutating func offer(_ price: Int32, by proposal: Int32, to expert: Int32) {
        bids &+= 1
        if offers.isFull { place(offers.next()) }
        seats.fetch(expert)
        offers.add(Offers.Offer(price: price, proposal: proposal, expert: expert))
    }

    /// A bid arrives. The price may have risen over it since: then it is lost at once.
    @inline(__always) private mutating func place(_ offer: Offers.Offer) {
        let (lowest, gone) = seats.offer(Seats.bid(offer.price, by: offer.proposal), to: offer.expert)
        if let lowest { prices[offer.expert] = Seats.price(lowest) }
        if let gone { line.join(Int(Seats.proposal(gone)), lost: offer.expert) }
    }

    /// Takes a lost expert out of the held ones; the expert stays listed.
    @inline(__always) private func lose(_ expert: Int32, _ proposal: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let last = Int(head.pointee.held) &- 1
        var place = 0
        while entries[place].expert != expert { place &+= 1 }
        let lost = entries[place]
        entries[place] = entries[last]
        entries[last] = lost
        head.pointee.held = Int16(truncatingIfNeeded: last)
        // Whoever was passed over because the group was full is to be considered again.
        if rows.groups.exist {
            head.pointee.threshold = max(head.pointee.threshold, head.pointee.passedOver)
        }
    }
}
