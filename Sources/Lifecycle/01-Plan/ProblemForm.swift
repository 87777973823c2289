/// The form in which anybody puts a problem in, as `Plan/problem.yaml` has it.
package struct ProblemForm: Sendable, Codable, Hashable {
    package let fields: [ApplicationForm.Field]

    package init(fields: [ApplicationForm.Field]) { self.fields = fields }

    /// What the house itself reads of a problem. The form may ask more, and says in which words it asks.
    package enum Part: String, Sendable, CaseIterable {
        case title
        case statement
        /// Who benefits.
        case benefits
        /// What would count as solved.
        case solved
        /// By when.
        case by
        /// Who would use it.
        case user
        /// Yuan; 0 is to be negotiated.
        case money

        package var kind: ApplicationForm.Field.Kind {
            switch self {
            case .title, .user: .line
            case .statement, .benefits, .solved: .prose
            case .by: .day
            case .money: .money
            }
        }
    }

    /// Kinds of field that need nothing beside the form: no list of disciplines, no options whose words a fact
    /// would not carry.
    package static let kinds: Set<ApplicationForm.Field.Kind> = [
        .line, .prose, .count, .money, .day, .keywords, .flag,
    ]

    /// The fields as one section, which is how answers are read and checked.
    package var section: ApplicationForm.Section {
        ApplicationForm.Section(id: "problem", label: Label("问题", "Problem"), fields: fields)
    }
}
