/// What script is told when something was saved by itself.
struct SavedAnswer: Encodable {
    let version: Int
    let savedAt: String
    /// In words; nil where the page has its own.
    var message: String?
}

/// What script is told when somebody saved a newer version meanwhile: nothing was overwritten, and both stand here.
struct ClashAnswer: Encodable {
    struct Field: Encodable {
        let id: String
        let label: String
        let mine: String
        let theirs: String
    }

    let message: String
    let version: Int
    let fields: [Field]
}
