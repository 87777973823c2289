import Lifecycle
import Testing

/// What the scores of pairs are made of.
@Suite struct AffinityTests {
    private static func proposal(
        _ discipline: String, _ keywords: [String] = [], _ text: String = ""
    ) -> ProposalProfile {
        ProposalProfile(
            discipline: discipline, keywords: keywords,
            bag: TermBag([(keywords.joined(separator: "、"), 3), (text, 1)]))
    }

    private static func expert(
        _ disciplines: [String], _ keywords: [String] = [], _ projects: [String] = []
    ) -> ExpertProfile {
        ExpertProfile(disciplines: disciplines, keywords: keywords, projects: projects)
    }

    private static func scorer(
        _ experts: [ExpertProfile], over proposals: [ProposalProfile], _ rules: MatchingRules = .ours
    ) -> AffinityScorer {
        AffinityScorer(rules, experts: experts, lexicon: Lexicon(proposals.map(\.bag)))
    }

    @Test func `a text is cut into pairs of Han characters and whole Latin words`() {
        func terms(_ text: String) -> Int { TermBag([(text, 1)]).entries.reduce(0) { $0 + $1.count } }
        #expect(terms("城市治理") == 3)
        #expect(terms("城市，治理") == 2, "a mark breaks the run")
        #expect(terms("城") == 1)
        #expect(TermBag([("城市的治理", 1)]) == TermBag([("城市 治理", 1)]))
        #expect(terms("PISA 2022测评") == 3)
        #expect(terms("a b ，。") == 0, "single letters say nothing")
        #expect(TermBag([("Pisa", 1)]) == TermBag([("PISA", 1)]))
        #expect(TermBag([("𠮷野家", 1)]).entries.count == 2, "beyond the first plane too")
    }

    @Test func `nobody near gets no score, and neither does an empty profile`() {
        let one = Self.proposal("88024", ["课程改革"], "小学课程改革的历史")
        let scorer = Self.scorer([Self.expert(["79027"]), Self.expert([])], over: [one])
        #expect(scorer.scores(of: one).isEmpty)
        #expect(scorer.affinity(of: one, to: 0).parts.isEmpty)
        let empty = Self.scorer([Self.expert(["88024"], ["课程"])], over: [])
        let bare = Self.proposal("79027")
        #expect(empty.scores(of: bare).isEmpty, "an empty lexicon divides by nothing")
    }

    @Test func `the second level counts before the first, and never both`() {
        let one = Self.proposal("88024")
        let scorer = Self.scorer(
            [Self.expert(["88024", "88027"]), Self.expert(["88027"]), Self.expert(["79027"])], over: [one])
        let found = scorer.scores(of: one)
        #expect(found.map(\.expert) == [0, 1])
        #expect(found.map(\.score) == [400, 200])
        #expect(scorer.affinity(of: one, to: 0).parts == [.discipline(code: "88024", points: 400)])
        #expect(scorer.affinity(of: one, to: 1).parts == [.field(codes: ["88027"], points: 200)])
    }

