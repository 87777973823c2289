import Lifecycle
import Store

/// The agreement of who funds the call too to one proposal.
struct SelectionWord: Decodable, Sendable {
    let at: Instant
    let name: String?

    /// Nil where they have not agreed.
    static func of(_ proposal: Int64, _ store: Transaction) throws -> SelectionWord? {
        try store.row(
            """
            SELECT selection_joined.at, person.name FROM selection_joined
            LEFT JOIN person ON person.id = selection_joined.person
            WHERE selection_joined.proposal = \(proposal)
            """)
    }
}

/// A round that another organisation funds too, as its pages say it.
struct JointRound: Sendable {
    let funder: JointFunders.Funder
    /// Of the last proposal.
    let word: SelectionWord?
    /// Whether the viewer signs for that organisation.
    let isOwn: Bool

    /// Nobody may sign for the commission before the other funder agreed.
    var waits: Bool { word == nil }

    /// It is the viewer who has to agree.
    var waitsForViewer: Bool { isOwn && waits }

    /// Nil where the commission funds the call alone.
    static func read(_ call: Call, proposal: Int64?, _ viewer: Viewer, _ store: Transaction) throws
        -> JointRound?
    {
        guard let id = call.funder, let funder = try JointFunders.find(id, store) else { return nil }
        return JointRound(
            funder: funder, word: try proposal.flatMap { try SelectionWord.of($0, store) },
            isOwn: viewer.holds(.jointFunder, in: id))
    }

    /// Whether they agreed, and who did.
    func state(_ ask: Ask) -> String {
        let name = funder.name(in: ask.language)
        guard let word else { return ask.words.filled("joint.stateWaits", ["funder": name]) }
        return ask.words.filled(
            "joint.stateJoined", ["funder": name, "at": word.at.text, "name": word.name ?? "—"])
    }
}
