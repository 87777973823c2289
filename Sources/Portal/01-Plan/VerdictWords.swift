import Lifecycle

/// A verdict in finished words, placed by `{{>case/verdicts}}` inside a section that has `verdicts`.
struct VerdictWords: Sendable {
    let rule: String
    /// `met`, `unmet` or `unknown`: also the style's class.
    let kind: String
    let sign: String
    let label: String
    let standingKind: String
    let standing: String
    let unverified: Bool
    let verification: String
    let soft: Bool
    let cite: String
    let hasCite: Bool
    let url: String
    let hasURL: Bool
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
        standingKind = verdict.standing.rawValue
        standing = words["rule.standing.\(verdict.standing.rawValue)"]
        unverified = !verdict.verified.isVerified
        verification = words["rule.check.\(verdict.verified.rawValue)"]
        soft = verdict.exceptionBy != nil
        let source = CitationLine(verdict.citation, words)
        (cite, hasCite, url, hasURL) = (source.text, source.hasText, source.url, source.hasURL)
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

/// A citation in finished words; an address only where it is a web page.
struct CitationLine: Sendable {
    let text: String
    let hasText: Bool
    let url: String
    let hasURL: Bool

    init(_ citation: Citation?, _ words: Words.Catalogue) {
        text = citation?.text(in: words.language) ?? ""
        hasText = !text.isEmpty
        let address = citation?.url ?? ""
        hasURL = address.hasPrefix("https://") || address.hasPrefix("http://")
        url = hasURL ? address : ""
    }
}
