internal import Glibc

/// All that can be read of an index: segments, the log of texts, and the newest documents.
///
/// Searches only read it, several at a time; between searches its owner adds to it.
final class IndexContents {
    let folder: String
    let sampling: Sampling
    let fold = FoldTable.standard
    private(set) var segments: [Segment] = []
    private(set) var templates = TemplateSet()
    private(set) var newest = NewestTable()
    /// Documents behind the last segment's, in order.
    private(set) var newestFacts: [DocumentFacts] = []
    /// How many of them stand in `newest` already.
    private var tabled = 0
    private var log: MappedFile
    private var removed: Set<Int> = []
    private let buffer = SymbolBuffer()
    private let scratch = SymbolScratch()

    var sealedCount: Int { segments.last?.documents.upperBound ?? 0 }
    var count: Int { sealedCount + newestFacts.count }
    var removedCount: Int { removed.count }
    var removedDocuments: [Int] { removed.sorted() }

    init(folder: String, sampling: Sampling) throws(IndexFault) {
        self.folder = folder
        self.sampling = sampling
        log = try MappedFile("\(folder)/\(Manifest.logName)")
    }

    var folding: UInt64 { fold.checksum }

    // MARK: Reading

    func isRemoved(_ document: Int) -> Bool { !removed.isEmpty && removed.contains(document) }

    func facts(of document: Int) throws(IndexFault) -> DocumentFacts {
        if document >= sealedCount {
            guard document < count else {
                throw .damaged(path: folder, what: "there is no document \(document)")
            }
            return newestFacts[document - sealedCount]
        }
        for segment in segments where segment.documents.contains(document) {
            return try segment.facts(of: document)
        }
        throw .damaged(path: folder, what: "no segment holds document \(document)")
    }

    func record(of document: Int) throws(IndexFault) -> TextLog.Record {
        let offset = try facts(of: document).textOffset
        guard let record = TextLog.record(in: log.bytes, at: offset), record.kind == .document else {
            throw .damaged(
                path: log.path, what: "the text of document \(document) at byte \(offset) is not whole")
        }
        return record
    }

    /// Asks the system for the texts of documents that will be read, all at once, as far as that is not too much.
    func prefetchTexts(of documents: some Sequence<Int>) throws(IndexFault) {
        var left = 64 << 20
        for document in documents {
            let start = try facts(of: document).textOffset
            let end = document + 1 < count ? try facts(of: document + 1).textOffset : log.bytes.count
            // The tables may lie.
            guard start < end else { continue }
            left -= end - start
            guard left >= 0 else { return }
            log.prefetch(start..<end)
        }
    }

    /// The symbols of a document, for comparing: only templates are masked.
    func text(of document: Int, scratch: SymbolScratch) throws(IndexFault) -> SymbolText {
        let text = SymbolText(try record(of: document).text.bound, fold: fold, scratch: scratch)
        templates.mask(text)
        return text
    }

    /// The postings of all documents, those of the newest sorted like the others. The segments are checked whole.
    func postingSources() throws(IndexFault) -> [PostingSource] {
        var sources: [PostingSource] = []
        for segment in segments { sources.append(try segment.verifiedSource()) }
        var entries = newest.entries[...]
        var next = sealedCount
        while next < count {
            let builder = SegmentBuilder(firstDocument: next)
            while next < count, !builder.isFull {
                // They were entered document by document.
                let own = entries.prefix { $0.document == next }
                entries = entries.dropFirst(own.count)
                builder.add(newestFacts[next - sealedCount]) { keep in
                    for entry in own { keep(Fingerprint(hash: entry.hash, position: entry.position)) }
                }
                next += 1
            }
            sources.append(builder.source())
        }
        return sources
    }

    /// A fingerprint in more places than this is a stock phrase.
    var stopLimit: Int { max(50, count / 2000) }

    /// Whether a fingerprint is a stock phrase. Postings are read only where tables do not tell.
    func isStop(_ hash: UInt64) throws(IndexFault) -> Bool {
        let limit = stopLimit
        var least = newest.entries.isEmpty ? 0 : newest.entries(of: hash).count
        var most = least
        for segment in segments {
            let places = segment.common.places(of: hash)
            least += places.lowerBound
            most += places.upperBound
        }
        guard least <= limit, most > limit else { return least > limit }
        var exact = newest.entries.isEmpty ? 0 : newest.entries(of: hash).count
        for segment in segments { exact += try segment.places(of: hash).count }
        return exact > limit
    }

    // MARK: Growing, by the owner alone

    func use(_ segments: [Segment], dropping sealed: Int) {
        self.segments = segments
        newestFacts.removeFirst(sealed)
        newest = NewestTable()
        tabled = 0
    }

    /// Maps what the log has grown by.
    func mapLog(upTo end: Int) throws(IndexFault) {
        if log.bytes.count < end { log = try MappedFile(log.path) }
    }

    var logBytes: UnsafeRawBufferPointer { log.bytes }

    func append(_ facts: DocumentFacts) { newestFacts.append(facts) }

    func remove(_ document: Int) { removed.insert(document) }

    func addTemplate(at offset: Int) throws(IndexFault) {
        guard let record = TextLog.record(in: log.bytes, at: offset), record.kind == .template else {
            throw .damaged(path: log.path, what: "the template at byte \(offset) is not whole")
        }
        templates.insert(SymbolText(record.text.bound, fold: fold, scratch: scratch))
    }

    /// Makes documents that were appended since visible to searches.
    func tableNewest() throws(IndexFault) {
        let winnow = Winnowing(sampling)
        while tabled < newestFacts.count {
            let document = sealedCount + tabled
            buffer.read(try record(of: document).text.bound)
            newestFacts[tabled].symbols = buffer.count
            winnow(buffer.symbols, in: 0..<buffer.count) { newest.insert($0, document: document) }
            tabled += 1
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The same bytes as numbers. Nothing else is bound to mapped files.
    var bound: UnsafeBufferPointer<UInt8> { bindMemory(to: UInt8.self) }
}

extension FoldTable {
    /// Tells tables of different versions apart.
    var checksum: UInt64 {
        TextReuse.checksum(
            UnsafeRawBufferPointer(start: entries, count: (1 << 16) * MemoryLayout<UInt16>.size))
    }
}
