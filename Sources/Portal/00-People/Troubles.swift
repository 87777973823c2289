import Lifecycle

/// What a form has to have mended, with the field each sentence belongs to; placed by `people/errors`.
struct Troubles: Sendable {
    struct Item: Sendable {
        let field: String
        let text: String
    }

    let any: Bool
    let items: [Item]

    static let none = Troubles([])

    init(_ items: [Item]) {
        self.items = items
        any = !items.isEmpty
    }

    /// - Parameter field: where the reader goes to mend each refusal.
    init(_ refusals: [Refusal], _ words: Words.Catalogue, field: (Refusal) -> String) {
        self.init(refusals.map { Item(field: field($0), text: words.sentence($0)) })
    }
}
