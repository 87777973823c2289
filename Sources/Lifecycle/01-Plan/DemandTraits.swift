extension Demand {
    /// What the demand is judged for; a rule whose scope says otherwise can never be answered.
    package var scope: Rule.Scope {
        switch self {
        case .bornOnOrAfterShare, .ageAtMostShare, .quota: .list
        case .organisationGroup, .fullTimeTeacher, .serviceCoversProject, .applicationsPerPerson,
            .noActiveProject, .notRevokedSince, .yearsSinceLateClosing, .neverLed, .neverLedLevel,
            .notTitleAtAge, .notUnfundedRunning:
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
        case .quota: ["quotaEach": .count]
        case .fullTimeTeacher, .applicationsPerPerson, .noActiveProject, .notRevokedSince,
            .yearsSinceLateClosing, .neverLed, .neverLedLevel, .notUnfundedRunning:
            [:]
        }
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
    /// Whether a title, a paper or an award keeps people from applying.
    package var restrictsByTitle: Bool {
        switch self {
        case .notTitleAtAge: true
        case .organisationGroup, .fullTimeTeacher, .serviceCoversProject, .applicationsPerPerson,
            .noActiveProject, .notRevokedSince, .yearsSinceLateClosing, .neverLed, .neverLedLevel,
            .notUnfundedRunning, .bornOnOrAfterShare, .ageAtMostShare, .quota:
            false
        }
    }

    /// Whether age keeps people from applying, or weighs on a list.
    package var restrictsByAge: Bool {
        switch self {
        case .notTitleAtAge, .bornOnOrAfterShare, .ageAtMostShare: true
        case .organisationGroup, .fullTimeTeacher, .serviceCoversProject, .applicationsPerPerson,
            .noActiveProject, .notRevokedSince, .yearsSinceLateClosing, .neverLed, .neverLedLevel,
            .notUnfundedRunning, .quota:
            false
        }
    }
}
