import Lifecycle
import Testing

/// Each demand in its three answers; a fact that is not known is never met.
@Suite struct EligibilityTests {
    private let today = Day(number: 18_767)  // 2021-05-20
    private let settings = Settings([
        "youthCutoff": "1986-05-07", "ageDay": "2021-05-07", "privateUniversities": "true",
    ])

    private func rule(_ demand: Demand?, from: String = "2021-05-01", until: String? = nil) throws -> Rule {
        let version = RuleVersion(
            from: try #require(Day(text: from)), until: until.flatMap(Day.init(text:)), demand: demand,
            standing: .binding, cites: Citation(document: "通知"), verified: true)
        return Rule(
            id: "r", label: Label("规则", "rule"), scope: demand?.scope ?? .application, versions: [version])
    }

    private func result(
        _ demand: Demand?, _ applicant: Applicant, settings: Settings? = nil, year: Int = 2022,
        end: String? = nil
    ) throws -> Verdict.Result {
        let verdict = try rule(demand).verdict(
            on: today, applicant: applicant, settings: settings ?? self.settings, callYear: year,
            projectEnd: end.flatMap(Day.init(text:)))
        #expect(!verdict.looked.isEmpty, "a verdict shows what it looked at")
        for fact in verdict.looked {
            #expect(!fact.label.zh.isEmpty && !fact.label.en.isEmpty && !fact.value.isEmpty)
        }
        return verdict.result
    }

    private func result(_ demand: Demand, list: [Applicant], quota: Int? = nil, settings: Settings? = nil)
        throws
        -> Verdict.Result
    {
        try rule(demand).verdict(on: today, list: list, quota: quota, settings: settings ?? self.settings)
            .result
    }

    private func record(
        _ kind: TrackRecord.Kind, _ family: String = "f", level: TrackRecord.Level = .city,
        from: String = "2015-01-01",
        until: String? = nil
    ) throws -> TrackRecord {
        TrackRecord(
            person: ID("p"), kind: kind, family: family, level: level, title: "旧项目",
            from: try #require(Day(text: from)), until: until.flatMap(Day.init(text:)))
    }

    private func with(_ record: TrackRecord...) -> Applicant { Applicant(record: record) }

    @Test func `a rule no notice stated is unknown, and says so`() throws {
        let verdict = try rule(nil).verdict(
            on: today, applicant: Applicant(), settings: settings, callYear: 2022, projectEnd: nil)
        #expect(verdict.result == .unknown)
        #expect(verdict.looked.map { $0.text(in: .zh) } == ["未载明"])
        #expect(verdict.looked.map { $0.text(in: .en) } == ["does not say"])
    }

    @Test func `before the first version and after the last the verdict is unknown but cites the nearest`()
        throws
    {
        let rule = try rule(.fullTimeTeacher, from: "2020-01-01", until: "2021-01-01")
        let teacher = Applicant(fullTimeTeacher: true)
        for (day, wanted) in [
            ("2019-12-31", Verdict.Result.unknown), ("2020-06-01", .met), ("2021-01-01", .unknown),
        ] {
            let verdict = rule.verdict(
                on: try #require(Day(text: day)), applicant: teacher, settings: settings, callYear: 2021,
                projectEnd: nil)
            #expect(verdict.result == wanted, "\(day)")
            #expect(verdict.citation.document == "通知")
        }
    }

    @Test func `the university's group`() throws {
        let demand = Demand.organisationGroup(groups: ["市属"], also: "民办", whenFlag: "privateUniversities")
        #expect(try result(demand, Applicant(group: "市属")) == .met)
        #expect(try result(demand, Applicant(group: "中央在京")) == .unmet)
        #expect(try result(demand, Applicant(group: "民办")) == .met)
        #expect(
            try result(demand, Applicant(group: "民办"), settings: Settings(["privateUniversities": "false"]))
                == .unmet)
        #expect(try result(demand, Applicant(group: "民办"), settings: Settings()) == .unknown)
        #expect(try result(demand, Applicant()) == .unknown)
    }

    @Test func `a full-time teacher`() throws {
        #expect(try result(.fullTimeTeacher, Applicant(fullTimeTeacher: true)) == .met)
        #expect(try result(.fullTimeTeacher, Applicant(fullTimeTeacher: false)) == .unmet)
        #expect(try result(.fullTimeTeacher, Applicant()) == .unknown)
    }

    @Test func `service covers the project to its last day`() throws {
        let until = Applicant(serviceUntil: Day(text: "2023-12-31"))
        #expect(try result(.serviceCoversProject, until, end: "2023-12-31") == .met)
        #expect(try result(.serviceCoversProject, until, end: "2024-01-01") == .unmet)
        #expect(try result(.serviceCoversProject, until, end: nil) == .unknown)
        #expect(try result(.serviceCoversProject, Applicant(), end: "2023-12-31") == .unknown)
    }

