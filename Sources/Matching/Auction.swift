/// Bertsekas's forward auction for many places on both sides.
///
/// A proposal with an empty place bids for its best candidate as much as it can without regretting the next
/// best, and ε more; an expert keeps the highest bids, and the lowest kept is the price. When every place is
/// filled the total is within ε a place of optimal (Bertsekas and Castañón, *The auction algorithm for the
/// transportation problem*, Annals of Operations Research 20, 1989). ``ExactPrices`` closes what is left.
struct Auction: ~Copyable {
    /// Price units to one unit of score.
    let unit: Int32
    /// What a bid adds to be sure to end; in price units.
    var step: Int32
    /// What an empty place is worth to a proposal: bidding stops there.
    let holeWorth: Int32
    let prices: Buffer<Int32>
    let heaps: PlaceHeaps
    let lists: Shortlists
    /// The price of an expert nobody can have: below any empty place, and far enough from the edge of 32 bits.
    private static let unavailable: Int32 = 1_800_000_000
    /// Proposals that still bid, first come first served.
    private let queue: Buffer<Int32>
    private var queueStart = 0
    private var queued = 0
    private(set) var bids = 0
    private let seed: UInt64

    private init(_ rows: borrowing Rows, seed: UInt64) {
        self.seed = seed
        let quantum = Self.quantum(rows)
        let range = max(1, Int64(rows.highestScore) - Int64(rows.lowestScore))
        // Prices stay below five times the range, and that within 31 bits.
        let room = max(1, (1 << 28) / (range + Int64(rows.highestScore.magnitude)))
        unit = quantum >= 25 ? 1 : Int32(min(room, 32))
        step = max(1, Int32(min(quantum, 1 << 20)) * unit / 25)
        holeWorth = Int32(
            max(Int64(Int32.min / 2), Int64(rows.lowestScore) * Int64(unit) - 3 * range * Int64(unit)))
        prices = Buffer(rows.experts, repeating: 0)
        heaps = PlaceHeaps(capacity: rows.capacity)
        var widest = 0
        for proposal in 0..<rows.proposals { widest = max(widest, Int(rows.demand[proposal])) }
        lists = Shortlists(proposals: rows.proposals, widest: widest)
        queue = Buffer(uninitialized: rows.proposals)
    }

    /// The greatest common divisor of all scores: optimal totals differ by no less.
    private static func quantum(_ rows: borrowing Rows) -> Int32 {
        var divisor: UInt32 = 0
        for index in 0..<rows.start[rows.proposals] {
            var left = rows.candidates[index].score.magnitude
            while left != 0 { (divisor, left) = (left, divisor % left) }
            if divisor == 1 { break }
        }
        return Int32(max(1, divisor))
    }

    /// Fills `holdings` nearly optimally and gives the prices at which the auction ended.
    static func run(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, seed: UInt64, _ control: Control
    ) throws(MatchingRefused) -> PriceGuess {
        // With copies of pairs a proposal would bid against itself.
        guard rows.pairCapacity == 1 else {
            return PriceGuess(unit: 1, prices: Buffer(rows.experts, repeating: 0))
        }
        var auction = Auction(rows, seed: seed)
        try auction.run(rows, control)
        auction.close(rows, holdings)
        let guess = Buffer<Int64>(uninitialized: rows.experts)
        for expert in 0..<rows.experts { guess[expert] = Int64(auction.prices[expert]) }
        return PriceGuess(unit: Int64(auction.unit), prices: guess)
    }

    /// One round with the smallest step if that goes well; where experts are scarce it ends in a war of tiny
    /// raises, so begin again with large steps then and refine.
    private mutating func run(_ rows: borrowing Rows, _ control: Control) throws(MatchingRefused) {
        let finest = step
        var places = 0
        for proposal in 0..<rows.proposals { places += Int(rows.demand[proposal]) }
        open(rows)
        if try bidUntilDone(rows, control, atMost: 5 * places / 2) { return }
        let range = Int64(rows.highestScore) - Int64(rows.lowestScore)
        let coarsest = Int32(range * Int64(unit) / 30)
        var coarse = max(finest, coarsest)
        // What was bid so far is less than what will be: the prices stand, the holdings do not.
        while true {
            step = coarse
            reopen()
            open(rows)
            _ = try bidUntilDone(rows, control, atMost: .max)
            guard coarse > finest else { return }
            // Where prices were raised too far experts stay empty at a price, which `HoleRouting` must mend;
            // beginning again two steps lower leaves about one in two hundred.
            let margin = coarse &* 2
            for expert in 0..<rows.experts where rows.capacity[expert] > 0 {
                prices[expert] = max(0, prices[expert] &- margin)
            }
            coarse = coarse == coarsest ? max(finest, coarsest / 30) : finest
        }
    }

    private mutating func reopen() {
        heaps.clear()
        queueStart = 0
        queued = 0
        for proposal in 0..<queue.count { lists.head(proposal).pointee = Shortlists.unread }
    }

    /// Everyone who wants someone stands in line.
    private mutating func open(_ rows: borrowing Rows) {
        for expert in 0..<rows.experts where rows.capacity[expert] == 0 { prices[expert] = Self.unavailable }
        // The seed decides who bids first, and with that between equally good ends.
        let first = rows.proposals == 0 ? 0 : Int(seed % UInt64(rows.proposals))
        for proposal in first..<rows.proposals where rows.demand[proposal] > 0 { enqueue(Int32(proposal)) }
        for proposal in 0..<first where rows.demand[proposal] > 0 { enqueue(Int32(proposal)) }
    }

