internal import Glibc
internal import Synchronization

/// One thread's part of comparing a round's documents with those before them.
struct PairWork {
    private let contents: IndexContents
    private let sharing: Sharing
    private let round: PairRound
    private let shared: Shared
    private let grouping: HitGrouping
    private let scratch = SymbolScratch()
    /// For copies of texts whose stock phrases are masked: of the one that is compared, and of one it is compared with.
    private let own = SymbolScratch()
    private let foreign = SymbolScratch()
    /// Of no meaning: what was touched must go somewhere, or the compiler would leave it out.
    private(set) var touched: UInt32 = 0
    /// Candidates whose texts are fetched at once.
    private static let together = 32
    /// Symbols of a line of the processor's cache, and its neighbour.
    private static let lineSymbols = 32

    init(_ contents: IndexContents, sharing: Sharing, round: PairRound, shared: Shared) {
        self.contents = contents
        self.sharing = sharing
        self.round = round
        self.shared = shared
        grouping = HitGrouping(documents: contents.count, sharing: sharing)
    }

    mutating func run(_ proceed: (Int) -> Bool) throws(IndexFault) {
        do throws(IndexFault) {
            while let (chunk, documents) = shared.nextChunk() {
                guard proceed(documents.lowerBound) else { throw .cancelled }
                var pairs: [Pair] = []
                for document in documents where !contents.isRemoved(document) {
                    try compare(document, into: &pairs)
                }
                shared.deliver(pairs, chunk: chunk)
            }
        } catch {
            // The other threads need not finish what nobody will see.
            shared.stop()
            throw error
        }
    }

    private mutating func compare(_ document: Int, into pairs: inout [Pair]) throws(IndexFault) {
        let plain = try text(of: document)
        let hits = round.hits(of: document)
        let counting = contents.templates.isEmpty ? hits.count : drop(hits, maskedIn: plain)
        let text = masked(plain, document, in: own)
        let unmasked = text.unmasked(in: 0..<text.count)
        shared.texts.note(unmasked: unmasked, of: document)
        let candidates = grouping.candidates(UnsafeBufferPointer(rebasing: hits[..<counting]))
        for start in stride(from: 0, to: candidates.count, by: Self.together) {
            let some = candidates[start..<min(start + Self.together, candidates.count)]
            var others: [SymbolText] = []
            for candidate in some { others.append(try self.text(of: candidate.document)) }
            touch(others, some)
            // A forged segment may name what does not come before.
            for (candidate, other) in zip(some, others) where candidate.document < document {
                let alignment = Alignment(a: text, b: other, gram: contents.sampling.gram)
                let overlap = try Overlap(
                    alignment.passages(candidate.seeds), a: text, b: other, sharing: sharing,
                    unmaskedA: unmasked
                ) { () throws(IndexFault) in try self.unmasked(of: candidate.document) }
                guard let overlap else { continue }
                pairs.append(Pair(a: candidate.document, b: document, overlap: overlap.turned))
            }
        }
    }

    /// Looks at the places where passages may begin, one right after the other: the processor fetches many at a
    /// time, but would wait for each if it were followed first.
    private mutating func touch(_ texts: [SymbolText], _ candidates: ArraySlice<Candidate>) {
        for (candidate, text) in zip(candidates, texts) {
            var last = -Self.lineSymbols
            for seed in candidate.seeds where seed.b < text.count && abs(seed.b - last) >= Self.lineSymbols {
                touched ^= text.symbols[seed.b]
                last = seed.b
            }
        }
    }

    /// The symbols of a document, with nothing but templates masked.
    private func text(of document: Int) throws(IndexFault) -> SymbolText {
        if let known = shared.texts.text(of: document) { return known }
        let text = try contents.text(of: document, scratch: scratch)
        shared.texts.put(text, of: document)
        return text
    }

    /// The same with the stock phrases masked.
    private func masked(
        _ plain: SymbolText, _ document: Int, in scratch: SymbolScratch
    ) -> SymbolText {
        let stops = round.stops(of: document)
        guard !stops.isEmpty else { return plain }
        let text = plain.copy(into: scratch)
        text.mask(
            stops: stops.sorted().map { Int($0) }.filter { plain.isClear($0, contents.sampling) },
            sampling: contents.sampling)
        return text
    }

    /// Symbols of a document that count. Those of earlier rounds are known, unless the work goes on from where it was
    /// broken off; one of this round another thread may not have come to yet.
    private func unmasked(of document: Int) throws(IndexFault) -> Int {
        if let known = shared.texts.unmasked(of: document) { return known }
        if document < round.documents.lowerBound {
            var search = Search(contents, sharing: sharing)
            let unmasked = try search.unmasked(of: document)
            shared.texts.note(unmasked: unmasked, of: document)
            return unmasked
        }
        let text = masked(try text(of: document), document, in: foreign)
        return text.unmasked(in: 0..<text.count)
    }

    /// Moves hits to the end whose k-gram a template holds, and gives the number of those that are left.
    private func drop(_ hits: UnsafeMutableBufferPointer<Hit>, maskedIn text: SymbolText) -> Int {
        var kept = 0
        for hit in hits where text.isClear(Int(hit.a), contents.sampling) {
            hits[kept] = hit
            kept += 1
        }
        return kept
    }

    /// What the threads share: which documents are next, texts read already, and the order of results.
    final class Shared: Sendable {
        private struct Outbox {
            var next = 0
            var waiting: [Int: [Pair]] = [:]
            /// Pairs in all that wait.
            var pairs = 0
        }

        static let chunkDocuments = 32
        /// While more pairs than this wait for a chunk before them, nobody begins another: memory stays bounded
        /// however long that chunk takes.
        static let mostWaiting = 1 << 16
        let chunks: Int
        let texts: TextShelf
        private let documents: Range<Int>
        private let next = Atomic(0)
        private let reached: @Sendable (Int) -> Void
        private let report: @Sendable (Pair) -> Void
        private let outbox = Mutex(Outbox())

        init(
            _ documents: Range<Int>, texts: TextShelf, reached: @escaping @Sendable (Int) -> Void,
            report: @escaping @Sendable (Pair) -> Void
        ) {
            self.documents = documents
            self.texts = texts
            self.reached = reached
            self.report = report
            chunks = (documents.count + Self.chunkDocuments - 1) / Self.chunkDocuments
        }

        func nextChunk() -> (Int, Range<Int>)? {
            // Rare, so that it costs nothing to look again a millisecond later. Whoever has the chunk that all wait
            // for is at work on it, and delivers it or stops.
            while isOutboxFull, next.load(ordering: .relaxed) < chunks { usleep(1000) }
            let chunk = next.add(1, ordering: .relaxed).oldValue
            guard chunk < chunks else { return nil }
            let start = documents.lowerBound + chunk * Self.chunkDocuments
            return (chunk, start..<min(start + Self.chunkDocuments, documents.upperBound))
        }

        private var isOutboxFull: Bool { outbox.withLock { $0.pairs > Self.mostWaiting } }

        func stop() { next.store(chunks, ordering: .relaxed) }

        func deliver(_ pairs: [Pair], chunk: Int) {
            outbox.withLock { outbox in
                outbox.waiting[chunk] = pairs
                outbox.pairs += pairs.count
                while let ready = outbox.waiting.removeValue(forKey: outbox.next) {
                    outbox.pairs -= ready.count
                    ready.forEach(report)
                    outbox.next += 1
                    reached(
                        min(
                            documents.lowerBound + outbox.next * Self.chunkDocuments,
                            documents.upperBound))
                }
            }
        }
    }
}
