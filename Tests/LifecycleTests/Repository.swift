import Foundation
import Lifecycle
import PlanFiles
import Testing

/// Where the project's own files stand, and the folder of shared material beside it, if there is one.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let plan = root.appending(path: "Plan").path

    /// The project's plan, read once for all tests that do not change it.
    static func loaded() throws -> Plan { try reading.get() }
    private static let reading = Result { try PlanFolder.load(plan) }

    static var actionPlan: URL {
        let shared =
            ProcessInfo.processInfo.environment["JIEBANG_SHARED"].map { URL(filePath: $0) }
            ?? root.deletingLastPathComponent().appending(path: "shared")
        return shared.appending(path: "plan/action-plan.txt")
    }

    static let hasActionPlan = FileManager.default.fileExists(atPath: actionPlan.path)

    /// The texts of one programme's files, the shared ones that it uses too.
    static func programme(_ id: String) throws -> [String: String] {
        try #require(try loaded().definitions[id])
    }
}
