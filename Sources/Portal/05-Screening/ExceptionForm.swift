import Lifecycle

/// A dossier opened for whoever decides on its exception from one rule.
struct OpenException: Sendable {
    let open: OpenCase
    let verdict: Verdict
    let role: Role
    let record: ExceptionRecord
}

/// What was filled in.
struct ExceptionForm: Sendable {
    /// Nil where neither was chosen.
    let granted: Bool?
    let reason: String

    init(_ form: FormFields) {
        switch form["result"] {
        case "grant": granted = true
        case "decline": granted = false
        case .none, .some: granted = nil
        }
        reason = form.text("reason")
    }
}
