/// How far a solution has come.
public struct Progress: Hashable, Sendable {
    public enum Phase: String, Sendable {
        case sorting, auction, filling, proving, fairness
    }
    public var phase: Phase
    /// Places filled so far in the auction, or rounds done in the other phases.
    public var done: Int
    /// Places wanted; zero where the end is not known.
    public var of: Int
}

/// The caller's hand on a running solution; asked a few thousand times a second at most.
struct Control {
    var progress: (Progress) -> Void = { _ in }
    var isCancelled: () -> Bool = { false }

    func report(_ phase: Progress.Phase, _ done: Int = 0, of total: Int = 0) throws(MatchingRefused) {
        progress(Progress(phase: phase, done: done, of: total))
        if isCancelled() { throw .cancelled }
    }
}
