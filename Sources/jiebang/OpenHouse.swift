import Foundation
import PlanFiles
import Portal
import Store

extension House {
    /// The house in a folder on the disk, made where it is missing.
    static func openOnDisk(
        _ place: DataOptions, _ plan: PlanOptions, demo: Bool = false, reload: Bool = false
    ) async throws -> House {
        try DurableFile.makeFolder(place.data)
        return try await House.open(
            database: try Database.open(path: place.databasePath), plan: try PlanFolder.load(plan.folder),
            options: House.Options(data: place.data, keys: place.keys, demo: demo, reload: reload))
    }
}
