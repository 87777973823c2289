import Foundation

/// Where the project's own files stand, and the folder of shared material beside it, if there is one.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let plan = root.appending(path: "Plan").path

    static var actionPlan: URL {
        let shared =
            ProcessInfo.processInfo.environment["JIEBANG_SHARED"].map { URL(filePath: $0) }
            ?? root.deletingLastPathComponent().appending(path: "shared")
        return shared.appending(path: "plan/action-plan.txt")
    }

    static let hasActionPlan = FileManager.default.fileExists(atPath: actionPlan.path)

    /// The texts of one programme's files.
    static func programme(_ id: String) throws -> [String: String] {
        let folder = root.appending(path: "Plan/programmes/\(id)")
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
        where name.hasSuffix(".yaml") {
            files[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        return files
    }
}
