internal import Synchronization

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
    public func pairs(
        sharing: Sharing = Sharing(), threads: Int = 2,
        proceed: @escaping @Sendable (Int) -> Bool = { _ in true },
        report: @escaping @Sendable (Pair) -> Void
    ) throws(IndexFault) {
        try catchUp()
        for segment in contents.segments { try segment.verify() }
        let count = count
        let shared = PairWork.Shared(count: count, report: report)
        // Only read by the threads, which have all ended before this returns.
        nonisolated(unsafe) let contents = contents
        let workers = max(1, min(threads, shared.chunks))
        _ = try inParallel(workers, threads: workers) { _ throws(IndexFault) in
            var work = PairWork(contents, sharing: sharing, shared: shared)
            try work.run(proceed)
        }
    }
}

/// One thread's part of comparing all with all: each document is searched for among those before it.
private struct PairWork {
    private var search: Search
    private var measure: Search
    private let sharing: Sharing
    private let shared: Shared

    init(_ contents: IndexContents, sharing: Sharing, shared: Shared) {
        search = Search(contents, sharing: sharing)
        measure = Search(contents, sharing: sharing)
        self.sharing = sharing
        self.shared = shared
    }

    mutating func run(_ proceed: (Int) -> Bool) throws(IndexFault) {
        do throws(IndexFault) {
            while let (chunk, documents) = shared.nextChunk() {
                guard proceed(documents.lowerBound) else { throw .cancelled }
                var pairs: [Pair] = []
                for document in documents where !search.contents.isRemoved(document) {
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
        let contents = search.contents
        let text = try search.read(contents.record(of: document).text.bound)
        let unmasked = text.unmasked(in: 0..<text.count)
        shared.texts.note(unmasked: unmasked, of: document)
        for candidate in try search.candidates(within: 0..<document) {
            let other = try shared.texts.text(of: candidate.document) { document throws(IndexFault) in
                try measure.plainText(of: document)
            }
            let alignment = Alignment(a: text, b: other, gram: contents.sampling.gram)
            let overlap = try Overlap(
                alignment.passages(candidate.seeds), a: text, b: other, sharing: sharing,
                unmaskedA: unmasked
            ) { () throws(IndexFault) in
                try shared.texts.unmasked(of: candidate.document) { document throws(IndexFault) in
                    try measure.unmasked(of: document)
                }
            }
            if let overlap { pairs.append(Pair(a: candidate.document, b: document, overlap: overlap.turned)) }
        }
    }

    /// What the threads share: which documents are next, texts read already, and the order of results.
    final class Shared: Sendable {
        static let chunkDocuments = 32
        let chunks: Int
        let texts = TextShelf()
        private let count: Int
        private let next = Atomic(0)
        private let report: @Sendable (Pair) -> Void
        private let outbox = Mutex<(next: Int, waiting: [Int: [Pair]])>((0, [:]))

        init(count: Int, report: @escaping @Sendable (Pair) -> Void) {
            self.count = count
            self.report = report
            chunks = (count + Self.chunkDocuments - 1) / Self.chunkDocuments
        }

        func nextChunk() -> (Int, Range<Int>)? {
            let chunk = next.add(1, ordering: .relaxed).oldValue
            guard chunk < chunks else { return nil }
            let start = chunk * Self.chunkDocuments
            return (chunk, start..<min(start + Self.chunkDocuments, count))
        }

        func stop() { next.store(chunks, ordering: .relaxed) }

        func deliver(_ pairs: [Pair], chunk: Int) {
            outbox.withLock { outbox in
                outbox.waiting[chunk] = pairs
                while let ready = outbox.waiting.removeValue(forKey: outbox.next) {
                    ready.forEach(report)
                    outbox.next += 1
                }
            }
        }
    }
}

/// Texts that were read for comparing, kept while there is room: the same few sources come up again and again.
private final class TextShelf: Sendable {
    private struct State {
        var texts: [Int: SymbolText] = [:]
        /// In order of coming; what came first goes first.
        var order: [Int] = []
        var oldest = 0
        var symbols = 0
        var unmasked: [Int: Int] = [:]
    }

    private let state = Mutex(State())
    /// Eight bytes each.
    private static let mostSymbols = 64 << 20

    func text(
        of document: Int, read: (Int) throws(IndexFault) -> SymbolText
    ) throws(IndexFault) -> SymbolText {
        if let known = state.withLock({ $0.texts[document] }) { return known }
        let text = try read(document)
        state.withLock { state in
            guard state.texts.updateValue(text, forKey: document) == nil else { return }
            state.order.append(document)
            state.symbols += text.count
            while state.symbols > Self.mostSymbols, state.oldest < state.order.count - 1 {
                let gone = state.texts.removeValue(forKey: state.order[state.oldest])
                state.symbols -= gone?.count ?? 0
                state.oldest += 1
            }
            if state.oldest > 1 << 16 {
                state.order.removeFirst(state.oldest)
                state.oldest = 0
            }
        }
        return text
    }

    func note(unmasked: Int, of document: Int) { state.withLock { $0.unmasked[document] = unmasked } }

    func unmasked(of document: Int, count: (Int) throws(IndexFault) -> Int) throws(IndexFault) -> Int {
        if let known = state.withLock({ $0.unmasked[document] }) { return known }
        let counted = try count(document)
        note(unmasked: counted, of: document)
        return counted
    }
}
