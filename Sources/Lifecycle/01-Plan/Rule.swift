/// One demand of a programme, by the periods in which it was stated.
///
/// What a year's notice did not state is *unknown* in that year, not absent: its version has no demand.
package struct Rule: Sendable, Codable, Hashable {
    package enum Scope: String, Sendable, Codable, CaseIterable {
        /// Judged for one application.
        case application
        /// Judged for a university's whole list.
        case list
    }

    package let id: String
    package let label: Label
    package let scope: Scope
    /// In order of `from`.
    package let versions: [RuleVersion]
    package let line: Int

    package init(id: String, label: Label, scope: Scope, versions: [RuleVersion], line: Int = 0) {
        self.id = id
        self.label = label
        self.scope = scope
        self.versions = versions
        self.line = line
    }

    /// The version in force on a day; nil before the first.
    package func version(on day: Day) -> RuleVersion? {
        versions.last { $0.from <= day && $0.until.map { day < $0 } ?? true }
    }
}

/// A rule as one notice stated it.
package struct RuleVersion: Sendable, Codable, Hashable {
    package let from: Day
    package let until: Day?
    /// Nil where the notice of this period did not say.
    package let demand: Demand?
    package let label: Label?
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: CitationCheck
    /// Who may grant an exception (原则上); nil for a hard rule.
    package let exceptionBy: Role?
    /// Who can change the rule or mend the fact.
    package let remedy: Label?
    /// What it rests on beside what the kind of its demand says; nil where nobody declared anything.
    package let demands: [RestrictiveCondition]?
    /// Of whom alone it is asked; nil where of everybody.
    package let when: ChoiceCondition?

    package init(
        from: Day, until: Day? = nil, demand: Demand?, label: Label? = nil, standing: RuleStanding,
        cites: Citation, verified: CitationCheck, exceptionBy: Role? = nil, remedy: Label? = nil,
        demands: [RestrictiveCondition]? = nil, when: ChoiceCondition? = nil
    ) {
        self.from = from
        self.until = until
        self.demand = demand
        self.label = label
        self.standing = standing
        self.cites = cites
        self.verified = verified
        self.exceptionBy = exceptionBy
        self.remedy = remedy
        self.demands = demands
        self.when = when
    }
}

/// An answer to a choice of the form, of which alone something is asked: a class that is open to some, a category that may
/// go further back.
package struct ChoiceCondition: Sendable, Codable, Hashable {
    package let field: String
    /// One of them.
    package let options: [String]

    package init(field: String, options: [String]) {
        self.field = field
        self.options = options
    }
}

/// The kinds of demand a rule can make. Programmes arrange them; a new kind is a case here and its judgement
/// in stage 4.
package enum Demand: Sendable, Codable, Hashable {
    /// The applicant's university belongs to one of the groups; `also` counts too where the call's flag says so.
    case organisationGroup(groups: [String], also: String?, whenFlag: String?)
    /// The applicant's university is of one of the levels of schooling (办学层次), such as 本科.
    case organisationLevel([String])
    case fullTimeTeacher
    /// In service until the project's end.
    case serviceCoversProject
    /// At most so many applications of one person in a call.
    case applicationsPerPerson(Int)
    /// At most so many applications of one person in all calls of the family in the call's year.
    case applicationsPerPersonInFamily(most: Int, family: String)
    /// Leads no running project of the family.
    case noActiveProject(family: String)
    /// No project of the family revoked since the day.
    case notRevokedSince(family: String, day: Day)
    /// So many years have passed since a project of the family was closed late.
    case yearsSinceLateClosing(family: String, years: Int)
    /// Never led a project of the family.
    case neverLed(family: String)
    /// Never led a project of the level or above.
    case neverLedLevel(TrackRecord.Level)
    /// Not both of the title level and of the age (on the call's named day) or older.
    case notTitleAtAge(titleLevel: String, age: Int, onParameter: String)
    /// Not left unfunded in each of the years before the call's year.
    case notUnfundedRunning(family: String, years: Int)
    /// Not barred by a sanction on the day of the rules.
    case notBarred
    /// At least `percent` of a list born on or after the call's named day.
    case bornOnOrAfterShare(parameter: String, percent: Int)
    /// At least `percent` of a list at most `age` on the call's named day.
    case ageAtMostShare(age: Int, onParameter: String, percent: Int)
    /// At least `percent` of a list answer the form's choice `field` with one of `options`.
    case choiceShare(field: String, options: [String], percent: Int)
    /// At least as many of a list as the call's number says answer the form's choice `field` with one of `options`.
    case choiceLeast(field: String, options: [String], onParameter: String)
    /// At most as many applications on a list as the call allots to the university.
    case quota
    /// At least `least` of those who accepted to be `role` of the dossier have a registered discipline that is the
    /// applicant's own, at the level.
    case sameField(role: Role, least: Int, level: DisciplineLevel)
    /// The amount asked for is at most what the answer to the form's choice `field` may have. Where `years` names a
    /// count, the ceilings are of one year and hold so many times over.
    case amountByChoice(field: String, most: [AmountCeiling], years: String?)
    /// The day that the form's `field` holds is neither before the call's day `from` nor after its day `until`.
    case dayWithin(field: String, from: String, until: String)
}

/// The most that an application of one class may ask for.
package struct AmountCeiling: Sendable, Codable, Hashable {
    package enum Most: Sendable, Codable, Hashable {
        /// As the notice stated it.
        case amount(Money)
        /// The call says it, in a parameter that is money.
        case parameter(String)
    }

    /// The answer that chooses the class.
    package let option: String
    /// Its name where the form has the answer no more; nil where the form's own stands.
    package let label: Label?
    package let most: Most

    package init(option: String, label: Label? = nil, most: Most) {
        self.option = option
        self.label = label
        self.most = most
    }
}

/// How far disciplines are told apart (GB/T 13745): a code of the first level is the beginning of those under it.
package enum DisciplineLevel: String, Sendable, Codable, CaseIterable {
    case first
    case second

    private var digits: Int {
        switch self {
        case .first: 3
        case .second: 5
        }
    }

    /// The part of a code that counts; nil of a code that is not as deep.
    package func part(of code: String) -> String? {
        code.count >= digits ? String(code.prefix(digits)) : nil
    }
}
