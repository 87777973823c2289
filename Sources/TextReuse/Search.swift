/// One thread's search for documents that share passages with a text.
///
/// All fingerprints of the text are looked up; those in too many documents mask their symbols. A document is a
/// candidate if two of its seeds lie on nearly one diagonal near each other, or one is rare: that alone removes
/// most chance pairs before any text is read.
struct Search {
    let contents: IndexContents
    private let winnow: Winnowing
    private let scratch = SymbolScratch()
    private var fingerprints: [Fingerprint] = []
    /// For each source (segments) and each fingerprint, where its postings stand.
    private var places: [Range<Int>] = []
    private var isStop: [Bool] = []
    /// In how many places of the whole index each fingerprint stands.
    private var frequency: [Int] = []
    private var hits: [Hit] = []
    /// Of no meaning: see ``Segment/findPlaces(of:into:)``.
    private(set) var touchedWords: UInt64 = 0
    /// Hits for each document, and whether one is rare: reset after each text through `touched`.
    private var tallies: [UInt16]
    private var touched: [Int] = []
    private let sharing: Sharing
    private let prefetches: Bool

    private struct Hit {
        var document: UInt32
        var a: UInt32
        var b: UInt32
        var isRare: Bool
    }

    private static let rareBit: UInt16 = 0x8000
    /// Occurrences of one fingerprint in one document that are looked at.
    private static let mostRepeats = 4

    /// `prefetches` asks the system for all pages of a text's postings at once: worth it where they may not be
    /// in memory.
    init(_ contents: IndexContents, sharing: Sharing, prefetches: Bool = false) {
        self.contents = contents
        self.prefetches = prefetches
        self.sharing = sharing
        winnow = Winnowing(contents.sampling)
        tallies = Array(repeating: 0, count: contents.count)
    }

