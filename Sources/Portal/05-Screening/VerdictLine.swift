package import Lifecycle

/// A verdict in words: result, rule, what it rests on, what it looked at.
package struct VerdictLine: Sendable {
    /// `met`, `unmet` or `unknown`: the variant of the sign.
    package let kind: String
    package let sign: String
    package let label: String
    package let standingKind: String
    package let standing: String
    package let verified: String
    package let citation: String
    package let hasCitation: Bool
    package let looked: [Looked]
    package let hasLooked: Bool
    /// Nil where no exception can be granted or none is needed.
    package let exception: String?
    package let remedy: String?
    /// The exception asked for or decided, beside the verdict.
    package let beside: ExceptionLine?

    package struct Looked: Sendable {
        package let label: String
        package let value: String
    }

    package init(_ verdict: Verdict, beside: ExceptionLine? = nil, _ words: Words.Catalogue) {
        self.beside = beside
        let language = words.language
        kind = verdict.result.rawValue
        sign = words["screening.result.\(verdict.result.rawValue)"]
        label = verdict.label.text(in: language)
        standingKind = verdict.standing.rawValue
        standing = words["screening.standing.\(verdict.standing.rawValue)"]
        verified = words[verdict.verified ? "screening.verified" : "screening.unverified"]
        citation = verdict.citation.text(in: language)
        hasCitation = !citation.isEmpty
        looked = verdict.looked.map { Looked(label: $0.label.text(in: language), value: $0.value) }
        hasLooked = !verdict.looked.isEmpty
        exception =
            verdict.result == .met
            ? nil
            : verdict.exceptionBy.map {
                words.filled("screening.exception", ["role": words["role.\($0.rawValue)"]])
            }
        remedy =
            verdict.result == .met
            ? nil : verdict.remedy.map { words.filled("screening.remedy", ["text": $0.text(in: language)]) }
    }
}
