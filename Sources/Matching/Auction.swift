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
    let seats: Seats
    let lists: Shortlists
    var line: Line
    var offers = Offers()
    /// The groups of the proposal's experts whose turn it is; empty without groups.
    let takenGroups: Buffer<Int32>
    /// The price of an expert nobody can have: below any empty place, and far enough from the edge of 32 bits.
    private static let unavailable: Int32 = 1_800_000_000
    var bids = 0
    /// Up to which position rows are known to be sorted; see ``RowSorting``.
    var sorted: Int
    private let seed: UInt64
    /// What all scores are multiples of.
    private let grain: Int32

    private init(_ rows: borrowing Rows, seed: UInt64) {
        self.seed = seed
        sorted = rows.sorting == nil ? .max : 0
        let quantum = Self.quantum(rows)
        grain = quantum
        let range = max(1, Int64(rows.highestScore) - Int64(rows.lowestScore))
        // Prices stay below five times the range, and that within 31 bits.
        let room = max(1, (1 << 28) / (range + Int64(rows.highestScore.magnitude)))
        unit = quantum >= 25 ? 1 : Int32(min(room, 32))
        step = max(1, Int32(min(quantum, 1 << 20)) * unit / 25)
        holeWorth = Int32(
            max(Int64(Int32.min / 2), Int64(rows.lowestScore) * Int64(unit) - 3 * range * Int64(unit)))
        prices = Buffer(rows.experts, repeating: 0)
        seats = Seats(capacity: rows.capacity)
        lists = Shortlists(proposals: rows.proposals, widest: rows.widest)
        takenGroups = Buffer(rows.groups.exist ? lists.width + 1 : 0, repeating: -1)
        line = Line(room: rows.proposals + rows.places)
    }

    /// Who bids first.
    static func first(_ seed: UInt64, _ proposals: Int) -> Int {
        proposals == 0 ? 0 : Int(seed % UInt64(proposals))
    }

    /// The greatest common divisor of all scores: optimal totals differ by no less.
    private static func quantum(_ rows: borrowing Rows) -> Int32 {
        var divisor: UInt32 = 0
        var sorted = 0
        for position in 0..<rows.proposals {
            var proposal = position
            if let sorting = rows.sorting {
                if position >= sorted { sorted = sorting.wait(for: position, beyond: sorted) }
                proposal = sorting.proposal(at: position)
            }
            for index in rows.start[proposal]..<rows.start[proposal + 1] {
                var left = rows.candidates[index].score.magnitude
                while left != 0 { (divisor, left) = (left, divisor % left) }
            }
            if divisor == 1 { break }
        }
        return Int32(max(1, divisor))
    }

    /// Fills `holdings` nearly optimally and gives the prices at which the auction ended.
    static func run(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, seed: UInt64, threads: Int = 1,
        _ control: Control
    ) throws(MatchingRefused) -> PriceGuess {
        // With copies of pairs a proposal would bid against itself; what is too large to be kept
        // is left to the later steps.
        guard rows.pairCapacity == 1, Seats.canHold(rows.capacity), rows.widest <= Shortlists.mostWanted
        else {
            return PriceGuess(unit: 1, prices: Buffer(rows.experts, repeating: 0))
        }
        var auction = Auction(rows, seed: seed)
        try auction.run(rows, control)
        auction.close(rows, holdings, threads)
        let guess = Buffer<Int64>(uninitialized: rows.experts)
        for expert in 0..<rows.experts { guess[expert] = Int64(auction.prices[expert]) }
        return PriceGuess(unit: Int64(auction.unit), grain: Int64(auction.grain), prices: guess)
    }

    /// One round with the smallest step if that goes well; where experts are scarce it ends in a war of tiny
    /// raises, so begin again with large steps then and refine.
    private mutating func run(_ rows: borrowing Rows, _ control: Control) throws(MatchingRefused) {
        let finest = step
        let places = rows.places
        open(rows)
        // Where nearly all places are needed the war is certain, and all that is wanted are prices to begin with.
        let isScarce = places > rows.capacityInAll / 10 * 9
        if try bidUntilDone(rows, control, atMost: isScarce ? places : 5 * places / 2) { return }
        let range = Int64(rows.highestScore) - Int64(rows.lowestScore)
        let coarsest = Int32(range * Int64(unit) / 30)
        var coarse = max(finest, coarsest)
        // What was bid so far is less than what will be: the prices stand, the holdings do not.
        reopen(rows, lowered: 0)
        while true {
            step = coarse
            open(rows)
            _ = try bidUntilDone(rows, control, atMost: .max)
            guard coarse > finest else { return }
            // Where prices were raised too far experts stay empty at a price, which `HoleRouting` must mend;
            // beginning again two steps lower leaves about one in two thousand.
            reopen(rows, lowered: coarse &* 2)
            // The last stretch may be long, but not so long that wars of tiny raises come back.
            coarse = coarse == coarsest || coarse / finest > 1_000 ? max(finest, coarse / 30) : finest
        }
    }

    /// Nobody holds anybody any more, and all prices are lower.
    private mutating func reopen(_ rows: borrowing Rows, lowered: Int32) {
        seats.clear()
        line.clear()
        offers.clear()
        for expert in 0..<rows.experts where rows.capacity[expert] > 0 {
            prices[expert] = max(0, prices[expert] &- lowered)
        }
        for proposal in 0..<rows.proposals {
            lists.head(proposal).pointee.release(lowered, whole: rows.groups.exist)
        }
    }

    /// Everyone who wants someone stands in line.
    private mutating func open(_ rows: borrowing Rows) {
        for expert in 0..<rows.experts where rows.capacity[expert] == 0 { prices[expert] = Self.unavailable }
        // The seed decides who bids first, and with that between equally good ends.
        let first = Self.first(seed, rows.proposals)
        for proposal in first..<rows.proposals where rows.demand[proposal] > 0 { line.join(proposal) }
        for proposal in 0..<first where rows.demand[proposal] > 0 { line.join(proposal) }
    }

    private func close(_ rows: borrowing Rows, _ holdings: borrowing Holdings, _ threads: Int) {
        concurrently(threads) { number in
            for proposal in share(number, of: threads, rows.proposals) {
                let entries = lists.entries(proposal)
                let held = Int(lists.head(proposal).pointee.held)
                for place in 0..<held {
                    let entry = entries[place]
                    holdings.held[holdings.start[proposal] + place] = Candidate(
                        expert: entry.expert, score: entry.score / unit)
                }
                holdings.count[proposal] = Int32(held)
            }
        }
        // Who is held and who keeps whom are the same, once no offer is on its way.
        for expert in 0..<rows.experts { holdings.load[expert] = seats.load(expert) }
    }
}
