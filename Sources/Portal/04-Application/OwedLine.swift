import Lifecycle

/// One thing that a trimmed procedure left out of a dossier, and how far it is made up for.
struct OwedLine: Sendable {
    let label: String
    let madeUpBy: String
    let state: String
    let stateKind: String
    let due: String
    let hasDue: Bool
    /// What experts found who made up for it; nil where nobody has yet, or the viewer may not know.
    let found: String?
    let foundKind: String

    /// In the order of the programme. Nothing is owed before the decision, nor by a dossier that has ended.
    ///
    /// - Parameter findings: of the dossier, as the viewer sees them.
    static func all(
        _ standing: Standing, of programme: Programme, _ findings: [Seen<OwedFinding>], _ ask: Ask
    ) -> [OwedLine] {
        standing.owed(in: programme).map { owed in
            let found = findings.first { $0[OwedFinding.step] == owed.making.step.id }
            return OwedLine(
                owed.left, owed.making, favourable: owed.making.isOwed ? nil : found?[OwedFinding.favourable],
                ask)
        }
    }

    private init(_ left: LeftOut, _ making: Standing.StepState, favourable: Bool?, _ ask: Ask) {
        let words = ask.words
        found = favourable.map { words["letting.\($0 ? "foundFor" : "foundAgainst")"] }
        foundKind = favourable == false ? "bad" : "good"
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
