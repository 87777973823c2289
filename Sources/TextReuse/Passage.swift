/// A passage that stands in both texts, in symbols.
struct Passage: Hashable {
    var a: Range<Int>
    var b: Range<Int>
    /// Unmasked symbols that agree.
    var matched: Int

    /// Whether the passage runs through the seed, or near it: a repetition elsewhere in it is another passage.
    func contains(_ seed: Seed) -> Bool {
        guard a.contains(seed.a), b.contains(seed.b) else { return false }
        let drift = (seed.b - b.lowerBound) - (seed.a - a.lowerBound)
        return abs(drift) <= Gap.widest + abs(a.count - b.count)
    }

    func contains(_ other: Passage) -> Bool {
        a.lowerBound <= other.a.lowerBound && other.a.upperBound <= a.upperBound
            && b.lowerBound <= other.b.lowerBound && other.b.upperBound <= b.upperBound
    }
}

/// A place where a fingerprint stands in both texts.
struct Seed: Hashable {
    var a: Int
    var b: Int
}

/// From seeds to the passages around them.
struct Alignment {
    let a: SymbolText
    let b: SymbolText
    let gram: Int

    /// Passages that lie this near to each other in both texts, in whatever order, are shown as one.
    static let nearby = 48
    /// Passages of one pair of texts: whoever repeats one sentence a thousand times is caught by fewer.
    static let mostPassages = 512

    /// Maximal passages around the seeds, which are in order of `a`.
    func passages(_ seeds: [Seed]) -> [Passage] {
        joined(Gap.withRoom { extended(seeds, Extension(a, b, gap: $0)) })
    }

    private func extended(_ seeds: [Seed], _ extend: Extension) -> [Passage] {
        var passages: [Passage] = []
        // Symbols walked over: bounded, so that texts made of repetitions cost no more than a few readings.
        var budget = 64 * (a.count + b.count + 1024)
        for seed in seeds {
            guard budget > 0, passages.count < Self.mostPassages else { break }
            budget -= 1
            if passages.reversed().contains(where: { $0.contains(seed) }) { continue }
            guard seed.a < a.count, seed.b < b.count else { continue }
            let right = extend.right(seed.a, seed.b)
            let left = extend.left(seed.a, seed.b)
            budget -= right.a + left.a + 4096
            let matched = left.matched + right.matched
            // Another k-gram with the same hash, or masked through and through.
            guard right.a > 0, matched >= gram else { continue }
            passages.append(
                Passage(
                    a: (seed.a - left.a)..<(seed.a + right.a), b: (seed.b - left.b)..<(seed.b + right.b),
                    matched: matched))
        }
        return passages
    }

    /// Leaves out what lies in another passage, and joins neighbours as long as enough of the whole agrees to be
    /// reported (``Sharing/minIdentity``).
    private func joined(_ passages: [Passage]) -> [Passage] {
        if passages.count < 2 { return passages }
        var joined: [Passage] = []
        for passage in passages.sorted(by: {
            ($0.a.lowerBound, $1.a.upperBound) < ($1.a.lowerBound, $0.a.upperBound)
        }) {
            var passage = passage
            var isInside = false
            var place = joined.count - 1
            while place >= 0 {
                let other = joined[place]
                if other.contains(passage) {
                    isInside = true
                    break
                }
                if let whole = Self.whole(other, passage) {
                    passage = whole
                    joined.remove(at: place)
                    place = joined.count
                }
                place -= 1
            }
            if !isInside { joined.append(passage) }
        }
        return joined.sorted { ($0.a.lowerBound, $0.b.lowerBound) < ($1.a.lowerBound, $1.b.lowerBound) }
    }

    private static func whole(_ one: Passage, _ other: Passage) -> Passage? {
        guard distance(one.a, other.a) <= nearby, distance(one.b, other.b) <= nearby else { return nil }
        let a = min(one.a.lowerBound, other.a.lowerBound)..<max(one.a.upperBound, other.a.upperBound)
        let b = min(one.b.lowerBound, other.b.lowerBound)..<max(one.b.upperBound, other.b.upperBound)
        let overlap = max(0, -distance(one.a, other.a), -distance(one.b, other.b))
        let matched = one.matched + other.matched - min(overlap, one.matched, other.matched)
        guard 10 * matched >= 6 * max(a.count, b.count) else { return nil }
        return Passage(a: a, b: b, matched: matched)
    }

    /// Symbols between two ranges; negative where they overlap.
    private static func distance(_ one: Range<Int>, _ other: Range<Int>) -> Int {
        max(one.lowerBound, other.lowerBound) - min(one.upperBound, other.upperBound)
    }
}
