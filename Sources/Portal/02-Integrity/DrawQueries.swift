package import Lifecycle
package import Store

/// A draw as its pages read it.
package struct DrawRecord: Sendable, Decodable {
    package let id: ID<Draw>
    package let purpose: Draw.Purpose
    package let aboutKind: String
    package let aboutId: String
    package let title: String
    package let places: Int
    package let alternates: Int
    package let byClass: Bool
    package let askedBy: ID<Person>?
    package let askedAt: Instant
    package let keptBy: ID<Person>?
    package let committedAt: Instant?
    package let committedFact: Int64?
    package let commitment: String?
    package let digest: String?
    package let notBefore: Instant?
    package let heldBy: ID<Person>?
    package let heldAt: Instant?
    package let heldFact: Int64?
    package let transcript: String?
    /// How many universities have to open in time; nil where none was asked for chance, as the next.
    package let quorum: Int?
    package let openingHours: Int?
    package let invitedBy: ID<Person>?
    package let promisesUntil: Instant?
    /// Universities that were asked, that promised, and that opened in time.
    package let parties: Int
    package let promised: Int
    package let opened: Int

    /// Whether promises are still awaited, so that the pool cannot be frozen yet.
    package func awaitsPromises(at now: Instant) -> Bool {
        promisesUntil.map { now < $0 && promised < parties } ?? false
    }

    /// Whether fewer universities opened in time than was agreed: it is never held.
    package func isLost(at now: Instant) -> Bool {
        guard let quorum, let notBefore, heldAt == nil else { return false }
        return notBefore <= now && opened < quorum
    }

    /// Whether as many promised as was agreed; true where none was asked.
    package var hasPromises: Bool { quorum.map { promised >= $0 } ?? true }

    /// Whether universities may be asked for chance: nobody was, or too few promised.
    package func mayInvite(at now: Instant) -> Bool {
        guard committedAt == nil else { return false }
        return quorum == nil || !awaitsPromises(at: now) && !hasPromises
    }

    package var about: Subject { Subject(kind: aboutKind, id: aboutId) }

    /// Whether the person did a part, or something of it: to ask universities is of keeping.
    package func did(_ part: Draw.Part, _ person: ID<Person>) -> Bool {
        actor(of: part) == person || part == .keep && invitedBy == person
    }

    /// Who did which part so far.
    package func actor(of part: Draw.Part) -> ID<Person>? {
        switch part {
        case .ask: askedBy
        case .keep: keptBy
        case .hold: heldBy
        }
    }
}

/// One entry of a frozen pool, with what its code stands for.
package struct DrawEntryRecord: Sendable, Decodable {
    package let code: String
    package let number: Int
    package let subjectKind: String
    package let subjectId: String
    package let salt: String
    package let outcome: DrawHeld.Outcome?
    package let place: Int?
    package let substitute: String?
    package let reason: String?
    /// The expert's name, or the application's title.
    package let name: String
    /// The organisation, or the application's number.
    package let detail: String
}

