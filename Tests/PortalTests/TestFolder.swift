import Foundation

/// A folder of a test's own, gone with the last that holds it. What is shared until the end, such as a city that
/// many tests copy, goes when the process exits.
final class TestFolder: Sendable {
    let path: String

    /// An empty folder; `name` begins its name.
    init(_ name: String) throws {
        path = try Self.left(name)
    }

    /// A copy of all that is in a folder.
    init(_ name: String, copying folder: String) throws {
        path = Self.free(name)
        try FileManager.default.copyItem(atPath: folder, toPath: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A path at which nothing is yet. What is put there goes at the end, at the latest.
    static func free(_ name: String) -> String { "\(all)/\(name)-\(UUID().uuidString)" }

    /// The same with an empty folder.
    static func left(_ name: String) throws -> String {
        let path = free(name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// Holds every folder of this process.
    private static let all: String = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "jiebang-tests-\(UUID().uuidString)"
        ).path
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(atPath: TestFolder.all) }
        return folder
    }()
}
