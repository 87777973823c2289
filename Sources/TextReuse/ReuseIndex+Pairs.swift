/// What two documents of the index share; `a` was added before `b`.
public struct Pair: Hashable, Sendable {
    public let a: Int
    public let b: Int
    public let overlap: Overlap
}

extension ReuseIndex {
    /// All pairs of documents that share passages, each once, in order of `b`, then `a`.
    ///
    /// `report` is called by one thread at a time. `proceed` is told how many documents are done, now and then,
    /// from any thread; when it gives false the work ends with ``IndexFault/cancelled``.
    ///
    /// Who may be broken off keeps what `reached` tells, between two calls of `report`: every pair whose `b` is below
    /// was reported. The same index then goes on `from` there with just the pairs that are left.
    public func pairs(
        from first: Int = 0, sharing: Sharing = Sharing(), threads: Int = 2,
        proceed: @escaping @Sendable (Int) -> Bool = { _ in true },
        reached: @escaping @Sendable (Int) -> Void = { _ in },
        report: @escaping @Sendable (Pair) -> Void
    ) throws(IndexFault) {
        try catchUp()
        for segment in contents.segments { try segment.verify() }
        var done = max(0, first)
        let hits = try PairHits(
            contents, from: done, sharing: sharing, threads: max(1, threads), proceed: proceed)
        let texts = TextShelf(documents: hits.documents)
        // Only read by the threads, which have all ended before each round does.
        nonisolated(unsafe) let contents = contents
        while done < hits.documents {
            // Finished before the threads begin, and only read by them.
            nonisolated(unsafe) let round = try hits.hits(of: hits.round(from: done))
            done = round.documents.upperBound
            let shared = PairWork.Shared(round.documents, texts: texts, reached: reached, report: report)
            let workers = max(1, min(threads, shared.chunks))
            _ = try inParallel(workers, threads: workers) { _ throws(IndexFault) in
                var work = PairWork(contents, sharing: sharing, round: round, shared: shared)
                try work.run(proceed)
            }
        }
    }
}
