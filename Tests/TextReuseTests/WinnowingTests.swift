import Testing

@testable import TextReuse

struct WinnowingTests {
    private func fingerprints(_ symbols: [UInt32], _ sampling: Sampling) -> [Fingerprint] {
        var found: [Fingerprint] = []
        symbols.withUnsafeBufferPointer { symbols in
            guard let base = symbols.baseAddress else { return }
            Winnowing(sampling)(base, in: 0..<symbols.count) { found.append($0) }
        }
        return found
    }

    @Test func `settings that make no sense are refused`() {
        #expect(Sampling(gram: 3, window: 16) == nil)
        #expect(Sampling(gram: 12, window: 0) == nil)
        #expect(Sampling(gram: 12, window: 65) == nil)
        #expect(Sampling(gram: 65, window: 1) == nil)
        #expect(Sampling(gram: 12, window: 16) == .standard)
    }

    @Test func `any run of gram plus window less one equal symbols shares a fingerprint`() {
        var chance = Chance.fresh("winnowing")
        for _ in 0..<400 {
            let sampling = Sampling(
                gram: Int.random(in: 4...14, using: &chance), window: Int.random(in: 1...20, using: &chance))!
            let shared = (0..<(sampling.gram + sampling.window - 1)).map { _ in
                UInt32.random(in: 0..<9, using: &chance)
            }
            func text() -> [UInt32] {
                let before = (0..<Int.random(in: 0...60, using: &chance)).map { _ in
                    UInt32.random(in: 0..<9, using: &chance)
                }
                let after = (0..<Int.random(in: 0...60, using: &chance)).map { _ in
                    UInt32.random(in: 0..<9, using: &chance)
                }
                return before + shared + after
            }
            let one = Set(fingerprints(text(), sampling).map(\.hash))
            let other = Set(fingerprints(text(), sampling).map(\.hash))
            #expect(!one.isDisjoint(with: other))
        }
    }

    @Test func `equal k-grams have equal hashes wherever they stand, and different ones differ`() {
        var chance = Chance.fresh("hashes")
        let symbols = (0..<5000).map { _ in UInt32.random(in: 0..<4, using: &chance) }
        let all = fingerprints(symbols, Sampling(gram: 6, window: 1)!)
        #expect(all.map { Int($0.position) } == Array(0...(symbols.count - 6)))
        var hashes: [[UInt32]: UInt64] = [:]
        for fingerprint in all {
            let start = Int(fingerprint.position)
            let gram = Array(symbols[start..<(start + 6)])
            #expect(hashes[gram, default: fingerprint.hash] == fingerprint.hash)
            hashes[gram] = fingerprint.hash
        }
        #expect(Set(hashes.values).count == hashes.count)
    }

    @Test func `one symbol in nine is chosen, in order, no gap wider than a window`() {
        var chance = Chance.fresh("density")
        let symbols = (0..<20_000).map { _ in UInt32.random(in: 0x4E00..<0x5800, using: &chance) }
        let positions = fingerprints(symbols, .standard).map { Int($0.position) }
        #expect(abs(Double(positions.count) / 20_000 - 2.0 / 17) < 0.005)
        for (one, next) in zip(positions, positions.dropFirst()) {
            #expect(one < next)
            #expect(next - one <= 16)
        }
    }

    @Test func `short texts still have a fingerprint, shorter than a k-gram they have none`() {
        #expect(fingerprints(Array(1...11), .standard).isEmpty)
        #expect(fingerprints([], .standard).isEmpty)
        for length in 12...40 { #expect(!fingerprints(Array(1...UInt32(length)), .standard).isEmpty) }
    }
}
