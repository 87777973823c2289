import Lifecycle
import PlanFiles
import Testing

/// When near-tied bids may become a race, and what each lane's contract takes from it.
@Suite struct RaceTests {
    private func programme() throws -> Programme {
        try PlanFolder.programme(files: try RacePlanTests.files())
    }

    private func limits(
        _ changing: [String: String] = [:], budget: Money = Money(yuan: 10_000_000)
    ) throws -> RaceLimits {
        let programme = try programme()
        var values = Dictionary(
            uniqueKeysWithValues: programme.parameters.map { ($0.id, $0.demo ?? "") })
        values.merge(changing) { $1 }
        let start = Instant(milliseconds: 0)
        let call = Call(
            id: ID("call"), programme: programme.id, digest: "", number: "2026-SM", title: "征集", year: 2026,
            opens: start, closes: start, guide: "", settings: Settings(values), topics: [ID("t")])
        return try #require(
            RaceLimits(call, programme, ceiling: Money(yuan: 1_500_000), budget: budget))
    }

    private func bid(
        _ id: String, mean: Int = 800, route: String? = nil, topic: String = "t", isScored: Bool = true,
        yuan: Int64 = 1_200_000, entity: String? = nil
    ) -> RaceBid {
        RaceBid(
            application: ID(id), topic: ID(topic), meanHundredths: mean, isScored: isScored,
            requested: Money(yuan: yuan), route: route ?? "以\(id)为主线的技术路线",
            entities: [ID(entity ?? "university-\(id)")])
    }

    private func asked(
        _ bids: [RaceBid], gate: String = "2028-01-01", assessor: String? = "lab", isConcerned: Bool = false,
        grant: Int64 = 1_200_000, first: Int64 = 360_000,
        difference: String = "两条路线的测量原理不同，一条看光谱，一条听共振，误差来源也不同。",
        grounds: String = "两条路线各有长处，成本和精度难以事先分出高下，并行一年再看。"
    ) -> RaceAsked {
        RaceAsked(
            topic: ID("t"), bids: bids, gate: Day(text: gate) ?? Day(number: 0),
            assessor: assessor.map {
                RaceAsked.Assessor(
                    assessor: Race.Assessor(organisation: ID($0), name: $0), entity: ID($0),
                    isConcerned: isConcerned)
            }, grant: Money(yuan: grant), firstMoney: Money(yuan: first), difference: difference,
            grounds: grounds)
    }

    private func codes(_ asked: RaceAsked, _ limits: RaceLimits) -> [String] {
        let found = asked.obstacles(limits)
        #expect(found.allSatisfy { $0.citation == limits.rules.cites })
        return found.map(\.code)
    }

    @Test func `scores that are not near, too few or too many lanes, and other topics are refused`() throws {
        let limits = try limits()
        #expect(codes(asked([bid("a")]), limits) == ["race.few"])
        #expect(codes(asked([bid("a"), bid("b"), bid("c"), bid("d")]), limits) == ["race.many"])
        #expect(codes(asked([bid("a"), bid("b", topic: "u")]), limits) == ["race.topics"])
        #expect(
            codes(asked([bid("a", mean: 0, isScored: false), bid("b", mean: 0)]), limits) == ["race.unscored"]
        )
        #expect(codes(asked([bid("a", mean: 800), bid("b", mean: 699)]), limits) == ["race.not-near"])
        #expect(codes(asked([bid("a", mean: 800), bid("b", mean: 700)]), limits).isEmpty)
    }

    @Test func `one route told twice, or none, is no race, and words that say nothing are no grounds`() throws
    {
        let limits = try limits()
        #expect(
            codes(asked([bid("a", route: "同一条 路线"), bid("b", route: "同一条路线\n")]), limits) == [
                "race.same-route"
            ])
        #expect(codes(asked([bid("a", route: " "), bid("b")]), limits) == ["race.no-route"])
        #expect(codes(asked([bid("a"), bid("b")], difference: "不同"), limits) == ["race.difference"])
        #expect(
            codes(asked([bid("a"), bid("b")], grounds: String(repeating: " ", count: 40)), limits)
                == ["race.grounds"])
    }

    @Test func `first money over its share, over the budget, or of nothing is refused`() throws {
        let limits = try limits()
        #expect(codes(asked([bid("a"), bid("b")], first: 360_001), limits) == ["race.first-share"])
        #expect(codes(asked([bid("a"), bid("b")], first: 0), limits) == ["race.amount"])
        #expect(codes(asked([bid("a"), bid("b")], grant: -1), limits) == ["race.amount"])
        let short = try self.limits(budget: Money(yuan: 719_999))
        #expect(codes(asked([bid("a"), bid("b")]), short) == ["race.budget"])
        let enough = try self.limits(budget: Money(yuan: 720_000))
        #expect(codes(asked([bid("a"), bid("b")]), enough).isEmpty)
        // No lane gets more than it asked for, nor than topic and call allow.
        #expect(
            codes(asked([bid("a"), bid("b", yuan: 1_000_000)], grant: 1_000_001, first: 1), limits)
                == ["race.grant"])
        #expect(
            codes(
                asked([bid("a", yuan: 9_000_000), bid("b", yuan: 9_000_000)], grant: 1_500_001, first: 1),
                limits)
                == ["race.grant"])
    }

    @Test func `a gate outside the projects, and an assessor with a stake, are refused`() throws {
        let limits = try limits()
        for gate in ["2027-01-01", "2028-12-31", "2026-06-01", "2030-01-01"] {
            #expect(codes(asked([bid("a"), bid("b")], gate: gate), limits) == ["race.gate"], "\(gate)")
        }
        #expect(codes(asked([bid("a"), bid("b")], assessor: nil), limits) == ["race.assessor"])
        #expect(
            codes(asked([bid("a", entity: "lab"), bid("b")]), limits) == ["race.assessor-party"])
        #expect(codes(asked([bid("a"), bid("b")], isConcerned: true), limits) == ["race.assessor-party"])
    }

    @Test func `a call's own numbers count, in points or in hundredths of the range`() throws {
        let wide = try limits(["raceNearTie": "2", "raceFirstPercent": "10", "raceLanesMost": "2"])
        #expect(codes(asked([bid("a", mean: 800), bid("b", mean: 600)], first: 120_000), wide).isEmpty)
        #expect(codes(asked([bid("a"), bid("b")], first: 120_001), wide) == ["race.first-share"])
        #expect(codes(asked([bid("a"), bid("b"), bid("c")], first: 1), wide) == ["race.many"])
        // Grades of 1 to 4 and advice of 0 to 4: a range of seven points.
        #expect(try programme().review.range == 7)
        #expect(try limits().nearTieHundredths == 100)
        #expect(try limits().gate == Day(text: "2028-01-01"))
    }

    private func race() throws -> Race {
        let limits = try limits()
        return Race(
            id: ID("race"), call: ID("call"), topic: ID("t"), lanes: [ID("a"), ID("b")],
            terms: Race.Terms(
                topicNumber: "T2026-001", topicTitle: "题目", lanes: 2, gate: limits.gate,
                indicators: [TopicText.Indicator(what: "一致率", target: "95%", proof: "盲样")],
                assessor: Race.Assessor(organisation: ID("lab"), name: "检测公司"),
                grant: Money(yuan: 1_200_000), firstMoney: Money(yuan: 360_000),
                verdicts: limits.rules.verdicts, standing: .borrowed, cites: limits.rules.cites))
    }

    private func line(_ id: String, yuan: Int64, funded: Bool = true) -> Selection.Line {
        Selection.Line(
            application: ID(id), place: 1, meanHundredths: 800, funded: funded, amount: Money(yuan: yuan),
            departure: nil)
    }

    @Test func `a selection funds every lane of a race alike, or none of it`() throws {
        let race = try race()
        func codes(_ lines: [Selection.Line], isWhole: Bool = true) -> [String] {
            Selection(lines: lines).obstacles(races: [race], isWhole: isWhole).map(\.code)
        }
        let whole = [line("a", yuan: 360_000), line("b", yuan: 360_000), line("c", yuan: 5)]
        #expect(codes(whole).isEmpty && codes(whole, isWhole: false).isEmpty)
        #expect(codes([line("a", yuan: 360_000)]) == ["selection.race"])
        #expect(codes([line("a", yuan: 360_000)], isWhole: false) == ["selection.race"])
        #expect(codes([line("a", yuan: 360_000), line("b", yuan: 359_999)]) == ["selection.race"])
        #expect(codes([line("a", yuan: 360_000), line("b", yuan: 0, funded: false)]) == ["selection.race"])
        // Where dossiers are decided one by one a race may wait, as a whole.
        #expect(codes([line("c", yuan: 5)]) == ["selection.race"])
        #expect(codes([line("c", yuan: 5)], isWhole: false).isEmpty)
    }

    @Test func `contracts of lanes have the same gate and money whatever each bid says`() throws {
        let (race, programme) = (try race(), try programme())
        func contract(_ id: String) throws -> Contract {
            let application = Application(
                id: ID(id), call: ID("call"), number: "2026-SM-\(id)",
                applicant: ApplicantAsSubmitted(
                    person: ID(id), name: id, university: ID(id), universityName: id, born: nil, title: nil),
                answers: ["title": "方案\(id)", "amount": "1"], members: [], attachments: [], verdicts: [])
            return Contract(
                application: application, lane: race.terms, start: try #require(Day(text: "2027-01-01")),
                end: try #require(Day(text: "2028-12-31")), regime: programme.funding)
        }
        let (one, other) = (try contract("a"), try contract("b"))
        #expect(one.race == other.race && one.race == race.terms)
        #expect(one.milestones == other.milestones && one.instalments == other.instalments)
        #expect(one.amount == Money(yuan: 1_200_000))
        #expect(one.instalments.map(\.amount) == [Money(yuan: 360_000), Money(yuan: 840_000)])
        #expect(one.instalments.map(\.upon) == ["contract", Contract.gate])
        #expect(one.milestones.filter { $0.id == Contract.gate }.map(\.due) == [race.terms.gate])
        #expect(one.milestones.map(\.due) == one.milestones.map(\.due).sorted())
        #expect(one.milestones.allSatisfy { $0.due <= one.end })
    }

    private func offer(_ id: String, _ indicators: Int) -> TopicOffer {
        TopicOffer(
            id: ID(id), number: "T-\(id)", title: "题", ceiling: Money(yuan: 100), user: "某公司",
            indicators: (0..<indicators).map {
                TopicText.Indicator(what: "指标\($0 + 1)", target: "不低于 \($0)", proof: $0 == 0 ? "第三方" : "")
            })
    }

    @Test func `a bid is asked for each indicator of the topic it names, in the topic's words`() throws {
        let programme = try programme()
        let offers = [offer("a", 20), offer("b", 2), offer("c", 0)]
        func form(_ answers: [String: String]) -> ApplicationForm {
            ApplicationForm(of: programme, choosing: offers, answers: answers)
        }
        let own = programme.form.sections.map(\.id)
        #expect(form([:]).sections.map(\.id) == ["topic"] + own)
        #expect(form(["topic": "x"]).sections.map(\.id) == ["topic"] + own)
        #expect(form(["topic": "c"]).sections.map(\.id) == ["topic"] + own)
        let asked = form(["topic": "a"])
        #expect(asked.sections.map(\.id) == ["topic", "promises"] + own)
        let fields = try #require(asked.section("promises")).fields
        #expect(fields.count == 20)
        #expect(fields[0].label.zh.contains("指标1") && fields[0].hint?.zh.contains("不低于 0；检验：第三方") == true)
        #expect(fields[1].hint?.zh.contains("检验") == false)
        // Each has to be answered.
        let open = form(["topic": "b"]).problems(
            in: ["topic": "b", ApplicationForm.promise(ID("b"), 2): "2.5"], disciplines: [],
            settings: Settings()
        ).filter { $0.section == "promises" }
        #expect(open.map(\.field) == [ApplicationForm.promise(ID("b"), 1)])
    }

    @Test func `another topic asks anew, and only what was promised for the chosen one is submitted`() {
        let (first, other) = (ApplicationForm.promise(ID("a"), 1), ApplicationForm.promise(ID("b"), 1))
        #expect(first != other)
        let answers = ["topic": "b", "title": "方案", first: "95%", other: "10 分钟"]
        #expect(
            ApplicationForm.ofChosenTopic(answers) == ["topic": "b", "title": "方案", other: "10 分钟"])
        #expect(ApplicationForm.ofChosenTopic(["title": "方案"]) == ["title": "方案"])
    }

    @Test func `where a topic is let otherwise than by an open challenge nothing more is asked`() throws {
        let programme = try #require(
            try Repository.loaded().programmes.first { $0.way == .openCompetition })
        let form = ApplicationForm(of: programme, choosing: [offer("a", 2)], answers: ["topic": "a"])
        #expect(form.section("promises") == nil)
    }
}
