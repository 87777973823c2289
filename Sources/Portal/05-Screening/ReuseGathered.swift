import Lifecycle
import Synchronization

/// Matches as they come in from the threads that compare.
final class Gathered: Sendable {
    private let matches = Mutex<[ReuseLibrary.Between: [ReuseMatch]]>([:])

    func add(_ between: ReuseLibrary.Between, _ match: ReuseMatch) {
        matches.withLock { $0[between, default: []].append(match) }
    }

    var all: [ReuseLibrary.Between: [ReuseMatch]] { matches.withLock { $0 } }
}
