import Crypto
package import Foundation
import Lifecycle
import Store

/// Texts from elsewhere that applications are compared with: old rounds on paper, published reports.
package enum ReuseArchive {
    package struct Count: Sendable {
        package var new = 0
        package var changed = 0
        package var unchanged = 0
        package var texts: Int { new + changed + unchanged }
    }

    /// A line that is no text of an archive.
    package struct Malformed: Error, CustomStringConvertible {
        let line: Int
        let what: String
        package var description: String { "line \(line): \(what)" }
    }

    private struct Line: Decodable {
        let id: String
        let text: String
        let lang: String?
        let title: String?
    }

    static let mostText = 4 << 20
    static let mostID = 200

    /// Takes in a collection: one JSON object a line with `id` and `text`, perhaps `lang` and `title`. All of it or,
    /// where a line is wrong, nothing. A text that is there under its id is replaced.
    ///
    /// - Parameter published: anybody may have read the texts elsewhere; see ``ArchiveImported/published``.
    /// - Throws: ``Malformed``.
    package static func take(_ collection: Data, published: Bool, _ change: Change) throws -> Count {
        var count = Count()
        for (number, bytes) in collection.split(separator: 0x0A, omittingEmptySubsequences: false)
            .enumerated()
        {
            let bytes = bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if bytes.isEmpty { continue }
            try take(try read(Data(bytes), number + 1), published, &count, change)
        }
        guard count.texts > 0 else { throw Malformed(line: 1, what: "no text in it") }
        try change.append(
            ArchiveImported(
                digest: Canonical.hex(SHA256.hash(data: collection)), texts: count.texts,
                published: published), about: Subject(kind: "archive", id: "reuse"))
        return count
    }

    private static func read(_ bytes: Data, _ number: Int) throws -> Line {
        guard let line = try? JSONDecoder().decode(Line.self, from: bytes) else {
            throw Malformed(line: number, what: "no JSON object with the strings \"id\" and \"text\"")
        }
        guard !line.id.isEmpty, line.id.utf8.count <= mostID else {
            throw Malformed(line: number, what: "an id has 1 to \(mostID) bytes")
        }
        guard line.text.utf8.count <= mostText else {
            throw Malformed(line: number, what: "a text has at most \(mostText >> 20) MiB")
        }
        return line
    }

    private static func take(_ line: Line, _ published: Bool, _ count: inout Count, _ change: Change) throws {
        struct Known: Decodable, Sendable {
            let text: String
            let published: Bool
        }
        let known = try change.store.row(
            "SELECT text, published FROM reuse_archive WHERE id = \(line.id)", as: Known.self)
        if let known, known.text == line.text, known.published == published {
            count.unchanged += 1
            return
        }
        if known == nil { count.new += 1 } else { count.changed += 1 }
        let title = line.title ?? line.id
        try change.store.run(
            """
            INSERT INTO reuse_archive (id, title, language, text, published, imported_at)
            VALUES (\(line.id), \(title), \(line.lang ?? ""), \(line.text), \(published), \(change.at))
            ON CONFLICT (id) DO UPDATE SET title = excluded.title, language = excluded.language,
              text = excluded.text, published = excluded.published, imported_at = excluded.imported_at
            """)
    }
}
