import Lifecycle

/// Verdicts in words, the unmet first, with a sentence that sums them up.
struct EligibilityPanel: Sendable {
    let verdicts: [VerdictWords]
    let isEmpty: Bool
    /// How many stop the application.
    let stopping: Int
    let stops: Bool
    let summary: String

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
        self.verdicts = sorted.map { _, verdict in
            let grounds = verdict.isExceptable ? writing.map { "\($0)?check=1#\(verdict.rule)" } : nil
            return VerdictWords(verdict, groundsHref: grounds, words: words)
        }
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
}
