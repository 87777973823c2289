import Lifecycle
import Store

/// Files of a draft.
enum DraftAttachments {
    static let most = 10
    /// Largest file, in bytes; the form around it has some more.
    static let largest = 20_000_000

    static func show(_ ask: Ask) async throws -> Answer { try await page(ask, [], status: 200) }

    static func add(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        // Before any work is done for it: the draft is there, one's own, and has room.
        _ = try await ask.read { try Drafts.editable(id, of: person, $0) }
        do {
            guard let file = ask.files.first(where: { $0.field == "file" }) else {
                throw Refused("attachment.none")
            }
            guard file.bytes.count <= largest else {
                throw AttachmentName.refusedAsLarge(file, most: largest)
            }
            let judged = try await AttachmentStore.judge([file])
            try await AttachmentStore(folder: ask.house.attachmentFolder).keep(judged)
            let kept = judged[0].reference
            let now = ask.now
            try await ask.house.database.write { store in
                _ = try Drafts.editable(id, of: person, store)
                let there = try Drafts.attachments(id, store)
                if let same = there.first(where: { $0.hash == kept.hash }) {
                    throw Refused("attachment.same", ["name": same.name])
                }
                guard there.count < most else { throw Refused("attachment.many", ["most": "\(most)"]) }
                _ = try store.run(
                    """
                    INSERT INTO draft_attachment (draft, hash, name, size, type, added_at)
                    VALUES (\(id), \(kept.hash), \(kept.name), \(kept.size), \(kept.type), \(now))
                    """)
            }
        } catch let refused as Refused {
            return try await page(ask, refused.refusals, status: 422)
        }
        return .see("/drafts/\(id)/attachments?done=attachment-added")
    }

    static func remove(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let hash = ask.form.text("hash")
        try await ask.house.database.write { store in
            _ = try Drafts.editable(id, of: person, store)
            _ = try store.run("DELETE FROM draft_attachment WHERE draft = \(id) AND hash = \(hash)")
        }
        return .see("/drafts/\(id)/attachments?done=attachment-removed")
    }

    /// The owner's own file, as a download.
    static func download(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let hash = ask.parameter("hash")
        let file = try await ask.read { store in
            let draft = try Drafts.find(id, of: ask.viewer.person, store)
            return try Drafts.attachments(draft.id, store).first { $0.hash == hash }
        }
        guard let file,
            let bytes = try await AttachmentStore(folder: ask.house.attachmentFolder).bytes(file.hash)
        else { throw Missing() }
        return .download(bytes, name: file.name, type: file.type)
    }

    private static func page(_ ask: Ask, _ refusals: [Refusal], status: Int) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let open = try await ask.read { try OpenDraft.find(id, of: ask.viewer.person, ask.house, $0) }
        return try await ask.page(
            "draft/attachments", DraftAttachmentsPage(open, refusals, ask), status: status)
    }
}

struct DraftAttachmentsPage: Sendable {
    let head: DraftFrame
    let files: [File]
    let hasFiles: Bool
    let isFull: Bool
    let addHref: String
    let removeHref: String
    let most: String
    let maxBytes: Int
    let problems: [String]
    let hasProblems: Bool

    struct File: Sendable {
        let hash: String
        let href: String
        let name: String
        let size: String
        let short: String
    }

    init(_ open: OpenDraft, _ refusals: [Refusal], _ ask: Ask) {
        let base = "/drafts/\(open.draft.id)/attachments"
        head = DraftFrame(open, at: "attachments", ask)
        files = open.attachments.map {
            File(
                hash: $0.hash, href: "\(base)/\($0.hash)", name: $0.name, size: FileSize.text($0.size),
                short: String($0.hash.prefix(16)))
        }
        hasFiles = !files.isEmpty
        isFull = files.count >= DraftAttachments.most
        addHref = base
        removeHref = "\(base)/remove"
        most = ask.words.filled("draft.attachments.most", ["most": "\(DraftAttachments.most)"])
        maxBytes = DraftAttachments.largest
        problems = refusals.map(ask.words.sentence)
        hasProblems = !refusals.isEmpty
    }
}
