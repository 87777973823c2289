import PublicDraw
import Testing

/// Places for classes by largest remainder.
struct ApportionmentTests {
    @Test func `more places than entries are refused`() {
        #expect(Quota.apportion(places: 4, sizes: [1, 2]) == nil)
        #expect(Quota.apportion(places: -1, sizes: [1, 2]) == nil)
    }

    @Test func `the largest remainders get what is left, the first class when they are equal`() {
        // 10 of 47/16/15/12/10: quotas 4.7 1.6 1.5 1.2 1.0.
        #expect(Quota.apportion(places: 10, sizes: [47, 16, 15, 12, 10]) == [5, 2, 1, 1, 1])
        #expect(Quota.apportion(places: 1, sizes: [3, 3, 3]) == [1, 0, 0])
        #expect(Quota.apportion(places: 0, sizes: []) == [])
    }

    @Test func `every small division adds up and stays within its quota`() {
        for a in 0...7 {
            for b in 0...7 {
                for c in 0...7 {
                    for places in 0...(a + b + c) {
                        let sizes = [a, b, c]
                        let shares = Quota.apportion(places: places, sizes: sizes) ?? []
                        #expect(shares.reduce(0, +) == places)
                        let isWithin = zip(shares, sizes).allSatisfy { share, size in
                            let total = max(a + b + c, 1)
                            return share <= size && share >= size * places / total
                                && share <= size * places / total + 1
                        }
                        #expect(isWithin, "\(places) of \(sizes): \(shares)")
                    }
                }
            }
        }
    }
}
