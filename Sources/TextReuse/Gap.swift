/// Finds how little must be skipped in two texts so that they agree again.
///
/// Each symbol of the second text's next few dozen sets a bit, by its place, in one of 64 words (Shift-And;
/// Baeza-Yates, Gonnet 1992): which of them equal a symbol of the first text is then one look-up, and whether the
/// next ones agree too is a shift and an AND. Symbols may have a word in common, so what is found is looked at.
struct Gap {
    /// The most symbols skipped at once, on either side.
    static let widest = 32
    /// Most gaps are an edit of a symbol or two.
    private static let narrow = 8
    private static let longestAnchor = 8
    private static let words = 64

    /// Good as long as whoever made this says.
    private let places: UnsafeMutablePointer<UInt64>

    /// Calls `body` with memory for one thread.
    static func withRoom<Result>(_ body: (Gap) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { room in
            body(Gap(places: room.baseAddress.unsafelyUnwrapped))
        }
    }

    /// The smallest numbers of symbols to skip on both sides, together; of several such, the one that skips least
    /// in the first. Reads no more than `limitA` and `limitB` symbols in the direction of `step`.
    @inline(__always)
    func narrowest(
        _ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>, limitA: Int, limitB: Int, step: Int,
        widest: Int
    ) -> (a: Int, b: Int)? {
        places.update(repeating: 0, count: Self.words)
        var within = min(widest, Self.narrow)
        var marked = 0
        while true {
            let countA = min(limitA, within + Self.longestAnchor)
            let countB = min(limitB, within + Self.longestAnchor)
            while marked < countB {
                places[Self.word(b[marked &* step])] |= 1 &<< UInt64(marked)
                marked &+= 1
            }
            let found = search(a, b, countA, step, widest: within)
            // A wider search could find no smaller sum.
            if within == widest { return found }
            if let found, found.a + found.b <= within { return found }
            within = widest
        }
    }

    /// With so many symbols of the first text, and those of the second that are marked.
    @inline(__always)
    private func search(
        _ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>, _ countA: Int, _ step: Int, widest: Int
    ) -> (a: Int, b: Int)? {
        var best: (a: Int, b: Int)?
        var least = 2 * widest + 1
        // The places of a symbol of the second text that the symbol here and those behind it may equal.
        func row(_ place: Int) -> UInt64 { place < countA ? places[Self.word(a[place &* step])] : 0 }
        var next = row(0)
        var skipA = 0
        while skipA <= widest, skipA < least {
            let skipped = skipA
            skipA &+= 1
            let here = next
            next = row(skipA)
            let two = here & (next &>> 1)
            if two == 0 { continue }
            let four = two & (row(skipped + 2) &>> 2) & (row(skipped + 3) &>> 3)
            if four == 0 { continue }
            let six = four & (row(skipped + 4) &>> 4) & (row(skipped + 5) &>> 5)
            let eight = six & (row(skipped + 6) &>> 6) & (row(skipped + 7) &>> 7)
            // Bits up to where the wider gap needs the longer anchor.
            var bits =
                four & Self.below(5 - skipped) | six & Self.below(17 - skipped)
                | eight & Self.below(widest + 1)
            if skipped == 0 { bits &= ~1 }
            while bits != 0 {
                let skipB = bits.trailingZeroBitCount
                guard skipB <= widest, skipped + skipB < least else { break }
                let anchor = Self.anchor(skipped + skipB)
                if Self.agree(a + skipped * step, b + skipB * step, step, anchor: anchor) {
                    least = skipped + skipB
                    best = (skipped, skipB)
                    break
                }
                bits &= bits &- 1
            }
        }
        return best
    }

    /// Symbols that must agree behind a gap before it is believed: the wider, the more.
    private static func anchor(_ gap: Int) -> Int { gap <= 4 ? 4 : gap <= 16 ? 6 : longestAnchor }

    private static func below(_ count: Int) -> UInt64 { count <= 0 ? 0 : (1 << UInt64(count)) &- 1 }

    /// One of 64: neighbours in the code tables, which are alike in use, share none.
    @inline(__always)
    private static func word(_ symbol: UInt32) -> Int { Int(symbol) & (words - 1) }

    private static func agree(
        _ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>, _ step: Int, anchor: Int
    ) -> Bool {
        for place in 0..<anchor where (a[place * step] ^ b[place * step]) & ~SymbolText.masked != 0 {
            return false
        }
        return true
    }
}
