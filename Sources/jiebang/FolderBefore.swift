import Foundation

/// What stood in a folder before something was made there.
struct FolderBefore {
    private let path: String
    /// Nil where there was no folder.
    private let names: Set<String>?

    init(_ path: String) throws {
        self.path = path
        let files = FileManager.default
        // A folder that cannot be read is not one that is not there.
        names = files.fileExists(atPath: path) ? Set(try files.contentsOfDirectory(atPath: path)) : nil
    }

    /// Takes away what has come since, and the folder itself where it was not there.
    func restore() {
        let files = FileManager.default
        for name in (try? files.contentsOfDirectory(atPath: path)) ?? [] where names?.contains(name) != true {
            try? files.removeItem(atPath: "\(path)/\(name)")
        }
        if names == nil { try? files.removeItem(atPath: path) }
    }
}
