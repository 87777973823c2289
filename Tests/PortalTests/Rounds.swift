import Foundation

/// How often a fuzz test repeats: so many times, or as long as `FUZZ_SECONDS` says.
struct Rounds: Sequence, IteratorProtocol {
    private var left: Int
    private let end: Date?

    init(_ count: Int) {
        left = count
        end = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap(Double.init).map {
            Date(timeIntervalSinceNow: $0)
        }
    }

    mutating func next() -> Int? {
        if let end { return Date() < end ? 0 : nil }
        left -= 1
        return left >= 0 ? left : nil
    }
}
