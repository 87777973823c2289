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
        let (file, isOwner) = try await ask.read { store -> (FileRow, Bool) in
            let (_, seen) = try DossierSight.find(id, for: ask.viewer, store)
            guard !ProposalSight.attachments.seenBy.isDisjoint(with: seen.relations),
                let file = try store.row(
                    "SELECT name, type FROM application_attachment WHERE application = \(id) AND hash = \(hash)",
                    as: FileRow.self)
            else { throw Missing() }
            return (file, seen.relations.contains(.owner))
        }
        if !isOwner { try await Reads.note(.attachment, about: .application(id), ask) }
        let files = AttachmentStore(folder: ask.house.attachmentFolder)
        guard let bytes = try await files.bytes(hash) else { throw Missing() }
        return .download(bytes, name: file.name, type: file.type)
    }
}
