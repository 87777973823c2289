package import Lifecycle

/// One thing a verification found wrong: where, and in words. Never the values, which may be personal data.
package struct Finding: Sendable, Hashable, Codable {
    /// Such as `payload.hash`, `row.differs`, `head.ahead`.
    package let code: String
    /// The table or file.
    package let place: String
    /// The row's key, or the fact's number; nil for a whole file.
    package let row: String?
    package let column: String?
    package let text: Label

    package init(
        _ code: String, in place: String, row: String? = nil, column: String? = nil, _ zh: String,
        _ en: String
    ) {
        self.code = code
        self.place = place
        self.row = row
        self.column = column
        text = Label(zh, en)
    }

    /// `fact[12].entry: text [code]`
    package func line(in language: Language) -> String {
        let place = place + (row.map { "[\($0)]" } ?? "") + (column.map { ".\($0)" } ?? "")
        return "\(place): \(text.text(in: language)) [\(code)]"
    }
}

/// Findings as they come in: the first of each code and place in full, the others counted.
struct FindingList {
    private(set) var findings: [Finding] = []
    private var counts: [String: Int] = [:]
    /// Everything found, also what is not listed.
    private(set) var total = 0
    private static let listed = 3

    mutating func add(_ finding: Finding) {
        total += 1
        let kind = "\(finding.code) \(finding.place)"
        counts[kind, default: 0] += 1
        if counts[kind, default: 0] <= Self.listed { findings.append(finding) }
    }
}

/// What a verification looked at and what it found.
package struct JournalReport: Sendable, Codable {
    /// Facts read.
    package let facts: Int64
    /// Facts under the last checkpoint.
    package let sealed: UInt64
    package let checkpoints: Int
    package let erasedPayloads: Int
    package let erasedReasons: Int
    package let attachments: Int
    /// Rows of projected tables compared.
    package let rows: Int
    /// How many things are wrong; `findings` holds the first few of each kind and place.
    package let wrong: Int
    package let findings: [Finding]
    /// What no journal vouches for.
    package let outside: Label
    package let seconds: Double

    package var isSound: Bool { wrong == 0 }

    package static let outside = Label(
        "不在日志范围内：草稿、会话与登录凭据、邀请、演示时钟设置、个人保存的筛选、后台任务、未签署的指派方案、文本比对的结果与文库、自由页面。",
        "Outside the journal: drafts, sessions and credentials, invitations, the demo's clock setting, saved views, jobs, plans of who reviews what before they are signed, what a comparison of texts found and its archive, free pages."
    )
}
