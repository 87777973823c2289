import Lifecycle

/// Verdicts in words, the unmet first.
struct EligibilityPanel: Sendable {
    let verdicts: [Line]
    let isEmpty: Bool
    /// How many stop the application.
    let stopping: Int
    let stops: Bool
    let summary: String

    struct Line: Sendable {
        /// `met`, `unmet` or `unknown`: class of the line.
        let result: String
        let sign: String
        let label: String
        let standing: String
        let standingWord: String
        let unverified: Bool
        let citation: String
        let hasCitation: Bool
        let looked: [Looked]
        let hasLooked: Bool
        let remedy: String
        let hasRemedy: Bool
        let exception: String
        let hasException: Bool
        /// Where the grounds of an exception are written; nil outside a draft.
        let groundsHref: String?
    }

    struct Looked: Sendable {
        let label: String
        let value: String
    }

    /// The verdicts beside a draft, with the way to where an exception is asked for.
    init(_ open: OpenDraft, _ ask: Ask) {
        self.init(
            open.verdicts,
            writing: open.stage.isEditable
                ? "/drafts/\(open.draft.id)/sections/\(ApplicationForm.exceptions)" : nil, ask)
    }

    /// - Parameters:
    ///   - subject: `draft` or `list`: whose words sum it up.
    ///   - writing: the section in which exceptions are asked for.
    init(_ verdicts: [Verdict], of subject: String = "draft", writing: String? = nil, _ ask: Ask) {
        let words = ask.words
        let order: [Verdict.Result: Int] = [.unmet: 0, .unknown: 1, .met: 2]
        let sorted = verdicts.enumerated().sorted {
            (order[$0.element.result] ?? 0, $0.offset) < (order[$1.element.result] ?? 0, $1.offset)
        }
        self.verdicts = sorted.map { Self.line($0.element, writing, ask) }
        isEmpty = verdicts.isEmpty
        stopping = verdicts.count(where: \.stops)
        stops = stopping > 0
        let unknown = verdicts.count { $0.result == .unknown }
        let soft = verdicts.count(where: \.isExceptable)
        let key = stops ? "stops" : soft > 0 ? "soft" : unknown > 0 ? "unknown" : "fine"
        summary = words.filled(
            "\(subject).eligibility.\(key)",
            ["stopping": "\(stopping)", "soft": "\(soft)", "unknown": "\(unknown)"])
    }

    private static func line(_ verdict: Verdict, _ writing: String?, _ ask: Ask) -> Line {
        let words = ask.words
        let citation = verdict.citation.text(in: ask.language)
        let remedy = verdict.result == .met ? nil : verdict.remedy
        let exception = verdict.result == .unmet ? verdict.exceptionBy : nil
        return Line(
            result: verdict.result.rawValue, sign: words["draft.sign.\(verdict.result.rawValue)"],
            label: verdict.label.text(in: ask.language), standing: verdict.standing.rawValue,
            standingWord: words["draft.standing.\(verdict.standing.rawValue)"],
            unverified: !verdict.verified, citation: citation, hasCitation: !citation.isEmpty,
            looked: verdict.looked.map {
                Looked(label: $0.label.text(in: ask.language), value: $0.value)
            }, hasLooked: !verdict.looked.isEmpty, remedy: remedy?.text(in: ask.language) ?? "",
            hasRemedy: remedy != nil,
            exception: exception.map {
                words.filled("draft.eligibility.exception", ["role": words["role.\($0.rawValue)"]])
            } ?? "", hasException: exception != nil,
            groundsHref: exception == nil ? nil : writing.map { "\($0)?check=1#\(verdict.rule)" })
    }
}
