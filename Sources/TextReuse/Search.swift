/// One thread's search for documents that share passages with a text.
///
/// All fingerprints of the text are looked up; those in too many documents mask their symbols, the others give
/// candidates (``HitGrouping``).
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
    private let sharing: Sharing
    private let prefetches: Bool

    /// `prefetches` asks the system for all pages of a text's postings at once: worth it where they may not be
    /// in memory.
    init(_ contents: IndexContents, sharing: Sharing, prefetches: Bool = false) {
        self.contents = contents
        self.prefetches = prefetches
        self.sharing = sharing
        winnow = Winnowing(contents.sampling)
    }

    /// Reads a text, masks templates and stock phrases, and remembers its fingerprints for `candidates`.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(IndexFault) -> SymbolText {
        let text = readPlain(bytes)
        try lookUp()
        let stops = fingerprints.indices.filter { isStop[$0] }.map { Int(fingerprints[$0].position) }
        text.mask(stops: stops, sampling: contents.sampling)
        return text
    }

    /// Symbols of an indexed document that count. What was read before is forgotten.
    mutating func unmasked(of document: Int) throws(IndexFault) -> Int {
        let text = readPlain(try contents.record(of: document).text.bound)
        var stops: [Int] = []
        for fingerprint in fingerprints where try contents.isStop(fingerprint.hash) {
            stops.append(Int(fingerprint.position))
        }
        text.mask(stops: stops, sampling: contents.sampling)
        // Where they stand was not sought, so they have no candidates.
        fingerprints.removeAll(keepingCapacity: true)
        return text.unmasked(in: 0..<text.count)
    }

    /// Reads a text and its fingerprints, and masks templates.
    private mutating func readPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> SymbolText {
        let text = SymbolText(bytes, fold: contents.fold, scratch: scratch)
        fingerprints.removeAll(keepingCapacity: true)
        winnow(text.symbols, in: 0..<text.count) { fingerprints.append($0) }
        if !contents.templates.isEmpty {
            contents.templates.mask(text)
            fingerprints.removeAll { !text.isClear(Int($0.position), contents.sampling) }
        }
        return text
    }

    /// The symbols of an indexed document, for comparing: only templates are masked.
    func plainText(of document: Int) throws(IndexFault) -> SymbolText {
        try contents.text(of: document, scratch: scratch)
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

    /// Documents that probably share a passage with the text read last, with their seeds in order.
    mutating func candidates() throws(IndexFault) -> [Candidate] {
        hits.removeAll(keepingCapacity: true)
        for (source, segment) in contents.segments.enumerated() {
            let first = source * fingerprints.count
            for number in fingerprints.indices where !isStop[number] {
                try collect(segment, places[first + number], number)
            }
        }
        for number in fingerprints.indices where !isStop[number] {
            for entry in contents.newest.entries(of: fingerprints[number].hash) {
                add(Int(entry.document), number, Int(entry.position))
            }
        }
        let grouping = HitGrouping(documents: contents.count, sharing: sharing)
        return hits.withUnsafeBufferPointer { grouping.candidates($0) }.filter {
            !contents.isRemoved($0.document)
        }
    }

    private mutating func collect(
        _ segment: Segment, _ range: Range<Int>, _ number: Int
    ) throws(IndexFault) {
        var lastDocument = -1
        var repeats = 0
        for place in range {
            let posting = segment[place]
            let (document, part) = try segment.place(ofSlot: posting.slot)
            repeats = document == lastDocument ? repeats + 1 : 0
            lastDocument = document
            if repeats < Hit.mostRepeats {
                add(document, number, part << Posting.positionBits | posting.position)
            }
        }
    }

    @inline(__always)
    private mutating func add(_ document: Int, _ number: Int, _ position: Int) {
        hits.append(
            Hit(
                document: UInt32(document), isRare: frequency[number] <= sharing.rarity,
                a: fingerprints[number].position, b: UInt32(position)))
    }
}
