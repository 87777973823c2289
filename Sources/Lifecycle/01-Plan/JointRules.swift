/// Another organisation may fund a programme's calls together with the commission (联合资助).
///
/// Which one, and whether at all, the call says; what percent of each grant it bears is a parameter of the call.
package struct JointRules: Sendable, Codable, Hashable {
    /// The parameter, a count: percent of each grant; 0 where the commission funds a call alone.
    package let share: String
    /// Whom the programme means, to who writes the call.
    package let describes: Label
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: CitationCheck

    package init(
        share: String, describes: Label, standing: RuleStanding, cites: Citation, verified: CitationCheck
    ) {
        self.share = share
        self.describes = describes
        self.standing = standing
        self.cites = cites
        self.verified = verified
    }

    /// What the parameter may be: the commission bears a part of its own calls.
    package static let bounds = Bounds(0, 99)
}