    @Test func `applications of one person`() throws {
        #expect(try result(.applicationsPerPerson(1), Applicant(otherApplications: 0)) == .met)
        #expect(try result(.applicationsPerPerson(1), Applicant(otherApplications: 1)) == .unmet)
        #expect(try result(.applicationsPerPerson(2), Applicant(otherApplications: 1)) == .met)
        #expect(try result(.applicationsPerPerson(1), Applicant()) == .unknown)
    }

    @Test func `a running project of the family, and only of the family`() throws {
        let demand = Demand.noActiveProject(family: "f")
        #expect(try result(demand, with(record(.led))) == .unmet)
        #expect(try result(demand, with(record(.led, until: "2021-05-20"))) == .unmet)
        #expect(try result(demand, with(record(.led, until: "2021-05-19"))) == .met)
        #expect(try result(demand, with(record(.led, "other"))) == .met)
        #expect(try result(demand, with()) == .met)
        #expect(try result(demand, Applicant()) == .unknown)
    }

    @Test func `a project revoked since a day`() throws {
        let demand = Demand.notRevokedSince(family: "f", day: try #require(Day(text: "2014-01-01")))
        #expect(try result(demand, with(record(.revoked, until: "2014-01-01"))) == .unmet)
        #expect(try result(demand, with(record(.revoked, from: "2010-01-01", until: "2013-12-31"))) == .met)
        #expect(try result(demand, with(record(.revoked, "other", until: "2020-01-01"))) == .met)
        #expect(try result(demand, Applicant()) == .unknown)
    }

    @Test func `a pause of years after a late closing ends on the day`() throws {
        let demand = Demand.yearsSinceLateClosing(family: "f", years: 2)
        #expect(try result(demand, with(record(.closedLate, until: "2019-05-20"))) == .met)
        #expect(try result(demand, with(record(.closedLate, until: "2019-05-21"))) == .unmet)
        #expect(try result(demand, with(record(.closedLate, "other", until: "2021-01-01"))) == .met)
        #expect(try result(demand, Applicant()) == .unknown)
    }

    @Test func `never led a project of the family, or of the level and above`() throws {
        #expect(try result(.neverLed(family: "f"), with(record(.led, until: "2016-01-01"))) == .unmet)
        #expect(try result(.neverLed(family: "f"), with(record(.revoked))) == .unmet)
        #expect(try result(.neverLed(family: "f"), with(record(.unfunded))) == .met)
        #expect(try result(.neverLed(family: "f"), Applicant()) == .unknown)
        #expect(try result(.neverLedLevel(.provincial), with(record(.led, level: .city))) == .met)
        #expect(try result(.neverLedLevel(.provincial), with(record(.led, level: .provincial))) == .unmet)
        #expect(try result(.neverLedLevel(.provincial), with(record(.led, level: .national))) == .unmet)
        #expect(try result(.neverLedLevel(.provincial), Applicant()) == .unknown)
    }

    @Test func `a title joined with an age: either half alone can settle it`() throws {
        let demand = Demand.notTitleAtAge(titleLevel: "正高", age: 40, onParameter: "ageDay")
        let (forty, younger) = (Day(text: "1981-05-07"), Day(text: "1981-05-08"))
        #expect(try result(demand, Applicant(born: forty, titleLevel: "正高")) == .unmet)
        #expect(try result(demand, Applicant(born: younger, titleLevel: "正高")) == .met)
        #expect(try result(demand, Applicant(titleLevel: "副高")) == .met)
        #expect(try result(demand, Applicant(born: younger)) == .met)
        #expect(try result(demand, Applicant(born: forty)) == .unknown)
        #expect(try result(demand, Applicant(titleLevel: "正高")) == .unknown)
        #expect(
            try result(demand, Applicant(born: forty, titleLevel: "正高"), settings: Settings()) == .unknown)
    }

    @Test func `left unfunded in every one of the years before the call's`() throws {
        let demand = Demand.notUnfundedRunning(family: "f", years: 2)
        let both = with(try record(.unfunded, from: "2020-03-01"), try record(.unfunded, from: "2021-03-01"))
        #expect(try result(demand, both) == .unmet)
        #expect(try result(demand, both, year: 2023) == .met)
        let twice = with(try record(.unfunded, from: "2021-03-01"), try record(.unfunded, from: "2021-09-01"))
        #expect(try result(demand, twice) == .met)
        #expect(try result(demand, Applicant()) == .unknown)
    }

