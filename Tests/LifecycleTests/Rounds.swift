import Glibc

/// How often a fuzz test repeats: so many times, or as long as `FUZZ_SECONDS` says.
struct Rounds: Sequence, IteratorProtocol {
    private var left: Int
    private let end: Int?

    init(_ count: Int) {
        left = count
        end = getenv("FUZZ_SECONDS").flatMap { Int(String(cString: $0)) }.map { time(nil) + $0 }
    }

    mutating func next() -> Int? {
        if let end { return time(nil) < end ? 0 : nil }
        left -= 1
        return left >= 0 ? left : nil
    }
}
