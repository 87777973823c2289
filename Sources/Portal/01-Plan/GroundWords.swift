import Lifecycle

/// On what a rule, a practice or a form stands, in finished words: whose it is, whether it was checked against its
/// source, and the source. Placed by `{{> ground/standing}}` and `{{> ground/source}}`.
struct GroundWords: Sendable {
    /// `binding`, `borrowed` or `demo`: also the style's class.
    let standingKind: String
    let standing: String
    let unverified: Bool
    let verification: String
    let cite: String
    let hasCite: Bool
    /// Only where the source is a web page.
    let url: String
    let hasURL: Bool

    /// - Parameter check: nil where the plan does not say.
    init(
        _ standing: RuleStanding, _ check: CitationCheck?, _ citation: Citation?, _ words: Words.Catalogue
    ) {
        standingKind = standing.rawValue
        self.standing = words["rule.standing.\(standing.rawValue)"]
        unverified = check.map { !$0.isVerified } ?? false
        verification = check.map { words["rule.check.\($0.rawValue)"] } ?? ""
        cite = citation?.text(in: words.language) ?? ""
        hasCite = !cite.isEmpty
        let address = citation?.url ?? ""
        hasURL = address.hasPrefix("https://") || address.hasPrefix("http://")
        url = hasURL ? address : ""
    }
}
