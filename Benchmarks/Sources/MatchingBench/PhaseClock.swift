import Matching

/// Processor seconds by phase, as the solver's progress names them.
final class PhaseClock {
    private(set) var seconds: [(phase: String, seconds: Double)] = []
    private var last = MatchingBench.processorSeconds()
    private var current: Progress.Phase?

    func hear(_ progress: Progress) {
        guard progress.phase != current else { return }
        close()
        current = progress.phase
    }

    /// Ends the phase under way.
    func close() {
        let now = MatchingBench.processorSeconds()
        if let current {
            if let index = seconds.firstIndex(where: { $0.phase == current.rawValue }) {
                seconds[index].seconds += now - last
            } else {
                seconds.append((current.rawValue, now - last))
            }
        }
        last = now
    }

    var json: String {
        "{" + seconds.map { "\"\($0.phase)\":\(Self.rounded($0.seconds))" }.joined(separator: ",") + "}"
    }

    static func rounded(_ seconds: Double) -> Double { (seconds * 10_000).rounded() / 10_000 }
}
