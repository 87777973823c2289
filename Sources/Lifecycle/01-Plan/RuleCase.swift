/// A case a lawyer can read: given these facts, on this day, these rules say this.
package struct RuleCase: Sendable, Codable, Hashable {
    package let name: String
    /// The day whose rule versions apply.
    package let on: Day
    /// The call's year; the year of ``on`` where the case does not say.
    package let callYear: Int
    package let settings: Settings
    /// The applicant's facts; for a list rule, one row for each application on the list.
    package let applicants: [Applicant]
    package let quota: Int?
    /// Rule id → expected result.
    package let expect: [String: Verdict.Result]
    package let line: Int

    package init(
        name: String, on: Day, callYear: Int? = nil, settings: Settings, applicants: [Applicant], quota: Int?,
        expect: [String: Verdict.Result], line: Int = 0
    ) {
        self.name = name
        self.on = on
        self.callYear = callYear ?? on.year
        self.settings = settings
        self.applicants = applicants
        self.quota = quota
        self.expect = expect
        self.line = line
    }
}

/// What eligibility looks at in an applicant. Nil means: not known, which is not the same as no.
package struct Applicant: Sendable, Codable, Hashable {
    package var group: String?
    /// Of schooling at the university (办学层次), such as 本科.
    package var level: String?
    package var born: Day?
    package var fullTimeTeacher: Bool?
    package var serviceUntil: Day?
    package var titleLevel: String?
    /// Other applications of the person submitted in the same call.
    package var otherApplications: Int?
    /// Nil when no record could be read; empty when nothing is on it, which ``known`` gives its weight.
    package var record: [TrackRecord]?
    /// How far back the record goes. Nil where it is whole: in cases that state it, and in submissions from before
    /// the house said how far back it knows.
    package var known: [KnownPast]?
    /// What the application answers to the choices of its form, by field; nil where the form has none, and in
    /// submissions from before they were kept.
    package var choices: [String: String]?
    /// Code of the discipline the application is in; nil where nobody was asked in whose own could be held against it.
    package var discipline: String?
    /// Those who accepted to be parties of the dossier; nil where nobody has.
    package var parties: [PartyField]?
    /// What the application asks for; nil where that is not known, and in submissions from before it was kept.
    package var amount: Money?
    /// The days the application gives in its form, by field; nil where the form asks none, and in submissions from before
    /// they were kept.
    package var days: [String: Day]?
    /// Other applications of the person in calls of the year, of the families that a rule counts; nil where none does,
    /// and in submissions from before any did.
    package var familyApplications: [FamilyApplication]?

    /// An application of the person in some call.
    package struct FamilyApplication: Sendable, Codable, Hashable {
        /// The family of the call's programme.
        package let family: String
        /// The call's number.
        package let call: String

        package init(family: String, call: String) {
            self.family = family
            self.call = call
        }
    }

    /// What is registered of one party.
    package struct PartyField: Sendable, Codable, Hashable {
        package let role: Role
        /// Codes of the disciplines; empty where none are known, and only the person's own word is.
        package let disciplines: [String]

        package init(role: Role, disciplines: [String]) {
            self.role = role
            self.disciplines = disciplines
        }
    }

    package init(
        group: String? = nil, level: String? = nil, born: Day? = nil, fullTimeTeacher: Bool? = nil,
        serviceUntil: Day? = nil,
        titleLevel: String? = nil, otherApplications: Int? = nil, record: [TrackRecord]? = nil,
        known: [KnownPast]? = nil, choices: [String: String]? = nil,
        discipline: String? = nil, parties: [PartyField]? = nil, amount: Money? = nil,
        familyApplications: [FamilyApplication]? = nil, days: [String: Day]? = nil
    ) {
        self.group = group
        self.level = level
        self.born = born
        self.fullTimeTeacher = fullTimeTeacher
        self.serviceUntil = serviceUntil
        self.titleLevel = titleLevel
        self.otherApplications = otherApplications
        self.record = record
        self.known = known
        self.choices = choices
        self.discipline = discipline
        self.parties = parties
        self.amount = amount
        self.familyApplications = familyApplications
        self.days = days
    }
}
