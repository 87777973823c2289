internal import Glibc

/// Gathers the fingerprints of documents that follow each other, and writes them as one segment.
///
/// A fingerprint is kept as its 44 bits of hash and 18 of position; the slot follows from the order. Writing
/// distributes all by bucket, then sorts bucket by bucket, which fits the processor's nearest memory.
final class SegmentBuilder {
    private let firstDocument: Int
    private var keys: UnsafeMutablePointer<UInt64>
    private var count = 0
    private var capacity: Int
    private var documents: [DocumentFacts] = []
    private var slots: [Slot] = []
    /// How many keys there were when a slot was complete.
    private var slotEnds: [Int] = []

    /// Postings after which a segment should be written: 128 MiB of keys and as much again while sorting.
    static let manyPostings = 1 << 24

    init(firstDocument: Int) {
        self.firstDocument = firstDocument
        capacity = 1 << 16
        keys = Self.keys(nil, capacity)
    }

    deinit { free(keys) }

    var documentCount: Int { documents.count }
    var postingCount: Int { count }

    /// Whether no further document should be added.
    var isFull: Bool { count >= Self.manyPostings || slots.count >= Posting.mostSlots - Self.slotReserve }

    /// The slots that the longest text may need.
    private static let slotReserve = TextLog.mostTextBytes / Posting.slotSymbols * 2 + 2

    /// Adds the next document, with the fingerprints that `fingerprints` gives in order of position.
    func add(_ facts: DocumentFacts, fingerprints: ((Fingerprint) -> Void) -> Void) {
        let document = documents.count
        documents.append(facts)
        var part = 0
        fingerprints { fingerprint in
            while Int(fingerprint.position) >> Posting.positionBits > part {
                close(Slot(document: document, part: part))
                part += 1
            }
            if count == capacity { grow() }
            let position = UInt64(fingerprint.position) & UInt64(Posting.slotSymbols - 1)
            keys[count] = fingerprint.hash << UInt64(Posting.positionBits) | position
            count += 1
        }
        close(Slot(document: document, part: part))
    }

    private func close(_ slot: Slot) {
        slots.append(slot)
        slotEnds.append(count)
    }

    private func grow() {
        capacity *= 2
        keys = Self.keys(keys, capacity)
    }

    /// Memory for so many keys, with those of the old one. The C library moves large memory without copying it, and
    /// without asking the system for every page again.
    private static func keys(
        _ old: UnsafeMutablePointer<UInt64>?, _ capacity: Int
    ) -> UnsafeMutablePointer<UInt64> {
        guard let memory = realloc(old, capacity * MemoryLayout<UInt64>.stride) else {
            fatalError("no memory for \(capacity) postings")
        }
        return memory.bindMemory(to: UInt64.self, capacity: capacity)
    }

    /// What was gathered, sorted, in memory.
    func source() -> PostingSource {
        let starts = bucketStarts()
        let sorted = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: max(1, count))
        let base = sorted.baseAddress.unsafelyUnwrapped
        distribute(into: base, starts: starts)
        var sort = PostingSort()
        for bucket in 0..<Posting.buckets {
            sort(UnsafeMutableBufferPointer(rebasing: sorted[starts[bucket]..<starts[bucket + 1]]))
        }
        return PostingTable(base, starts: starts, slots: slots).source(
            documents: firstDocument..<(firstDocument + documents.count), count: count)
    }

    func write(to path: String, sampling: Sampling, folding: UInt64) throws(IndexFault) {
        var writer = try SegmentWriter(path)
        let starts = bucketStarts()
        let sorted = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
        defer { sorted.deallocate() }
        distribute(into: sorted, starts: starts)
        var sort = PostingSort()
        for bucket in 0..<Posting.buckets {
            let postings = UnsafeMutableBufferPointer(
                start: sorted + starts[bucket], count: starts[bucket + 1] - starts[bucket])
            sort(postings)
            try writer.append(UnsafeBufferPointer(postings))
        }
        try writer.finish(
            sampling: sampling, folding: folding, firstDocument: firstDocument, documents: documents,
            slots: slots)
    }

    private func bucketStarts() -> [Int] {
        var starts = Array(repeating: 0, count: Posting.buckets + 1)
        starts.withUnsafeMutableBufferPointer { starts in
            for place in 0..<count {
                starts[Posting.bucket(of: keys[place] >> UInt64(Posting.positionBits)) + 1] += 1
            }
            for bucket in 1...Posting.buckets { starts[bucket] += starts[bucket - 1] }
        }
        return starts
    }

    private func distribute(into sorted: UnsafeMutablePointer<UInt64>, starts: [Int]) {
        var next = starts
        next.withUnsafeMutableBufferPointer { next in
            var place = 0
            for slot in 0..<slots.count {
                let end = slotEnds[slot]
                while place < end {
                    let key = keys[place]
                    let hash = key >> UInt64(Posting.positionBits)
                    let bucket = Posting.bucket(of: hash)
                    sorted[next[bucket]] = Posting(hash: hash, slot: slot, position: key).bits.littleEndian
                    next[bucket] += 1
                    place += 1
                }
            }
        }
    }
}
