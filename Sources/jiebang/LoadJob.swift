import Lifecycle
import Matching
import Portal

/// Work as heavy as the assignment of the largest round: pages are measured beside it.
enum LoadJob {
    static let name = "load"
    static let subject = Subject(kind: "house", id: "load")
    /// Candidates of a proposal.
    private static let width = 50

    /// - Parameters:
    ///   - proposals: in each problem, with 50 candidates each.
    ///   - seconds: solves again and again until so long has passed.
    static func slice(proposals: Int, seconds: Int) -> Slice {
        var slice = Slice(name)
        slice.jobs = [JobKind(name, seenBy: []) { run in try work(run, proposals, seconds) }]
        return slice
    }

    private static func work(_ run: JobRun, _ proposals: Int, _ seconds: Int) throws -> String? {
        let until = ContinuousClock.now + .seconds(seconds)
        var seed: UInt64 = 0
        repeat {
            try run.tell(0, of: 0, stage: "making")
            let problem = try problem(proposals, seed: seed)
            do throws(MatchingRefused) {
                _ = try solve(
                    problem,
                    progress: { progress in
                        // That it was cancelled is asked below.
                        _ = try? run.tell(Int64(progress.done), of: Int64(progress.of), stage: "solving")
                    }, isCancelled: { run.isCancelled })
            } catch {
                if case .cancelled = error { throw JobRun.Cancelled() }
                throw error
            }
            seed += 1
        } while ContinuousClock.now < until
        return "/jobs"
    }

    private static func problem(_ proposals: Int, seed: UInt64) throws -> MatchingProblem {
        let experts = max(width, proposals * 3 / 4)
        let part = experts / width
        var chance = SplitMix64(seed: seed)
        var candidates: [Matching.Candidate] = []
        candidates.reserveCapacity(proposals * width)
        for _ in 0..<proposals {
            // One of each fiftieth of the experts: all different, and in order.
            for place in 0..<width {
                let expert = place * part + chance.below(part)
                candidates.append(
                    Matching.Candidate(expert: Int32(expert), score: Int32(chance.below(10_000))))
            }
        }
        return try MatchingProblem(
            rowStart: (0...proposals).map { $0 * width }, candidates: candidates,
            demand: [Int32](repeating: 5, count: proposals),
            maximumLoad: [Int32](repeating: 10, count: experts))
    }
}
