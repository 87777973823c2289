import Lifecycle

/// One thing that a trimmed procedure left out of a dossier, and how far it is made up for.
struct OwedLine: Sendable {
    let label: String
    let madeUpBy: String
    let state: String
    let stateKind: String
    let due: String
    let hasDue: Bool

    /// In the order of the programme. Nothing is owed before the decision, nor by a dossier that has ended.
    static func all(_ standing: Standing, of programme: Programme, _ ask: Ask) -> [OwedLine] {
        standing.owed(in: programme).map { OwedLine($0.left, $0.making, ask) }
    }

    private init(_ left: LeftOut, _ making: Standing.StepState, _ ask: Ask) {
        let words = ask.words
        label = left.label.text(in: words.language)
        madeUpBy = making.step.label.text(in: words.language)
        due = ask.due(making.due, none: "")
        hasDue = making.due != nil
        switch making.state {
        case .waiting, .open: (state, stateKind) = (words["letting.owed"], "warn")
        case .done: (state, stateKind) = (words["letting.madeUp"], "good")
        case .refused, .skipped: (state, stateKind) = (words["procedure.state.closed"], "muted")
        }
    }
}

extension Standing {
    /// What was left out of the dossier, with where it is made up for; nothing before the decision.
    func owed(in programme: Programme) -> [(left: LeftOut, making: StepState)] {
        let decided = steps.contains { state in
            guard state.step.kind == .decide, case .done = state.state else { return false }
            return true
        }
        guard decided else { return [] }
        return (programme.leavesOut ?? []).compactMap { left in
            steps.first { $0.step.id == left.madeUpBy }.map { (left, $0) }
        }
    }
}

extension Standing.StepState {
    /// Whether it is still to be done.
    var isOwed: Bool {
        switch state {
        case .waiting, .open: true
        case .done, .refused, .skipped: false
        }
    }
}
