/// An immutable, mapped part of the index: the postings of documents that follow each other.
///
/// Nothing in the file is trusted. The header must agree with the file's size, the tables carry a checksum that is
/// checked when the segment is opened, each block of postings carries one that is checked when it is used (or all
/// at once by ``verify()``), and every number that becomes an offset is compared with what is there: a file that
/// someone built to deceive gives wrong answers or a refusal, never a read outside of it.
final class Segment {
    let header: SegmentHeader
    let file: MappedFile
    private let base: UnsafeRawPointer
    private let postings: UnsafePointer<UInt64>
    private let source: PostingSource
    /// Which fingerprints stand in many places.
    let common: CommonFingerprints
    /// Whether all blocks were checked already.
    private(set) var isVerified = false
    /// Which blocks were checked. Only a search on the owner's thread asks; others run on segments checked whole.
    private var isBlockVerified: [Bool] = []

    var path: String { file.path }
    var documents: Range<Int> { header.firstDocument..<(header.firstDocument + header.documents) }

    /// Segments below this size are checked whole when they are opened: it costs a few milliseconds.
    static let smallBytes = 64 << 20

    init(_ path: String, sampling: Sampling, folding: UInt64) throws(IndexFault) {
        file = try MappedFile(path)
        header = try SegmentHeader(reading: file.bytes, path: path)
        guard header.sampling == sampling, header.folding == folding else { throw .incompatible(path: path) }
        // A header was read, so the file is not empty.
        base = file.bytes.baseAddress.unsafelyUnwrapped
        postings = (base + SegmentHeader.byteCount).assumingMemoryBound(to: UInt64.self)
        source = PostingSource(
            path: path, owner: file,
            documents: header.firstDocument..<(header.firstDocument + header.documents), start: postings,
            postings: header.postings,
            directory: UnsafeBufferPointer(
                start: (base + header.directoryOffset).assumingMemoryBound(to: UInt32.self),
                count: Posting.buckets + 1),
            slots: UnsafeBufferPointer(
                start: (base + header.slotsOffset).assumingMemoryBound(to: UInt64.self), count: header.slots))
        common = CommonFingerprints(
            UnsafeBufferPointer(
                start: (base + header.commonOffset).assumingMemoryBound(to: UInt64.self), count: header.common
            ),
            directory: UnsafeBufferPointer(
                start: (base + header.commonDirectoryOffset).assumingMemoryBound(to: UInt32.self),
                count: Posting.buckets + 1))
        let tables = UnsafeRawBufferPointer(rebasing: file.bytes[header.blockSumsOffset...])
        guard checksum(tables) == header.tablesChecksum else {
            throw .damaged(path: path, what: "the tables' checksum is wrong")
        }
        file.expectScatteredReading(true, in: header.postingBytes)
        if header.fileBytes <= Self.smallBytes { try verify() }
    }

    /// Checks every block. Reads the whole file.
    func verify() throws(IndexFault) {
        guard !isVerified else { return }
        file.expectScatteredReading(false, in: header.postingBytes)
        defer { file.expectScatteredReading(true, in: header.postingBytes) }
        for block in 0..<header.blocks { try verify(block: block) }
        isVerified = true
        isBlockVerified = []
    }

    private func verify(block: Int) throws(IndexFault) {
        let low = block * SegmentHeader.blockPostings
        let high = min(low + SegmentHeader.blockPostings, header.postings)
        let bytes = UnsafeRawBufferPointer(start: postings + low, count: (high - low) * 8)
        let sum = base.load(fromByteOffset: header.blockSumsOffset + block * 8, as: UInt64.self)
        guard checksum(bytes) == UInt64(littleEndian: sum) else {
            throw .damaged(path: path, what: "the checksum of block \(block) is wrong")
        }
    }

    private func verify(postings range: ClosedRange<Int>) throws(IndexFault) {
        guard !isVerified, header.postings > 0 else { return }
        if isBlockVerified.isEmpty { isBlockVerified = Array(repeating: false, count: header.blocks) }
        let low = max(0, range.lowerBound) / SegmentHeader.blockPostings
        let high = min(header.postings - 1, range.upperBound) / SegmentHeader.blockPostings
        for block in low...max(low, high) where !isBlockVerified[block] {
            try verify(block: block)
            isBlockVerified[block] = true
        }
    }

    @inline(__always)
    subscript(_ place: Int) -> Posting { source[place] }

    /// Where a bucket's postings stand.
    @inline(__always)
    func bucket(_ bucket: Int) throws(IndexFault) -> Range<Int> { try source.bucket(bucket) }

    /// All postings, once they are checked.
    func verifiedSource() throws(IndexFault) -> PostingSource {
        try verify()
        return source
    }

