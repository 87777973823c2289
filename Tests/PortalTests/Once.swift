import Synchronization

/// What is made once in a run for each key, and copied by every test that asks: what plays the same acts gives the
/// same city. Who is handed it must not change it.
final class Once<Key: Hashable & Sendable, Made: Sendable>: Sendable {
    private let making = Mutex<[Key: Task<Made, any Error>]>([:])

    func made(
        _ key: Key, _ make: @escaping @Sendable () async throws -> Made
    ) async throws -> Made {
        let task = making.withLock { making in
            if let begun = making[key] { return begun }
            let task = Task { try await make() }
            making[key] = task
            return task
        }
        return try await task.value
    }
}