    @Test func `a bid moves a pair that has points, never below nothing, and makes none of its own`() {
        let rules = MatchingRules(
            discipline: 400, field: 50, keyword: 0, keywordsMost: 0, text: 0, projects: 0, least: 1,
            bids: MatchingRules.Bids(eager: 120, willing: 40, reluctant: -80), standing: .demo)
        let one = Self.proposal("88024")
        let scorer = Self.scorer(
            [Self.expert(["88024"]), Self.expert(["88027"]), Self.expert(["79027"])], over: [one], rules)
        func scores(_ bids: [Int: Willingness]) -> [Int: Int] {
            Dictionary(
                uniqueKeysWithValues: scorer.scores(of: one, bids: bids).map { ($0.expert, $0.score) })
        }
        #expect(scores([:]) == [0: 400, 1: 50], "who says nothing has what they had")
        #expect(scores([0: .eager, 1: .willing, 2: .eager]) == [0: 520, 1: 90])
        #expect(scores([0: .reluctant, 1: .reluctant]) == [0: 320])
        for (index, bid) in [(0, Willingness.eager), (0, .reluctant), (1, .reluctant), (2, .eager)] {
            let affinity = scorer.affinity(of: one, to: index, bid: bid)
            #expect(affinity.score == scores([index: bid])[index] ?? 0, "\(index) \(bid)")
        }
        #expect(
            scorer.affinity(of: one, to: 0, bid: .reluctant).parts.last == .bid(.reluctant, points: -80))
        let silent = Self.scorer([Self.expert(["88024"])], over: [one])
        #expect(
            silent.scores(of: one, bids: [0: .eager]).map(\.score) == [400], "who is not asked adds nothing")
        #expect(silent.affinity(of: one, to: 0, bid: .eager).score == 400)
    }

    @Test func `keywords count up to a most, in whatever case they are written`() {
        let rules = MatchingRules(
            discipline: 0, field: 0, keyword: 60, keywordsMost: 2, text: 0, projects: 0, least: 1,
            standing: .demo)
        let one = Self.proposal("88024", ["PISA", "课程", "教师"])
        let scorer = Self.scorer(
            [Self.expert(["1"], ["pisa"]), Self.expert(["1"], ["课程", "教师", "PISA"])], over: [one], rules)
        #expect(scorer.scores(of: one).map(\.score) == [60, 120])
    }

    @Test func `what everybody writes tells nobody apart, and what few write does`() {
        let proposals = (0..<40).map { number in
            Self.proposal("88024", [], number == 7 ? "口述史研究的方法研究" : "课程研究的方法研究")
        }
        let experts = [Self.expert(["1"], ["研究方法"]), Self.expert(["1"], ["口述史"])]
        let scorer = Self.scorer(experts, over: proposals)
        let scores = Dictionary(
            uniqueKeysWithValues: scorer.scores(of: proposals[7]).map { ($0.expert, $0.score) })
        #expect((scores[1] ?? 0) > 5 * (scores[0] ?? 0), "\(scores)")
        #expect((scores[1] ?? 0) <= MatchingRules.ours.text)
    }

    @Test func `the likest of the own projects counts, and its words are told whole`() throws {
        let proposals = [
            Self.proposal("88024", [], "首都老旧社区更新中的居民参与"),
            Self.proposal("88024", [], "高校教师的职业压力"), Self.proposal("88024", [], "企业数字化转型"),
        ]
        let expert = Self.expert(["1"], [], ["企业年金的税收", "老旧社区更新的口述史"])
        let scorer = Self.scorer([expert], over: proposals)
        let affinity = scorer.affinity(of: proposals[0], to: 0)
        guard case .project(let title, let terms, let points) = try #require(affinity.parts.first) else {
            Issue.record("\(affinity)")
            return
        }
        #expect(title == "老旧社区更新的口述史")
        #expect(terms.first == "老旧社区更新")
        #expect(points > 0 && points <= 200)
        #expect(affinity.parts.count == 1)
    }

    @Test func `the reasons add up to the score, for a thousand random pairs`() {
        let seed: UInt64 = 20_261
        var chance = SplitMix64(seed: seed)
        let codes = ["88024", "88027", "79027", "79035", "84011"]
        let words = ["城市治理", "课程改革", "PISA", "口述史", "社区更新", "教师发展", "GDP", "税收", "档案", "老龄化"]
        func some(_ most: Int) -> [String] {
            (0..<Int.random(in: 0...most, using: &chance)).compactMap { _ in
                words.randomElement(using: &chance)
            }
        }
        let proposals = (0..<40).map { _ in
            Self.proposal(
                codes.randomElement(using: &chance) ?? "", some(4),
                some(8).joined(separator: Bool.random(using: &chance) ? "的" : "，"))
        }
        let experts = (0..<25).map { _ in
            Self.expert(
                (0..<Int.random(in: 0...3, using: &chance)).compactMap { _ in
                    codes.randomElement(using: &chance)
                }, some(5), some(3).map { "\($0)研究" })
        }
        let lexicon = Lexicon(proposals.map(\.bag))
        let scorer = AffinityScorer(.ours, experts: experts, lexicon: lexicon)
        // What is kept with a plan: fewer terms, and the lengths.
        let kept = AffinityScorer(.ours, experts: experts, lexicon: lexicon.only(scorer.terms))
        for proposal in proposals {
            let scores = Dictionary(
                uniqueKeysWithValues: scorer.scores(of: proposal).map { ($0.expert, $0.score) })
            let length = lexicon.length(proposal.bag)
            for expert in experts.indices {
                let affinity = scorer.affinity(of: proposal, to: expert)
                #expect(affinity.score == scores[expert] ?? 0, "seed \(seed)")
                #expect(kept.affinity(of: proposal, to: expert, length: length) == affinity, "seed \(seed)")
            }
        }
    }
}
