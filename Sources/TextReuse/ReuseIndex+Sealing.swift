extension ReuseIndex {
    /// Documents, or bytes of text, after which the newest documents should be sealed to segments.
    static let mostNewest = 5000
    static let mostNewestBytes = 256 << 20
    /// Segments after which they are merged.
    static let manySegments = 16

    /// Whether so much was added that ``seal(threads:proceed:)`` is due.
    public var isSealDue: Bool {
        contents.newestFacts.count >= Self.mostNewest && isLogLong
            || unsealedBytes >= Self.mostNewestBytes
    }

    private var isLogLong: Bool { unsealedBytes >= Self.mostNewestBytes / 8 }
    private var unsealedBytes: Int { (writer?.end ?? logEnd) - manifest.logEnd }

    /// Writes the newest documents to segments, makes all durable, and switches to the new state in one step. A
    /// crash at any moment leaves the old state or the new one.
    ///
    /// `proceed` is told now and then how many documents are done, from any of the threads; when it gives false the work ends with
    /// ``IndexFault/cancelled``.
    public func seal(threads: Int = 2, proceed: @escaping @Sendable (Int) -> Bool = { _ in true })
        throws(IndexFault)
    {
        try flush()
        try contents.mapLog(upTo: writer?.end ?? 0)
        let sealed = contents.sealedCount..<contents.count
        var next = manifest
        next.generation += 1
        next.logEnd = writer?.end ?? logEnd
        next.documents = contents.count
        next.removed = contents.removedDocuments
        if !sealed.isEmpty {
            next.segments += try segments(of: sealed, threads: threads, generation: next.generation, proceed)
        }
        guard next != manifest else { return }
        try commit(next, dropping: sealed.count)
        if next.segments.count > Self.manySegments { try merge(threads: threads, proceed: proceed) }
    }

    /// Opens new segments, writes the manifest, and lets go of the old ones.
    private func commit(_ next: Manifest, dropping sealed: Int) throws(IndexFault) {
        try Folder.sync(path)
        var segments: [Segment] = []
        for name in next.segments {
            if let known = contents.segments.first(where: { $0.path == "\(path)/\(name)" }) {
                segments.append(known)
            } else {
                segments.append(
                    try Segment("\(path)/\(name)", sampling: contents.sampling, folding: contents.folding))
            }
        }
        try next.write(in: path)
        for name in manifest.segments where !next.segments.contains(name) { Folder.remove("\(path)/\(name)") }
        manifest = next
        contents.use(segments, dropping: sealed)
    }

    private func segments(
        of documents: Range<Int>, threads: Int, generation: Int, _ proceed: @escaping @Sendable (Int) -> Bool
    ) throws(IndexFault) -> [String] {
        let shares = try split(documents, into: threads)
        // Only read by the threads, which have all ended before this returns.
        nonisolated(unsafe) let contents = contents
        let done = Progress()
        return try inParallel(shares.count, threads: threads) { number throws(IndexFault) in
            let work = SegmentWork(contents: contents, generation: generation, proceed: proceed, done: done)
            return try work.write(shares[number])
        }.flatMap { $0 }
    }

    /// Documents in shares of about equal text.
    private func split(_ documents: Range<Int>, into parts: Int) throws(IndexFault) -> [Range<Int>] {
        guard parts > 1, documents.count >= parts * 2, unsealedBytes > 1 << 20 else { return [documents] }
        let start = try contents.facts(of: documents.lowerBound).textOffset
        let bytes = contents.logBytes.count - start
        var shares: [Range<Int>] = []
        var first = documents.lowerBound
        for part in 1...parts {
            var end = first
            while end < documents.upperBound {
                let offset = try contents.facts(of: end).textOffset
                if part < parts, offset - start >= bytes / parts * part { break }
                end += 1
            }
            if first < end { shares.append(first..<end) }
            first = end
        }
        return shares
    }

    /// Merges segments that follow each other as far as a segment reaches, so that a search looks into few.
    public func merge(threads: Int = 2, proceed: @escaping @Sendable (Int) -> Bool = { _ in true })
        throws(IndexFault)
    {
        let groups = mergeGroups()
        guard groups.contains(where: { $0.count > 1 }) else { return }
        var next = manifest
        next.generation += 1
        let generation = next.generation
        // Both only read by the threads, which have all ended before this returns.
        nonisolated(unsafe) let contents = contents
        nonisolated(unsafe) let parts = groups
        let folder = path
        next.segments = try inParallel(groups.count, threads: threads) { number throws(IndexFault) in
            try Self.merge(parts[number], contents, folder, generation, proceed)
        }
        try commit(next, dropping: 0)
    }

    private func mergeGroups() -> [[Segment]] {
        var groups: [[Segment]] = []
        var slots = 0
        for segment in contents.segments {
            if !groups.isEmpty, slots + segment.header.slots <= Posting.mostSlots {
                groups[groups.count - 1].append(segment)
                slots += segment.header.slots
            } else {
                groups.append([segment])
                slots = segment.header.slots
            }
        }
        return groups
    }

    private static func merge(
        _ group: [Segment], _ contents: IndexContents, _ folder: String, _ generation: Int,
        _ proceed: (Int) -> Bool
    ) throws(IndexFault) -> String {
        guard let first = group.first, group.count > 1 else {
            return String(group.first?.path.split(separator: "/").last ?? "")
        }
        let name = "segment-\(generation)-\(first.header.firstDocument)"
        try SegmentMerge.write(group, to: "\(folder)/\(name)", isRemoved: contents.isRemoved) {
            () throws(IndexFault) in
            if !proceed(first.header.firstDocument) { throw .cancelled }
        }
        return name
    }
}

/// One thread's part of sealing: documents to segments.
private struct SegmentWork {
    let contents: IndexContents
    let generation: Int
    let proceed: @Sendable (Int) -> Bool
    let done: Progress

    func write(_ documents: Range<Int>) throws(IndexFault) -> [String] {
        let buffer = SymbolBuffer(contents.fold)
        let winnow = Winnowing(contents.sampling)
        var names: [String] = []
        var next = documents.lowerBound
        while next < documents.upperBound {
            let builder = SegmentBuilder(firstDocument: next)
            let name = "segment-\(generation)-\(next)"
            while next < documents.upperBound, !builder.isFull {
                if next % 64 == 0, !proceed(done.count) { throw .cancelled }
                var facts = try contents.facts(of: next)
                buffer.read(try contents.record(of: next).text.bound)
                facts.symbols = buffer.count
                builder.add(facts) { keep in winnow(buffer.symbols, in: 0..<buffer.count, keep: keep) }
                next += 1
                done.add()
            }
            try builder.write(
                to: "\(contents.folder)/\(name)", sampling: contents.sampling, folding: contents.folding)
            names.append(name)
        }
        return names
    }
}
