import Lifecycle

/// What becomes of the dossiers of a call that goes over: how many stand at one step and where they then stand. It
/// replays what the check of ``CallMoving`` replays.
struct CallShift: Sendable, Hashable {
    /// Where a dossier stands: the first step that is open, else what it came to last.
    struct Place: Sendable, Hashable {
        let step: String
        let label: Label
        let isOver: Bool

        init?(_ standing: Standing) {
            let open = standing.open.first
            guard let state = open ?? standing.steps.last(where: \.isSettled) else { return nil }
            step = state.step.id
            label = state.step.label
            isOver = open == nil
        }
    }

    /// Nil where nothing of the procedure was begun.
    let now: Place?
    /// Nil where the dossier would have no place.
    let then: Place?
    let count: Int

    /// In the order of the dossiers' numbers.
    static func all(_ dossiers: [CallMigration.Dossier]) -> [CallShift] {
        struct Pair: Hashable {
            let now: Place?
            let then: Place?
        }
        var order: [Pair] = []
        var counts: [Pair: Int] = [:]
        for dossier in dossiers {
            let pair = Pair(now: Place(dossier.now), then: Place(dossier.then))
            if counts[pair] == nil { order.append(pair) }
            counts[pair, default: 0] += 1
        }
        return order.map { CallShift(now: $0.now, then: $0.then, count: counts[$0] ?? 0) }
    }
}
