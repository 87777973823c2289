import Testing

@testable import TextReuse

struct GapTests {
    /// The same question, asked of each pair of skips in turn.
    private func plainly(_ a: [UInt32], _ b: [UInt32], widest: Int) -> [Int]? {
        for total in 1...(2 * widest) {
            let anchor = total <= 4 ? 4 : total <= 16 ? 6 : 8
            for skipA in max(0, total - widest)...min(total, widest) {
                let skipB = total - skipA
                guard skipA + anchor <= a.count, skipB + anchor <= b.count else { continue }
                if a[skipA..<(skipA + anchor)].elementsEqual(b[skipB..<(skipB + anchor)]) {
                    return [skipA, skipB]
                }
            }
        }
        return nil
    }

    private func found(_ a: [UInt32], _ b: [UInt32], widest: Int) -> [Int]? {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                // An empty array has no address; nothing is read from this one.
                let nothing = UnsafePointer<UInt32>(bitPattern: 8)!
                return Gap.withRoom { gap in
                    gap.narrowest(
                        a.baseAddress ?? nothing, b.baseAddress ?? nothing, limitA: a.count,
                        limitB: b.count, step: 1, widest: widest)
                }.map { [$0.a, $0.b] }
            }
        }
    }

    @Test func `the narrowest gap is the one that looking everywhere finds`() {
        var chance = Chance.fresh("gaps")
        for _ in Rounds(3000) {
            // Few symbols, that chance makes agree; and the same text with something taken out.
            let symbols = [2, 5, 40, 3000].randomElement(using: &chance)!
            func text(_ count: Int) -> [UInt32] {
                (0..<count).map { _ in 0x4E00 + UInt32.random(in: 0..<UInt32(symbols), using: &chance) }
            }
            let a = text(Int.random(in: 0...60, using: &chance))
            let kept = a.dropFirst(Int.random(in: 0...40, using: &chance))
            let b = text(Int.random(in: 0...36, using: &chance)) + kept
            let widest = Int.random(in: 4...Gap.widest, using: &chance)
            #expect(found(a, b, widest: widest) == plainly(a, b, widest: widest), "\(a) \(b) \(widest)")
        }
    }
}
