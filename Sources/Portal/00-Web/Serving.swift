import Foundation
import Hummingbird
package import Lifecycle
package import Logging
import NIOCore

/// Why nobody can be served at the address that was asked for.
package enum CannotListen: SpokenError {
    case portTaken(Int)
    case portForbidden(Int)
    /// No address of this machine.
    case host(String)

    package func text(in language: Language) -> String {
        let isChinese = language == .zh
        return switch self {
        case .portTaken(let port):
            isChinese
                ? "端口 \(port) 已被占用；请用 --port 另选一个" : "port \(port) is in use; choose another with --port"
        case .portForbidden(let port):
            isChinese
                ? "无权使用端口 \(port)；请用 --port 另选一个"
                : "port \(port) may not be used by this user; choose another with --port"
        case .host(let host):
            isChinese
                ? "“\(host)”不是本机的地址；请更正 --host，例如 127.0.0.1"
                : "“\(host)” is no address of this machine; give --host one that is, such as 127.0.0.1"
        }
    }

    /// What the network said, where it was about the address.
    init?(_ error: any Error, host: String, port: Int) {
        if error is SocketAddressError.UnknownHost {
            self = .host(host)
        } else if let error = error as? IOError {
            switch error.errnoCode {
            case EADDRINUSE: self = .portTaken(port)
            case EACCES: self = .portForbidden(port)
            case EADDRNOTAVAIL: self = .host(host)
            default: return nil
            }
        } else {
            return nil
        }
    }
}

extension House {
    /// Serves until the process is told to end (SIGTERM, SIGINT), sealing the journal beside it; requests under
    /// way are finished, and what they appended is sealed.
    ///
    /// - Parameter ready: called once connections are accepted.
    /// - Throws: ``CannotListen`` where the address is taken or not this machine's.
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
            group.addTask {
                do {
                    try await application.runService()
                } catch {
                    throw CannotListen(error, host: host, port: port) ?? error
                }
            }
            // Sealer and runner never end by themselves: what ends first is the server.
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
