/// A line of the summary of what is wrong with a form, with the place it speaks of.
struct ErrorLine: Sendable {
    let href: String
    let text: String
}
