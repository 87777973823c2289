/// The application's form as data.
package struct ApplicationForm: Sendable, Codable, Hashable {
    package let sections: [Section]

    package init(sections: [Section]) { self.sections = sections }

    package struct Section: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        package let hint: Label?
        package let fields: [Field]

        package init(id: String, label: Label, hint: Label? = nil, fields: [Field]) {
            self.id = id
            self.label = label
            self.hint = hint
            self.fields = fields
        }
    }

    package struct Field: Sendable, Codable, Hashable {
        package enum Kind: String, Sendable, Codable, CaseIterable {
            case line
            case prose
            case count
            case money
            case day
            /// Hours and minutes of a day, such as 09:30.
            case time
            case choice
            /// A second-level code of GB/T 13745—2009.
            case discipline
            /// Words parted by 、 or ； or commas.
            case keywords
            case flag
        }

        package struct Option: Sendable, Codable, Hashable {
            package let id: String
            package let label: Label
            package init(id: String, label: Label) {
                self.id = id
                self.label = label
            }
        }

        package let id: String
        package let kind: Kind
        package let label: Label
        package let hint: Label?
        package let required: Bool
        /// Characters for text, value for numbers, entries for keywords.
        package let least: Int?
        package let most: Int?
        package let options: [Option]
        /// For money: the parameter of the call that it may not exceed.
        package let upTo: String?
        /// What is asked for with it, of what a condition of applying had better not rest on; nil where nobody declared
        /// anything.
        package let demands: [RestrictiveCondition]?

        package init(
            id: String, kind: Kind, label: Label, hint: Label? = nil, required: Bool = true,
            least: Int? = nil,
            most: Int? = nil, options: [Option] = [], upTo: String? = nil,
            demands: [RestrictiveCondition]? = nil
        ) {
            self.id = id
            self.kind = kind
            self.label = label
            self.hint = hint
            self.required = required
            self.least = least
            self.most = most
            self.upTo = upTo
            self.options = options
            self.demands = demands
        }
    }

    /// The section that rules add to a form (``Section/init(excepting:)``); no form has one of this name itself.
    package static let exceptions = "exceptions"

    /// The section, and its one field, that a call with topics adds to a form; no form has one of this name itself.
    package static let topic = "topic"

    /// The section that the chosen topic of an open challenge adds to a form; no form has one of this name itself.
    package static let promises = "promises"

    package func section(_ id: String) -> Section? { sections.first { $0.id == id } }
    package func field(_ id: String) -> Field? {
        for section in sections {
            if let field = section.fields.first(where: { $0.id == id }) { return field }
        }
        return nil
    }
}