package enum DrawQueries {
    /// What universities were asked for, and how many did it.
    private static let chance: SQL =
        "quorum, opening_hours, invited_by, promises_until, parties, promised, opened"

    private static let columns: SQL = """
        id, purpose, about_kind, about_id, title, places, alternates, by_class, asked_by, asked_at, kept_by,
        committed_at, committed_fact, commitment, digest, not_before, held_by, held_at, held_fact, transcript,
        \(sql: chance)
        """

    /// A commitment or transcript holds its whole pool: too much for a list.
    private static let headColumns: SQL = """
        id, purpose, about_kind, about_id, title, places, alternates, by_class, asked_by, asked_at, kept_by,
        committed_at, committed_fact, NULL AS commitment, digest, not_before, held_by, held_at, held_fact,
        NULL AS transcript,
        \(sql: chance)
        """

    package static func find(_ id: ID<Draw>, _ store: Transaction) throws -> DrawRecord {
        guard
            let found = try store.row(
                "SELECT \(sql: columns) FROM draw WHERE id = \(id)", as: DrawRecord.self)
        else { throw Missing() }
        return found
    }

    static let pageSize = 50

    /// A page, newest first, without their documents. The public knows of a draw from its commitment on.
    ///
    /// - Parameter offices: universities whose draws are listed from when they are asked for chance.
    static func page(
        committedOnly: Bool, offices: [ID<Organisation>], after: ListPlace, _ store: Transaction
    ) throws -> Paged<DrawRecord> {
        let known: SQL =
            offices.isEmpty
            ? "committed_at IS NOT NULL"
            : """
            (committed_at IS NOT NULL OR EXISTS (SELECT 1 FROM draw_party
              WHERE draw_party.draw = draw.id AND draw_party.organisation IN \(list: offices)))
            """
        return try store.page(
            "SELECT \(sql: headColumns) FROM draw",
            where: [committedOnly ? known : "1 = 1"],
            in: ListOrder([.number("asked_at"), .text("id")], descending: true), after: after, size: pageSize
        ) { (draw: DrawRecord) in ["\(draw.askedAt.rawValue)", draw.id.rawValue] }
    }

    /// Draws that wait for somebody, without their documents.
    static func open(_ store: Transaction) throws -> [DrawRecord] {
        try store.rows(
            "SELECT \(sql: headColumns) FROM draw WHERE held_at IS NULL ORDER BY asked_at, id")
    }

    /// Draws of experts for a call that were held, newest first, without the transcript.
    static func panels(for call: ID<Call>, _ store: Transaction) throws -> [DrawRecord] {
        try store.rows(
            """
            SELECT id, purpose, about_kind, about_id, title, places, alternates, by_class, asked_by, asked_at,
              kept_by, committed_at, committed_fact, commitment, digest, not_before, held_by, held_at, held_fact,
              NULL AS transcript,
              \(sql: chance)
            FROM draw WHERE purpose = 'panel' AND about_kind = 'call' AND about_id = \(call)
              AND held_at IS NOT NULL ORDER BY held_at DESC, id
            """)
    }

    /// In the order of the pool.
    package static func entries(of draw: ID<Draw>, _ store: Transaction) throws -> [DrawEntryRecord] {
        try store.rows(
            """
            SELECT draw_entry.code AS code, draw_entry.number AS number,
              draw_entry.subject_kind AS subject_kind, draw_entry.subject_id AS subject_id,
              draw_entry.salt AS salt, draw_entry.outcome AS outcome, draw_entry.place AS place,
              draw_entry.substitute AS substitute, draw_entry.reason AS reason,
              COALESCE(person.name, application.title, '') AS name,
              COALESCE(organisation.name, application.number, '') AS detail
            FROM draw_entry
            LEFT JOIN person ON draw_entry.subject_kind = 'person' AND person.id = draw_entry.subject_id
            LEFT JOIN organisation ON organisation.id = person.organisation
            LEFT JOIN application ON draw_entry.subject_kind = 'application'
              AND application.id = draw_entry.subject_id
            WHERE draw_entry.draw = \(draw) ORDER BY draw_entry.number
            """)
    }

    /// The applications that a conflict of interest keeps from this official; in a draw too they stay codes.
    static func barred(_ person: ID<Person>?, _ store: Transaction) throws -> Set<String> {
        guard let person else { return [] }
        return Set(try store.values(Parties.barred(person), as: String.self))
    }

    package struct Named: Sendable, Decodable {
        package let id: String
        package let title: String
    }

    /// Calls a draw can be about: those that have applications.
    package static func calls(_ store: Transaction) throws -> [Named] {
        try store.rows(
            """
            SELECT id, title FROM call
            WHERE EXISTS (SELECT 1 FROM application WHERE application.call = call.id)
            ORDER BY closes_at DESC, id
            """)
    }

    /// The pool of a draw, from the slice that knows it.
    package static func pool(
        _ draw: DrawRecord, at now: Instant, _ house: House, _ store: Transaction
    ) throws -> [PoolCandidate] {
        for slice in house.slices {
            if let pool = try slice.pool(store, draw.purpose, draw.about, now) { return pool }
        }
        return []
    }
}
