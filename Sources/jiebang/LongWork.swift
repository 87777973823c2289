import Foundation
import Synchronization

/// Measures wall time for what commands say on standard error.
struct Stopwatch {
    private let start = ContinuousClock.now

    private var elapsed: Double {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    /// To the hundredth.
    var rounded: Double { (elapsed * 100).rounded() / 100 }

    var seconds: String { "\(rounded) s" }

    func rate(bytes: Int) -> String { "\((Double(bytes) / 1e5 / max(elapsed, 1e-6)).rounded() / 10) MB/s" }
}

/// Says now and then how far long work has come.
struct Ticker: Sendable {
    private let total: Int

    init(of total: Int) { self.total = total }

    /// A line for each of twenty parts, at most.
    func show(_ done: Int) {
        let part = max(2048, total / 20)
        if done > 0, done / 32 % max(1, part / 32) == 0 { Terminal.tell("  \(done) of \(total)") }
    }
}

/// Lines for standard output, gathered: a million small writes would cost more than finding what they say.
final class BufferedLines: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var count = 0
    }

    private let state = Mutex(State())

    func say(_ line: String) {
        state.withLock { state in
            state.bytes += Array(line.utf8)
            state.bytes.append(0x0A)
            state.count += 1
            if state.bytes.count > 1 << 16 { Self.flush(&state) }
        }
    }

    /// Writes the rest and says how many lines there were.
    func finish() -> Int {
        state.withLock { state in
            Self.flush(&state)
            return state.count
        }
    }

    private static func flush(_ state: inout State) {
        FileHandle.standardOutput.write(Data(state.bytes))
        state.bytes.removeAll(keepingCapacity: true)
    }
}
