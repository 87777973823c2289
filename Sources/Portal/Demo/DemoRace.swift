package import Lifecycle
import Store

/// A call that lets one topic, closed and reviewed: three bids that came out close and go different ways, and one that
/// came out far behind, wait for the officer. Played through the house's own acts; all of it is invented.
package struct DemoRace {
    package let house: House
    package let register: DemoRegister
    private let today: Day

    /// - Parameter today: the day it counts from; nil for the house's.
    package init(house: House, register: DemoRegister, on today: Day? = nil) {
        self.house = house
        self.register = register
        self.today = today ?? house.now.day
    }

    /// Who may assess at a gate: a body that bids for nothing.
    package static let assessor = "京准检测认证公司（演示）"

    private static let userFirm = "再生建材企业（演示）"

    package struct Played: Sendable {
        package let call: ID<Call>
        package let topic: ID<Topic>
        /// Best first; the last is not near the others.
        package let bids: [ID<Application>]
    }

    private struct Bid {
        let university: String
        let title: String
        let route: String
        let indicators: [String]
        let yuan: Int
        /// Grade and advice of each reviewer.
        let reviews: [(DemoGrade, String)]
    }

    private static let bids: [Bid] = [
        Bid(
            university: "10005", title: "基于近红外光谱的再生骨料快速分级（演示）",
            route: """
                以近红外光谱为主线：骨料过带时连续采集反射光谱，按吸水率和杂质含量的特征峰建立回归模型，现场给出分级，不取样、不破碎，\
                只靠光谱与标准试验的对应关系；难点是水分干扰，用含水率在线校正解决（演示）。
                """,
            indicators: ["一致率 96%", "8 分钟", "每吨 1.2 元"], yuan: 1_200_000,
            reviews: [(.a, "A"), (.a, "A"), (.a, "A")]),
        Bid(
            university: "10011", title: "基于声学共振的再生骨料快速分级（演示）",
            route: """
                让定量骨料在标准容器中受激振动，由共振频率和衰减率反推密实度与裂隙，再与压碎指标对应；设备只有激振器和传声器，\
                成本低、耐粉尘；难点是级配影响，用分粒级标定曲线消除（演示）。
                """,
            indicators: ["一致率 95%", "10 分钟", "每吨 0.4 元"], yuan: 1_350_000,
            reviews: [(.a, "A"), (.a, "A"), (.b, "A")]),
        Bid(
            university: "10016", title: "基于机器视觉的再生骨料快速分级（演示）",
            route: """
                以双目相机获取骨料的轮廓、色泽和附着砂浆面积，用小样本迁移学习的网络估计吸水率和压碎指标，分级结果附不确定度，\
                低于门限时提示复检；难点是堆叠遮挡，用振动平铺和多视角合并处理（演示）。
                """,
            indicators: ["一致率 95%", "3 分钟", "每吨 0.8 元"], yuan: 1_500_000,
            reviews: [(.a, "A"), (.b, "A"), (.b, "A")]),
        Bid(
            university: "10009", title: "再生骨料人工分拣规程的改进（演示）",
            route: """
                仍由检验员按照片图谱目测分拣，改进抽样规程和复核表格，把每批检验时间缩短一半；不增加仪器，\
                一致率主要取决于人员培训（演示）。
                """,
            indicators: ["一致率 88%", "40 分钟", "每吨 0.2 元"], yuan: 300_000,
            reviews: [(.c, "B"), (.c, "B"), (.d, "B")]),
    ]

    private func day(_ offset: Int, hour: Int = 10) -> Instant {
        Instant(today.adding(offset), hour: hour)
    }

    /// - Parameter marking: stands in titles and routes before what is invented; empty in the demo.
    @discardableResult
    package func play(marking mark: String = "") throws -> Played? {
        guard let programme = house.plan.programmes.first(where: { $0.race != nil }) else { return nil }
        var round = DemoRound(
            house: house, register: register, kind: .natural, chance: SplitMix64(seed: 2033))
        try registerFirms()
        let topic = try publishTopic()
        let call = try publishCall(programme, topic)
        var bids: [ID<Application>] = []
        for (place, bid) in Self.bids.enumerated() {
            guard
                let home = register.universities.first(where: { $0.institutionCode == bid.university })
            else { throw Missing() }
            let id = try apply(bid, place, topic, call, programme, at: home, mark, &round)
            try round.endorse([id], of: home, in: call, at: day(-70))
            bids.append(id)
        }
        try round.screen(bids, at: day(-40))
        for id in bids { try hear(of: id, programme, round) }
        let experts = try addExperts()
        for (id, bid) in zip(bids, Self.bids) { try review(id, bid, by: experts, programme, &round) }
        return Played(call: call.id, topic: topic, bids: bids)
    }

    /// Who speaks for the topic's final user.
    private static let user = Person(
        id: ID("demo-race-user"), name: "石再用", pinyin: "shi zaiyong",
        email: DemoCast.email(of: "race-user"), organisation: ID("firm-aggregate"),
        born: Day(year: 1978, month: 4, day: 2), demo: true)

    /// The firm that assesses, and the one that will use the result.
    private func registerFirms() throws {
        try house.changeNow(by: nil, at: day(-139)) { change in
            try PeopleActs.register(
                Organisation(
                    id: ID("firm-testing"), name: Self.assessor, nameEn: "Jingzhun Testing (demo)",
                    pinyin: "jingzhun jiance", kind: .firm), change)
            try PeopleActs.register(
                Organisation(
                    id: Self.user.organisation, name: Self.userFirm, nameEn: "Recycled aggregates (demo)",
                    pinyin: "zaisheng jiancai", kind: .firm), change)
            try register.register(Self.user, as: .teamMember, change)
        }
    }

    /// From a problem of the demo's officer's making to a published topic.
    private func publishTopic() throws -> ID<Topic> {
        let cast = register.cast
        let problem = house.world.id(Problem.self)
        let topic = house.world.id(Topic.self)
        let typed = [
            "title": "再生骨料能不能在现场十分钟分出等级",
            "statement": "再生骨料质量波动大，搅拌站不敢用；标准试验要两天，等不及。希望现场十分钟内给出分级，结果可信（演示）。",
            "benefits": "搅拌站、再生骨料企业和施工单位（演示）。", "solved": "十分钟内给出分级，与标准试验一致率不低于 95%。",
            "by": "", "user": "再生骨料企业", "money": "0",
        ]
        guard let section = house.plan.problemForm?.section else { throw Missing() }
        let answers = ApplicationForm(sections: [section]).reading(typed, section: section).answers
        try house.changeNow(by: cast.person("research-office"), at: day(-138)) { change in
            _ = try ProblemActs.putIn(answers, id: problem, citizen: nil, change, house)
        }
        let text = TopicText(
            title: "再生骨料现场快速分级（演示）",
            goal: "在搅拌站现场十分钟内对再生骨料分级，结果与标准试验一致，成本企业可以承受，并在两个搅拌站连续运行验证（演示）。",
            indicators: [
                TopicText.Indicator(what: "与标准试验的一致率", target: "不低于 95%", proof: "第三方盲样 200 批"),
                TopicText.Indicator(what: "一次分级用时", target: "不超过 10 分钟", proof: "第三方现场计时"),
                TopicText.Indicator(what: "每吨检测成本", target: "不高于 2 元", proof: "决算审核"),
            ],
            nodes: [
                TopicText.Node(month: 12, what: "样机在一个搅拌站运行"),
                TopicText.Node(month: 24, what: "两个搅拌站连续运行三个月"),
            ], user: TopicText.User(name: Self.userFirm, organisation: nil, person: nil),
            ceiling: Money(yuan: 1_500_000))
        let officer = cast.person("programme-officer")
        let panel = ["expert", "expert-2", "expert-3"]
        try house.changeNow(by: officer, at: day(-137)) { change in
            try TopicActs.open(text, from: [problem], id: topic, change)
            try TopicActs.putToVote(
                topic, addresses: panel.map(DemoCast.email), quorum: 2, by: officer, change)
        }
        for key in panel {
            try house.changeNow(by: cast.person(key), at: day(-136)) { change in
                try TopicActs.vote(
                    topic, supports: true, reason: "指标可测，用户明确。", by: cast.person(key), change)
            }
        }
        try house.changeNow(by: officer, at: day(-136, hour: 16)) { change in
            try TopicActs.close(topic, .ready, reason: "评议组赞成，予以公布。", change)
        }
        return topic
    }

    private func publishCall(_ programme: Programme, _ topic: ID<Topic>) throws -> Call {
        var values: [String: String] = [:]
        for parameter in programme.parameters { values[parameter.id] = parameter.demo }
        let closes = day(-75, hour: 16)
        let call = Call(
            id: house.world.id(Call.self), programme: programme.id, digest: programme.digest,
            number: "\(closes.day.year)-SM", title: "揭榜征集：再生骨料现场快速分级（演示）", year: closes.day.year,
            opens: day(-100, hour: 9), closes: closes,
            guide: """
                （演示指南）本轮为带题目的征集：按题目的目标、时间节点和验收指标提出方案，并写明技术路线。

                一、得分相近而技术路线不同的方案，可以并行立项（赛马），以同一次阶段考核决定去留。
                二、赛马各赛道等额资助首笔，其余经费凭阶段考核的裁决拨付。
                三、金额、期限等未见官方规定的数字均为演示值。
                """,
            settings: Settings(values), topics: [topic])
        let officer = register.cast.person("programme-officer")
        try house.changeNow(by: officer, at: day(-135)) { change in
            try CallActs.publish(call, change, house)
        }
        return call
    }

    private func apply(
        _ bid: Bid, _ place: Int, _ topic: ID<Topic>, _ call: Call, _ programme: Programme,
        at home: UniversityRecord, _ mark: String, _ made: inout DemoRound
    ) throws -> ID<Application> {
        var round = made
        let at = day(-90 + place)
        let id = try house.database.writeNow { store in
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            let person = try register.addApplicant(
                at: home, born: Day(number: 5_600 + 400 * place), senior: false,
                number: 50_000 + place, change, using: &round.chance)
            let id = try round.begin(call, by: person, at: at, change)
            try round.fill(
                id, programme, sections: programme.form.sections.count, by: person, at: at, change)
            var more = [
                "title": mark + bid.title, "route": mark + bid.route,
                "amount": "\(Money(yuan: Int64(bid.yuan)).rawValue)", ApplicationForm.topic: topic.rawValue,
            ]
            for (index, answer) in bid.indicators.enumerated() {
                more[ApplicationForm.promise(topic, index + 1)] = answer
            }
            try write(more, into: id, programme, by: person, at: at, store)
            let own = Change(
                store: store, at: at, actor: person, world: house.world, projections: house.projections)
            try ApplicationActs.submit(try Drafts.find(id, of: person, store), own, house)
            return id
        }
        made = round
        return id
    }

    /// Puts answers where the form asks for them, over what stands there.
    private func write(
        _ answers: [String: String], into id: ID<Application>, _ programme: Programme, by person: ID<Person>,
        at: Instant, _ store: Transaction
    ) throws {
        let saved = try Drafts.sections(id, store)
        for section in programme.form.sections {
            let own = answers.filter { answer in section.fields.contains { $0.id == answer.key } }
            guard !own.isEmpty else { continue }
            let before = saved[section.id]
            _ = try Drafts.save(
                id, section: section.id, base: before?.version ?? 0,
                answers: (before?.values ?? [:]).merging(own) { $1 }, by: person, at: at, store)
        }
        _ = try Drafts.save(
            id, section: ApplicationForm.topic, base: 0,
            answers: [ApplicationForm.topic: answers[ApplicationForm.topic] ?? ""], by: person, at: at, store)
        let promises = ApplicationForm.ofChosenTopic(answers).filter {
            $0.key != ApplicationForm.topic && programme.form.field($0.key) == nil
        }
        _ = try Drafts.save(
            id, section: ApplicationForm.promises, base: 0, answers: promises, by: person, at: at, store)
    }

    /// Three of other universities than the bidders'.
    private func addExperts() throws -> [ID<Person>] {
        let codes = DemoTopics.disciplineCodes(of: .natural)
        return try house.changeNow(by: nil, at: day(-130)) { change in
            try [("10003", "严"), ("10006", "路"), ("10008", "衡")].enumerated().map { place, expert in
                let person = Person(
                    id: ID("demo-race-expert-\(place + 1)"), name: "\(expert.1)评议",
                    pinyin: "ping yi \(place)",
                    email: DemoCast.email(of: "race-expert-\(place + 1)"),
                    organisation: DemoRegister.university(expert.0),
                    born: Day(year: 1970 + place, month: 9, day: 3), title: "教授", titleLevel: "正高",
                    degree: "博士", demo: true)
                try register.register(person, as: .expert, change)
                try register.register(
                    Expert(
                        person: person.id, disciplines: Array(codes.prefix(40)), keywords: [], loadMax: 12),
                    change)
                return person.id
            }
        }
    }

    /// Whoever will use the result says what they think of a bid.
    private func hear(
        of application: ID<Application>, _ programme: Programme, _ round: DemoRound
    ) throws {
        guard
            let step = programme.procedure.steps.first(where: { $0.kind == .statement && $0.by == .finalUser }
            )
        else { return }
        let (user, house) = (Self.user, house)
        try round.act(register.cast.person("programme-officer"), day(-39)) { viewer, change in
            try PartyActs.invite(
                user.email, as: .finalUser, to: application, by: viewer, change, house)
        }
        let answers = DemoRemarks.statement(programme.statement(of: step))
        try round.act(user.id, day(-38)) { viewer, change in
            let asked = try InvitedParty.all(of: application, change.store).first { $0.email == user.email }
            guard let asked else { throw Missing() }
            try PartyActs.accept(asked.invitation, by: viewer, isConfirmed: true, change, house)
            try StatementActs.make(
                StatementActs.Written(answers: answers), at: step.id, of: application, by: viewer, change,
                house)
        }
    }

    private func review(
        _ application: ID<Application>, _ bid: Bid, by experts: [ID<Person>], _ programme: Programme,
        _ made: inout DemoRound
    ) throws {
        var chance = made.chance
        let officer = register.cast.person("programme-officer")
        for (expert, (grade, advice)) in zip(experts, bid.reviews) {
            let id = ID<Assignment>.random(using: &chance)
            _ = try house.changeNow(by: officer, at: day(-35)) { change in
                try ReviewActs.assign(expert, to: application, id: id, by: officer, change, house)
            }
            var answers = [
                "grade": grade.rawValue, "advice": advice,
                "comment": DemoRemarks.reviewComment(grade: grade, using: &chance),
            ]
            for criterion in programme.review.criteria {
                answers["comment-\(criterion.id)"] = DemoRemarks.reviewComment(grade: grade, using: &chance)
            }
            try house.changeNow(by: expert, at: day(-20)) { change in
                try ReviewActs.accept(id, by: expert, change)
                try ReviewActs.submit(id, answers, by: expert, change, house)
            }
        }
        made.chance = chance
    }
}
