import Lifecycle

/// A verdict in finished words, placed by `{{>case/verdicts}}` inside a section that has `verdicts`.
struct VerdictWords: Sendable {
    let rule: String
    /// `met`, `unmet` or `unknown`: also the style's class.
    let kind: String
    let sign: String
    let label: String
    let ground: GroundWords
    let soft: Bool
    let note: String?
    /// The exception asked for or decided, beside the verdict.
    let beside: ExceptionLine?
    /// Where the grounds of an exception are written; nil outside a draft.
    let groundsHref: String?
    let looked: [Pair]
    let exception: String
    let remedy: String
    /// Unfolded from the start: what is not met wants to be read.
    let open: Bool

    struct Pair: Sendable {
        let label: String
        let value: String
    }

    init(
        _ verdict: Verdict, note: String? = nil, beside: ExceptionLine? = nil, groundsHref: String? = nil,
        words: Words.Catalogue
    ) {
        rule = verdict.rule
        kind = verdict.result.rawValue
        sign = words["rule.result.\(verdict.result.rawValue)"]
        label = verdict.label.text(in: words.language)
        ground = GroundWords(verdict.standing, verdict.verified, verdict.citation, words)
        soft = verdict.exceptionBy != nil
        self.note = note
        self.beside = beside
        self.groundsHref = groundsHref
        looked = verdict.looked.map {
            Pair(label: $0.label.text(in: words.language), value: $0.text(in: words.language))
        }
        exception =
            verdict.exceptionBy.map {
                words.filled("rule.exceptionBy", ["role": words["role.\($0.rawValue)"]])
            }
            ?? words["rule.noException"]
        remedy =
            verdict.remedy?.text(in: words.language) ?? words["rule.changedBy.\(verdict.standing.rawValue)"]
        open = verdict.result != .met
    }
}
