/// A small seeded generator: the same seed gives the same numbers on every machine and every run.
///
/// For demo data, examples and random tests that print their seed; never for secrets or draws.
/// Source: Steele, Lea and Flood, “Fast splittable pseudorandom number generators”, OOPSLA 2014.
package struct SplitMix64: RandomNumberGenerator, Sendable, Codable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

// The standard library does not promise that `random(in:using:)` and `shuffle(using:)` keep their
// algorithm between versions; what must stay the same for a seed uses these instead.
extension RandomNumberGenerator {
    /// A number in `0 ..< count` (`count` > 0). The bias is below `count` / 2⁶⁴.
    package mutating func below(_ count: Int) -> Int {
        precondition(count > 0, "nothing to choose from")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// One element of a collection that must not be empty.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// `count` different positions' elements in random order; all of them when there are fewer.
    package mutating func pick<Element>(_ count: Int, of elements: [Element]) -> [Element] {
        var rest = elements
        let wanted = Swift.min(count, rest.count)
        for place in 0..<wanted {
            rest.swapAt(place, place + below(rest.count - place))
        }
        return Array(rest.prefix(wanted))
    }
}
