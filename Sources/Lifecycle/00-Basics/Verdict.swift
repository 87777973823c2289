/// What a rule says of the facts before it. A refusal by rule is this value, never an error.
package struct Verdict: Sendable, Codable, Hashable {
    package enum Result: String, Sendable, Codable, CaseIterable {
        case met
        case unmet
        /// The facts, or the rule's own text, are not known well enough to say.
        case unknown
    }

    /// One fact the rule looked at, with the value it found.
    package struct Looked: Sendable, Codable, Hashable {
        package let label: Label
        package let value: String

        package init(_ label: Label, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// The rule's id within its programme.
    package let rule: String
    package let label: Label
    package let result: Result
    package let standing: RuleStanding
    package let citation: Citation
    package let verified: CitationCheck
    package let looked: [Looked]
    /// Who may grant an exception, where the rule is soft (原则上).
    package let exceptionBy: Role?
    /// Who can change the rule or mend the fact.
    package let remedy: Label?

    package init(
        rule: String, label: Label, result: Result, standing: RuleStanding, citation: Citation,
        verified: CitationCheck, looked: [Looked], exceptionBy: Role? = nil, remedy: Label? = nil
    ) {
        self.rule = rule
        self.label = label
        self.result = result
        self.standing = standing
        self.citation = citation
        self.verified = verified
        self.looked = looked
        self.exceptionBy = exceptionBy
        self.remedy = remedy
    }

    /// An unmet soft rule can be excepted; an unmet hard one stops the application.
    package var stops: Bool { result == .unmet && exceptionBy == nil }

    /// Unmet, and the rule names who may except it: that person's decision, and nobody else's, lets it pass.
    package var isExceptable: Bool { result == .unmet && exceptionBy != nil }
}

/// Whether a rule binds here, is another funder's practice that a call may change, or is made up for the demo.
package enum RuleStanding: String, Sendable, Codable, CaseIterable {
    case binding
    case borrowed
    case demo
}

/// Why something cannot be done now. `code` names the words (`refusal.<code>`), `values` fills them.
package struct Refusal: Error, Sendable, Hashable {
    package let code: String
    package let values: [String: String]
    /// Of the blanks, those filled by words that are known in both languages; ``values`` has them in Chinese.
    package let labels: [String: Label]
    package let citation: Citation?
    /// What the source it cites is here, where that wants to be said: a borrowed practice binds as far as a call lets it.
    package let standing: RuleStanding?

    package init(
        _ code: String, _ values: [String: String] = [:], citation: Citation? = nil,
        standing: RuleStanding? = nil, labels: [String: Label] = [:]
    ) {
        self.code = code
        self.values = values.merging(labels.mapValues(\.zh)) { $1 }
        self.labels = labels
        self.citation = citation
        self.standing = standing
    }

    /// The same with a blank filled by a label, which each reader reads in their own language.
    package func naming(_ blank: String, _ label: Label) -> Refusal {
        Refusal(
            code, values, citation: citation, standing: standing,
            labels: labels.merging([blank: label]) { $1 })
    }
}

/// One or more refusals, thrown where an act is stopped; nothing has been written.
package struct Refused: Error, Sendable {
    package let refusals: [Refusal]

    package init(_ refusals: [Refusal]) { self.refusals = refusals }

    package init(_ code: String, _ values: [String: String] = [:], citation: Citation? = nil) {
        refusals = [Refusal(code, values, citation: citation)]
    }
}
