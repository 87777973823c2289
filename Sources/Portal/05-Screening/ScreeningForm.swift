import Lifecycle

/// What the officer filled in.
package struct ScreeningForm: Sendable {
    /// Nil where neither was chosen.
    package let passed: Bool?
    package let reason: String

    package init(_ form: FormFields) {
        switch form["result"] {
        case "pass": passed = true
        case "fail": passed = false
        case .none, .some: passed = nil
        }
        reason = form.text("reason")
    }
}
