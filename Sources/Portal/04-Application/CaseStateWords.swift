import Lifecycle

/// How a case stands, in a word and the tone of its badge. One that ends at the decision was not funded; nothing was cut
/// short.
struct CaseStateWords: Sendable {
    let text: String
    let tone: String

    /// - Parameters:
    ///   - state: `open`, `refused` or `finished`.
    ///   - step: the kind of the step at which it stands or ended.
    init(_ state: String, at step: String?, _ words: Words.Catalogue) {
        let isDeclined = state == "refused" && step == Step.Kind.decide.rawValue
        text = words["case.state.\(isDeclined ? "declined" : state)"]
        tone =
            switch state {
            case "finished": "good"
            case "refused": isDeclined ? "muted" : "bad"
            default: "info"
            }
    }
}
