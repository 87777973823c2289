import Lifecycle
import Store

/// The officer's form of a topic: indicators and nodes are a line each, their parts set apart by a bar.
struct TopicForm: Sendable {
    static let names = [
        "title", "goal", "indicators", "nodes", "ceiling", "user-name", "user-email", "payments", "test",
        "test-of", "test-by",
    ]
    private static let lined: Set<String> = ["goal", "indicators", "nodes", "payments"]

    let values: [String: String]

    init(_ form: FormFields) {
        var values: [String: String] = [:]
        for name in Self.names {
            let text = form[name] ?? ""
            values[name] = Self.lined.contains(name) ? text : text.trimmed
        }
        self.values = values
    }

    /// A version as the form shows it.
    ///
    /// - Parameter address: of the final user's person; empty where there is none.
    init(_ text: TopicText, address: String) {
        values = [
            "title": text.title, "goal": text.goal,
            "indicators": text.indicators.map(Self.line).joined(separator: "\n"),
            "nodes": text.nodes.map { "\($0.month) | \($0.what)" }.joined(separator: "\n"),
            "ceiling": Self.yuan(text.ceiling), "user-name": text.user.name, "user-email": address,
            "payments": (text.payments ?? []).map { "\($0.month) | \($0.percent)" }.joined(separator: "\n"),
            "test": text.test.map { $0.isDemanded ? "yes" : "no" } ?? "", "test-of": text.test?.of ?? "",
            "test-by": text.test?.by ?? "",
        ]
    }

    /// A first draft from what the problems say.
    init(from problems: [[Problem.Answer]]) {
        func all(_ part: ProblemForm.Part) -> [String] {
            problems.compactMap { answers in
                answers.first { $0.field == part.rawValue }?.value.trimmed
            }.filter { !$0.isEmpty }
        }
        let most = all(.money).compactMap { Int64($0) }.reduce(0, +)
        values = [
            "title": all(.title).first ?? "", "goal": all(.statement).joined(separator: "\n"),
            "indicators": all(.solved).map { $0.replacing("\n", with: " ") }.joined(separator: "\n"),
            "nodes": "", "ceiling": most > 0 ? Self.yuan(Money(fen: most)) : "",
            "user-name": all(.user).first ?? "", "user-email": "",
        ]
    }

    static func line(_ indicator: TopicText.Indicator) -> String {
        [indicator.what, indicator.target, indicator.proof].filter { !$0.isEmpty }.joined(separator: " | ")
    }

    private static func percent(_ typed: String) -> Int? {
        let text = typed.halfWidth
        return Int(text.hasSuffix("%") ? String(text.dropLast()).trimmed : text)
    }

    private static func yuan(_ amount: Money) -> String {
        let text = amount.yuanText.filter { $0 != "," }
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }

    func text(_ name: String) -> String { values[name] ?? "" }

    /// The text, with what cannot be read in it. What is read but does not do, the text says itself.
    func reading(_ store: Transaction) throws -> (text: TopicText, unread: [Refusal]) {
        var unread: [Refusal] = []
        let indicators = lines("indicators").map { place, parts -> TopicText.Indicator in
            if parts.count < 2 || parts.count > 3 {
                unread.append(
                    Refusal(
                        "topic.indicator-line", ["line": "\(place)", "text": String(parts[0].prefix(30))]))
            }
            return TopicText.Indicator(
                what: parts[0], target: parts.count > 1 ? parts[1] : "",
                proof: parts.count > 2 ? parts[2] : "")
        }
        let nodes = lines("nodes").map { place, parts -> TopicText.Node in
            let month = Int(parts[0].halfWidth)
            if parts.count != 2 || month == nil {
                unread.append(
                    Refusal("topic.node-line", ["line": "\(place)", "text": String(parts[0].prefix(30))]))
            }
            return TopicText.Node(month: month ?? 0, what: parts.count > 1 ? parts[1] : "")
        }
        let payments = lines("payments").map { place, parts -> TopicText.Payment in
            let (month, percent) = (Int(parts[0].halfWidth), parts.count > 1 ? Self.percent(parts[1]) : nil)
            if parts.count != 2 || month == nil || percent == nil {
                unread.append(
                    Refusal(
                        "topic.payment-line", ["line": "\(place)", "text": String(parts[0].prefix(30))]))
            }
            return TopicText.Payment(month: month ?? -1, percent: percent ?? 0)
        }
        let test: TopicText.Test? =
            switch text("test") {
            case "yes": TopicText.Test(isDemanded: true, of: text("test-of"), by: text("test-by"))
            case "no": TopicText.Test(isDemanded: false, of: "", by: "")
            default: nil
            }
        let ceiling = Money(yuanText: text("ceiling"))
        if ceiling == nil, !text("ceiling").isEmpty { unread.append(Refusal("topic.ceiling-unread")) }
        var someone: Someone?
        if !text("user-email").isEmpty {
            do {
                someone = try Someone.find(text("user-email"), store)
            } catch let refused as Refused {
                unread += refused.refusals.map { Refusal("topic.user-person", $0.values) }
            }
        }
        let name = text("user-name").isEmpty ? someone?.organisationName ?? "" : text("user-name")
        let found = TopicText(
            title: text("title"), goal: text("goal").trimmed, indicators: indicators, nodes: nodes,
            user: TopicText.User(name: name, organisation: someone?.legalEntity, person: someone?.id),
            ceiling: ceiling ?? .zero, payments: payments, test: test)
        return (found, unread)
    }

    /// What is wrong, each line of it once: what could not be read is not said a second time.
    func refusals(_ found: TopicText, unread: [Refusal]) -> [Refusal] {
        let said = Set(
            unread.compactMap { refusal in refusal.values["line"].map { "\(Self.field(of: refusal))\($0)" } })
        let unreadCeiling = unread.contains { $0.code == "topic.ceiling-unread" }
        return unread
            + found.obstacles.filter { refusal in
                if refusal.code == "topic.ceiling" { return !unreadCeiling }
                guard let line = refusal.values["line"] else { return true }
                return !said.contains("\(Self.field(of: refusal))\(line)")
            }
    }

    /// Numbered from 1, as they stand in the field; empty ones are passed over.
    private func lines(_ name: String) -> [(place: Int, parts: [String])] {
        text(name).split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }.enumerated().map {
            (
                $0.offset + 1,
                $0.element.split(omittingEmptySubsequences: false, whereSeparator: { "|｜".contains($0) }).map
                {
                    String($0).trimmed
                }
            )
        }
    }

    /// Where it is mended.
    static func field(of refusal: Refusal) -> String {
        switch refusal.code {
        case "topic.title": "title"
        case "topic.goal": "goal"
        case "topic.indicators", "topic.indicator", "topic.indicator-number", "topic.indicator-line":
            "indicators"
        case "topic.nodes", "topic.node", "topic.node-line": "nodes"
        case "topic.payment", "topic.payment-line", "topic.payment-first", "topic.payment-whole": "payments"
        case "topic.test-of": "test-of"
        case "topic.test-by": "test-by"
        case "topic.ceiling", "topic.ceiling-unread": "ceiling"
        case "topic.user": "user-name"
        case "topic.user-person": "user-email"
        case "topic.reason", "problem.reason-long": "reason"
        default: "title"
        }
    }
}
