internal import Glibc
internal import Synchronization

/// Does `work` for 0, 1, … `count − 1` on so many threads and gives the results in order. The first fault, by
/// number, is thrown when all have ended.
func inParallel<Part>(
    _ count: Int, threads: Int, _ work: @Sendable (Int) throws(IndexFault) -> Part
) throws(IndexFault) -> [Part] {
    let next = Atomic(0)
    let results = Mutex<[Int: PartResult<Part>]>([:])
    concurrently(min(threads, count)) { _ in
        while true {
            let number = next.add(1, ordering: .relaxed).oldValue
            guard number < count else { return }
            let result = Result { () throws(IndexFault) in try work(number) }
            let held = PartResult(result: result)
            results.withLock { $0[number] = held }
        }
    }
    let done = results.withLock { $0 }
    var parts: [Part] = []
    for number in 0..<count {
        // Each number was worked on by some thread, all of which have ended.
        if let part = try done[number]?.result.get() { parts.append(part) }
    }
    return parts
}

/// Counts what several threads have done.
final class Progress: Sendable {
    private let done = Atomic(0)
    var count: Int { done.load(ordering: .relaxed) }
    func add() { done.add(1, ordering: .relaxed) }
}

/// Made by one thread and read by another after the first has ended: never shared, so `@unchecked` is true.
private struct PartResult<Part>: @unchecked Sendable {
    let result: Result<Part, IndexFault>
}

/// Runs `work` on so many threads, numbered from 0, and returns when all have ended.
///
/// Plain threads: a search may take minutes, and Swift's cooperative threads are not for that.
func concurrently(_ threads: Int, _ work: @Sendable (Int) -> Void) {
    guard threads > 1 else { return work(0) }
    withoutActuallyEscaping(work) { work in
        var handles: [pthread_t] = []
        for number in 1..<threads {
            let start = Unmanaged.passRetained(ThreadStart(number: number, work: work))
            var handle = pthread_t()
            let code = pthread_create(
                &handle, nil,
                { argument in
                    // Given below by passRetained; pthread hands it over unchanged.
                    let start = Unmanaged<ThreadStart>.fromOpaque(argument.unsafelyUnwrapped)
                        .takeRetainedValue()
                    start.work(start.number)
                    return nil
                }, start.toOpaque())
            if code == 0 {
                handles.append(handle)
            } else {
                // No thread to be had: the caller does its part as well.
                start.release()
                work(number)
            }
        }
        work(0)
        for handle in handles { pthread_join(handle, nil) }
    }
}

private final class ThreadStart {
    let number: Int
    let work: @Sendable (Int) -> Void

    init(number: Int, work: @escaping @Sendable (Int) -> Void) {
        self.number = number
        self.work = work
    }
}
