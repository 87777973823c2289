extension Rule {
    /// What the rule, as it stood on `day`, says of one applicant.
    ///
    /// A fact that is nil makes the verdict unknown, never met. So does a day for which no version is known,
    /// or whose notice did not state the rule.
    ///
    /// - Parameter callYear: the year of the call's round; years before it are counted from here.
    /// - Parameter projectEnd: the project's last day; nil while the call leaves start or term open.
    package func verdict(
        on day: Day, applicant: Applicant, settings: Settings, callYear: Int, projectEnd: Day?
    ) -> Verdict {
        verdict(on: day, choices: applicant.choices) { demand in
            demand.finding(
                ApplicantFacts(
                    day: day, applicant: applicant, settings: settings, callYear: callYear,
                    projectEnd: projectEnd))
        }
    }

    /// What the rule, as it stood on `day`, says of a university's whole list.
    package func verdict(on day: Day, list: [Applicant], quota: Int?, settings: Settings) -> Verdict {
        verdict(on: day) { $0.finding(ListFacts(applicants: list, quota: quota, settings: settings)) }
    }

    private func verdict(
        on day: Day, choices: [String: String]? = nil, _ find: (Demand) -> Finding
    ) -> Verdict {
        let version = version(on: day)
        let stated = version?.demand.map(find) ?? .unknown([Looked.notStated])
        let finding = version?.when?.asking(stated, of: choices) ?? stated
        // Before the first version, or in a gap, the nearest one tells at least which document to ask.
        let nearest = version ?? versions.last { $0.from <= day } ?? versions.first
        return Verdict(
            rule: id, label: version?.label ?? label, result: finding.result,
            standing: nearest?.standing ?? .demo, citation: nearest?.cites ?? Citation(),
            verified: nearest?.verified ?? false, looked: finding.looked, exceptionBy: version?.exceptionBy,
            remedy: version?.remedy)
    }
}

/// What one demand finds: a result and the facts it rests on.
struct Finding {
    let result: Verdict.Result
    let looked: [Verdict.Looked]

    static func unknown(_ looked: [Verdict.Looked]) -> Finding { Finding(result: .unknown, looked: looked) }

    static func decided(_ met: Bool, _ looked: [Verdict.Looked]) -> Finding {
        Finding(result: met ? .met : .unmet, looked: looked)
    }

    /// Unknown where the answer is nil.
    static func decided(_ met: Bool?, _ looked: [Verdict.Looked]) -> Finding {
        met.map { .decided($0, looked) } ?? .unknown(looked)
    }
}

struct ApplicantFacts {
    let day: Day
    let applicant: Applicant
    let settings: Settings
    let callYear: Int
    let projectEnd: Day?
}

struct ListFacts {
    let applicants: [Applicant]
    let quota: Int?
    let settings: Settings
}

extension Demand {
    func finding(_ facts: ApplicantFacts) -> Finding {
        switch self {
        case .organisationGroup(let groups, let also, let flag):
            facts.group(groups, also: also, whenFlag: flag)
        case .organisationLevel(let levels): facts.level(among: levels)
        case .fullTimeTeacher: facts.fullTimeTeacher()
        case .serviceCoversProject: facts.serviceCoversProject()
        case .applicationsPerPerson(let most): facts.applications(most: most)
        case .applicationsPerPersonInFamily(let most, let family):
            facts.applications(most: most, of: family)
        case .noActiveProject(let family): facts.noActiveProject(of: family)
        case .notRevokedSince(let family, let day): facts.notRevoked(family, since: day)
        case .yearsSinceLateClosing(let family, let years): facts.lateClosing(family, years: years)
        case .neverLed(let family): facts.neverLed(family)
        case .neverLedLevel(let level): facts.neverLed(level)
        case .notTitleAtAge(let level, let age, let day): facts.notTitle(level, atAge: age, on: day)
        case .notUnfundedRunning(let family, let years): facts.notUnfunded(family, years: years)
        case .notBarred: facts.notBarred()
        case .sameField(let role, let least, let level): facts.sameField(role, least: least, level)
        case .amountByChoice(let field, let most, let years):
            facts.amount(within: most, by: field, years: years)
        case .dayWithin(let field, let from, let until): facts.day(of: field, from: from, until: until)
        case .bornOnOrAfterShare, .ageAtMostShare, .choiceShare, .choiceLeast, .quota:
            .unknown([Looked.judgedForList])
        }
    }

    func finding(_ facts: ListFacts) -> Finding {
        switch self {
        case .bornOnOrAfterShare(let day, let percent): facts.share(bornOnOrAfter: day, percent: percent)
        case .ageAtMostShare(let age, let day, let percent):
            facts.share(ageAtMost: age, on: day, percent: percent)
        case .choiceShare(let field, let options, let percent):
            facts.share(choosing: options, of: field, percent: percent)
        case .choiceLeast(let field, let options, let number):
            facts.least(choosing: options, of: field, on: number)
        case .quota: facts.withinQuota()
        case .organisationGroup, .organisationLevel, .fullTimeTeacher, .serviceCoversProject,
            .applicationsPerPerson, .applicationsPerPersonInFamily, .amountByChoice,
            .noActiveProject, .notRevokedSince, .yearsSinceLateClosing, .neverLed, .neverLedLevel,
            .notTitleAtAge, .notUnfundedRunning, .notBarred, .sameField, .dayWithin:
            .unknown([Looked.judgedForApplication])
        }
    }
}
