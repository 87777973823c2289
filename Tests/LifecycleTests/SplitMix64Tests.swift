import Testing

@testable import Lifecycle

@Suite struct SplitMix64Tests {
    @Test func `the published numbers of a seed come out`() {
        var chance = SplitMix64(seed: 1_234_567)
        let numbers = (0..<3).map { _ in chance.next() }
        #expect(
            numbers == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test func `choices reach every element and a draw without replacement repeats none`() {
        var chance = SplitMix64(seed: 1)
        #expect(Set((0..<200).map { _ in chance.below(5) }) == [0, 1, 2, 3, 4])
        for count in 0...8 {
            let drawn = chance.pick(count, of: [1, 2, 3, 4, 5, 6])
            #expect(drawn.count == min(count, 6))
            #expect(Set(drawn).count == drawn.count)
        }
    }
}