    @inline(__always) private mutating func enqueue(_ proposal: Int32) {
        var place = queueStart &+ queued
        if place >= queue.count { place &-= queue.count }
        queue[place] = proposal
        queued &+= 1
    }

    /// - Returns: whether all have what they want; false if the limit of bids came first.
    private mutating func bidUntilDone(
        _ rows: borrowing Rows, _ control: Control, atMost limit: Int
    ) throws(MatchingRefused) -> Bool {
        var turns = 0
        let hasGroups = rows.groups.exist
        while queued > 0 {
            if bids > limit { return false }
            let proposal = Int(queue[queueStart])
            queueStart &+= 1
            if queueStart == queue.count { queueStart = 0 }
            queued &-= 1
            if hasGroups { bidWithinGroups(proposal, rows) } else { bid(proposal, rows) }
            turns &+= 1
            if turns & 0xFFFF == 0 {
                try control.report(.auction, rows.proposals - queued, of: rows.proposals)
            }
        }
        return true
    }

    /// One proposal bids for all its empty places.
    private mutating func bid(_ proposal: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        var wanted = Int(rows.demand[proposal] &- head.pointee.held &- head.pointee.givenUp)
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
            offer(choice.score &- other &+ step, by: Int32(proposal), to: choice.expert, rows)
        }
        head.pointee.givenUp &+= Int32(wanted)
    }

    /// Brings the best `wanted` listed candidates to the front and gives the worth of the next.
    @inline(__always) private func chooseBest(
        _ wanted: Int, _ head: UnsafeMutablePointer<Shortlists.Head>,
        _ entries: UnsafeMutablePointer<Candidate>
    ) -> Int32 {
        let first = Int(head.pointee.held)
        let end = Int(head.pointee.listed)
        for rank in 0..<wanted {
            var best = Int32.min
            var bestPlace = first &+ rank
            guard bestPlace < end else { return .min }
            for place in (first &+ rank)..<end {
                let net = entries[place].score &- prices[entries[place].expert]
                if net > best {
                    best = net
                    bestPlace = place
                }
            }
            let chosen = entries[bestPlace]
            entries[bestPlace] = entries[first &+ rank]
            entries[first &+ rank] = chosen
        }
        var next = Int32.min
        for place in (first &+ wanted)..<max(end, first &+ wanted) {
            next = max(next, entries[place].score &- prices[entries[place].expert])
        }
        return next
    }

    /// Lists the best candidates anew from the row.
    func read(_ proposal: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let first = Int(head.pointee.held)
        let room = lists.width
        var end = first
        var lowest = Int32.min
        var dropped = Int32.min
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
            var isHeld = false
            for place in 0..<first where entries[place].expert == candidate.expert { isHeld = true }
            if isHeld { continue }
            if rows.groups.exist, hasNoRoom(for: candidate.expert, proposal, rows, taken: first) { continue }
            let net = score &- prices[candidate.expert]
            if end == room {
                guard net > lowest else {
                    dropped = max(dropped, net)
                    continue
                }
                dropped = max(dropped, lowest)
                end &-= 1
            }
            // Entries stand by falling worth, so that the last is the lowest.
            var place = end
            while place > first {
                let above = entries[place &- 1]
                guard above.score &- prices[above.expert] < net else { break }
                entries[place] = above
                place &-= 1
            }
            entries[place] = Candidate(expert: candidate.expert, score: score)
            end &+= 1
            let last = entries[end &- 1]
            lowest = last.score &- prices[last.expert]
        }
        head.pointee.listed = Int32(end)
        head.pointee.threshold = dropped
    }

    @inline(__always) mutating func offer(
        _ price: Int32, by proposal: Int32, to expert: Int32, _ rows: borrowing Rows
    ) {
        bids &+= 1
        let bid = PlaceHeaps.bid(price, by: proposal)
        if heaps.load[expert] < rows.capacity[expert] {
            heaps.add(bid, to: expert)
            if heaps.load[expert] < rows.capacity[expert] { return }
        } else {
            let loser = PlaceHeaps.proposal(heaps.lowest(expert))
            heaps.replaceLowest(with: bid, of: expert)
            lose(expert, Int(loser), rows)
        }
        prices[expert] = PlaceHeaps.price(heaps.lowest(expert))
    }

    @inline(__always) private mutating func lose(_ expert: Int32, _ proposal: Int, _ rows: borrowing Rows) {
        let head = lists.head(proposal)
        let entries = lists.entries(proposal)
        let last = Int(head.pointee.held) &- 1
        var place = 0
        while entries[place].expert != expert { place &+= 1 }
        let lost = entries[place]
        entries[place] = entries[last]
        entries[last] = lost
        head.pointee.held = Int32(last)
        // Whoever was passed over because the group was full is to be considered again.
        if rows.groups.exist, rows.groups.group[expert] >= 0 { head.pointee.threshold = .max }
        if Int32(last) &+ 1 &+ head.pointee.givenUp == rows.demand[proposal] { enqueue(Int32(proposal)) }
    }

    private func close(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        for proposal in 0..<rows.proposals {
            let entries = lists.entries(proposal)
            for place in 0..<Int(lists.head(proposal).pointee.held) {
                let entry = entries[place]
                holdings.add(Candidate(expert: entry.expert, score: entry.score / unit), to: proposal)
            }
        }
    }
}