    /// Where the postings of a hash stand.
    func places(of hash: UInt64) throws(IndexFault) -> Range<Int> {
        try places(of: hash, in: try bucket(Posting.bucket(of: hash)))
    }

    /// Appends where the postings of each fingerprint stand.
    ///
    /// A search for one waits for memory again and again. Therefore the places where each probably stands are
    /// touched first, one right after the other: the processor fetches many at a time.
    /// What was read so is given back, or the compiler would leave it out.
    func findPlaces(
        of fingerprints: [Fingerprint], into places: inout [Range<Int>]
    ) throws(IndexFault) -> UInt64 {
        let first = places.count
        for fingerprint in fingerprints { places.append(try bucket(Posting.bucket(of: fingerprint.hash))) }
        var touched: UInt64 = 0
        for number in fingerprints.indices {
            let bucket = places[first + number]
            guard !bucket.isEmpty else { continue }
            touched ^= postings[Self.guess(Posting.rest(of: fingerprints[number].hash), in: bucket)]
        }
        for number in fingerprints.indices {
            places[first + number] = try self.places(
                of: fingerprints[number].hash, in: places[first + number])
        }
        return touched
    }

    /// Found by interpolation, for hashes are evenly distributed.
    private func places(of hash: UInt64, in bucket: Range<Int>) throws(IndexFault) -> Range<Int> {
        guard !bucket.isEmpty else { return 0..<0 }
        let rest = Posting.rest(of: hash)
        let guess = Self.guess(rest, in: bucket)
        let low = firstPlace(notBelow: rest, in: bucket, from: guess)
        var high = low
        while high < bucket.upperBound, self[high].rest == rest {
            // Long runs are rare: a few steps, then a search for the end.
            if high - low == 16 {
                high = firstPlace(notBelow: rest + 1, in: high..<bucket.upperBound, from: high)
                break
            }
            high += 1
        }
        try verify(postings: (low - 1)...high)
        return low..<high
    }

    /// Asks the system for the page where the postings of a hash probably stand.
    func prefetch(_ hash: UInt64) throws(IndexFault) {
        let bucket = try bucket(Posting.bucket(of: hash))
        guard !bucket.isEmpty else { return }
        let guess = Self.guess(Posting.rest(of: hash), in: bucket)
        // A block is a page; its neighbour is needed for one hash in four or so.
        let low = max(0, guess - 64) * 8 + SegmentHeader.byteCount
        let high = min(header.postings, guess + 64) * 8 + SegmentHeader.byteCount
        file.prefetch(low..<high)
    }

    private static func guess(_ rest: UInt64, in bucket: Range<Int>) -> Int {
        bucket.lowerBound + Int((rest &* UInt64(bucket.count)) >> UInt64(Posting.restBits))
    }

    /// Gallops from a guess to an interval that contains the first posting with at least this hash, then halves it.
    @inline(__always)
    private func firstPlace(notBelow rest: UInt64, in bucket: Range<Int>, from guess: Int) -> Int {
        var low = bucket.lowerBound
        var high = bucket.upperBound
        var step = 8
        if guess < high, self[guess].rest < rest {
            low = guess + 1
            while low + step < high {
                if self[low + step].rest < rest {
                    low += step + 1
                    step *= 2
                } else {
                    high = low + step
                    break
                }
            }
        } else {
            high = min(guess, high)
            while high - step > low {
                if self[high - step].rest >= rest {
                    high -= step
                    step *= 2
                } else {
                    low = high - step + 1
                    break
                }
            }
        }
        while low < high {
            let middle = (low + high) / 2
            if self[middle].rest < rest { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The document, counted in the whole index, and the part of it that a slot holds.
    @inline(__always)
    func place(ofSlot slot: Int) throws(IndexFault) -> (document: Int, part: Int) {
        try source.place(ofSlot: slot)
    }

    /// What is known of a document of this segment.
    func facts(of document: Int) throws(IndexFault) -> DocumentFacts {
        guard documents.contains(document) else {
            throw .damaged(path: path, what: "there is no document \(document)")
        }
        let at = header.documentsOffset + (document - header.firstDocument) * SegmentHeader.documentBytes
        return DocumentFacts(
            textOffset: Int(truncatingIfNeeded: base.load(fromByteOffset: at, as: UInt64.self).littleEndian),
            symbols: Int(UInt32(littleEndian: base.load(fromByteOffset: at + 8, as: UInt32.self))),
            idHash: UInt32(littleEndian: base.load(fromByteOffset: at + 12, as: UInt32.self)))
    }
}

/// What the index keeps of a document besides its postings.
struct DocumentFacts: Hashable {
    /// Where its record begins in the log of texts.
    var textOffset: Int
    var symbols: Int
    /// Finds a document by its id without reading the log.
    var idHash: UInt32
}
