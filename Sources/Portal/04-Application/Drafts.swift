import Foundation
package import Lifecycle
package import Store

/// A draft while it is written. Not a fact: it belongs to its writer, and nothing else reads it.
package struct Draft: Sendable, Decodable {
    package let id: ID<Application>
    package let call: ID<Call>
    package let owner: ID<Person>
    package let createdAt: Instant
    package let submitted: Bool
}

package struct DraftSection: Sendable, Decodable {
    package let section: String
    package let version: Int
    /// JSON of field id → canonical answer.
    package let answers: String
    package let savedAt: Instant
    package let savedBy: ID<Person>

    package var values: [String: String] { Drafts.decode(answers) }
}

package enum Drafts {
    /// The draft of an owner, else ``Missing``. Team members read the submitted dossier, not the draft.
    package static func find(_ id: ID<Application>, of person: ID<Person>?, _ store: Transaction) throws
        -> Draft
    {
        guard let person,
            let draft = try store.row(
                "SELECT id, call, owner, created_at, submitted FROM draft WHERE id = \(id) AND owner = \(person)",
                as: Draft.self)
        else { throw Missing() }
        return draft
    }

    package static func sections(_ id: ID<Application>, _ store: Transaction) throws -> [String: DraftSection]
    {
        let rows = try store.rows(
            "SELECT section, version, answers, saved_at, saved_by FROM draft_section WHERE draft = \(id)",
            as: DraftSection.self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.section, $0) })
    }

    /// All answers of the form's sections.
    package static func answers(_ id: ID<Application>, _ store: Transaction) throws -> [String: String] {
        answers(try sections(id, store))
    }

    package static func answers(_ sections: [String: DraftSection]) -> [String: String] {
        sections.filter { $0.key != ApplicationForm.exceptions }.values
            .reduce(into: [:]) { $0.merge($1.values) { first, _ in first } }
    }

    /// The grounds of exceptions, by rule: what was written in the section that the rules added.
    package static func grounds(_ id: ID<Application>, _ store: Transaction) throws -> [String: String] {
        try sections(id, store)[ApplicationForm.exceptions]?.values ?? [:]
    }

    /// Starts a draft, or gives the one that is there: one application a person in a call.
    package static func start(
        _ call: ID<Call>, by person: ID<Person>, id: ID<Application>, at now: Instant, _ store: Transaction
    ) throws -> ID<Application> {
        _ = try store.run(
            """
            INSERT INTO draft (id, call, owner, created_at, submitted)
            VALUES (\(id), \(call), \(person), \(now), \(false)) ON CONFLICT (call, owner) DO NOTHING
            """)
        guard
            let found = try store.value(
                "SELECT id FROM draft WHERE call = \(call) AND owner = \(person)", as: ID<Application>.self)
        else { throw Missing() }
        return found
    }

    package enum Saved: Sendable {
        case saved(version: Int)
        /// Somebody (or another window) saved a newer version; nothing was overwritten.
        case conflict(current: DraftSection)
    }

    /// Saves a section if `base` is still its version (0 before the first save). One statement decides, so
    /// two savers cannot both win.
    package static func save(
        _ id: ID<Application>, section: String, base: Int, answers: [String: String], by person: ID<Person>,
        at now: Instant, _ store: Transaction
    ) throws -> Saved {
        let text = encode(answers)
        let changed =
            base == 0
            ? try store.run(
                """
                INSERT INTO draft_section (draft, section, version, answers, saved_at, saved_by)
                VALUES (\(id), \(section), 1, \(text), \(now), \(person)) ON CONFLICT (draft, section) DO NOTHING
                """)
            : try store.run(
                """
                UPDATE draft_section SET version = version + 1, answers = \(text), saved_at = \(now),
                  saved_by = \(person) WHERE draft = \(id) AND section = \(section) AND version = \(base)
                """)
        if changed == 1 { return .saved(version: base + 1) }
        guard let current = try sections(id, store)[section] else { throw Missing() }
        // The very same text again (a retry whose answer was lost) is not a conflict.
        if current.values == answers { return .saved(version: current.version) }
        return .conflict(current: current)
    }

    static func encode(_ answers: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(answers) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    static func decode(_ text: String) -> [String: String] {
        (try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))) ?? [:]
    }

    /// Of counts by name.
    static func counts(_ text: String) -> [String: Int] {
        (try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8))) ?? [:]
    }

    package struct MemberRow: Sendable, Decodable {
        package let person: ID<Person>
        package let name: String
        package let organisation: ID<Organisation>
        package let organisationName: String
        package let task: String
        package let consentedAt: Instant
    }

    /// Who has agreed to take part, in the order in which they were asked.
    package static func members(_ id: ID<Application>, _ store: Transaction) throws -> [MemberRow] {
        try store.rows(
            """
            SELECT person.id AS person, person.name AS name, organisation.id AS organisation,
              organisation.name AS organisation_name, draft_member.task AS task, member_consent.at AS consented_at
            FROM draft_member JOIN person ON person.id = draft_member.person
            JOIN organisation ON organisation.id = person.organisation
            JOIN member_consent ON member_consent.application = draft_member.draft
              AND member_consent.person = draft_member.person
            WHERE draft_member.draft = \(id) ORDER BY draft_member.added_at, person.id
            """)
    }

    package static func attachments(_ id: ID<Application>, _ store: Transaction) throws
        -> [AttachmentReference]
    {
        struct FileRow: Decodable, Sendable {
            let hash: String
            let name: String
            let size: Int
            let type: String
        }
        return try store.rows(
            "SELECT hash, name, size, type FROM draft_attachment WHERE draft = \(id) ORDER BY added_at, hash",
            as: FileRow.self
        ).map { AttachmentReference(hash: $0.hash, name: $0.name, size: $0.size, type: $0.type) }
    }

    /// What the draft is declared to go on from.
    package static func continuations(_ id: ID<Application>, _ store: Transaction) throws -> [Continuation] {
        struct Row: Decodable, Sendable {
            let application: ID<Application>?
            let reference: String
        }
        return try store.rows(
            "SELECT application, reference FROM draft_continuation WHERE draft = \(id) ORDER BY reference",
            as: Row.self
        ).map { Continuation(application: $0.application, reference: $0.reference) }
    }

    package static func exclusions(_ id: ID<Application>, _ store: Transaction) throws -> [Exclusion] {
        struct ExclusionRow: Decodable, Sendable {
            let person: ID<Person>
            let name: String
            let reason: String
        }
        return try store.rows(
            """
            SELECT person.id AS person, person.name AS name, draft_exclusion.reason AS reason FROM draft_exclusion
            JOIN person ON person.id = draft_exclusion.person WHERE draft_exclusion.draft = \(id) ORDER BY person.id
            """, as: ExclusionRow.self
        ).map { Exclusion(person: $0.person, name: $0.name, reason: $0.reason) }
    }
}
