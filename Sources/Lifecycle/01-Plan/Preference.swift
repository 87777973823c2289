/// What a document says is favoured (政策导向): no condition, and nothing is judged by it. It is told, so that nobody takes it
/// for a rule and nobody has to look for it.
package struct Preference: Sendable, Codable, Hashable {
    package let id: String
    package let label: Label
    /// Since when; nil where the day is not known.
    package let from: Day?
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: CitationCheck

    package init(
        id: String, label: Label, from: Day? = nil, standing: RuleStanding, cites: Citation,
        verified: CitationCheck
    ) {
        self.id = id
        self.label = label
        self.from = from
        self.standing = standing
        self.cites = cites
        self.verified = verified
    }
}