    /// Reads a text, masks templates and stock phrases, and remembers its fingerprints for `candidates`.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(IndexFault) -> SymbolText {
        let text = SymbolText(bytes, fold: contents.fold, scratch: scratch)
        contents.templates.mask(text)
        fingerprints.removeAll(keepingCapacity: true)
        let ranges = contents.templates.isEmpty ? [0..<text.count] : text.unmaskedRanges()
        for range in ranges { winnow(text.symbols, in: range) { fingerprints.append($0) } }
        try lookUp()
        maskStops(in: text)
        return text
    }

    /// The symbols of an indexed document, for comparing: only templates are masked.
    func plainText(of document: Int) throws(IndexFault) -> SymbolText {
        let text = SymbolText(
            try contents.record(of: document).text.bound, fold: contents.fold, scratch: scratch)
        contents.templates.mask(text)
        return text
    }

    private mutating func lookUp() throws(IndexFault) {
        places.removeAll(keepingCapacity: true)
        frequency.removeAll(keepingCapacity: true)
        frequency.append(contentsOf: repeatElement(0, count: fingerprints.count))
        if prefetches {
            for segment in contents.segments where !segment.isVerified {
                for fingerprint in fingerprints { try segment.prefetch(fingerprint.hash) }
            }
        }
        for segment in contents.segments {
            let first = places.count
            touchedWords ^= try segment.findPlaces(of: fingerprints, into: &places)
            for number in fingerprints.indices { frequency[number] += places[first + number].count }
        }
        if !contents.newest.entries.isEmpty {
            for number in fingerprints.indices {
                frequency[number] += contents.newest.entries(of: fingerprints[number].hash).count
            }
        }
        let limit = contents.stopLimit
        isStop.removeAll(keepingCapacity: true)
        for number in fingerprints.indices { isStop.append(frequency[number] > limit) }
    }

    private func maskStops(in text: SymbolText) {
        let gram = contents.sampling.gram
        var before: Int?
        for number in fingerprints.indices where isStop[number] {
            let start = Int(fingerprints[number].position)
            // Between two neighbours that are both stock, everything is.
            let isNext = number > 0 && isStop[number - 1]
            let from = isNext ? before ?? start : start
            text.mask(min(from, start)..<(start + gram))
            before = start + gram
        }
    }

    /// Documents of `within` that probably share a passage with the text read last, with their seeds in order.
    mutating func candidates(within: Range<Int>) throws(IndexFault) -> [Candidate] {
        hits.removeAll(keepingCapacity: true)
        for (source, segment) in contents.segments.enumerated() {
            guard segment.documents.overlaps(within) else { continue }
            let first = source * fingerprints.count
            for number in fingerprints.indices where !isStop[number] {
                try collect(segment, places[first + number], number, within)
            }
        }
        if within.upperBound > contents.sealedCount { collectNewest(within) }
        let candidates = grouped()
        reset()
        return candidates
    }

    private mutating func collect(
        _ segment: Segment, _ range: Range<Int>, _ number: Int, _ within: Range<Int>
    ) throws(IndexFault) {
        var lastSlot = -1
        var repeats = 0
        for place in range {
            let posting = segment[place]
            repeats = posting.slot == lastSlot ? repeats + 1 : 0
            lastSlot = posting.slot
            if repeats >= Self.mostRepeats { continue }
            let (document, part) = try segment.place(ofSlot: posting.slot)
            if within.contains(document) {
                add(document, number, part << Posting.positionBits + posting.position)
            }
        }
    }

    private mutating func collectNewest(_ within: Range<Int>) {
        for number in fingerprints.indices where !isStop[number] {
            for entry in contents.newest.entries(of: fingerprints[number].hash)
            where within.contains(Int(entry.document)) {
                add(Int(entry.document), number, Int(entry.position))
            }
        }
    }

    @inline(__always)
    private mutating func add(_ document: Int, _ number: Int, _ position: Int) {
        let isRare = frequency[number] <= sharing.rarity
        if tallies[document] == 0 { touched.append(document) }
        if tallies[document] & ~Self.rareBit < 0x7FFF { tallies[document] += 1 }
        if isRare { tallies[document] |= Self.rareBit }
        hits.append(
            Hit(
                document: UInt32(document), a: fingerprints[number].position, b: UInt32(position),
                isRare: isRare))
    }

    private mutating func reset() {
        for document in touched { tallies[document] = 0 }
        touched.removeAll(keepingCapacity: true)
    }

    /// Hits by document, for documents that have enough of them.
    private func grouped() -> [Candidate] {
        var groups: [Int32: [Hit]] = [:]
        let isSingleEnough = sharing.singleSeed
        for hit in hits {
            let tally = tallies[Int(hit.document)]
            guard isSingleEnough || tally > 1 else { continue }
            groups[Int32(hit.document), default: []].append(hit)
        }
        var candidates: [Candidate] = []
        for (document, hits) in groups {
            let seeds = isSingleEnough ? hits.map { Seed(a: Int($0.a), b: Int($0.b)) } : Self.supported(hits)
            if !seeds.isEmpty, !contents.isRemoved(Int(document)) {
                candidates.append(Candidate(document: Int(document), seeds: seeds))
            }
        }
        return candidates.sorted { $0.document < $1.document }
    }

    /// Seeds that are rare or have another near them on nearly the same diagonal.
    private static func supported(_ hits: [Hit]) -> [Seed] {
        var isSupported = hits.map(\.isRare)
        for later in hits.indices {
            var earlier = later - 1
            while earlier >= 0, hits[later].a - hits[earlier].a <= widestSeedGap {
                let shift = Int(hits[later].b) - Int(hits[earlier].b) - Int(hits[later].a - hits[earlier].a)
                if hits[later].a != hits[earlier].a, abs(shift) <= widestShift {
                    isSupported[later] = true
                    isSupported[earlier] = true
                }
                earlier -= 1
            }
        }
        var seeds: [Seed] = []
        for number in hits.indices where isSupported[number] {
            seeds.append(Seed(a: Int(hits[number].a), b: Int(hits[number].b)))
        }
        return seeds
    }

    private static let widestSeedGap: UInt32 = 96
    private static let widestShift = 12
}

/// A document that may share a passage, and where.
struct Candidate {
    let document: Int
    /// In order of the searched text.
    let seeds: [Seed]
}

/// What counts as sharing.
public struct Sharing: Hashable, Sendable {
    /// Spans of fewer symbols are not reported. A Chinese character is one symbol, a Latin word two.
    public var minSpan = 60
    /// One common k-gram makes a candidate. Slower; finds passages that were changed every few words.
    public var singleSeed = false
    /// Spans of which a smaller share agrees are not reported.
    var minIdentity = 0.6
    /// A k-gram that stands in no more places than this makes a candidate alone.
    var rarity = 2

    public init(minSpan: Int = 60, singleSeed: Bool = false) {
        self.minSpan = minSpan
        self.singleSeed = singleSeed
    }
}
