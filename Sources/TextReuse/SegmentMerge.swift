/// Makes one segment of several whose documents follow each other, leaving out postings of removed documents.
enum SegmentMerge {
    static func write(
        _ segments: [Segment], to path: String, isRemoved: (Int) -> Bool,
        proceed: () throws(IndexFault) -> Void
    ) throws(IndexFault) {
        guard let first = segments.first else { return }
        for segment in segments { try segment.verify() }
        var documents: [DocumentFacts] = []
        var slots: [Slot] = []
        var bases: [Int] = []
        for segment in segments {
            bases.append(slots.count)
            for slot in 0..<segment.header.slots {
                let place = try segment.place(ofSlot: slot)
                slots.append(Slot(document: place.document - first.header.firstDocument, part: place.part))
            }
            for document in segment.documents { documents.append(try segment.facts(of: document)) }
        }
        let gone = slots.map { isRemoved($0.document + first.header.firstDocument) }
        var writer = try SegmentWriter(path)
        var sort = PostingSort()
        var postings: [UInt64] = []
        for bucket in 0..<Posting.buckets {
            if bucket % 1024 == 0 { try proceed() }
            postings.removeAll(keepingCapacity: true)
            for (segment, base) in zip(segments, bases) {
                for place in try segment.bucket(bucket) {
                    let posting = segment[place].moved(by: base)
                    guard posting.slot < gone.count else {
                        throw .damaged(path: segment.path, what: "a posting names no slot")
                    }
                    if !gone[posting.slot] { postings.append(posting.bits) }
                }
            }
            postings.withUnsafeMutableBufferPointer { sort($0) }
            try postings.withUnsafeBufferPointer { bucket throws(IndexFault) in try writer.append(bucket) }
        }
        try writer.finish(
            sampling: first.header.sampling, folding: first.header.folding,
            firstDocument: first.header.firstDocument, documents: documents, slots: slots)
    }
}
