/// What was found of one item of a checklist. It moves nothing: the checklist is made once each item is met. What was
/// looked at, or what is missing, is the fact's reason, so that the words can be erased.
package struct CriterionFound: FactBody {
    package static let kind = FactKind("criterion.found")

    /// An item nobody found anything of is in neither state: it was not looked at yet.
    package enum State: String, Sendable, Codable, CaseIterable {
        case met
        case missing
    }

    /// The step whose checklist it is of.
    package let step: String
    /// The id of the checklist's field.
    package let criterion: String
    package let state: State
    /// The file of the application that shows it, by its SHA-256; nil where none does.
    package let attachment: String?

    package init(step: String, criterion: String, state: State, attachment: String?) {
        self.step = step
        self.criterion = criterion
        self.state = state
        self.attachment = attachment
    }
}
