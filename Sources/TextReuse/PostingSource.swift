/// Sorted postings of documents that follow each other, in memory that somebody else owns: a segment's, or those
/// of documents that stand in none yet.
///
/// Nothing is trusted: every number that becomes an offset is compared with what is there.
final class PostingSource {
    let path: String
    /// Where the postings begin. Good as long as this object lives.
    let start: UnsafePointer<UInt64>
    private let postings: Int
    private let owner: AnyObject
    /// Where each bucket begins, and behind them where the last one ends.
    private let directory: UnsafeBufferPointer<UInt32>
    /// Good as long as this object lives.
    let slots: SlotTable

    /// `start` has so many postings; `owner` keeps all the memory.
    init(
        path: String, owner: AnyObject, documents: Range<Int>, start: UnsafePointer<UInt64>, postings: Int,
        directory: UnsafeBufferPointer<UInt32>, slots: UnsafeBufferPointer<UInt64>
    ) {
        self.path = path
        self.owner = owner
        self.start = start
        self.postings = postings
        self.directory = directory
        self.slots = SlotTable(slots, documents: documents)
    }

    /// Places come from ``bucket(_:)``.
    @inline(__always)
    subscript(_ place: Int) -> Posting { Posting(bits: UInt64(littleEndian: start[place])) }

    /// Where a bucket's postings stand.
    @inline(__always)
    func bucket(_ bucket: Int) throws(IndexFault) -> Range<Int> {
        let low = Int(UInt32(littleEndian: directory[bucket]))
        let high = Int(UInt32(littleEndian: directory[bucket + 1]))
        guard low <= high, high <= postings else {
            throw .damaged(path: path, what: "bucket \(bucket) lies outside the postings")
        }
        return low..<high
    }

    /// The document, counted in the whole index, and the part of it that a slot holds.
    @inline(__always)
    func place(ofSlot slot: Int) throws(IndexFault) -> (document: Int, part: Int) {
        guard let place = slots[slot] else { throw noPlace(ofSlot: slot) }
        return place
    }

    func noPlace(ofSlot slot: Int) -> IndexFault {
        .damaged(path: path, what: "slot \(slot) names no document")
    }
}

/// Which document each slot holds a part of. Counts no references, for it is asked again and again.
struct SlotTable {
    private let firstDocument: Int
    private let documents: Int
    /// For each slot its document, counted from the first, in the low half, and its part in the high one.
    private let slots: UnsafeBufferPointer<UInt64>

    /// Good as long as the memory of `slots` is.
    init(_ slots: UnsafeBufferPointer<UInt64>, documents: Range<Int>) {
        self.slots = slots
        firstDocument = documents.lowerBound
        self.documents = documents.count
    }

    /// The document, counted in the whole index, and the part of it; nil where the table names none.
    @inline(__always)
    subscript(_ slot: Int) -> (document: Int, part: Int)? {
        guard slot < slots.count else { return nil }
        let bits = UInt64(littleEndian: slots[slot])
        let document = Int(bits & 0xFFFF_FFFF)
        let part = Int(bits >> 32)
        guard document < documents, part <= slot, part < Hit.mostPosition / Posting.slotSymbols else {
            return nil
        }
        return (firstDocument &+ document, part)
    }
}

/// Sorted postings that are in no file.
final class PostingTable {
    private let postings: UnsafeMutablePointer<UInt64>
    private let directory: UnsafeMutableBufferPointer<UInt32>
    private let slots: UnsafeMutableBufferPointer<UInt64>

    /// Takes over `postings`; `starts` says where each bucket begins and the last one ends.
    init(_ postings: UnsafeMutablePointer<UInt64>, starts: [Int], slots: [Slot]) {
        self.postings = postings
        directory = .allocate(capacity: starts.count)
        self.slots = .allocate(capacity: slots.count)
        _ = directory.initialize(from: starts.lazy.map { UInt32($0).littleEndian })
        _ = self.slots.initialize(
            from: slots.lazy.map { (UInt64($0.part) << 32 | UInt64($0.document)).littleEndian })
    }

    deinit {
        postings.deallocate()
        directory.deallocate()
        slots.deallocate()
    }

    func source(documents: Range<Int>, count: Int) -> PostingSource {
        PostingSource(
            path: "the newest documents", owner: self, documents: documents, start: postings,
            postings: count, directory: UnsafeBufferPointer(directory), slots: UnsafeBufferPointer(slots))
    }
}
