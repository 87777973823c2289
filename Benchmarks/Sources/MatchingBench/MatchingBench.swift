import Glibc
import Matching

/// Makes instances and measures on them; each verb prints one line of JSON.
///
/// An instance is `NAME PROPOSALS SEED`, made on the spot, or `file PATH [ties|institutions]`.
@main
enum MatchingBench {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 2 else { usage() }
        if arguments[0] == "real" {
            return try measureReal(
                arguments[1], floors: arguments[2...].compactMap(Double.init),
                isZeroConflict: arguments.contains("zero-is-conflict"))
        }
        guard arguments.count >= 3, let instance = instance(Array(arguments[1...])) else { usage() }
        switch arguments[0] {
        case "make": instance.write(to: arguments[4])
        case "solve": try measureTotal(instance)
        case "withdraw": try measureWithdrawals(instance)
        case "threads": try measureThreads(instance)
        default: usage()
        }
    }

    private static func usage() -> Never {
        print(
            """
            usage: MatchingBench make NAME PROPOSALS SEED FILE
                   MatchingBench solve|withdraw|threads (NAME PROPOSALS SEED | file PATH [ties|institutions])
                   MatchingBench real FOLDER [zero-is-conflict] [FLOOR …]
            NAME: top, tight, uniform, ties, tightties, institutions
            """)
        exit(2)
    }

    private static func instance(_ words: [String]) -> Instance? {
        if words[0] == "file" {
            guard let read = Instance.read(from: words[1]) else { return nil }
            return switch words.dropFirst(2).first {
            case "ties": read.quartered()
            case "institutions": read.withInstitutions()
            default: read
            }
        }
        guard words.count >= 3, let proposals = Int(words[1]), let seed = UInt64(words[2]) else { return nil }
        var generator = Generator(proposals: proposals, seed: seed)
        return switch words[0] {
        case "top": generator.topical(demand: 5, load: 10)
        case "tight": generator.topical(demand: 5, load: 7)
        case "uniform": generator.uniform(demand: 5, load: 10)
        case "ties": generator.topical(demand: 5, load: 10).quartered()
        case "tightties": generator.topical(demand: 5, load: 7).quartered()
        case "institutions": generator.topical(demand: 5, load: 10).withInstitutions()
        default: nil
        }
    }

    static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func wallSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most memory that was in use.
    static func megabytes() -> Int {
        var usage = rusage()
        getrusage(0, &usage)  // RUSAGE_SELF
        return usage.ru_maxrss / 1024
    }
}
