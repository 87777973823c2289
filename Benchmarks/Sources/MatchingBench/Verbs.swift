import Glibc
import Matching

// What is measured, each printed as one line of JSON.
extension MatchingBench {
    /// The highest total, with proof.
    static func measureTotal(_ instance: Instance) throws {
        let problem = try instance.problem()
        let clock = PhaseClock()
        let began = processorSeconds()
        let solution = try solve(problem, progress: clock.hear)
        clock.close()
        let solved = processorSeconds()
        // What the solving took at most, before anything is checked.
        let megabytes = megabytes()
        let verified = try verify(problem, solution.assignment, solution.certificate)
        let checked = processorSeconds()
        print(
            """
            {"solver":"Matching","seconds":\(PhaseClock.rounded(solved - began)),\
            "verify":\(PhaseClock.rounded(checked - solved)),"total":\(verified.total),\
            "unfilled":\(verified.unfilled),"gap":\(verified.gap),"pairs":\(problem.candidates.count),\
            "megabytes":\(megabytes),"phases":\(clock.json)}
            """)
    }

    /// Wall seconds of one thread and of two, in turn; the best of five each, since others may hold the second core.
    static func measureThreads(_ instance: Instance) throws {
        let problem = try instance.problem()
        var best = [Double.infinity, .infinity]
        var processor = [Double.infinity, .infinity]
        var solutions: [Solution] = []
        for round in 0..<5 {
            for threads in 1...2 {
                let (wall, used) = (wallSeconds(), processorSeconds())
                let solution = try solve(problem, threads: threads)
                best[threads - 1] = min(best[threads - 1], wallSeconds() - wall)
                processor[threads - 1] = min(processor[threads - 1], processorSeconds() - used)
                if round == 0 { solutions.append(solution) }
            }
        }
        let isSame =
            solutions[0].assignment == solutions[1].assignment
            && solutions[0].certificate.prices == solutions[1].certificate.prices
        print(
            """
            {"one":\(PhaseClock.rounded(best[0])),"two":\(PhaseClock.rounded(best[1])),\
            "oneProcessor":\(PhaseClock.rounded(processor[0])),"twoProcessor":\(PhaseClock.rounded(processor[1])),\
            "ratio":\(PhaseClock.rounded(best[1] / best[0])),"same":\(isSame)}
            """)
    }

    /// One expert in a thousand withdraws, all at once and then one after another, from a solution kept up to date.
    static func measureWithdrawals(_ instance: Instance) throws {
        let problem = try instance.problem()
        let solution = try solve(problem)
        var chance = Chance(seed: 7)
        let experts = (0..<max(1, problem.experts / 1_000)).map { _ in chance.below(problem.experts) }
        var together = try Resolver(problem, solution)
        let began = processorSeconds()
        let changed = try together.withdraw(experts)
        let seconds = processorSeconds() - began
        var singly = try Resolver(problem, solution)
        var longest = 0.0
        let beganSingly = processorSeconds()
        for expert in experts {
            let before = processorSeconds()
            _ = try singly.withdraw([expert])
            longest = max(longest, processorSeconds() - before)
        }
        let secondsSingly = processorSeconds() - beganSingly
        let stated = try together.stated()
        let after = try together.solution()
        let verified = try verify(stated, together.assignment, after.certificate)
        let same = try verify(stated, singly.assignment, after.certificate)
        print(
            """
            {"experts":\(experts.count),"changed":\(changed.count),"milliseconds":\(seconds * 1_000),\
            "singly":\(secondsSingly * 1_000),"longest":\(longest * 1_000),"total":\(verified.total),\
            "unfilled":\(verified.unfilled),"gap":\(max(verified.gap, same.gap))}
            """)
    }

    /// A real call: the highest total, the fairest, the fairest rank by rank, and the best above each floor.
    static func measureReal(_ folder: String, floors: [Double], isZeroConflict: Bool) throws {
        guard let instance = try RealInstance(folder: folder, isZeroConflict: isZeroConflict) else {
            return print("{\"missing\":\"\(folder)\"}")
        }
        var rows = [try row("total", instance, .total)]
        rows.append(try row("fair", instance, .fair(floor: nil)))
        rows.append(try row("leximin", instance, .leximin()))
        rows.append(try row("leximin within 0.75 %", instance, .leximin(givingUp: 0.0075)))
        for floor in floors {
            // What was published has four decimals.
            let units = Int64(((floor - 0.00005) * instance.scale).rounded(.up))
            rows.append(try row("floor \(floor)", instance, .fair(floor: units)))
        }
        print("{\"rows\":[\(rows.joined(separator: ","))]}")
    }

    private static func row(
        _ name: String, _ instance: RealInstance, _ objective: Objective
    ) throws -> String {
        // Of milliseconds the first run measures the machine: the best of three counts. A search takes longer.
        var best = Double.infinity
        var report: Report?
        for _ in 0..<(objective == .total ? 3 : 1) {
            let began = processorSeconds()
            report = try solve(instance.problem, objective: objective).report
            best = min(best, processorSeconds() - began)
        }
        guard let report else { return "" }
        return """
            {"name":"\(name)","total":\(instance.decimal(report.total)),\
            "worst":\(instance.decimal(report.worst)),"p10":\(instance.decimal(report.tenthPercentile)),\
            "unfilled":\(report.unfilled),"gap":\(instance.decimal(report.gap)),"milliseconds":\(best * 1_000)}
            """
    }
}
