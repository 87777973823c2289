/// An exception to a rule in finished words, placed beside the rule's verdict by `{{> case/exception}}`.
package struct ExceptionLine: Sendable {
    package let rule: String
    /// The rule's name, for a list of exceptions away from the verdicts.
    package let label: String
    /// Variant of the badge: `good`, `bad`, `warn`.
    package let kind: String
    package let state: String
    /// By whom and when, with the fact that says so.
    package let about: String
    package let hasAbout: Bool
    package let factHref: String
    /// Of the decision. Not `reason`: a page around it has one of its own, which a missing one would fall through to.
    package let ruledBecause: String?
    package let grounds: String?
    /// Where the viewer decides; nil where it is decided or not the viewer's.
    package let decideHref: String?
}
