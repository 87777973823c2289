import Lifecycle
import Testing

@Suite struct TopicTests {
    private func text(
        indicators: [TopicText.Indicator] = [TopicText.Indicator(what: "噪声", target: "不高于 55 分贝", proof: "")],
        nodes: [TopicText.Node] = [TopicText.Node(month: 6, what: "设计")], ceiling: Money = Money(yuan: 1)
    ) -> TopicText {
        TopicText(
            title: "减振降噪技术", goal: String(repeating: "目标", count: 10), indicators: indicators, nodes: nodes,
            user: TopicText.User(name: "某公司", organisation: nil, person: nil), ceiling: ceiling)
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
