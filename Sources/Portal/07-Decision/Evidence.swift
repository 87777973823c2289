import Lifecycle
import Store

/// Files that come with an objection. They take the way of an application's attachments; nobody is signed in, so
/// the limits are narrow.
enum Evidence {
    static let most = 5
    /// Bytes of one file, and of all together.
    static let largest = 5_000_000
    static let largestTogether = 15_000_000
    /// Bytes of a body: room for files a little too large, so that they are refused by name and what was typed is
    /// still there.
    static let largestBody = 20 << 20

    /// Looks at every file before any is kept.
    ///
    /// - Throws: ``Refused`` with everything that is wrong with them.
    static func judge(_ files: [UploadedFile]) async throws -> [AttachmentStore.Judged] {
        guard files.count <= most else { throw Refused("objection.evidence-many", ["most": "\(most)"]) }
        let large = files.filter { $0.bytes.count > largest }
        guard large.isEmpty else {
            throw Refused(large.flatMap { AttachmentName.refusedAsLarge($0, most: largest).refusals })
        }
        guard files.reduce(0, { $0 + $1.bytes.count }) <= largestTogether else {
            throw Refused("objection.evidence-together", ["most": FileSize.text(largestTogether)])
        }
        // Chosen twice, a file is one file: it would not be worth choosing them all again.
        var seen: Set<String> = []
        return try await AttachmentStore.judge(files).filter { seen.insert($0.reference.hash).inserted }
    }

    /// What came with an objection; nil where nothing did.
    static func of(_ objection: ID<Objection>, _ store: Transaction) throws -> EvidenceAttached? {
        struct FileRow: Decodable, Sendable {
            let hash: String
            let name: String
            let size: Int
            let type: String
        }
        let rows = try store.rows(
            """
            SELECT hash, name, size, type FROM objection_evidence WHERE objection = \(objection) ORDER BY place
            """, as: FileRow.self)
        let fact = try store.value(
            """
            SELECT number FROM fact WHERE subject_kind = 'objection' AND subject_id = \(objection)
              AND kind = \(EvidenceAttached.kind)
            """, as: Int64.self)
        // A fact without rows is one whose payload was erased.
        guard fact != nil else { return nil }
        return EvidenceAttached(
            objection: objection,
            attachments: rows.map {
                AttachmentReference(hash: $0.hash, name: $0.name, size: $0.size, type: $0.type)
            })
    }

    /// One file, as a download, for an official who may handle the project. Leaves a fact.
    static func download(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        let (notice, objection) = (ask.id("notice", Notice.self), ask.id("objection", Objection.self))
        let hash = ask.parameter("hash")
        let relations = DossierSight.officialRelations(of: ask.viewer)
        let file = try await ask.read { store -> AttachmentReference in
            let application = try store.value(
                "SELECT application FROM objection WHERE id = \(objection) AND notice = \(notice)",
                as: ID<Application>.self)
            guard let application, try !Recusal.barred(person, store).contains(application),
                let evidence = try of(objection, store),
                let file = Seen(evidence, as: relations)[DecisionSight.evidence]?.first(where: {
                    $0.hash == hash
                })
            else { throw Missing() }
            return file
        }
        try await Reads.note(.evidence, about: Subject(kind: "objection", id: objection.rawValue), ask)
        let files = AttachmentStore(folder: ask.house.attachmentFolder)
        guard let bytes = try await files.bytes(file.hash) else { throw Missing() }
        return .download(bytes, name: file.name, type: file.type)
    }
}
