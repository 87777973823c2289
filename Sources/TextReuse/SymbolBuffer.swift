/// The symbols of one text at a time, in memory that is used again for the next.
///
/// Fresh memory for each document would cost as much in page faults as the reading itself.
final class SymbolBuffer {
    private(set) var symbols: UnsafeMutablePointer<UInt32>
    private(set) var count = 0
    /// Unicode scalars of the text.
    private(set) var scalars = 0
    private var capacity = 1 << 14
    private let scan: SymbolScan

    init(_ fold: FoldTable = .standard) {
        scan = SymbolScan(fold)
        symbols = .allocate(capacity: capacity)
    }

    deinit { symbols.deallocate() }

    private struct Sink: SymbolSink {
        var next: UnsafeMutablePointer<UInt32>

        @inline(__always)
        mutating func take(_ symbol: UInt32, at scalar: Int, counts: Bool) {
            next.pointee = symbol
            next += counts ? 1 : 0
        }
    }

    func read(_ text: UnsafeBufferPointer<UInt8>) {
        let most = SymbolScan.mostSymbols(bytes: text.count)
        if capacity < most {
            symbols.deallocate()
            capacity = most + most / 2
            symbols = .allocate(capacity: capacity)
        }
        var sink = Sink(next: symbols)
        scalars = scan(text, into: &sink)
        count = sink.next - symbols
    }
}
