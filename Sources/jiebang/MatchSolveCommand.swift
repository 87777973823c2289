import ArgumentParser
import Foundation
import Glibc
import Matching
import MatchingFiles

/// `jiebang match --scores … --demand … --load-max …`: the best assignment, and the prices that prove it.
struct MatchSolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve", abstract: "Assign reviewers to proposals (the default).",
        discussion: """
            Prints one JSON object. Places that could not be filled are listed on standard error and are no \
            failure; minimum loads that cannot be met are.
            """)

    @OptionGroup var input: MatchFilesOptions
    @Option(
        help: """
            total: the highest sum, proved; fair: the worst-off proposal first, then the sum; leximin: the worst-off, \
            then the next worst and so on, then the sum.
            """)
    var objective: MatchObjective?
    @Option(help: "The sum of scores below which no proposal should fall; makes the objective fair.")
    var floor: Double?
    @Option(
        help: """
            With leximin: the share of the highest sum, from 0 to 1, that may be given up for the next worst beyond what \
            the worst-off costs. (default: 1)
            """)
    var givingUp: Double?
    @Option(help: "Draw the assignment so that no pair is more likely than this.")
    var probabilityCap: Double?
    @Option(help: "Decides between equally good assignments.") var seed: UInt64 = 0
    @Option(help: "How many threads sort and prove; the assignment is the same.") var threads = 1
    @Option(help: "Where to write the assignment.") var output: String
    @Option(help: "Where to write the certificate.") var certificate: String
    // Accepted as everywhere; this command never answers otherwise.
    @OptionGroup var answer: OutputOptions

    func validate() throws {
        if let floor, !floor.isFinite { throw ValidationError("--floor is a number") }
        guard 1...64 ~= threads else { throw ValidationError("--threads is 1 to 64") }
        if probabilityCap != nil {
            guard objective == nil || objective == .total, floor == nil, input.lock == nil,
                input.groups == nil,
                input.kinds == nil
            else {
                throw ValidationError("--probability-cap goes with no floor, lock, group or kind")
            }
        }
        if floor != nil, objective == .total || objective == .leximin {
            throw ValidationError("--floor goes with --objective fair")
        }
        if let givingUp {
            guard objective == .leximin else {
                throw ValidationError("--giving-up goes with --objective leximin")
            }
            guard givingUp >= 0, givingUp <= 1 else {
                throw ValidationError("--giving-up is a share from 0 to 1")
            }
        }
    }

    func run() throws {
        let (problem, scale) = try input.files.read()
        let sought: Objective =
            switch objective {
            case .leximin: .leximin(givingUp: givingUp ?? 1)
            case .fair: .fair(floor: floor.map { scale.unitsAtLeast($0) })
            case .total, nil: floor.map { .fair(floor: scale.unitsAtLeast($0)) } ?? .total
            }
        let began = Self.processorSeconds()
        var solution = try Matching.solve(problem, objective: sought, seed: seed, threads: threads)
        var drawing: Drawing?
        if let probabilityCap {
            let drawn = try problem.drawing(cap: probabilityCap, seed: seed)
            solution = solution.with(drawn.assignment, of: problem)
            drawing = drawn
        }
        let seconds = Self.processorSeconds() - began
        for hole in solution.holes(in: problem) { Terminal.tell(hole.description) }
        try Self.write(AssignmentFile.text(solution.assignment), to: output)
        try Self.write(CertificateFile(solution, scale: scale).bytes, to: certificate)
        Terminal.say(ReportText.solved(solution, drawing, scale: scale, seconds: seconds))
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Complaint("\(path): cannot be written: \(error.localizedDescription)")
        }
    }

    /// Processor time of this process, all threads together.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// What `match` may seek, as it is written on the command line.
enum MatchObjective: String, ExpressibleByArgument {
    case total, fair, leximin
}
