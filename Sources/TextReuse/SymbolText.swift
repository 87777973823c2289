/// A text as symbols that remember where they stood: what passages are compared in.
///
/// The bit ``masked`` of a symbol says that it belongs to a template or to a phrase that too many documents share:
/// it may lie inside a passage, but it does not count.
final class SymbolText: Sendable {
    /// `count` symbols; written before anyone else sees the text, and then only read.
    nonisolated(unsafe) let symbols: UnsafeMutablePointer<UInt32>
    /// Where each symbol stands, in Unicode scalars: see ``SymbolSink``. Written and read like ``symbols``.
    nonisolated(unsafe) private let offsets: UnsafeMutablePointer<UInt32>
    let count: Int
    /// Unicode scalars of the whole text.
    let scalars: Int

    static let masked: UInt32 = 0x4000_0000

    private struct Sink: SymbolSink {
        var symbol: UnsafeMutablePointer<UInt32>
        var offset: UnsafeMutablePointer<UInt32>

        @inline(__always)
        mutating func take(_ symbol: UInt32, at scalar: Int) {
            self.symbol.pointee = symbol
            self.symbol += 1
            offset.pointee = UInt32(truncatingIfNeeded: scalar)
            offset += 1
        }
    }

    init(_ text: UnsafeBufferPointer<UInt8>, fold: FoldTable = .standard, scratch: SymbolScratch) {
        let most = SymbolScan.mostSymbols(bytes: text.count)
        scratch.reserve(most)
        var sink = Sink(symbol: scratch.symbols, offset: scratch.offsets)
        scalars = SymbolScan(fold)(text, into: &sink)
        count = sink.symbol - scratch.symbols
        symbols = .allocate(capacity: max(1, count))
        offsets = .allocate(capacity: max(1, count))
        symbols.update(from: scratch.symbols, count: count)
        offsets.update(from: scratch.offsets, count: count)
    }

    deinit {
        symbols.deallocate()
        offsets.deallocate()
    }

    func mask(_ range: Range<Int>) {
        for place in range.clamped(to: 0..<count) { symbols[place] |= Self.masked }
    }

    @inline(__always)
    func isMasked(_ place: Int) -> Bool { symbols[place] & Self.masked != 0 }

    func unmasked(in range: Range<Int>) -> Int {
        var unmasked = 0
        for place in range { unmasked += isMasked(place) ? 0 : 1 }
        return unmasked
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
