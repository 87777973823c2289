import Lifecycle

/// What a call fills in.
struct ProgrammeParameterLine: Sendable {
    let label: String
    let kind: String
    let hint: String
    let hasHint: Bool
    /// What it may be.
    let bounds: String
    let hasBounds: Bool

    init(_ parameter: Parameter, _ words: Words.Catalogue) {
        label = parameter.label.text(in: words.language)
        kind = words["programme.parameterKind.\(parameter.kind.rawValue)"]
        hint = parameter.hint?.text(in: words.language) ?? ""
        hasHint = !hint.isEmpty
        bounds = parameter.bounds.map { ProgrammeLines.bounds($0, words) } ?? ""
        hasBounds = parameter.bounds != nil
    }
}

/// What is favoured without being a condition.
struct ProgrammePreferenceLine: Sendable {
    let label: String
    let since: String
    let ground: GroundWords

    init(_ preference: Preference, _ words: Words.Catalogue) {
        label = preference.label.text(in: words.language)
        since = preference.from?.text ?? words["programme.sinceUnknown"]
        ground = GroundWords(preference.standing, preference.verified, preference.cites, words)
    }
}

/// A practice that a call may change.
struct ProgrammePracticeLine: Sendable {
    let label: String
    let value: String
    let bounds: String
    let hasBounds: Bool
    let ground: GroundWords

    init(_ practice: Default, _ words: Words.Catalogue) {
        label = practice.label.text(in: words.language)
        value = "\(practice.value)"
        bounds = practice.bounds.map { ProgrammeLines.bounds($0, words) } ?? ""
        hasBounds = practice.bounds != nil
        ground = GroundWords(practice.standing, practice.verified, practice.cites, words)
    }
}

/// A step in its order: who, after what, within which time, apart from whom.
struct ProgrammeStepLine: Sendable {
    let label: String
    let kind: String
    let by: String
    let needs: String
    let hasNeeds: Bool
    let after: String
    let term: String
    let apart: String
    let isApart: Bool
    let ground: GroundWords

    init(_ step: Step, in programme: Programme, _ words: Words.Catalogue) {
        func named(_ ids: [String]) -> String {
            ids.map { programme.procedure.step($0)?.label.text(in: words.language) ?? $0 }
                .joined(separator: words.language == .zh ? "、" : ", ")
        }
        label = step.label.text(in: words.language)
        kind = words["programme.stepKind.\(step.kind.rawValue)"]
        let who = step.parties.isEmpty ? [step.by] : step.parties
        by = who.map { words["role.\($0.rawValue)"] }
            .joined(separator: words.language == .zh ? "、" : ", ")
        needs =
            step.isOfEach
            ? words["programme.ofEach"]
            : step.needs > 1 ? words.filled("programme.needs", ["n": "\(step.needs)"]) : ""
        hasNeeds = !needs.isEmpty
        after = step.after.isEmpty ? words["programme.first"] : named(step.after)
        term = ProcedureDrawing.deadline(step.within, words) ?? words["programme.noTerm"]
        apart = words.filled("programme.apart", ["steps": named(step.apartFrom)])
        isApart = !step.apartFrom.isEmpty
        ground = GroundWords(step.standing, step.verified, step.cites, words)
    }
}

enum ProgrammeLines {
    static func bounds(_ bounds: Bounds, _ words: Words.Catalogue) -> String {
        words.filled("programme.bounds", ["least": "\(bounds.least)", "most": "\(bounds.most)"])
    }
}
