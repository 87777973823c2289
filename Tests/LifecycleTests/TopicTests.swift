import Lifecycle
import Testing

@Suite struct TopicTests {
    private func text(
        indicators: [TopicText.Indicator] = [TopicText.Indicator(what: "噪声", target: "不高于 55 分贝", proof: "")],
        nodes: [TopicText.Node] = [TopicText.Node(month: 6, what: "设计")], ceiling: Money = Money(yuan: 1),
        payments: [TopicText.Payment] = [], test: TopicText.Test? = nil
    ) -> TopicText {
        TopicText(
            title: "减振降噪技术", goal: String(repeating: "目标", count: 10), indicators: indicators, nodes: nodes,
            user: TopicText.User(name: "某公司", organisation: nil, person: nil), ceiling: ceiling,
            payments: payments, test: test)
    }

    @Test func `shares that are no whole, wait for no node or begin after signing are refused`() {
        let nodes = [TopicText.Node(month: 6, what: "设计"), TopicText.Node(month: 18, what: "示范")]
        func codes(_ payments: [(Int, Int)]) -> [String] {
            text(nodes: nodes, payments: payments.map { TopicText.Payment(month: $0.0, percent: $0.1) })
                .obstacles.map(\.code)
        }
        #expect(codes([(0, 30), (12, 70)]) == ["topic.payment"])
        #expect(codes([(0, 30), (18, 40), (6, 30)]) == ["topic.payment"])
        #expect(codes([(0, 30), (0, 70)]) == ["topic.payment"])
        #expect(codes([(0, 0), (6, 100)]) == ["topic.payment"])
        #expect(codes([(0, 101)]) == ["topic.payment"])
        #expect(codes([(6, 50), (18, 50)]) == ["topic.payment-first"])
        #expect(codes([(0, 30), (6, 30), (18, 39)]) == ["topic.payment-whole"])
        #expect(
            codes([(0, 30), (6, 30), (18, 40)]).isEmpty && codes([(0, 100)]).isEmpty && codes([]).isEmpty)
    }

    @Test func `a test that is demanded says of what`() {
        func codes(_ test: TopicText.Test?) -> [String] { text(test: test).obstacles.map(\.code) }
        #expect(codes(TopicText.Test(isDemanded: true, of: " ", by: "某所")) == ["topic.test-of"])
        #expect(
            codes(TopicText.Test(isDemanded: true, of: "全部指标", by: String(repeating: "所", count: 81))) == [
                "topic.test-by"
            ])
        #expect(codes(TopicText.Test(isDemanded: true, of: "全部指标", by: "")).isEmpty)
        #expect(codes(TopicText.Test(isDemanded: false, of: "", by: "")).isEmpty && codes(nil).isEmpty)
    }

    @Test
    func `the contract takes money and test from the topic, and from the programme what it does not say`()
        throws
    {
        let start = try #require(Day(text: "2027-01-01"))
        let regime = FundingRegime(
            lumpSum: true,
            instalments: [
                FundingRegime.Instalment(
                    id: "first", label: Label("首笔", "First"), percent: 60, upon: "contract"),
                FundingRegime.Instalment(id: "rest", label: Label("余款", "Rest"), percent: 40, upon: "end"),
            ],
            milestones: [FundingRegime.Milestone(id: "end", label: Label("验收", "End"), term: 100)],
            standing: .demo, cites: Citation(),
            test: FundingRegime.ThirdPartyTest(upon: "end", of: Label("指标", "Indicators")))
        func contract(_ text: TopicText) -> Contract {
            Contract(
                application: Application(
                    id: ID("a"), call: ID("c"), number: "2026-JB-0001",
                    applicant: ApplicantAsSubmitted(
                        person: ID("p"), name: "甲", university: ID("u"), universityName: "校", born: nil,
                        title: nil),
                    answers: [:], members: [], attachments: [], verdicts: []),
                amount: Money(fen: 100_001), start: start, end: start.adding(years: 2).adding(-1),
                regime: regime,
                topic: Contract.TopicTerms(
                    ID("t"), number: "T1", text, answers: [:], start: start, regime: regime), fixing: text)
        }
        let silent = contract(text())
        #expect(silent.instalments.map(\.id) == ["first", "rest"])
        #expect(silent.milestones.map(\.id) == ["end"])
        #expect(silent.topic?.test?.isOfProgramme == true && silent.topic?.test?.of.zh == "指标")
        let own = contract(
            text(
                payments: [(0, 33), (6, 67)].map { TopicText.Payment(month: $0.0, percent: $0.1) },
                test: TopicText.Test(isDemanded: true, of: "噪声，连续 30 天", by: "某检测所")))
        #expect(own.instalments.map(\.upon) == ["contract", "node-6"])
        // Every fen of it.
        #expect(own.instalments.map(\.amount.rawValue).reduce(0, +) == 100_001)
        #expect(own.instalments.first?.amount == Money(fen: 100_001).percent(33))
        #expect(own.milestones.map(\.id) == ["node-6", "end"])
        #expect(own.milestones.first?.due == start.adding(months: 6))
        #expect(own.topic?.test?.by == "某检测所" && own.topic?.test?.isOfProgramme == false)
        let none = contract(text(test: TopicText.Test(isDemanded: false, of: "", by: "")))
        #expect(none.topic?.test?.isDemanded == false)
        for id in ["node-0", "node-6", "race-first"] { #expect(Contract.label(id) != nil, "\(id)") }
        for id in ["first", "node-", "node-x"] { #expect(Contract.label(id) == nil, "\(id)") }
    }

    @Test func `an indicator without a number, nodes out of order and no ceiling are refused`() {
        #expect(text().obstacles.isEmpty)
        #expect(text(indicators: []).obstacles.map(\.code) == ["topic.indicators"])
        #expect(
            text(indicators: [TopicText.Indicator(what: "噪声", target: "明显降低", proof: "")]).obstacles.map(
                \.code)
                == ["topic.indicator-number"])
        #expect(
            text(nodes: [TopicText.Node(month: 6, what: "甲"), TopicText.Node(month: 6, what: "乙")]).obstacles
                .map(\.code) == ["topic.node"])
        #expect(text(nodes: [TopicText.Node(month: 121, what: "甲")]).obstacles.map(\.code) == ["topic.node"])
        #expect(text(ceiling: .zero).obstacles.map(\.code) == ["topic.ceiling"])
    }

    @Test func `every small ballot publishes only with the quorum and more votes for than against`() {
        for quorum in 0...5 {
            for votesFor in 0...5 {
                for votesAgainst in 0...5 {
                    let ballot = TopicBallot(
                        panel: 5, quorum: quorum, votesFor: votesFor, votesAgainst: votesAgainst)
                    let carried = votesFor + votesAgainst >= quorum && votesFor > votesAgainst
                    #expect((ballot.obstacle(to: .ready) == nil) == carried, "\(ballot)")
                    #expect(ballot.obstacle(to: .dropped) == nil && ballot.obstacle(to: .again) == nil)
                }
            }
        }
        for panel in 0...32 {
            for quorum in 0...32 {
                let isSound = (3...30).contains(panel) && quorum > panel / 2 && quorum <= panel
                #expect(TopicBallot.obstacles(panel: panel, quorum: quorum).isEmpty == isSound)
            }
        }
    }

    @Test func `a bid is bounded by the topic it names, and by none it does not`() {
        let offer = TopicOffer(
            id: ID("t"), number: "T1", title: "题", ceiling: Money(yuan: 100), user: "某公司")
        let form = ApplicationForm(sections: [
            ApplicationForm.Section(
                id: "budget", label: Label("经费", "Money"),
                fields: [
                    ApplicationForm.Field(id: "amount", kind: .money, label: Label("金额", "Amount"))
                ])
        ])
        func codes(_ answers: [String: String]) -> [String] {
            form.ceilingProblems(in: answers, topics: [offer]).map(\.code)
        }
        #expect(codes(["topic": "t", "amount": "10001"]) == ["over-ceiling"])
        #expect(codes(["topic": "t", "amount": "10000"]).isEmpty)
        #expect(codes(["topic": "x", "amount": "10001"]).isEmpty)
        #expect(codes(["amount": "10001"]).isEmpty)
        let chosen = ApplicationForm(choosing: [offer], in: form)
        #expect(chosen.sections.map(\.id) == ["topic", "budget"])
        #expect(
            chosen.problems(in: ["amount": "1"], disciplines: [], settings: Settings()).map(\.field) == [
                "topic"
            ])
        #expect(ApplicationForm(choosing: [], in: form) == form)
    }

    @Test func `terms are pairs of characters that say something, and whole Latin words`() {
        #expect(Likeness.terms(of: "减振的AI-2技术") == ["减振", "技术", "ai"])
        #expect(Likeness.terms(of: "").isEmpty)
        #expect(
            Likeness.runs(in: "桥梁低频振动仍在，桥梁", sharing: ["低频", "频振", "振动", "桥梁"], most: 3) == ["低频振动", "桥梁"])
    }

    @Test func `what half of all hold says nothing, and what one of a thousand holds says much`() {
        #expect(Likeness.weight(500, of: 1000) == 1)
        #expect(Likeness.weight(501, of: 1000) == 0)
        #expect(Likeness.weight(1, of: 1024) == 10)
        #expect(Likeness.weight(0, of: 0) == 0)
    }
}
