import ArgumentParser
import Foundation
import Lifecycle
import PlanFiles
import Portal

/// `jiebang bench plan`: eligibility of many applications, of one, and the check of the plan's files.
struct BenchPlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Judge many applications under many rules; check the plan.",
        discussion: """
            Fills a database in a temporary folder with invented people, their records and one application each, \
            and judges them by the plan's rules, repeated until there are as many as asked.
            """)

    @Option(help: "How many applications.") var applications = 100_000
    @Option(help: "How many rules.") var rules = 30
    @Option(help: "Readers at the same time.") var threads = 2
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (100...1_000_000).contains(applications) else {
            throw ValidationError("--applications is from 100 to 1000000")
        }
        guard (1...1_000).contains(rules) else { throw ValidationError("--rules is from 1 to 1000") }
        guard (1...64).contains(threads) else { throw ValidationError("--threads is from 1 to 64") }
    }

    /// The bench's figures and the check's.
    private struct Answer: Encodable {
        let eligibility: PlanBench.Result
        let programmes: Int
        let checkSeconds: Double
        let simulateSeconds: Double?
    }

    func run() throws {
        try plan.require()
        let loaded = try PlanFolder.load(plan.folder)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "bench-\(UUID().uuidString)"
        ).path
        try DurableFile.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let eligibility = try PlanBench.run(
            applications: applications, rules: rules, threads: threads, plan: loaded,
            slices: Slices.all(Definitions()), folder: folder
        ) { Terminal.tell("  \($0)") }
        Terminal.tell("  plan check")
        let clock = ContinuousClock()
        let check = clock.measure { _ = PlanCheck.check(plan.folder) }
        Terminal.tell("  plan simulate")
        let answer = Answer(
            eligibility: eligibility, programmes: loaded.programmes.count, checkSeconds: check / .seconds(1),
            simulateSeconds: PlanBench.simulate(loaded))
        if output.json { return try Terminal.json(answer) }
        func text(_ number: Double) -> String { number.formatted(.number.precision(.fractionLength(2))) }
        Terminal.say(
            "eligibility        \(eligibility.applications) applications × \(eligibility.rules) rules, \(eligibility.threads) readers: \(text(eligibility.seconds)) s"
        )
        Terminal.say(
            "  of which judging \(text(eligibility.judgingSeconds)) s on one thread; \(eligibility.met) met, \(eligibility.unmet) unmet, \(eligibility.unknown) unknown"
        )
        Terminal.say(
            "live verdicts      \(text(eligibility.liveMedian)) ms (p50), \(text(eligibility.liveHigh)) ms (p95)"
        )
        Terminal.say("plan check         \(text(answer.checkSeconds)) s, \(answer.programmes) programmes")
        if let simulate = answer.simulateSeconds {
            Terminal.say("plan simulate      \(text(simulate)) s, 10000 dossiers")
        }
    }
}
