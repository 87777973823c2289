import Foundation
import Glibc
import Store

/// Files that a body names: objects of an array called `attachments`, each with its `hash`.
enum AttachmentNames {
    /// Every file that a payload or a draft names.
    static func all(_ store: Transaction) throws -> Set<String> {
        var hashes = Set(try store.values("SELECT hash FROM draft_attachment", as: String.self))
        try store.forEach("SELECT body FROM payload") { row in
            hashes.formUnion(named(in: try row.text("body")))
        }
        return hashes
    }

    static func named(in body: String) -> [String] {
        // Few bodies name files; only those are parsed.
        guard strstr(body, "\"attachments\":[{") != nil,
            let value = try? JSONSerialization.jsonObject(with: Data(body.utf8))
        else { return [] }
        return hashes(in: value)
    }

    private static func hashes(in value: Any) -> [String] {
        if let list = value as? [Any] { return list.flatMap(hashes) }
        guard let object = value as? [String: Any] else { return [] }
        return object.flatMap { key, inner -> [String] in
            guard key == "attachments", let files = inner as? [[String: Any]] else {
                return hashes(in: inner)
            }
            return files.compactMap { $0["hash"] as? String }
        }
    }
}
