internal import Glibc

/// Runs `work` on so many threads, numbered from 0, and returns when all have ended. The caller is number 0.
func concurrently(_ threads: Int, _ work: @Sendable (Int) -> Void) {
    guard threads > 1 else { return work(0) }
    withoutActuallyEscaping(work) { work in
        let helpers = Helpers(threads - 1) { work($0 + 1) }
        work(0)
        for number in helpers.missing { work(number + 1) }
        helpers.join()
    }
}

/// The part of `all` that thread `number` of so many deals with.
func share(_ number: Int, of threads: Int, _ all: Int) -> Range<Int> {
    all * number / threads..<all * (number + 1) / threads
}

/// Threads at work beside the caller, who has to wait for them with ``join()``.
///
/// Plain threads: a solution may take minutes, and Swift's cooperative threads are not for that.
struct Helpers {
    private var handles: [pthread_t] = []
    /// Those that the system would not start.
    private(set) var missing: [Int] = []

    /// - Parameter work: is given the number of its thread, from 0.
    init(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
        for number in 0..<count {
            let start = Unmanaged.passRetained(Start(number: number, work: work))
            var handle = pthread_t()
            let code = pthread_create(
                &handle, nil,
                { argument in
                    // Given below by passRetained; pthread hands it over unchanged.
                    let start = Unmanaged<Start>.fromOpaque(argument.unsafelyUnwrapped).takeRetainedValue()
                    start.work(start.number)
                    return nil
                }, start.toOpaque())
            if code == 0 {
                handles.append(handle)
            } else {
                start.release()
                missing.append(number)
            }
        }
    }

    func join() {
        for handle in handles { pthread_join(handle, nil) }
    }

    private final class Start {
        let number: Int
        let work: @Sendable (Int) -> Void

        init(number: Int, work: @escaping @Sendable (Int) -> Void) {
            self.number = number
            self.work = work
        }
    }
}
