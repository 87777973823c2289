internal import Glibc

/// Writes a segment bucket by bucket under a temporary name; `finish` makes it durable and gives it its own.
struct SegmentWriter {
    private let path: String
    private let file: SystemFile
    private var buffer: [UInt64] = []
    private var written = 0
    private var directory: [UInt32] = [0]
    private var blockSums: [UInt64] = []
    private var common: [UInt64] = []
    private var commonDirectory: [UInt32] = [0]

    /// Postings gathered before they are written: a whole number of blocks.
    private static let bufferPostings = SegmentHeader.blockPostings * 256

    init(_ path: String) throws(IndexFault) {
        self.path = path
        file = try SystemFile(path + Self.unfinished, O_RDWR | O_CREAT | O_TRUNC)
        buffer.reserveCapacity(Self.bufferPostings * 2)
        directory.reserveCapacity(Posting.buckets + 2)
    }

    /// What the name of a file ends with until it is complete.
    static let unfinished = ".unfinished"

    /// Appends the next bucket, sorted.
    mutating func append(_ bucket: UnsafeBufferPointer<UInt64>) throws(IndexFault) {
        CommonFingerprints.gather(bucket, of: directory.count - 1, into: &common)
        commonDirectory.append(UInt32(common.count))
        var rest = bucket[...]
        while !rest.isEmpty {
            let taken = rest.prefix(Self.bufferPostings - buffer.count)
            buffer.append(contentsOf: taken)
            rest = rest.dropFirst(taken.count)
            if buffer.count == Self.bufferPostings { try flush() }
        }
        directory.append(UInt32(written + buffer.count))
    }

    private mutating func flush() throws(IndexFault) {
        try buffer.withUnsafeBufferPointer { postings throws(IndexFault) in
            let bytes = UnsafeRawBufferPointer(postings)
            var position = 0
            while position < bytes.count {
                let end = min(position + SegmentHeader.blockPostings * 8, bytes.count)
                blockSums.append(checksum(UnsafeRawBufferPointer(rebasing: bytes[position..<end])))
                position = end
            }
            try file.write(bytes, at: SegmentHeader.byteCount + written * 8)
        }
        written += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes tables and header, waits for the disk, and renames. `slots` name a document, counted from the
    /// segment's first, and the part of it.
    mutating func finish(
        sampling: Sampling, folding: UInt64, firstDocument: Int, documents: [DocumentFacts], slots: [Slot]
    ) throws(IndexFault) {
        try flush()
        var header = SegmentHeader(
            sampling: sampling, folding: folding, firstDocument: firstDocument, documents: documents.count,
            slots: slots.count, postings: written, common: common.count, tablesChecksum: 0)
        try tables(documents, slots).withUnsafeBufferPointer { tables throws(IndexFault) in
            let bytes = UnsafeRawBufferPointer(tables)
            header.tablesChecksum = checksum(bytes)
            try file.write(bytes, at: header.blockSumsOffset)
        }
        try file.write(header.bytes, at: 0)
        try file.sync()
        try Folder.rename(path + Self.unfinished, to: path)
    }

    private func tables(_ documents: [DocumentFacts], _ slots: [Slot]) -> [UInt32] {
        func halves(_ word: UInt64) -> [UInt32] {
            [UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32)]
        }
        var tables: [UInt32] = []
        tables.reserveCapacity(
            blockSums.count * 2 + directory.count + 1 + documents.count * 4 + slots.count * 2
                + common.count * 2 + commonDirectory.count + 1)
        for sum in blockSums { tables += halves(sum.littleEndian) }
        tables += directory
        tables.append(0)
        for document in documents {
            tables += halves(UInt64(document.textOffset))
            tables.append(UInt32(document.symbols))
            tables.append(document.idHash)
        }
        for slot in slots {
            tables.append(UInt32(slot.document))
            tables.append(UInt32(slot.part))
        }
        for entry in common { tables += halves(entry) }
        tables += commonDirectory
        tables.append(0)
        return tables
    }
}

/// Up to 2^18 symbols of one document.
struct Slot: Hashable {
    /// Counted from the segment's first.
    var document: Int
    /// Which 2^18 symbols of it.
    var part: Int
}
