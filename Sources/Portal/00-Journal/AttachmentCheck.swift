import Crypto
import Foundation
import Lifecycle

/// Every file that a fact names is there with the bytes it had.
enum AttachmentCheck {
    static func path(_ hash: String, in folder: String) -> String { "\(folder)/\(hash.prefix(2))/\(hash)" }

    static func run(_ files: [String: Int64], folder: String, _ found: inout FindingList) {
        for (hash, number) in files.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            guard let handle = FileHandle(forReadingAtPath: path(hash, in: folder)) else {
                found.add(
                    Finding(
                        "attachment.missing", in: "attachments", row: hash, "事实\(number)所附的文件不在",
                        "the file that fact \(number) names is missing"))
                continue
            }
            defer { try? handle.close() }
            var hasher = SHA256()
            while let piece = try? handle.read(upToCount: 1 << 20), !piece.isEmpty {
                hasher.update(data: piece)
            }
            if Canonical.hex(hasher.finalize()) != hash {
                found.add(
                    Finding(
                        "attachment.changed", in: "attachments", row: hash, "事实\(number)所附的文件被改动过",
                        "the file that fact \(number) names was changed"))
            }
        }
    }
}
