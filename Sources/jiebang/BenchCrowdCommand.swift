import ArgumentParser
import Foundation
import Portal
import Store

/// `jiebang bench crowd`: a house as large as the targets speak of, for `Benchmarks/pages.py` to measure.
struct BenchCrowdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crowd",
        abstract: "Fill an empty folder with a demo house of many people and applications.",
        discussion: """
            Applications are applicants times calls. The defaults make 100,000 applications and 30,000 people, \
            through the same acts as the pages; it takes minutes. What was broken off goes on where it was.
            """)

    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Applicants; each applies once in each call.") var applicants = 10_000
    @Option(help: "Calls; the last is open.") var calls = 10
    @Option(help: "Experts.") var experts = 300
    @Option(help: "People with a draft in the open call, ready to be submitted.") var drafts = 1_000
    @Option(help: "People who are registered and do nothing.") var others = 18_300

    func validate() throws {
        guard (1...99_000).contains(applicants) else {
            throw ValidationError("--applicants is from 1 to 99000: a call takes no more")
        }
        guard (1...10).contains(calls) else { throw ValidationError("--calls is from 1 to 10") }
        guard (20...2_000).contains(experts) else { throw ValidationError("--experts is from 20 to 2000") }
        guard (0...200_000).contains(others) else {
            throw ValidationError("--others is from 0 to 200000")
        }
        guard (0...50_000).contains(drafts) else { throw ValidationError("--drafts is from 0 to 50000") }
    }

    func run() async throws {
        try DurableFile.makeFolder(place.data)
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        let start = ContinuousClock.now
        let size = DemoCrowd.Size(
            applicants: applicants, calls: calls, experts: experts, drafts: drafts, others: others)
        let onDisk = HouseOnDisk(place: place, plan: plan, demo: true)
        try requireOurs(size)
        let house = try await onDisk.open()
        defer { try? house.database.close() }
        let left = try DemoSeeding.unfinished(house.database)
        try onDisk.seed(try left ?? DemoSeeding.ask(size, house), house)
        var made = try DemoCrowd.count(in: house)
        made.seconds = (ContinuousClock.now - start) / .seconds(1)
        if output.json { return try Terminal.json(made) }
        let seconds = made.seconds.formatted(.number.precision(.fractionLength(1)))
        Terminal.say(
            "\(made.applications) applications, \(made.people) people, \(made.drafts) drafts, \(made.facts) facts, \(seconds) s"
        )
    }
    /// An empty folder, or one in which just this crowd was begun and not finished.
    private func requireOurs(_ size: DemoCrowd.Size) throws {
        guard place.hasDatabase else { return }
        let database = try place.openForReading()
        defer { try? database.close() }
        if let left = try DemoSeeding.unfinished(database) {
            guard DemoSeeding.isOf(size, left) else {
                throw Complaint(
                    "\(place.data): another seeding was begun there; finish that, or take an empty folder")
            }
        } else if try !DemoSeeding.isHalfMade(database) {
            throw Complaint("\(place.data): there is a house already")
        }
    }
}