    @Test func `recommenders are of the field by what is registered, and their own word settles nothing`()
        throws
    {
        let demand = Demand.sameField(role: .recommender, least: 2, level: .first)
        func asked(_ registered: [String]..., in discipline: String? = "11014") throws -> Verdict.Result {
            try result(
                demand,
                Applicant(
                    discipline: discipline,
                    parties: registered.map { Applicant.PartyField(role: .recommender, disciplines: $0) }))
        }
        // Enough accepted, and too few of them can be of the field.
        #expect(try asked(["14020"], ["14020"]) == .unmet)
        #expect(try asked(["11017"], ["14020"]) == .unmet)
        #expect(try asked(["14020"], []) == .unmet)
        // One more may come, or what is not registered may be the field.
        #expect(try asked(["14020"]) == .unknown)
        #expect(try asked([], []) == .unknown)
        #expect(try asked(["11017"], []) == .unknown)
        #expect(try asked(["11017"], ["11024"], in: nil) == .unknown)
        #expect(try asked(["11017"], ["11024"], in: "11") == .unknown)
        #expect(try result(demand, Applicant()) == .unknown)
        #expect(try asked(["14020", "11017"], ["11024"]) == .met)
        #expect(try asked(["11017"], ["11024"], ["14020"], []) == .met)
        // Whoever has another part in the dossier is not counted.
        let others = Applicant(
            discipline: "11014",
            parties: [
                Applicant.PartyField(role: .partner, disciplines: ["11014"]),
                Applicant.PartyField(role: .recommender, disciplines: ["11014"]),
            ])
        #expect(try result(demand, others) == .unknown)
        let narrow = Demand.sameField(role: .recommender, least: 1, level: .second)
        let near = Applicant(
            discipline: "11014",
            parties: [Applicant.PartyField(role: .recommender, disciplines: ["11017"])])
        #expect(try result(narrow, near) == .unmet)
    }

    @Test func `the share of the young is counted in whole people`() throws {
        let demand = Demand.bornOnOrAfterShare(parameter: "youthCutoff", percent: 90)
        let (young, old) = (
            Applicant(born: Day(text: "1986-05-07")), Applicant(born: Day(text: "1986-05-06"))
        )
        func list(_ youngs: Int, _ olds: Int, unknown: Int = 0) -> [Applicant] {
            Array(repeating: young, count: youngs) + Array(repeating: old, count: olds)
                + Array(repeating: Applicant(), count: unknown)
        }
        #expect(try result(demand, list: list(9, 1)) == .met)
        #expect(try result(demand, list: list(8, 1)) == .unmet)
        #expect(try result(demand, list: list(17, 2)) == .unmet)
        #expect(try result(demand, list: list(18, 2)) == .met)
        #expect(try result(demand, list: list(9, 0, unknown: 1)) == .met)
        #expect(try result(demand, list: list(8, 0, unknown: 2)) == .unknown)
        #expect(try result(demand, list: list(0, 2, unknown: 8)) == .unmet)
        #expect(try result(demand, list: []) == .unknown)
        #expect(try result(demand, list: list(9, 1), settings: Settings()) == .unknown)
    }

    @Test func `for every list up to forty the share agrees with exact fractions`() throws {
        let demand = Demand.ageAtMostShare(age: 35, onParameter: "ageDay", percent: 80)
        let (young, old) = (
            Applicant(born: Day(text: "1985-05-08")), Applicant(born: Day(text: "1985-05-07"))
        )
        for all in 1...40 {
            for youngs in 0...all {
                let list = Array(repeating: young, count: youngs) + Array(repeating: old, count: all - youngs)
                #expect(
                    try result(demand, list: list) == (youngs * 5 >= all * 4 ? .met : .unmet),
                    "\(youngs)/\(all)")
            }
        }
    }

    @Test func `a quota is full, overrun or not known`() throws {
        let three = Array(repeating: Applicant(), count: 3)
        #expect(try result(.quota, list: three, quota: 3) == .met)
        #expect(try result(.quota, list: three, quota: 2) == .unmet)
        #expect(try result(.quota, list: three, quota: nil) == .unknown)
        #expect(try result(.quota, list: [], quota: 0) == .met)
    }

    @Test func `a list's demand is not judged for one applicant, nor the other way round`() throws {
        #expect(try result(.quota, Applicant()) == .unknown)
        #expect(try result(.fullTimeTeacher, list: [Applicant(fullTimeTeacher: true)]) == .unknown)
    }

    @Test func `an unmet soft rule does not stop, an unmet hard rule does`() throws {
        let hard = try rule(.fullTimeTeacher)
        let version = RuleVersion(
            from: today, demand: .fullTimeTeacher, standing: .binding, cites: Citation(document: "通知"),
            verified: true, exceptionBy: .commissionLeader)
        let soft = Rule(id: "s", label: Label("规则", "rule"), scope: .application, versions: [version])
        let clerk = Applicant(fullTimeTeacher: false)
        for (rule, stops) in [(hard, true), (soft, false)] {
            let verdict = rule.verdict(
                on: today, applicant: clerk, settings: settings, callYear: 2022, projectEnd: nil)
            #expect(verdict.result == .unmet && verdict.stops == stops)
        }
    }
}
