import Lifecycle

/// Verdicts in words, the unmet first, with a sentence that sums them up.
struct EligibilityPanel: Sendable {
    let verdicts: [VerdictWords]
    let isEmpty: Bool
    /// How many stop the application.
    let stopping: Int
    let stops: Bool
    let summary: String

    /// - Parameter subject: `draft` or `list`: whose words sum it up.
    init(_ verdicts: [Verdict], of subject: String = "draft", _ ask: Ask) {
        let words = ask.words
        let order: [Verdict.Result: Int] = [.unmet: 0, .unknown: 1, .met: 2]
        let sorted = verdicts.enumerated().sorted {
            (order[$0.element.result] ?? 0, $0.offset) < (order[$1.element.result] ?? 0, $1.offset)
        }
        self.verdicts = sorted.map { VerdictWords($0.element, words: words) }
        isEmpty = verdicts.isEmpty
        stopping = verdicts.count(where: \.stops)
        stops = stopping > 0
        let unknown = verdicts.count { $0.result == .unknown }
        let key = stops ? "stops" : unknown > 0 ? "unknown" : "fine"
        summary = words.filled(
            "\(subject).eligibility.\(key)", ["stopping": "\(stopping)", "unknown": "\(unknown)"])
    }
}
