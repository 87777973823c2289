import Lifecycle
import Store

/// A fact of a dossier as the timeline reads it.
struct TimelineFact: Sendable, Decodable {
    let number: Int64
    let at: Instant
    let kind: FactKind
    let actor: ID<Person>?
    let actorName: String?
    let role: Role?
    let outcome: Move.Outcome?
    let clause: ClauseID?

    /// The dossier's facts, oldest first, of the kinds that the viewer may know of.
    static func of(
        _ application: ID<Application>, as relations: Set<Relation>, _ store: Transaction
    ) throws -> [TimelineFact] {
        try store.rows(
            """
            SELECT fact.number, fact.at, fact.kind, fact.actor, person.name AS actor_name, fact.role,
              fact.outcome, fact.clause FROM fact LEFT JOIN person ON person.id = fact.actor
            WHERE fact.subject_kind = 'application' AND fact.subject_id = \(application) ORDER BY fact.number
            """, as: TimelineFact.self
        ).filter { FactSight.sees($0.kind, by: $0.role, as: relations) }
    }
}

/// `/cases/{id}/timeline`: what happened, newest last, with reasons and a way to verify each.
struct CaseTimelinePage: Sendable {
    let head: CaseFrame
    let lines: [Line]
    let isPartial: Bool

    struct Line: Sendable {
        let mark: String
        let at: String
        let atISO: String
        let what: String
        let who: String
        let reason: String?
        let clause: String?
        let number: String
        let href: String
    }

    init(_ open: OpenCase, _ facts: [TimelineFact], _ reasons: [Int64: Reason], _ ask: Ask) {
        head = open.head(tab: "timeline", ask)
        lines = facts.map { Line($0, reasons[$0.number], as: open.seen.relations, ask.words) }
        isPartial = open.seen.relations.isDisjoint(with: [.integrity, .auditor])
    }
}

extension CaseTimelinePage.Line {
    init(_ fact: TimelineFact, _ why: Reason?, as relations: Set<Relation>, _ words: Words.Catalogue) {
        switch fact.outcome {
        case .some(.done): mark = "good"
        case .some(.returned), .some(.retracted): mark = "warn"
        case .some(.refused): mark = "bad"
        case .some(.contributed), .none: mark = ""
        }
        at = fact.at.text
        atISO = fact.at.iso
        what = words["fact.\(fact.kind.rawValue)"]
        let role = fact.role.map { words["role.\($0.rawValue)"] }
        if fact.actor == nil && fact.role == nil {
            who = words["case.theHouse"]
        } else if let name = fact.actorName, FactSight.names(actorIn: fact.role, as: relations) {
            who = role.map { "\(name) · \($0)" } ?? name
        } else {
            who = role ?? "—"
        }
        reason = FactSight.seesReason(of: fact.kind, as: relations) ? why?.text : nil
        clause = fact.clause.map { Citation(clause: $0).text(in: words.language) }
        number = words.filled("case.factNumber", ["n": "\(fact.number)"])
        href = "/journal/facts/\(fact.number)"
    }
}
