import Foundation
import Lifecycle
import Store

/// What is known of a text beside its words.
struct ReuseAbout: Sendable, Codable {
    let source: ReuseSource
    /// Number of the submission that is read; 0 for a text of the archive.
    let submission: Int64
    /// Nil for a text of the archive.
    let call: ID<Call>?
    /// When it was first handed in, which says who came later.
    let first: Instant
    let side: ReuseRelation.Side?
    let weights: [String: Int]

    /// Whether this one was handed in after the other.
    func isLater(than other: ReuseAbout) -> Bool {
        guard source.kind == .application else { return false }
        guard other.source.kind == .application else { return true }
        return (first.rawValue, source.id) > (other.first.rawValue, other.source.id)
    }
}

/// A text to compare, as the database holds it.
struct ReuseReading: Sendable {
    let source: ReuseSource
    let submission: Int64
    let call: ID<Call>?
    let first: Instant
    let side: ReuseRelation.Side?
    var parts: [ReusePart]
    /// Ids of all sections the form has.
    let sections: Set<String>
    let attachments: [AttachmentReference]

    var about: ReuseAbout {
        ReuseAbout(
            source: source, submission: submission, call: call, first: first, side: side,
            weights: Dictionary(parts.map { ($0.section, $0.weight) }, uniquingKeysWith: +))
    }

    /// What of a submission is read. Its verdicts, which are most of it, are not even decoded.
    private struct Submitted: Decodable {
        let application: Part

        struct Part: Decodable {
            let applicant: Someone
            let answers: [String: String]
            let members: [Someone]
            let attachments: [AttachmentReference]
            let continues: [Continuation]?
        }

        struct Someone: Decodable { let person: ID<Person> }
    }

    private struct Head: Decodable, Sendable {
        let call: ID<Call>
        let digest: String
        let university: ID<Organisation>
        let fact: Int64
        let firstSubmittedAt: Instant
    }

    /// An application's text, files aside; nil where there is none or it was erased.
    ///
    /// - Parameter submission: number of the submission to read; nil for the last.
    static func application(
        _ id: ID<Application>, submission: Int64? = nil, _ definitions: Definitions, _ store: Transaction
    ) throws -> ReuseReading? {
        guard
            let head = try store.row(
                "SELECT call, digest, university, fact, first_submitted_at FROM application WHERE id = \(id)",
                as: Head.self), let programme = try definitions.programme(head.digest, store)
        else { return nil }
        let number = submission ?? head.fact
        guard
            let text = try store.value("SELECT body FROM payload WHERE number = \(number)", as: String.self)
        else { return nil }
        let it = try JSONDecoder().decode(Submitted.self, from: Data(text.utf8)).application
        return ReuseReading(
            source: .application(id), submission: number, call: head.call, first: head.firstSubmittedAt,
            side: ReuseRelation.Side(
                application: id, applicant: it.applicant.person, people: Set(it.members.map(\.person)),
                university: head.university,
                continues: Set((it.continues ?? []).compactMap(\.application))),
            parts: programme.form.reuseParts(of: it.answers),
            sections: Set(programme.form.sections.map(\.id)), attachments: it.attachments)
    }

    private struct Archived: Decodable, Sendable {
        let text: String
        let importedAt: Instant
    }

    static func archive(_ id: String, _ store: Transaction) throws -> ReuseReading? {
        guard
            let row = try store.row(
                "SELECT text, imported_at FROM reuse_archive WHERE id = \(id)", as: Archived.self)
        else { return nil }
        return ReuseReading(
            source: ReuseSource(.archive, id), submission: 0, call: nil, first: row.importedAt, side: nil,
            parts: [ReusePart(section: ReusePart.whole, text: row.text)], sections: [ReusePart.whole],
            attachments: [])
    }

    /// Either, with the text of files as it was read.
    static func find(
        _ source: ReuseSource, submission: Int64? = nil, _ definitions: Definitions, _ store: Transaction
    ) throws -> ReuseReading? {
        guard let application = source.application else { return try archive(source.id, store) }
        guard
            var reading = try Self.application(application, submission: submission, definitions, store)
        else { return nil }
        for file in reading.attachments {
            let text = try store.value(
                """
                SELECT text FROM reuse_file
                WHERE application = \(application) AND hash = \(file.hash) AND text <> ''
                """, as: String.self)
            if let text {
                reading.parts.append(ReusePart(section: ReusePart.filePrefix + file.hash, text: text))
            }
        }
        return reading
    }
}
