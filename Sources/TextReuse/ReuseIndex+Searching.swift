/// What a searched text shares with a document of the index.
public struct Source: Hashable, Sendable {
    public let document: Int
    public let overlap: Overlap
}

extension ReuseIndex {
    /// The documents that share passages with a text, the most contained first; `excluded`, the text itself
    /// perhaps, aside.
    public func check(
        _ text: UnsafeRawBufferPointer, sharing: Sharing = Sharing(), excluding excluded: Int? = nil
    ) throws(IndexFault) -> [Source] {
        try catchUp()
        var search = Search(contents, sharing: sharing, prefetches: true)
        var measure = Search(contents, sharing: sharing)
        let a = try search.read(text.bound)
        let unmasked = a.unmasked(in: 0..<a.count)
        let candidates = try search.candidates().filter { $0.document != excluded }
        try contents.prefetchTexts(of: candidates.lazy.map(\.document))
        var sources: [Source] = []
        for candidate in candidates {
            let b = try search.plainText(of: candidate.document)
            let passages = Alignment(a: a, b: b, gram: contents.sampling.gram).passages(candidate.seeds)
            let overlap = try Overlap(passages, a: a, b: b, sharing: sharing, unmaskedA: unmasked) {
                () throws(IndexFault) in try measure.unmasked(of: candidate.document)
            }
            if let overlap { sources.append(Source(document: candidate.document, overlap: overlap)) }
        }
        return sources.sorted { one, other in
            (one.overlap.containment, one.overlap.longest, other.document)
                > (other.overlap.containment, other.overlap.longest, one.document)
        }
    }

    /// Everything that was added becomes visible.
    func catchUp() throws(IndexFault) {
        try showLog()
        try contents.tableNewest()
    }
}
