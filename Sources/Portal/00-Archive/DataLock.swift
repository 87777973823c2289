import Foundation
import Glibc
package import Lifecycle

/// Held by the one process that writes a data folder; readers need none. The kernel lets go when the process
/// ends, however it ends.
package final class DataLock: Sendable {
    package struct Held: SpokenError {
        package let folder: String
        package let holder: String

        package func text(in language: Language) -> String {
            switch language {
            case .zh: "\(folder)：\(holder.isEmpty ? "正在使用" : "进程 \(holder) 正在使用")，请先停止服务"
            case .en:
                "\(folder) is in use\(holder.isEmpty ? "" : " by process \(holder)"): stop the server first"
            }
        }
    }

    private let descriptor: Int32

    /// - Throws: ``Held`` where another process writes the folder.
    package init(folder: String) throws {
        let path = "\(folder)/serve.lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.failure("open \(path)") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOfFile: path, encoding: .utf8))?.trimmed ?? ""
            close(descriptor)
            throw Held(folder: folder, holder: holder)
        }
        ftruncate(descriptor, 0)
        let process = Array("\(getpid())\n".utf8)
        _ = process.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    deinit { close(descriptor) }
}
