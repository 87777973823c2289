/// A text as symbols that remember where they stood: what passages are compared in.
///
/// The bit ``masked`` of a symbol says that it belongs to a template or to a phrase that too many documents share:
/// it may lie inside a passage, but it does not count.
final class SymbolText: Sendable {
    /// `count` symbols; written before anyone else sees the text, and then only read.
    nonisolated(unsafe) let symbols: UnsafeMutablePointer<UInt32>
    /// Where each symbol stands, in Unicode scalars: see ``SymbolSink``. Written and read like ``symbols``.
    nonisolated(unsafe) private let offsets: UnsafeMutablePointer<UInt32>
    /// The text this is a copy of, to which `offsets` belong.
    private let original: SymbolText?
    /// Whose memory the symbols of a copy stand in.
    nonisolated(unsafe) private let lender: SymbolScratch?
    let count: Int
    /// Unicode scalars of the whole text.
    let scalars: Int

    static let masked: UInt32 = 0x4000_0000

    private struct Sink: SymbolSink {
        var symbol: UnsafeMutablePointer<UInt32>
        var offset: UnsafeMutablePointer<UInt32>

        @inline(__always)
        mutating func take(_ symbol: UInt32, at scalar: Int, counts: Bool) {
            self.symbol.pointee = symbol
            self.symbol += counts ? 1 : 0
            offset.pointee = UInt32(truncatingIfNeeded: scalar)
            offset += counts ? 1 : 0
        }
    }

    init(_ text: UnsafeBufferPointer<UInt8>, fold: FoldTable = .standard, scratch: SymbolScratch) {
        let most = SymbolScan.mostSymbols(bytes: text.count)
        scratch.reserve(most)
        var sink = Sink(symbol: scratch.symbols, offset: scratch.offsets)
        scalars = SymbolScan(fold)(text, into: &sink)
        count = sink.symbol - scratch.symbols
        original = nil
        lender = nil
        symbols = .allocate(capacity: max(1, count))
        offsets = .allocate(capacity: max(1, count))
        symbols.update(from: scratch.symbols, count: count)
        offsets.update(from: scratch.offsets, count: count)
    }

    private init(copying original: SymbolText, into scratch: SymbolScratch) {
        scratch.reserve(original.count)
        lender = scratch
        self.original = original
        count = original.count
        scalars = original.scalars
        offsets = original.offsets
        symbols = scratch.symbols
        symbols.update(from: original.symbols, count: count)
    }

    deinit {
        guard lender == nil else { return }
        symbols.deallocate()
        offsets.deallocate()
    }

    /// The same text, whose symbols can be masked without changing this one's, as long as the scratch is not used
    /// for anything else.
    func copy(into scratch: SymbolScratch) -> SymbolText {
        SymbolText(copying: original ?? self, into: scratch)
    }

    func mask(_ range: Range<Int>) {
        for place in range.clamped(to: 0..<count) { symbols[place] |= Self.masked }
    }

    /// Masks k-grams that too many documents share, given in order.
    func mask(stops: [Int], sampling: Sampling) {
        var before: Int?
        for start in stops {
            // Of two within a window the symbols between them, too: no passage is so short.
            let isNext = before.map { start - $0 <= sampling.window } ?? false
            mask((isNext ? before ?? start : start)..<(start + sampling.gram))
            before = start
        }
    }

    /// Whether no symbol of the k-gram at a place is masked.
    func isClear(_ place: Int, _ sampling: Sampling) -> Bool {
        guard place + sampling.gram <= count else { return false }
        for other in place..<(place + sampling.gram) where isMasked(other) { return false }
        return true
    }

    @inline(__always)
    func isMasked(_ place: Int) -> Bool { symbols[place] & Self.masked != 0 }

    func unmasked(in range: Range<Int>) -> Int {
        var masked: UInt32 = 0
        for place in range { masked &+= (symbols[place] & Self.masked) >> 30 }
        return range.count - Int(masked)
    }

    /// The longest parts without a masked symbol.
    func unmaskedRanges() -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for place in 0...count where place == count || isMasked(place) {
            if start < place { ranges.append(start..<place) }
            start = place + 1
        }
        return ranges
    }

    /// The scalars from the first to the last symbol of a range that is not empty.
    func scalars(of range: Range<Int>) -> Range<Int> {
        Int(offsets[range.lowerBound])..<(Int(offsets[range.upperBound - 1]) + 1)
    }
}

/// Memory that texts are read into before their size is known.
final class SymbolScratch {
    private(set) var symbols: UnsafeMutablePointer<UInt32>
    private(set) var offsets: UnsafeMutablePointer<UInt32>
    private var capacity = 1 << 14

    init() {
        symbols = .allocate(capacity: capacity)
        offsets = .allocate(capacity: capacity)
    }

    deinit {
        symbols.deallocate()
        offsets.deallocate()
    }

    func reserve(_ wanted: Int) {
        guard capacity < wanted else { return }
        symbols.deallocate()
        offsets.deallocate()
        capacity = wanted + wanted / 2
        symbols = .allocate(capacity: capacity)
        offsets = .allocate(capacity: capacity)
    }
}
