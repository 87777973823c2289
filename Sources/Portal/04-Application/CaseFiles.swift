import Foundation
import Lifecycle
import Store

/// Downloads of a submitted application's attachments. Always a download, never shown in place; every reader but
/// the owner leaves a fact.
enum CaseFiles {
    private struct FileRow: Decodable, Sendable {
        let name: String
        let type: String
    }

    static func download(_ ask: Ask) async throws -> Answer {
        let id: ID<Application> = ask.id("application")
        let hash = ask.parameter("hash")
        guard hash.utf8.count == 64,
            hash.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { throw Missing() }
        let (file, isOwner) = try await ask.read { store -> (FileRow, Bool) in
            let (_, seen) = try DossierSight.find(id, for: ask.viewer, store)
            guard !ProposalSight.attachments.seenBy.isDisjoint(with: seen.relations),
                let file = try store.row(
                    "SELECT name, type FROM application_attachment WHERE application = \(id) AND hash = \(hash)",
                    as: FileRow.self)
            else { throw Missing() }
            return (file, seen.relations.contains(.owner))
        }
        if !isOwner { try await Reads.note("attachment", about: .application(id), ask) }
        let path = "\(ask.house.attachmentFolder)/\(hash.prefix(2))/\(hash)"
        return .download(try await bytes(path), name: file.name, type: file.type)
    }

    /// Disks block; the few threads that answer requests must not.
    private static func bytes(_ path: String) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { done in
            DispatchQueue.global().async {
                guard let data = FileManager.default.contents(atPath: path) else {
                    done.resume(throwing: Missing())
                    return
                }
                done.resume(returning: Array(data))
            }
        }
    }
}
