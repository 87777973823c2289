import ArgumentParser
import Lifecycle
import Logging
import Portal
import Store

/// `jiebang bench busy`: serves a demo house that works hard at the same time, for `Benchmarks/busy.py`.
struct BenchBusyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "busy",
        abstract: "Serve a demo house while a job of the programme officer solves large matchings.")

    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Port to listen on.") var port = 8080
    @Option(help: "Proposals of a matching, with 50 candidates each.") var proposals = 400_000
    @Option(help: "Solves again and again for so many seconds.") var seconds = 60

    func validate() throws {
        guard (1...65_535).contains(port) else { throw ValidationError("--port is a number up to 65535") }
        guard (1...1_000_000).contains(proposals) else {
            throw ValidationError("--proposals is from 1 to 1000000")
        }
        guard (0...86_400).contains(seconds) else { throw ValidationError("--seconds is at most a day") }
    }

    func run() async throws {
        try DurableFile.makeFolder(place.data)
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        let onDisk = HouseOnDisk(
            place: place, plan: plan, demo: true, size: .small,
            more: [LoadJob.slice(proposals: proposals, seconds: seconds)])
        let house = try await onDisk.openDemo { _ in }
        defer { try? house.database.close() }
        let email = DemoCast.email(of: "programme-officer")
        let officer = try house.database.readNow { store in
            try store.value("SELECT id FROM person WHERE email = \(email)", as: ID<Person>.self)
        }
        guard let officer else { throw Complaint("\(place.data): no demo city") }
        let (proposals, seconds, json) = (proposals, seconds, output.json)
        let job = try house.changeNow(by: officer, at: house.now) { change in
            try JobActs.ask(
                LoadJob.name, about: LoadJob.subject, title: "\(proposals) × 50, \(seconds) s", input: "",
                by: officer, change)
        }
        var logger = Logger(label: "jiebang")
        logger.logLevel = .notice
        try await house.serve(host: "127.0.0.1", port: port, logger: logger) {
            if json { try? Terminal.json(["job": "/jobs/\(job)"]) } else { Terminal.say("/jobs/\(job)") }
        }
    }
}
