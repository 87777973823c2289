import ArgumentParser
import Foundation
import Lifecycle
import Logging
import PlanFiles
import Portal
import Store

/// `jiebang serve`: the house on the network.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve", abstract: "Serve the house.")

    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @Option(help: "Address to listen on.") var host = "127.0.0.1"
    @Option(help: "Port to listen on.") var port = 8080
    @Flag(help: "The demo city: invented people with one-click sign-in; seeds an empty folder.") var demo =
        false
    @Option(help: "Set the demo's clock, such as 2026-03-20T16:00 (Beijing time).") var clock: String?
    @Flag(help: "Read templates and words from the disk for each page.") var reload = false

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
        let house = try await House.openOnDisk(place, plan, demo: demo, reload: reload)
        if let time = clock.flatMap(Instant.init(text:)) { try await house.moveClock(to: time, by: nil) }
        var logger = Logger(label: "jiebang")
        logger.logLevel = .notice
        let shown = host.contains(":") ? "[\(host)]" : host
        let isDemo = demo
        let port = port
        defer { try? house.database.close() }
        try await house.serve(host: host, port: port, logger: logger) {
            let taken = (ContinuousClock.now - start).formatted(
                .units(allowed: [.seconds, .milliseconds], maximumUnitCount: 1))
            Terminal.say("揭榜 http://\(shown):\(port)  （\(taken)）")
            if isDemo { Terminal.say("演示人物 http://\(shown):\(port)/demo") }
        }
    }
}
