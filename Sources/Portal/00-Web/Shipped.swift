import Crypto
import Foundation

extension House {
    /// What ships beside the binary and no house changes: words, templates, names of disciplines, the assets' digest.
    /// Read once, it serves any number of houses.
    package struct Shipped: Sendable {
        let shelf: WordShelf
        let pages: Pages
        let disciplineNames: [String: String]
        let assetVersion: String

        /// - Parameter written: where words and templates are being written and read again as they change.
        package static func read(written: String? = nil) async throws -> Shipped {
            let words = "\(House.resources)/Words"
            let shelf =
                try written.map { try WordShelf(written: "\($0)/Words", shipped: words) }
                ?? WordShelf(folder: words)
            let disciplines = try DataFiles.disciplines()
            return Shipped(
                shelf: shelf,
                pages: try await Pages(
                    directory: "\(written ?? House.resources)/Templates", reload: written != nil),
                disciplineNames: Dictionary(
                    uniqueKeysWithValues: disciplines.filter { $0.level == 2 }.map { ($0.code, $0.name) }),
                assetVersion: try assetVersion())
        }

        /// A short digest of the assets, so that browsers may keep them for ever.
        private static func assetVersion() throws -> String {
            var hasher = SHA256()
            let folder = "\(House.resources)/Assets"
            for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
                hasher.update(data: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")))
            }
            return String(Canonical.hex(hasher.finalize()).prefix(12))
        }
    }
}
