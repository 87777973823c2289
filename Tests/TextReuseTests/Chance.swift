/// Random numbers that a printed seed repeats: SplitMix64 (Steele, Lea, Flood 2014).
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A seed nobody chose, printed so that a failure can be repeated.
    static func fresh(_ what: String) -> Chance {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("\(what): seed \(seed)")
        return Chance(seed: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Chinese text that means nothing: sentences over a few thousand characters.
    mutating func chinese(_ characters: Int) -> String {
        var text = ""
        var sentence = 0
        for _ in 0..<characters {
            if sentence > 0, Int.random(in: 0..<24, using: &self) == 0 {
                text += Bool.random(using: &self) ? "。\n" : "，"
                sentence = 0
            } else {
                text.unicodeScalars.append(
                    Unicode.Scalar(0x4E00 + UInt32.random(in: 0..<3000, using: &self))!)
                sentence += 1
            }
        }
        return text
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}
