/// Follows two texts from a common place on, over small differences, as long as they go on agreeing.
///
/// Equal symbols score one. At a difference the nearest place where both agree again is sought (``Gap``), and the
/// symbols skipped are paid for; who falls too far below the best score seen (X-drop; Zhang, Schwartz, Wagner,
/// Miller 2000) gives up and goes back to it.
struct Extension {
    private let a: UnsafePointer<UInt32>
    private let b: UnsafePointer<UInt32>
    private let countA: Int
    private let countB: Int
    private let gap: Gap

    /// Good as long as the texts and the gap's memory are.
    init(_ a: SymbolText, _ b: SymbolText, gap: Gap) {
        self.a = UnsafePointer(a.symbols)
        self.b = UnsafePointer(b.symbols)
        countA = a.count
        countB = b.count
        self.gap = gap
    }

    private static let drop = 32
    /// Masked symbols in a row that a passage may bridge: a stock phrase, not a form's page.
    private static let longestBridge = 48

    struct Reach {
        var a = 0
        var b = 0
        /// Unmasked symbols that agree.
        var matched = 0
    }

    @inline(never)
    func right(_ a: Int, _ b: Int) -> Reach {
        reach(self.a + a, self.b + b, limitA: countA - a, limitB: countB - b, step: 1)
    }

    /// To the left of, and without, the given places.
    @inline(never)
    func left(_ a: Int, _ b: Int) -> Reach {
        reach(self.a + (a - 1), self.b + (b - 1), limitA: a, limitB: b, step: -1)
    }

    /// Symbols that are compared at once where texts agree for long.
    private static let block = 8

    /// Whether a block's symbols agree and none is masked.
    @inline(__always)
    private static func blockAgrees(
        _ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>, _ step: Int
    ) -> Bool {
        // To the left, the place is the block's last.
        let a = UnsafeRawPointer(step > 0 ? a : a - (block - 1))
        let b = UnsafeRawPointer(step > 0 ? b : b - (block - 1))
        var difference: UInt64 = 0
        for two in 0..<(block / 2) {
            let (left, right) = (
                a.loadUnaligned(fromByteOffset: 8 * two, as: UInt64.self),
                b.loadUnaligned(fromByteOffset: 8 * two, as: UInt64.self)
            )
            difference |= left ^ right | left & maskedTwice
        }
        return difference == 0
    }

    private static let maskedTwice = UInt64(SymbolText.masked) << 32 | UInt64(SymbolText.masked)

    /// Compiled for each direction on its own.
    @inline(__always)
    private func reach(
        _ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>, limitA: Int, limitB: Int, step: Int
    ) -> Reach {
        var now = Reach()
        var best = Reach()
        var score = 0
        var bestScore = 0
        var bridge = 0
        while true {
            // Symbols that agree, up to the last unmasked one of them.
            var run = 0
            var counted = 0
            var matched = 0
            let limit = min(limitA - now.a, limitB - now.b)
            var (placeA, placeB) = (a + now.a &* step, b + now.b &* step)
            while run &+ Self.block <= limit, bridge == 0, Self.blockAgrees(placeA, placeB, step) {
                run &+= Self.block
                matched &+= Self.block
                counted = run
                placeA += Self.block &* step
                placeB += Self.block &* step
            }
            while run < limit, (placeA.pointee ^ placeB.pointee) & ~SymbolText.masked == 0 {
                run &+= 1
                if (placeA.pointee | placeB.pointee) & SymbolText.masked == 0 {
                    matched &+= 1
                    counted = run
                    bridge = 0
                } else {
                    bridge &+= 1
                    if bridge > Self.longestBridge { break }
                }
                placeA += step
                placeB += step
            }
            score += matched
            if score > bestScore {
                bestScore = score
                best = Reach(a: now.a + counted, b: now.b + counted, matched: now.matched + matched)
            }
            if bridge > Self.longestBridge { return best }
            now = Reach(a: now.a + run, b: now.b + run, matched: now.matched + matched)
            // What agreed so far pays for the search: most chance seeds end here.
            let widest = min(Gap.widest, 4 + max(0, score) / 2)
            guard
                let skip = gap.narrowest(
                    a + now.a &* step, b + now.b &* step, limitA: limitA - now.a, limitB: limitB - now.b,
                    step: step, widest: widest)
            else { return best }
            score -= max(skip.a, skip.b)
            guard score >= bestScore - Self.drop else { return best }
            now.a += skip.a
            now.b += skip.b
        }
    }
}
