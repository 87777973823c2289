/// Follows two texts from a common place on, over small differences, as long as they go on agreeing.
///
/// Equal symbols score one. At a difference the nearest place where both agree again is sought, and the symbols
/// skipped are paid for; who falls too far below the best score seen (X-drop; Zhang, Schwartz, Wagner, Miller 2000)
/// gives up and goes back to it.
struct Extension {
    let a: SymbolText
    let b: SymbolText

    /// The most symbols skipped at once, on either side.
    static let widestGap = 32
    static let drop = 32
    /// Masked symbols in a row that a passage may bridge: a stock phrase, not a form's page.
    static let longestBridge = 48

    struct Reach {
        var a = 0
        var b = 0
        /// Unmasked symbols that agree.
        var matched = 0
    }

    func right(_ a: Int, _ b: Int) -> Reach {
        reach(
            self.a.symbols + a, self.b.symbols + b, limitA: self.a.count - a, limitB: self.b.count - b,
            step: 1)
    }

    /// To the left of, and without, the given places.
    func left(_ a: Int, _ b: Int) -> Reach {
        reach(self.a.symbols + (a - 1), self.b.symbols + (b - 1), limitA: a, limitB: b, step: -1)
    }

    @inline(__always)
    private static func agree(_ a: UInt32, _ b: UInt32) -> Bool { (a ^ b) & ~SymbolText.masked == 0 }

    private func reach(
        _ a: UnsafeMutablePointer<UInt32>, _ b: UnsafeMutablePointer<UInt32>, limitA: Int, limitB: Int,
        step: Int
    ) -> Reach {
        var now = Reach()
        var best = Reach()
        var score = 0
        var bestScore = 0
        var bridge = 0
        while true {
            while now.a < limitA, now.b < limitB {
                let left = a[now.a * step]
                let right = b[now.b * step]
                guard Self.agree(left, right) else { break }
                now.a += 1
                now.b += 1
                if (left | right) & SymbolText.masked == 0 {
                    score += 1
                    now.matched += 1
                    bridge = 0
                } else {
                    bridge += 1
                    if bridge > Self.longestBridge { return best }
                }
                if score > bestScore {
                    bestScore = score
                    best = now
                }
            }
            // What agreed so far pays for the search: most chance seeds end here.
            let widest = min(Self.widestGap, 4 + max(0, score) / 2)
            guard
                let gap = Self.gap(
                    a + now.a * step, b + now.b * step, limitA: limitA - now.a, limitB: limitB - now.b,
                    step: step, widest: widest)
            else { return best }
            score -= max(gap.a, gap.b)
            guard score >= bestScore - Self.drop else { return best }
            now.a += gap.a
            now.b += gap.b
        }
    }

    private static let longestAnchor = 8

    /// Symbols that must agree behind a gap before it is believed: the wider, the more.
    private static func anchor(gap: Int) -> Int { gap <= 4 ? 4 : gap <= 16 ? 6 : longestAnchor }

    /// The smallest numbers of symbols to skip on both sides so that the texts agree again.
    private static func gap(
        _ a: UnsafeMutablePointer<UInt32>, _ b: UnsafeMutablePointer<UInt32>, limitA: Int, limitB: Int,
        step: Int,
        widest: Int
    ) -> (a: Int, b: Int)? {
        var total = 1
        while total <= 2 * widest {
            let anchor = anchor(gap: total)
            let mostA = min(total, widest, limitA - anchor)
            var skipA = max(0, total - widest, total - (limitB - anchor))
            while skipA <= mostA {
                let skipB = total - skipA
                if agree(a[skipA * step], b[skipB * step]) {
                    var length = 1
                    while length < anchor, agree(a[(skipA + length) * step], b[(skipB + length) * step]) {
                        length += 1
                    }
                    if length == anchor { return (skipA, skipB) }
                }
                skipA += 1
            }
            total += 1
        }
        return nil
    }
}
