package import Lifecycle
package import Store

/// What the facts about a dossier's parties do to their table.
enum PartyFacts {
    static let tables = [
        ProjectedTable("dossier_party", key: "invitation"),
        ProjectedTable("submitted_party", key: "fact, role"),
    ]

    static let projections: [Projection] = [
        .on(PartyInvited.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO dossier_party (invitation, application, call, role, state, person, conflicted,
                  invited_at, answered_at)
                VALUES (\(fact.number), \(fact.subject.id), \(body.call), \(body.role), 'invited', NULL,
                  \(body.conflicted), \(fact.at), NULL)
                """)
        },
        .on(PartyAccepted.self) { store, fact, body in
            try answered(body.invitation, "accepted", body.person, fact.at, store)
        },
        .on(PartyDeclined.self) { store, fact, body in
            try answered(body.invitation, "declined", body.person, fact.at, store)
        },
        .on(PartyReleased.self) { store, fact, body in
            try answered(body.invitation, "released", nil, fact.at, store)
        },
        // Who has accepted by now carries the dossier until it is submitted again.
        .on(ApplicationSubmitted.self) { store, fact, _ in
            _ = try store.run(
                """
                INSERT INTO submitted_party (fact, application, role, count)
                SELECT \(fact.number), application, role, COUNT(*) FROM dossier_party
                WHERE application = \(fact.subject.id) AND state = 'accepted' GROUP BY application, role
                """)
        },
    ]

    private static func answered(
        _ invitation: Int64, _ state: String, _ person: ID<Person>?, _ at: Instant, _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            UPDATE dossier_party SET state = \(state), person = \(person), answered_at = \(at)
            WHERE invitation = \(invitation)
            """)
    }
}

/// Who had accepted at each submission of a dossier.
enum SubmittedParties {
    private struct Row: Decodable, Sendable {
        let fact: Int64
        let role: Role
        let count: Int
    }

    /// By number of the submission's fact; one at which nobody had accepted is not in it.
    static func all(of application: ID<Application>, _ store: Transaction) throws -> [Int64: AcceptedParties]
    {
        let rows = try store.rows(
            "SELECT fact, role, count FROM submitted_party WHERE application = \(application)", as: Row.self)
        return Dictionary(grouping: rows, by: \.fact).mapValues { rows in
            AcceptedParties(Dictionary(uniqueKeysWithValues: rows.map { ($0.role, $0.count) }))
        }
    }
}

/// One invitation, answered or not.
package struct InvitedParty: Sendable, Decodable {
    package let invitation: Int64
    package let application: ID<Application>
    package let call: ID<Call>
    package let role: Role
    package let state: State
    package let person: ID<Person>?
    package let name: String?
    package let organisation: String?
    /// What the inviter typed; nil once the invitation was taken back.
    package let email: String?
    package let invitedAt: Instant
    package let answeredAt: Instant?
    /// Codes of the disciplines the person is registered with as an expert, parted by commas; nil where none are.
    private let registered: String?

    /// Codes of the disciplines the person is registered with; empty where none are known.
    package var disciplines: [String] {
        (registered ?? "").split(separator: ",").map(String.init)
    }

    package enum State: String, Sendable, Codable, CaseIterable {
        case invited
        case accepted
        case declined
        case released

        /// Takes one of the dossier's places.
        package var counts: Bool { self == .invited || self == .accepted }
    }

    private static let columns: SQL = """
        SELECT dossier_party.invitation AS invitation, dossier_party.application AS application,
          dossier_party.call AS call, dossier_party.role AS role, dossier_party.state AS state,
          dossier_party.person AS person, person.name AS name, organisation.name AS organisation,
          party_address.email AS email, dossier_party.invited_at AS invited_at,
          dossier_party.answered_at AS answered_at, expert.disciplines AS registered
        FROM dossier_party LEFT JOIN party_address ON party_address.invitation = dossier_party.invitation
        LEFT JOIN person ON person.id = dossier_party.person
        LEFT JOIN organisation ON organisation.id = person.organisation
        LEFT JOIN expert ON expert.person = dossier_party.person
        """

    package static func all(of application: ID<Application>, _ store: Transaction) throws -> [InvitedParty] {
        try store.rows(
            "\(sql: columns) WHERE dossier_party.application = \(application) ORDER BY dossier_party.invitation"
        )
    }

    /// Of several dossiers at once, in the order of their invitations.
    package static func all(of applications: [ID<Application>], _ store: Transaction) throws
        -> [InvitedParty]
    {
        guard !applications.isEmpty else { return [] }
        return try store.rows(
            """
            \(sql: columns) WHERE dossier_party.application IN \(list: applications)
            ORDER BY dossier_party.invitation
            """)
    }

    package static func find(_ invitation: Int64, _ store: Transaction) throws -> InvitedParty? {
        try store.row("\(sql: columns) WHERE dossier_party.invitation = \(invitation)")
    }
}
