import Crypto
import Lifecycle
import Store

/// What the house received last, word for word.
struct Received: Sendable {
    let number: Int64
    let at: Instant
    /// The canonical body, of which the receipt gives the SHA-256.
    let body: String

    static func of(_ record: DossierRecord, _ store: Transaction) throws -> Received? {
        struct Body: Decodable, Sendable {
            let number: Int64
            let at: Instant
            let body: String
        }
        return try store.row(
            """
            SELECT fact.number, fact.at, payload.body FROM fact JOIN payload ON payload.number = fact.number
            WHERE fact.number = \(record.fact)
            """, as: Body.self
        ).map { Received(number: $0.number, at: $0.at, body: $0.body) }
    }

    var hash: String { Canonical.hex(SHA256.hash(data: Array(body.utf8))) }
}

/// `/cases/{id}/receipt`: the applicant's proof of what was received and when.
struct CaseReceiptPage: Sendable {
    let head: CaseFrame
    let number: String
    let title: String
    let time: String
    let timeISO: String
    let version: String
    let hash: String
    let fact: String
    let factHref: String
    let download: String
    let files: [File]
    let hasFiles: Bool
    let isErased: Bool
    let back: String

    struct File: Sendable {
        let name: String
        let hash: String
    }

    init(_ open: OpenCase, _ received: Received?, _ files: [AttachmentReference], _ ask: Ask) {
        let record = open.record
        head = open.head(tab: "receipt", ask)
        number = open.seen[DossierSight.number] ?? ""
        title = open.seen[DossierSight.title] ?? ""
        time = received?.at.text ?? ""
        timeISO = received?.at.iso ?? ""
        version = ask.words.filled("case.receiptVersion", ["n": "\(open.seen[DossierSight.version] ?? 1)"])
        hash = received?.hash ?? ""
        fact = ask.words.filled("case.factNumber", ["n": "\(record.fact)"])
        factHref = "/journal/facts/\(record.fact)"
        download = "/cases/\(record.id)/receipt/received.json"
        self.files = files.map { File(name: $0.name, hash: $0.hash) }
        hasFiles = !files.isEmpty
        isErased = received == nil
        back = "/cases/\(record.id)"
    }
}
