/// Where a rule comes from. A rule without one does not pass `plan check`.
package struct Citation: Hashable, Sendable, Codable {
    /// The action plan's clause, such as `3.3.1`, where it carries one out.
    package let clause: ClauseID?
    /// The document's title or number, such as 京教函〔2020〕86号.
    package let document: String?
    /// The article or page inside the document.
    package let article: String?
    package let url: String?

    package init(clause: ClauseID? = nil, document: String? = nil, article: String? = nil, url: String? = nil)
    {
        self.clause = clause
        self.document = document
        self.article = article
        self.url = url
    }

    /// One line for a page: `行动计划 3.3.1；国家自然科学基金条例 第十五条`.
    package func text(in language: Language) -> String {
        var parts: [String] = []
        if let clause {
            parts.append(language == .zh ? "行动计划 \(clause.rawValue)" : "Action plan \(clause.rawValue)")
        }
        if let document { parts.append(article.map { "\(document) \($0)" } ?? document) }
        return parts.joined(separator: language == .zh ? "；" : "; ")
    }
}

/// The name of a clause of the action plan: `1.2`, `3.3.1`, `4.2`.
package struct ClauseID: Hashable, Sendable, Codable, RawRepresentable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package init(_ rawValue: String) { self.rawValue = rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
