/// Walks the postings of several sources in order of hash and gives those together that have the same one.
///
/// All pairs of an index could be found by looking up each fingerprint of each text. But the postings are sorted by
/// fingerprint already: reading them once, in the order they lie in, finds the same without waiting for memory.
final class PostingJoin {
    struct Member {
        var document: UInt32
        var position: UInt32
    }

    /// What is left of one source's bucket.
    private struct Cursor {
        var next: UnsafePointer<UInt64>
        var end: UnsafePointer<UInt64>
        let slots: SlotTable

        @inline(__always)
        var rest: UInt64 { Posting(bits: UInt64(littleEndian: next.pointee)).rest }

        /// Goes on to the next two postings of the same hash, or to the end.
        @inline(__always)
        mutating func skipSingles() {
            guard next < end else { return }
            var (near, here) = (next, rest)
            while near + 1 < end {
                let behind = Posting(bits: UInt64(littleEndian: near[1])).rest
                if behind == here { break }
                here = behind
                near += 1
            }
            next = near + 1 < end ? near : end
        }
    }

    private let sources: [PostingSource]
    private let isRemoved: ((Int) -> Bool)?
    private let cursors: UnsafeMutableBufferPointer<Cursor>
    private var members: UnsafeMutableBufferPointer<Member>

    /// `sources` follow each other, so that a hash's documents come in order. Without `isRemoved` none is.
    init(_ sources: [PostingSource], isRemoved: ((Int) -> Bool)?) {
        self.sources = sources
        self.isRemoved = isRemoved
        cursors = .allocate(capacity: sources.count)
        members = .allocate(capacity: 256)
    }

    deinit {
        cursors.deallocate()
        members.deallocate()
    }

    /// Calls `body` for each hash of a bucket that stands in several places: with those in documents that are
    /// there, in order of document and position, and with how many places there are in all.
    @inline(__always)
    func groups(
        of bucket: Int, _ body: (UnsafeMutableBufferPointer<Member>, Int) throws(IndexFault) -> Void
    ) throws(IndexFault) {
        for number in sources.indices {
            let range = try sources[number].bucket(bucket)
            let start = sources[number].start
            cursors[number] = Cursor(
                next: start + range.lowerBound, end: start + range.upperBound, slots: sources[number].slots)
        }
        while true {
            // Most fingerprints stand in one place, and nobody asks in which.
            if cursors.count == 1 { cursors[0].skipSingles() }
            guard let rest = leastRest() else { break }
            var places = 0
            var count = 0
            for number in cursors.indices {
                var cursor = cursors[number]
                let start = cursor.next
                while cursor.next < cursor.end, cursor.rest == rest { cursor.next += 1 }
                cursors[number].next = cursor.next
                let run = UnsafeBufferPointer(start: start, count: cursor.next - start)
                places += run.count
                if run.isEmpty { continue }
                try take(run, of: number, behind: &count)
            }
            if places > 1 { try body(UnsafeMutableBufferPointer(rebasing: members[..<count]), places) }
        }
    }

    @inline(__always)
    private func leastRest() -> UInt64? {
        var least = UInt64.max
        for cursor in cursors where cursor.next < cursor.end { least = min(least, cursor.rest) }
        return least == .max ? nil : least
    }

    @inline(__always)
    private func take(
        _ run: UnsafeBufferPointer<UInt64>, of source: Int, behind count: inout Int
    ) throws(IndexFault) {
        if members.count < count + run.count { grow(to: (count + run.count) * 2, keeping: count) }
        let slots = cursors[source].slots
        for bits in run {
            let posting = Posting(bits: UInt64(littleEndian: bits))
            guard let (document, part) = slots[posting.slot] else {
                throw sources[source].noPlace(ofSlot: posting.slot)
            }
            if let isRemoved, isRemoved(document) { continue }
            members[count] = Member(
                document: UInt32(truncatingIfNeeded: document),
                position: UInt32(truncatingIfNeeded: part << Posting.positionBits | posting.position))
            count += 1
        }
    }

    @inline(never)
    private func grow(to capacity: Int, keeping count: Int) {
        let larger = UnsafeMutableBufferPointer<Member>.allocate(capacity: capacity)
        _ = larger.update(from: members[..<count])
        members.deallocate()
        members = larger
    }
}
