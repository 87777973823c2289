import Lifecycle

/// What the gate of a race can say of a lane, and what that means for it.
struct GateVerdictWords: Sendable {
    let label: String
    let means: String

    init(_ verdict: GateVerdict, _ words: Words.Catalogue) {
        label = words["race.verdict.\(verdict.rawValue)"]
        means = words["race.means.\(verdict.rawValue)"]
    }
}
