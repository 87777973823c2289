package import Lifecycle
package import Store

/// A draft as it was last put before the other funder. No fact, as the draft itself is none.
struct AskedCall: Decodable, Sendable {
    let call: ID<Call>
    let version: Int
    let funder: ID<Organisation>
    /// As ``JointFunders/text(of:in:)``.
    let text: String
    let at: Instant

    static func find(_ call: ID<Call>, _ store: Transaction) throws -> AskedCall? {
        try store.row(
            "SELECT call, version, funder, text, at FROM call_asked WHERE call = \(call)")
    }
}

/// Two organisations behind one call: the officer puts a draft before the other funder, who agrees to that very text
/// or says why not.
package enum JointActs {
    /// Puts the draft, as it was saved last, before the other funder. All else must be in order first.
    ///
    /// - Parameter base: the version that the officer has before them.
    package static func ask(_ id: ID<Call>, base: Int, at now: Instant, _ house: House, _ store: Transaction)
        throws
    {
        let (draft, programme, _) = try CallDrafts.opened(id, house, store)
        guard draft.version == base else { throw Refused("call.draft-moved") }
        let reading = try CallForm(programme: programme, values: draft.values).reading(
            id: id, digest: programme.digest, at: now, house, store)
        guard let funder = reading.call.funder else { throw Missing() }
        let others = reading.problems.map(\.refusal).filter { $0.code != "call.joint-waits" }
        guard others.isEmpty else { throw Refused(others) }
        let text = try JointFunders.text(of: reading.call, in: programme)
        if try JointWord.of(id, text: text, store) != nil { throw Refused("call.joint-answered") }
        _ = try store.run(
            """
            INSERT INTO call_asked (call, version, funder, text, title, at)
            VALUES (\(id), \(draft.version), \(funder), \(text), \(reading.call.title), \(now))
            ON CONFLICT (call) DO UPDATE SET version = excluded.version, funder = excluded.funder,
              text = excluded.text, title = excluded.title, at = excluded.at
            """)
    }

    /// The call as it was put before the viewer's organisation; missing for everybody else.
    static func asked(
        _ id: ID<Call>, of viewer: Viewer, at now: Instant, _ house: House, _ store: Transaction
    )
        throws -> (asked: AskedCall, call: Call, programme: Programme)
    {
        guard let asked = try AskedCall.find(id, store), viewer.holds(.jointFunder, in: asked.funder) else {
            throw Missing()
        }
        guard try CallDrafts.find(id, store) != nil else { throw Missing() }
        let (draft, programme, _) = try CallDrafts.opened(id, house, store)
        let call = try CallForm(programme: programme, values: draft.values).reading(
            id: id, digest: programme.digest, at: now, house, store
        ).call
        // Saved anew since, or under another definition: the officer has to ask again.
        guard draft.version == asked.version, try JointFunders.text(of: call, in: programme) == asked.text
        else {
            throw Refused("call.joint-moved")
        }
        return (asked, call, programme)
    }

    /// - Parameter text: of the call that the viewer has read.
    package static func agree(
        _ id: ID<Call>, text: String, by viewer: Viewer, _ change: Change, _ house: House
    ) throws {
        let (_, call, programme) = try unanswered(id, text: text, by: viewer, change, house)
        try agree(to: call, programme, change)
    }

    /// What agreeing to a call's text puts down; nothing for a call that the commission funds alone.
    static func agree(to call: Call, _ programme: Programme, _ change: Change) throws {
        guard let funder = call.funder else { return }
        try change.append(
            CallJoined(
                funder: funder, text: try JointFunders.text(of: call, in: programme),
                share: call.jointShare(in: programme),
                amount: call.jointPart(of: call.budget, in: programme)),
            about: .call(call.id), as: .jointFunder, clause: programme.clauses.first)
    }

    package static func refuse(
        _ id: ID<Call>, text: String, reason: String, by viewer: Viewer, _ change: Change, _ house: House
    ) throws {
        let (asked, _, programme) = try unanswered(id, text: text, by: viewer, change, house)
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        try change.append(
            CallNotJoined(funder: asked.funder, text: text), about: .call(id), as: .jointFunder,
            reason: reason, clause: programme.clauses.first)
    }

    private static func unanswered(
        _ id: ID<Call>, text: String, by viewer: Viewer, _ change: Change, _ house: House
    ) throws -> (asked: AskedCall, call: Call, programme: Programme) {
        let found = try asked(id, of: viewer, at: change.at, house, change.store)
        guard found.asked.text == text else { throw Refused("call.joint-moved") }
        if try JointWord.of(id, text: text, change.store) != nil { throw Refused("call.joint-answered") }
        return found
    }
}

enum JointProjections {
    static let tables = [ProjectedTable("call_joined", key: "call, text")]

    static let projections: [Projection] = [
        .on(CallJoined.self) { store, fact, body in
            try put(fact, body.text, body.funder, agreed: true, store)
        },
        .on(CallNotJoined.self) { store, fact, body in
            try put(fact, body.text, body.funder, agreed: false, store)
        },
    ]

    private static func put(
        _ fact: Fact, _ text: String, _ funder: ID<Organisation>, agreed: Bool, _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            INSERT INTO call_joined (call, text, funder, fact, at, person, agreed, reason)
            VALUES (\(fact.subject.id), \(text), \(funder), \(fact.number), \(fact.at), \(fact.actor), \(agreed),
              \(fact.reason))
            """)
    }
}

/// The draft that waits for who funds it too.
enum JointTasks {
    private struct Row: Decodable, Sendable {
        let call: ID<Call>
        let title: String
    }

    static func waiting(_ store: Transaction, _ viewer: Viewer) throws -> [PendingTask] {
        let own = viewer.organisations(as: .jointFunder)
        if own.isEmpty { return [] }
        return try store.rows(
            """
            SELECT call_asked.call, call_asked.title FROM call_asked
            JOIN call_draft ON call_draft.id = call_asked.call AND call_draft.version = call_asked.version
            WHERE call_asked.funder IN \(list: own) AND NOT EXISTS (SELECT 1 FROM call_joined
              WHERE call_joined.call = call_asked.call AND call_joined.text = call_asked.text)
            ORDER BY call_asked.at, call_asked.call
            """, as: Row.self
        ).map { PendingTask(verb: "join-call", title: $0.title, href: "/joint/\($0.call)", due: nil) }
    }
}
