extension Demand {
    /// What the demand is judged for; a rule whose scope says otherwise can never be answered.
    package var scope: Rule.Scope {
        switch self {
        case .bornOnOrAfterShare, .ageAtMostShare, .choiceShare, .choiceLeast, .quota: .list
        case .organisationGroup, .organisationLevel, .fullTimeTeacher, .serviceCoversProject,
            .applicationsPerPerson, .applicationsPerPersonInFamily, .amountByChoice,
            .noActiveProject, .notRevokedSince, .yearsSinceLateClosing, .neverLed, .neverLedLevel,
            .notTitleAtAge, .notUnfundedRunning, .notBarred, .sameField, .dayWithin:
            .application
        }
    }

    /// The parameters of the call it reads, with the kind each must have.
    package var parameters: [String: Parameter.Kind] {
        switch self {
        case .organisationGroup(_, _, let flag): flag.map { [$0: .flag] } ?? [:]
        case .serviceCoversProject: ["projectStart": .day, "projectYears": .count]
        case .notTitleAtAge(_, _, let day): [day: .day]
        case .bornOnOrAfterShare(let day, _): [day: .day]
        case .ageAtMostShare(_, let day, _): [day: .day]
        case .choiceLeast(_, _, let number): [number: .count]
        case .quota: ["quotaEach": .count]
        case .dayWithin(_, let from, let until): [from: .day, until: .day]
        case .amountByChoice(_, let most, let years):
            Self.parameters(of: most).merging(years.map { [$0: .count] } ?? [:]) { first, _ in first }
        case .organisationLevel, .fullTimeTeacher, .applicationsPerPerson, .applicationsPerPersonInFamily,
            .noActiveProject, .notRevokedSince, .yearsSinceLateClosing, .neverLed, .neverLedLevel,
            .notUnfundedRunning, .notBarred, .choiceShare,
            .sameField:
            [:]
        }
    }

    private static func parameters(of ceilings: [AmountCeiling]) -> [String: Parameter.Kind] {
        var found: [String: Parameter.Kind] = [:]
        for case .parameter(let id) in ceilings.map(\.most) { found[id] = .money }
        return found
    }
}

extension Demand {
    /// The family of which it counts a person's applications across calls; nil where it counts none.
    package var countedFamily: String? {
        if case .applicationsPerPersonInFamily(_, let family) = self { family } else { nil }
    }

    /// Whether it looks at the amount asked for.
    package var asksAmount: Bool {
        if case .amountByChoice = self { true } else { false }
    }

    /// The day of the form that it looks at; nil where it looks at none.
    package var askedDay: String? {
        if case .dayWithin(let field, _, _) = self { field } else { nil }
    }
}

extension Settings {
    /// The project's last day, from the parameters `projectStart` and `projectYears`; nil while either is open.
    package var projectEnd: Day? {
        guard let start = day("projectStart"), let years = count("projectYears"), (1...100).contains(years)
        else { return nil }
        return start.adding(years: years).adding(-1)
    }
}

extension Demand {
    /// The choice of the form that it counts, with the options that count; nil where it counts none.
    package var choice: (field: String, options: [String])? {
        switch self {
        case .choiceShare(let field, let options, _): (field, options)
        case .choiceLeast(let field, let options, _): (field, options)
        case .organisationGroup, .organisationLevel, .fullTimeTeacher, .serviceCoversProject,
            .applicationsPerPerson, .applicationsPerPersonInFamily, .amountByChoice,
            .noActiveProject, .notRevokedSince, .yearsSinceLateClosing, .neverLed, .neverLedLevel,
            .notTitleAtAge, .notUnfundedRunning, .notBarred, .bornOnOrAfterShare, .ageAtMostShare, .quota,
            .sameField, .dayWithin:
            nil
        }
    }
}

extension ApplicationForm {
    /// What was chosen, by field, of the answers to all choices of the form; nil where the form has none.
    package func choices(in answers: [String: String]) -> [String: String]? {
        let fields = sections.flatMap(\.fields).filter { $0.kind == .choice }.map(\.id)
        return fields.isEmpty ? nil : answers.filter { fields.contains($0.key) && !$0.value.isEmpty }
    }
    /// The days that were given, by field; nil where the form asks none.
    package func days(in answers: [String: String]) -> [String: Day]? {
        let fields = sections.flatMap(\.fields).filter { $0.kind == .day }.map(\.id)
        guard !fields.isEmpty else { return nil }
        return Dictionary(
            uniqueKeysWithValues: fields.compactMap { id in
                answers[id].flatMap { Day(text: $0) }.map { (id, $0) }
            })
    }
}

extension RuleVersion {
    /// Whether it looks at what the application itself answers.
    package var asksAnswers: Bool {
        when != nil || demand.map { $0.asksAmount || $0.askedDay != nil } ?? false
    }
}
