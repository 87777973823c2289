import ArgumentParser
import Foundation
import Lifecycle
import Logging
import Portal
import Store

/// `jiebang serve`: the house on the network.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve the house.")

    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Address to listen on.") var host = "127.0.0.1"
    @Option(help: "Port to listen on.") var port = 8080
    @Flag(help: "The demo city: invented people with one-click sign-in; seeds an empty folder.") var demo =
        false
    @Option(help: "Set the demo's clock, such as 2026-03-20T16:00 (Beijing time).") var clock: String?
    @Option(help: "How large a demo city is seeded: small or full.") var demoSize = DemoSize.full
    @Option(help: .hidden) var demoDrafts = 0
    @Option(
        help: ArgumentHelp(
            "When what led to this run began, to tell the whole time it took: milliseconds since 1970.",
            valueName: "milliseconds"))
    var since: Int64?
    @Flag(help: "Read templates, words and assets again as they change.") var reload = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is a number up to 65535") }
        if let clock {
            guard demo else { throw ValidationError("--clock needs --demo") }
            guard Instant(text: clock) != nil else {
                throw ValidationError("--clock is a time such as 2026-03-20T16:00")
            }
        }
    }

    func run() async throws {
        let start = ContinuousClock.now
        try plan.require()
        if demo {
            try DurableFile.makeFolder(place.data)
        } else if !place.hasDatabase {
            // A mistyped folder does not become a house without administrators.
            throw Complaint(
                Terminal.words(
                    "\(place.data)：这里还没有数据；请先运行 jiebang init，或用 serve --demo 看演示",
                    "\(place.data): there is no house here; run jiebang init first, or look at the demo with serve --demo"
                ))
        }
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        var size = demoSize.size
        size.drafts = demoDrafts
        let onDisk = HouseOnDisk(place: place, plan: plan, demo: demo, written: written, size: size)
        let house: House
        if demo {
            house = try await onDisk.openDemo { try await moveClock($0) }
        } else {
            house = try await onDisk.open()
            guard try DemoSeeding.unfinished(house.database) == nil else {
                throw Complaint(
                    Terminal.words(
                        "\(place.data)：演示城市还没有建完，请用 serve --demo 接着建",
                        "\(place.data): the demo city in it is not finished; serve --demo goes on with it"))
            }
        }
        defer { try? house.database.close() }
        var logger = Logger(label: "jiebang")
        logger.logLevel = .notice
        let shown = host.contains(":") ? "[\(host)]" : host
        let address = "http://\(shown):\(port)"
        let people = demo ? try house.database.readNow { try DemoLink.all(at: address, $0) } : []
        let (demo, json, since) = (demo, output.json, since)
        let words = house.words(in: Terminal.language)
        try await house.serve(host: host, port: port, logger: logger) {
            let now = World.real.now()
            let ready = Ready(
                address: address, demo: demo ? "\(address)/demo" : nil, people: demo ? people : nil,
                seconds: Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000,
                secondsInAll: since.map { Double(now.rawValue - $0) / 1000 })
            if json { try? Terminal.json(ready) } else { ready.say(words) }
        }
    }

    /// `make dev` wants the sources, not their copies beside the binary.
    private var written: String? {
        guard reload else { return nil }
        let sources = "Sources/Portal"
        return FileManager.default.fileExists(atPath: "\(sources)/Templates") ? sources : House.resources
    }

    private func moveClock(_ house: House) async throws {
        if let time = clock.flatMap(Instant.init(text:)) { try await house.moveClock(to: time, by: nil) }
    }

    /// What is told once the house listens.
    private struct Ready: Encodable {
        let address: String
        let demo: String?
        let people: [DemoLink]?
        /// From the program's start.
        let seconds: Double
        /// From `--since`.
        let secondsInAll: Double?

        func say(_ words: Words.Catalogue) {
            func shown(_ seconds: Double) -> String {
                seconds.formatted(.number.precision(.fractionLength(2)))
            }
            var time = Terminal.words("启动用时 \(shown(seconds)) 秒", "ready in \(shown(seconds)) s")
            if let secondsInAll {
                time += Terminal.words(
                    "，连同安装和编译 \(shown(secondsInAll)) 秒",
                    "; with installing and building \(shown(secondsInAll)) s")
            }
            var lines = ["揭榜 \(address)  \(time)"]
            if let demo, let people {
                lines.append(
                    "\(Terminal.words("演示人物与一键登录", "demo people, one-click sign-in"))  \(demo)")
                lines += people.map { "  \(words["role.\($0.role)"])  \($0.name)  \($0.href)" }
            }
            Terminal.say(lines.joined(separator: "\n"))
        }
    }
}

enum DemoSize: String, ExpressibleByArgument, CaseIterable {
    case small, full

    var size: DemoCity.Size {
        switch self {
        case .small: .small
        case .full: .full
        }
    }
}
