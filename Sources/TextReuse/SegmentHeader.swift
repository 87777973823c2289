/// The first page of a segment: ten little-endian words, zeros, and a checksum of them as the last word. Blocks of
/// postings begin behind it, so that each is a page too.
///
/// The file is header, postings, a checksum for each block of postings, directory (65,538 × 32 bits: where each
/// bucket begins, and a zero), documents (16 bytes each), slots (8 bytes each), common fingerprints (8 bytes each) and
/// their directory. Only sizes that agree with
/// each other and with the file are believed; everything read later is checked against them.
struct SegmentHeader: Equatable {
    var sampling: Sampling
    /// The checksum of the folding table the texts were read with.
    var folding: UInt64
    /// The number of the segment's first document in the index.
    var firstDocument: Int
    var documents: Int
    var slots: Int
    var postings: Int
    /// Fingerprints that stand in ``CommonFingerprints``.
    var common: Int
    /// Of everything behind the postings.
    var tablesChecksum: UInt64

    static let byteCount = 4096
    /// Postings of a block, which share a checksum.
    static let blockPostings = 512
    static let directoryBytes = (Posting.buckets + 2) * 4
    static let documentBytes = 16
    static let slotBytes = 8
    private static let magic: UInt64 = 0x3254_4E45_5352_5854  // "TXRSENT2"
    /// Documents of an index: more would not fit 32 bits.
    static let mostDocuments = 1 << 31

    var blocks: Int { (postings + Self.blockPostings - 1) / Self.blockPostings }
    var postingBytes: Range<Int> { Self.byteCount..<blockSumsOffset }
    var blockSumsOffset: Int { Self.byteCount + postings * 8 }
    var directoryOffset: Int { blockSumsOffset + blocks * 8 }
    var documentsOffset: Int { directoryOffset + Self.directoryBytes }
    var slotsOffset: Int { documentsOffset + documents * Self.documentBytes }
    var commonOffset: Int { slotsOffset + slots * Self.slotBytes }
    var commonDirectoryOffset: Int { commonOffset + common * CommonFingerprints.entryBytes }
    var fileBytes: Int { commonDirectoryOffset + Self.directoryBytes }

    private var words: [UInt64] {
        [
            Self.magic, UInt64(sampling.gram) << 32 | UInt64(sampling.window), folding,
            UInt64(firstDocument), UInt64(documents), UInt64(slots), UInt64(postings),
            UInt64(fileBytes), tablesChecksum, UInt64(common),
        ]
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for word in words { withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) } }
        bytes += repeatElement(0, count: Self.byteCount - 8 - bytes.count)
        let sum = bytes.withUnsafeBytes { checksum($0) }
        withUnsafeBytes(of: sum.littleEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }
}

extension SegmentHeader {
    /// Reads and checks a header against the size of its file.
    init(reading file: UnsafeRawBufferPointer, path: String) throws(IndexFault) {
        guard file.count >= Self.byteCount else {
            throw .damaged(path: path, what: "\(file.count) bytes are no segment")
        }
        func word(_ place: Int) -> UInt64 {
            UInt64(littleEndian: file.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self))
        }
        guard word(0) == Self.magic else {
            throw .damaged(path: path, what: "it is no segment of this version")
        }
        let summed = UnsafeRawBufferPointer(rebasing: file[..<(Self.byteCount - 8)])
        guard word(summed.count / 8) == checksum(summed) else {
            throw .damaged(path: path, what: "the header's checksum is wrong")
        }
        guard let sampling = Sampling(gram: Int(word(1) >> 32), window: Int(word(1) & 0xFFFF_FFFF)),
            word(3) < Self.mostDocuments, word(4) < Self.mostDocuments, word(5) <= Posting.mostSlots,
            word(6) <= UInt32.max, word(9) <= word(6)
        else { throw .damaged(path: path, what: "the header's numbers are out of range") }
        self.sampling = sampling
        folding = word(2)
        firstDocument = Int(word(3))
        documents = Int(word(4))
        slots = Int(word(5))
        postings = Int(word(6))
        tablesChecksum = word(8)
        common = Int(word(9))
        guard word(7) == UInt64(fileBytes), fileBytes == file.count else {
            throw .damaged(path: path, what: "\(file.count) bytes where \(fileBytes) were written")
        }
    }
}
