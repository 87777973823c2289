/// What was filled in, checked against the form. Text stays as typed; numbers, money and days become canonical.
package struct AnswerProblem: Sendable, Hashable {
    package let section: String
    package let field: String
    package let label: Label
    /// Words' key: `answer.<code>`, filled with ``values``.
    package let code: String
    package let values: [String: String]

    package init(section: String, field: String, label: Label, code: String, values: [String: String]) {
        self.section = section
        self.field = field
        self.label = label
        self.code = code
        self.values = values
    }
}

extension ApplicationForm {
    /// Turns a section's typed text into canonical answers. Text that cannot be read stays as typed and is
    /// reported; nothing typed is lost.
    package func reading(
        _ typed: [String: String], section: Section
    ) -> (answers: [String: String], problems: [AnswerProblem]) {
        var answers: [String: String] = [:]
        var problems: [AnswerProblem] = []
        for field in section.fields {
            guard let text = typed[field.id] else { continue }
            let value = text.trimmedEnds
            answers[field.id] = value
            if value.isEmpty { continue }
            if let canonical = field.canonical(value) {
                answers[field.id] = canonical
            } else {
                // An amount too large to be one must not be taken for an amount in fen when read again.
                if field.kind == .money, Int64(value) != nil { answers[field.id] = "\(value) 元" }
                problems.append(
                    AnswerProblem(
                        section: section.id, field: field.id, label: field.label, code: field.kind.rawValue,
                        values: [:]))
            }
        }
        return (answers, problems)
    }

    /// Everything that keeps the answers from being submitted, in the order of the form.
    ///
    /// - Parameter settings: the call's, which bound amounts.
    package func problems(in answers: [String: String], disciplines: Set<String>, settings: Settings)
        -> [AnswerProblem]
    {
        var found: [AnswerProblem] = []
        for section in sections {
            for field in section.fields {
                if let (code, values) = field.problem(
                    with: answers[field.id] ?? "", disciplines: disciplines, settings: settings)
                {
                    found.append(
                        AnswerProblem(
                            section: section.id, field: field.id, label: field.label, code: code,
                            values: values))
                }
            }
        }
        return found
    }
}

extension ApplicationForm.Field {
    /// The canonical form of a typed value; nil where it cannot be read.
    func canonical(_ text: String) -> String? {
        switch kind {
        case .line, .prose, .discipline: text
        case .choice: options.contains { $0.id == text } ? text : nil
        case .keywords: Self.keywords(text).joined(separator: "、")
        case .count: Int(text.halfWidth).map(String.init)
        case .money: Money(yuanText: text).map { String($0.rawValue) } ?? nil
        case .day: Day(text: text.halfWidth)?.text
        case .time: Self.time(text.halfWidth)
        case .flag: text == "true" || text == "on" ? "true" : "false"
        }
    }

    package static func keywords(_ text: String) -> [String] {
        text.split(whereSeparator: { "、；;，,\n".contains($0) }).map { String($0).trimmedEnds }
            .filter { !$0.isEmpty }
    }

    /// `09:30` of `9:30` or `09：30`; nil of what is no time of a day.
    static func time(_ text: String) -> String? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let hour = Int(parts[0]),
            let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return (hour < 10 ? "0" : "") + "\(hour):\(parts[1])"
    }

    func problem(
        with value: String, disciplines: Set<String>, settings: Settings
    ) -> (String, [String: String])? {
        if value.isEmpty { return required ? ("required", [:]) : nil }
        switch kind {
        case .line, .prose:
            if let least, !value.isAtLeast(least) {
                return ("too-short", ["least": "\(least)", "count": "\(value.trimmedCount)"])
            }
            // A character has one scalar or more, and scalars are counted sooner.
            if let most, value.unicodeScalars.count > most, value.count > most {
                return ("too-long", ["most": "\(most)", "count": "\(value.count)"])
            }
        case .keywords:
            let count = Self.keywords(value).count
            if let least, count < least { return ("too-few", ["least": "\(least)", "count": "\(count)"]) }
            if let most, count > most { return ("too-many", ["most": "\(most)", "count": "\(count)"]) }
        case .count:
            guard let number = Int(value) else { return ("count", [:]) }
            if let least, number < least { return ("too-small", ["least": "\(least)"]) }
            if let most, number > most { return ("too-large", ["most": "\(most)"]) }
        case .money:
            // Nothing is an amount only where the form says that it may be nothing.
            guard let fen = Int64(value), fen > 0 || fen == 0 && least == 0 else { return ("money", [:]) }
            if let upTo, let most = settings.money(upTo), Money(fen: fen) > most {
                return ("too-much", ["most": most.yuanText])
            }
        case .day:
            if Day(text: value) == nil { return ("day", [:]) }
        case .time:
            if Self.time(value) == nil { return ("time", [:]) }
        case .choice:
            if !options.contains(where: { $0.id == value }) { return ("choice", [:]) }
        case .discipline:
            if !disciplines.contains(value) { return ("discipline", [:]) }
        case .flag:
            if value != "true" && value != "false" { return ("flag", [:]) }
        }
        return nil
    }
}

extension String {
    var trimmedEnds: String {
        var view = Substring(self)
        while let first = view.first, first.isWhitespace { view.removeFirst() }
        while let last = view.last, last.isWhitespace { view.removeLast() }
        return String(view)
    }
}
