import Lifecycle

/// `/plan/programmes/{programme}`: a programme as it is defined now, each rule with what every period said of it side by
/// side.
struct ProgrammePage: Sendable {
    let title: String
    let summary: String
    let nature: String
    let clauses: [ProgrammeClause]
    let letting: LettingWords
    /// Since when the definition is in force here.
    let since: String
    let digest: String
    let rules: ProgrammeRuleTable
    let preferences: [ProgrammePreferenceLine]
    let hasPreferences: Bool
    let parties: [PartyRuleWords]
    let hasParties: Bool
    let parameters: [ProgrammeParameterLine]
    let hasParameters: Bool
    let practices: [ProgrammePracticeLine]
    let hasPractices: Bool
    let procedure: ProcedureDrawing
    let steps: [ProgrammeStepLine]
    let review: ProgrammeReviewWords
    let appraisals: [AppraisalRuleWords]
    let hasAppraisals: Bool
    let funding: ProgrammeFundingWords
    let statements: [ProgrammeStatementWords]
    let hasStatements: Bool

    init(_ programme: Programme, since: Instant?, _ ask: Ask) {
        let words = ask.words
        title = programme.title.text(in: ask.language)
        summary = programme.summary.text(in: ask.language)
        nature = words["programme.nature.\(programme.nature.rawValue)"]
        clauses = programme.clauses.map { ProgrammeClause($0, ask) }
        letting = LettingWords(programme, words)
        self.since = since?.text ?? "—"
        digest = String(programme.digest.prefix(16))
        rules = ProgrammeRuleTable(programme, today: ask.now.day, words)
        preferences = (programme.preferences ?? []).map { ProgrammePreferenceLine($0, words) }
        hasPreferences = !preferences.isEmpty
        parties = (programme.parties ?? []).map { PartyRuleWords($0, words) }
        hasParties = !parties.isEmpty
        parameters = programme.parameters.map { ProgrammeParameterLine($0, words) }
        hasParameters = !parameters.isEmpty
        practices = programme.defaults.map { ProgrammePracticeLine($0, words) }
        hasPractices = !practices.isEmpty
        procedure = ProcedureDrawing(programme.procedure, standing: nil, words: words)
        steps = programme.procedure.steps.map { ProgrammeStepLine($0, in: programme, words) }
        review = ProgrammeReviewWords(programme.review, ask)
        appraisals = programme.procedure.steps.compactMap { step in
            programme.appraisal(of: step).map { AppraisalRuleWords($0, at: step, words) }
        }
        hasAppraisals = !appraisals.isEmpty
        funding = ProgrammeFundingWords(programme, words)
        statements = (programme.statements ?? []).map { ProgrammeStatementWords($0, words) }
        hasStatements = !statements.isEmpty
    }
}

/// A clause of the action plan that something carries out.
struct ProgrammeClause: Sendable {
    let number: String
    let title: String
    let href: String

    init(_ id: ClauseID, _ ask: Ask) {
        number = id.rawValue
        title = ask.house.plan.clause(id)?.title.text(in: ask.language) ?? ""
        href = "/plan/coverage#c-\(id.rawValue)"
    }
}

/// Where a programme is read about.
enum ProgrammeAddress {
    static func of(_ programme: String) -> String { "/plan/programmes/\(programme)" }
}
