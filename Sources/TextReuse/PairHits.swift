/// The hits of all documents with all before them, some documents at a time so that they fit into memory.
///
/// The postings are walked once to count, which says how many documents make a round and where the hits of each
/// belong, and once for each round to put them there. Several threads take different fingerprints, and each has
/// its own part of every document's place: what comes out does not depend on which is faster.
final class PairHits {
    /// Hits (16 bytes) and stops (4 bytes) of a round; one document may have more.
    private let mostHits: Int
    let documents: Int
    private let sources: [PostingSource]
    private let contents: IndexContents
    private let sharing: Sharing
    private let threads: Int
    private let proceed: @Sendable (Int) -> Bool
    /// For each thread and document.
    private var counts: [PairCounts] = []

    init(
        _ contents: IndexContents, from first: Int = 0, sharing: Sharing, threads: Int,
        mostHits: Int = 32 << 20,
        proceed: @escaping @Sendable (Int) -> Bool
    ) throws(IndexFault) {
        self.contents = contents
        self.sharing = sharing
        self.threads = threads
        self.mostHits = mostHits
        self.proceed = proceed
        documents = contents.count
        sources = try contents.postingSources()
        counts = try walk(after: first) { _, documents in PairCounts(documents) }
    }

    /// The documents from `first` on whose hits fit into memory together.
    func round(from first: Int) -> Range<Int> {
        var end = first
        var hits = 0
        while end < documents {
            hits += counts.reduce(0) { $0 + Int($1.hits[end]) + Int($1.stops[end]) / 4 }
            if hits > mostHits, end > first { break }
            end += 1
        }
        return first..<end
    }

    func hits(of round: Range<Int>) throws(IndexFault) -> PairRound {
        let result = PairRound(round, counts)
        // Each thread writes where no other does, and nobody reads before all have ended.
        nonisolated(unsafe) let shared = result
        _ = try walk(after: round.lowerBound) { part, _ in PairFiling(shared, part: part) }
        return result
    }

    /// Every thread deals out its fingerprints to what `make` gives it.
    private func walk<Dealing: PairDealing>(
        after done: Int, _ make: @Sendable (_ part: Int, _ documents: Int) -> Dealing
    ) throws(IndexFault) -> [Dealing] {
        // Only read by the threads, which have all ended before this returns.
        nonisolated(unsafe) let sources = sources
        nonisolated(unsafe) let contents = contents
        let (documents, sharing, threads, proceed) = (documents, sharing, threads, proceed)
        let buckets = Posting.buckets
        return try inParallel(threads, threads: threads) { part throws(IndexFault) -> Dealing in
            var dealing = make(part, documents)
            let isAnyRemoved = contents.removedCount > 0
            let join = PostingJoin(sources, isRemoved: isAnyRemoved ? { contents.isRemoved($0) } : nil)
            let limit = contents.stopLimit
            for bucket in (buckets * part / threads)..<(buckets * (part + 1) / threads) {
                if bucket % 1024 == 0, !proceed(done) { throw .cancelled }
                try join.groups(of: bucket) { members, places throws(IndexFault) in
                    if places > limit {
                        for member in members { try dealing.stop(member) }
                    } else {
                        try Self.deal(members, isRare: places <= sharing.rarity, to: &dealing)
                    }
                }
            }
            return dealing
        }
    }

    /// Each place of a fingerprint with those in documents before it. Of many in one document, the first few.
    @inline(__always)
    private static func deal(
        _ members: UnsafeMutableBufferPointer<PostingJoin.Member>, isRare: Bool,
        to dealing: inout some PairDealing
    ) throws(IndexFault) {
        var document = UInt32.max
        // Members up to `before` are in other documents, those up to `kept` are looked at.
        var (before, kept, repeats) = (0, 0, 0)
        for place in members.indices {
            let member = members[place]
            if member.document != document {
                document = member.document
                before = kept
                repeats = 0
            }
            if before > 0 {
                let others = UnsafeBufferPointer(rebasing: members[..<before])
                try dealing.hits(of: member, in: others, isRare: isRare)
            }
            if repeats < Hit.mostRepeats {
                members[kept] = member
                kept += 1
            }
            repeats += 1
        }
    }
}

/// Takes what a walk over the postings finds.
protocol PairDealing: SendableMetatype {
    /// A place of a stock phrase.
    mutating func stop(_ member: PostingJoin.Member) throws(IndexFault)
    /// A place of a fingerprint, and others in documents that came before.
    mutating func hits(
        of member: PostingJoin.Member, in others: UnsafeBufferPointer<PostingJoin.Member>,
        isRare: Bool
    ) throws(IndexFault)
}

/// How many hits and stops each document has.
struct PairCounts: PairDealing {
    private(set) var hits: [UInt32]
    private(set) var stops: [UInt32]

    init(_ documents: Int) {
        hits = Array(repeating: 0, count: documents)
        stops = hits
    }

    @inline(__always)
    mutating func stop(_ member: PostingJoin.Member) { stops[Int(member.document)] &+= 1 }

    @inline(__always)
    mutating func hits(
        of member: PostingJoin.Member, in others: UnsafeBufferPointer<PostingJoin.Member>,
        isRare: Bool
    ) { hits[Int(member.document)] &+= UInt32(others.count) }
}
