import Foundation
import Lifecycle
import Store

/// What of objections and proposals a viewer sees in the journal. Their facts are about no dossier, and still tell
/// of some: they follow the table of sight, and conflicts of interest.
enum DecisionFactView {
    static func of(_ store: Transaction, _ viewer: Viewer, _ fact: Fact) throws -> FactView? {
        switch fact.subject.kind {
        case "objection": try ObjectionFactView.of(store, viewer, fact)
        case "call" where fact.kind == SelectionProposed.kind: try proposal(fact.number, viewer, store)
        case "call" where raceKinds.contains(fact.kind): try race(fact, viewer, store)
        default: nil
        }
    }

    private static let raceKinds: Set<FactKind> = [
        RaceProposed.kind, RaceRoutesJudged.kind, RaceWithdrawn.kind, RaceOpened.kind,
    ]

    /// A race speaks of each of its lanes: whoever is barred from one reads none of it here.
    private static func race(_ fact: Fact, _ viewer: Viewer, _ store: Transaction) throws -> FactView? {
        guard let person = viewer.person else { return nil }
        let barred = try Recusal.barred(person, store)
        return try Races.lanes(in: ID(fact.subject.id), store).contains(where: barred.contains)
            ? .nothing : nil
    }

    /// A proposal speaks of every dossier of the round: whoever is barred from one reads none of it here.
    private static func proposal(_ number: Int64, _ viewer: Viewer, _ store: Transaction) throws -> FactView?
    {
        guard let person = viewer.person, let selection = try DecisionActs.selection(fact: number, store)
        else { return nil }
        let barred = try Recusal.barred(person, store)
        return selection.lines.contains { barred.contains($0.application) } ? .nothing : nil
    }
}
