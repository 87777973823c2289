import Glibc
import Matching

/// `MatchingBench make NAME PROPOSALS SEED FILE` writes an instance; `MatchingBench solve NAME PROPOSALS SEED` makes
/// the same one, solves and verifies it and prints one line of JSON.
@main
enum MatchingBench {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let verb = arguments.first, arguments.count >= 4, let proposals = Int(arguments[3]),
            let seed = UInt64(arguments[4]), let instance = make(arguments[2], proposals, seed)
        else {
            print("usage: MatchingBench make|solve top|tight|uniform|ties|tightties|institutions PROPOSALS SEED [FILE]")
            exit(2)
        }
        if verb == "make" { return instance.write(to: arguments[5]) }
        let problem = try instance.problem()
        let began = processorSeconds()
        let solution = try solve(problem)
        let solved = processorSeconds()
        let verified = try verify(problem, solution.assignment, solution.certificate)
        let checked = processorSeconds()
        var usage = rusage()
        getrusage(0, &usage)  // RUSAGE_SELF
        print(
            """
            {"solver":"Matching","seconds":\(solved - began),"verify":\(checked - solved),\
            "total":\(verified.total),"unfilled":\(verified.unfilled),"gap":\(verified.gap),\
            "pairs":\(problem.candidates.count),"megabytes":\(usage.ru_maxrss / 1024)}
            """)
    }

    private static func make(_ name: String, _ proposals: Int, _ seed: UInt64) -> Instance? {
        var generator = Generator(proposals: proposals, seed: seed)
        return switch name {
        case "top": generator.topical(demand: 5, load: 10)
        case "tight": generator.topical(demand: 5, load: 7)
        case "uniform": generator.uniform(demand: 5, load: 10)
        case "ties": generator.topical(demand: 5, load: 10).quartered()
        case "tightties": generator.topical(demand: 5, load: 7).quartered()
        case "institutions": generator.topical(demand: 5, load: 10).withInstitutions()
        default: nil
        }
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
