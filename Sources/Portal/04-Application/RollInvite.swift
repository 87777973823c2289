package import Lifecycle
import Store

/// Somebody who stands in a call's roll without a dossier. One whose words were erased keeps its place, without them.
package struct RollInvite: Sendable, Decodable {
    package let fact: Int64
    /// Empty where the payload was erased.
    package let statement: String
    package let name: String
    package let organisation: String
    package let title: String
    /// JSON of field id → answer.
    package let answers: String
    /// How they agreed, as the officer put it down.
    package let agreed: String?

    package var isErased: Bool { statement.isEmpty }
    var entry: StatementRoll.Entry {
        StatementRoll.Entry(number: name, answers: Drafts.decode(answers), isErased: isErased)
    }

    /// Those of a form's roll who were not taken out again, in the order in which they were entered. What was erased no
    /// longer says its form; only one of a programme's rolls invites.
    static func standing(of form: StatementForm, in call: ID<Call>, _ store: Transaction) throws
        -> [RollInvite]
    {
        guard form.roll?.invites != nil else { return [] }
        return try store.rows(
            """
            SELECT fact, statement, name, organisation, title, answers, agreed FROM roll_invite
            WHERE call = \(call) AND withdrawn_at IS NULL AND statement IN (\(form.id), '') ORDER BY fact
            """)
    }
}

enum RollFacts {
    static let tables = [ProjectedTable("roll_invite", key: "fact")]

    static let projections: [Projection] = [
        .on(RollInvited.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO roll_invite (fact, call, statement, name, organisation, title, answers, at, agreed)
                VALUES (\(fact.number), \(fact.subject.id), \(body.statement), \(body.name),
                  \(body.organisation), \(body.title), \(Drafts.encode(body.answers)), \(fact.at),
                  \(fact.reason))
                """)
        },
        .on(RollInvitationWithdrawn.self) { store, fact, body in
            _ = try store.run(
                "UPDATE roll_invite SET withdrawn_at = \(fact.at) WHERE fact = \(body.fact)")
        },
    ]
}

/// Who reads what of somebody invited. What their form says is for anybody as far as the roll shows it, as with a
/// dossier's; how they agreed is the officials' to know.
package enum RollInviteSight {
    private static let officials: Set<Relation> = [
        .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]

    package static let name = Field<RollInvite, String>("name", seenBy: [.anyone]) { $0.name }
    package static let organisation = Field<RollInvite, String>("organisation", seenBy: [.anyone]) {
        $0.organisation
    }
    package static let title = Field<RollInvite, String>("title", seenBy: [.anyone]) { $0.title }
    /// All that was entered, to correct it by.
    package static let answers = Field<RollInvite, String>("answers", seenBy: officials) { $0.answers }
    package static let agreed = Field<RollInvite, String?>("agreed", seenBy: officials) { $0.agreed }

    package static let rows = [
        SightRow("roll invitation", name), SightRow("roll invitation", organisation),
        SightRow("roll invitation", title), SightRow("roll invitation", answers),
        SightRow("roll invitation", agreed),
    ]
}
