import Hummingbird
package import Logging

extension House {
    /// Serves until the process is told to end (SIGTERM, SIGINT), sealing the journal beside it; requests under
    /// way are finished, and what they appended is sealed.
    ///
    /// - Parameter ready: called once connections are accepted.
    package func serve(
        host: String, port: Int, logger: Logger, ready: @escaping @Sendable () -> Void
    ) async throws {
        let application = Application(
            responder: responder(),
            configuration: .init(address: .hostname(host, port: port), serverName: "jiebang"),
            onServerRunning: { _ in ready() }, logger: logger)
        let sealer = Sealer(database: database, keys: keys, now: { self.now })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await sealer.run { logger.error("journal not sealed: \($0)") }
            }
            group.addTask {
                await JobRunner(self).run { job, error in
                    logger.error(
                        "job \(job.id) (\(job.kind)): \(String(reflecting: type(of: error))) \(error)")
                }
            }
            group.addTask { try await application.runService() }
            // Sealer and runner never end by themselves: what ends first is the server.
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
