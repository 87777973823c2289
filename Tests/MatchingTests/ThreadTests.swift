import Glibc
import Testing

@testable import Matching

struct ThreadTests {
    private func expectSame(_ problem: MatchingProblem, seed: UInt64, _ comment: Comment) throws {
        func solution(_ threads: Int) throws -> Solution? {
            do { return try solve(problem, seed: seed, threads: threads) } catch .minimumLoads { return nil }
        }
        let one = try solution(1)
        for threads in [2, 3, 7] {
            let several = try solution(threads)
            #expect(several?.assignment == one?.assignment, comment)
            #expect(several?.certificate.prices == one?.certificate.prices, comment)
            #expect(several?.report == one?.report, comment)
            guard let one else { continue }
            // From where it ended little is to do, on as many threads.
            let again = try solve(problem, from: one, threads: threads)
            #expect(again.assignment == (try solve(problem, from: one)).assignment, comment)
            #expect(again.report.total == one.report.total, comment)
        }
    }

    @Test(arguments: [
        Variant(name: "plain"), Variant(name: "loads", minimumLoads: true),
        Variant(name: "groups", groups: true),
        Variant(name: "kinds", kind: true), Variant(name: "locks", locks: true, bans: true),
        Variant(name: "all", minimumLoads: true, locks: true, bans: true, groups: true),
    ])
    func `however many threads, the solution is the same`(variant: Variant) throws {
        var chance = SeededChance(71)
        for round in 0..<150 {
            try expectSame(
                try Instances.small(variant, &chance), seed: UInt64(round), "\(variant), round \(round)")
        }
    }

    @Test func `where nobody asks, only who cannot come has a price`() throws {
        let problem = try MatchingProblem(rowStart: [0], candidates: [], demand: [], maximumLoad: [2, 0])
        try expectSame(problem, seed: 0, "empty")
        #expect(try solve(problem).certificate.prices == [0, 4 * problem.holePenalty])
    }

    /// Several blocks of rows, prices that fall in many rounds, chains that are carried out.
    @Test(
        arguments: [(6, false, nil), (6, true, nil), (4, true, nil), (4, false, nil), (4, false, 60)]
            as [(Int32, Bool, Int32?)])
    func `nor does it matter where rows are sorted in many blocks`(
        load: Int32, quarters: Bool, groups: Int32?
    ) throws {
        let problem = try LargerInstanceTests.problem(
            2_000, load: load, quarters: quarters, groups: groups, seed: 12)
        try expectSame(problem, seed: 700, "load \(load)")
        let locked = try MatchingProblem(
            rowStart: problem.rowStart, candidates: problem.candidates, demand: problem.demand,
            maximumLoad: problem.maximumLoad, groups: problem.groups,
            locked: stride(from: 3, to: 2_000, by: 40).map {
                Pair(proposal: $0, expert: Int(problem.candidates[problem.rowStart[$0] + 19].expert))
            })
        try expectSame(locked, seed: 1_999, "load \(load), locked")
    }

    @Test(arguments: [Progress.Phase.sorting, .auction, .proving])
    func `whoever cancels waits for no thread that goes on`(phase: Progress.Phase) throws {
        let problem = try Self.longRowsLast()
        var reached: Progress.Phase?
        var turns = 0
        // A thread bears the name of the one that started it.
        let name = "seek \(phase.rawValue)"
        let before = try Self.rename(name)
        #expect(throws: MatchingRefused.cancelled) {
            try solve(
                problem, threads: 2,
                progress: {
                    reached = $0.phase
                    if $0.phase == .auction { turns = $0.done }
                },
                // Within the auction, not before it.
                isCancelled: { reached == phase && (phase != .auction || turns > 0) })
        }
        #expect(reached == phase)
        _ = try Self.rename(before)
        // A thread that has been waited for may be listed for a moment yet, but not as long as sorting would go on.
        for _ in 0..<10 where Self.threads(named: name) > 0 { usleep(1_000) }
        #expect(Self.threads(named: name) == 0)
    }

    /// More turns than go by before the auction first asks whether to go on, and then rows that take long to sort.
    private static func longRowsLast() throws -> MatchingProblem {
        var chance = SeededChance(13)
        let experts = 3_000
        var starts = [0]
        var candidates: [Candidate] = []
        for proposal in 0..<100_000 {
            for place in 0..<(proposal < 70_000 ? 1 : 150) {
                candidates.append(
                    Candidate(
                        expert: Int32((proposal + place * 7) % experts), score: Int32(chance.next() % 10_000))
                )
            }
            starts.append(candidates.count)
        }
        return try MatchingProblem(
            rowStart: starts, candidates: candidates, demand: [Int32](repeating: 1, count: 100_000),
            maximumLoad: [Int32](repeating: 40, count: experts))
    }

    /// Gives this thread another name and says what it was.
    private static func rename(_ name: String) throws -> String {
        let path = "/proc/thread-self/comm"
        let before = try #require(Self.line(of: path))
        let file = try #require(fopen(path, "w"))
        fputs(name, file)
        fclose(file)
        return before
    }

    private static func line(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, 64, file) != nil else { return nil }
        return String(
            decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static func threads(named name: String) -> Int {
        guard let folder = opendir("/proc/self/task") else { return -1 }
        defer { closedir(folder) }
        var count = 0
        while let entry = readdir(folder) {
            let number = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if line(of: "/proc/self/task/\(number)/comm") == name { count += 1 }
        }
        return count
    }
}
