import Foundation
import TextExtraction

/// Finds the texts in folders, files and collections.
struct ReuseIntake {
    /// Files from which no text came.
    private(set) var skipped = 0
    private var seen: Set<UInt64> = []

    /// A text with its id, whether the id came before in this run, and whether pages were left unread. Pointers are good
    /// until it returns.
    typealias Take = (
        _ id: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ isRepeated: Bool,
        _ unread: UnreadPages?
    ) throws -> Void

    /// All texts of a source, in a fixed order. In a folder an unreadable file is told of and passed over; named
    /// by itself, it is refused.
    mutating func forEach(in source: String, _ take: Take) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: source, isDirectory: &isFolder) else {
            throw Complaint("\(source): there is no such file or folder")
        }
        guard isFolder.boolValue else { return try read(source, id: source, take) }
        guard let found = FileManager.default.enumerator(atPath: source) else {
            throw Complaint("\(source): the folder cannot be read")
        }
        let names = found.compactMap { $0 as? String }.filter { !Self.isHidden($0) }.sorted()
        for name in names {
            let path = "\(source)/\(name)"
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
            else {
                continue
            }
            do {
                try read(path, id: name, take)
            } catch let refused as ExtractionRefused {
                skipped += 1
                Terminal.tell("note: \(refused)")
            }
        }
    }

    private static func isHidden(_ name: String) -> Bool {
        name.split(separator: "/").contains { $0.hasPrefix(".") }
    }

    private mutating func read(_ path: String, id: String, _ take: Take) throws {
        let ending = path.split(separator: ".").last ?? ""
        if TextFile.Format(path: path, head: []) == .jsonLines {
            try readCollection(path, take)
        } else if ending == "gz" {
            throw ExtractionRefused.malformed(
                path: path, format: "text", what: "it is compressed; gunzip it first")
        } else {
            let file = try TextFile(path: path)
            if let unread = file.unread { Terminal.tell("note: \(path): \(unread)") }
            try Array(id.utf8).withUnsafeBytes { id in
                let isRepeated = isRepeated(id)
                try file.text.withUnsafeBytes { try take(id, $0, isRepeated, file.unread) }
            }
        }
    }

    private mutating func readCollection(_ path: String, _ take: Take) throws {
        // Mapped: a collection may be larger than memory.
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
            throw ExtractionRefused.unreadable(path: path)
        }
        try data.withUnsafeBytes { bytes in
            var lines = JSONLines(bytes, path: path)
            var more = true
            while more {
                more = try lines.next { id, text in try take(id, text, isRepeated(id), nil) }
            }
        }
    }

    private mutating func isRepeated(_ id: UnsafeRawBufferPointer) -> Bool {
        var hasher = Hasher()
        hasher.combine(bytes: id)
        return !seen.insert(UInt64(bitPattern: Int64(hasher.finalize()))).inserted
    }
}
