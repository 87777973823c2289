/// Gives the fingerprints of one text after the other, for who keeps them elsewhere than in a ``ReuseIndex``.
public struct Fingerprinter {
    private let buffer: SymbolBuffer
    private let winnow: Winnowing

    public init(_ sampling: Sampling = .standard) {
        buffer = SymbolBuffer()
        winnow = Winnowing(sampling)
    }

    /// Calls `keep` for each fingerprint of a text of UTF-8, in order of position, and gives the number of symbols.
    @discardableResult
    public mutating func callAsFunction(
        _ text: UnsafeRawBufferPointer, _ keep: (Fingerprint) -> Void
    ) -> Int {
        buffer.read(text.bound)
        winnow(buffer.symbols, in: 0..<buffer.count, keep: keep)
        return buffer.count
    }
}
