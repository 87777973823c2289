import Lifecycle
import Store

/// The demo's problems, the topics made of them, and a call that lets the published one. All invented.
struct DemoPool {
    let house: House
    let register: DemoRegister

    /// A firm and a district, each with somebody who has an account.
    static let firm = ID<Organisation>("firm-demo-rail")
    static let district = ID<Organisation>("district-demo")

    private struct Text {
        let title: String
        let statement: String
        let benefits: String
        let solved: String
        let by: String
        let user: String
        let yuan: Int
    }

    private static let texts: [Text] = [
        Text(
            title: "地铁高架段夜间噪声怎样降到居民能睡觉",
            statement: "高架段两侧住宅夜间噪声超标，居民多次反映。声屏障已经加高到四米，效果有限，轮轨噪声和桥梁低频振动仍在。想知道有没有不停运就能装的减振降噪办法（演示）。",
            benefits: "沿线住宅和学校约三万人（演示）。", solved: "夜间最近住宅窗外噪声不高于 55 分贝，改造期间不停运。", by: "2027-12-31",
            user: "城市轨道交通运营单位", yuan: 1_800_000),
        Text(
            title: "轨道交通高架桥低频振动没有便宜的减振办法",
            statement: "轮轨噪声和桥梁低频振动仍在，浮置板太贵，既有线路不能大改。希望有适合既有高架桥的减振元件，成本可以接受，安装在天窗时间内完成（演示）。",
            benefits: "运营单位和沿线居民。", solved: "桥梁低频振动下降 6 分贝以上，每公里成本不高于现有方案的一半。", by: "2028-06-30",
            user: "城市轨道交通运营单位",
            yuan: 0),
        Text(
            title: "住在高架桥边孩子晚上睡不好",
            statement: "我家离高架段三十米，末班车后还有工程车，夜间噪声很大，孩子睡不好。希望有人认真测一测，研究怎么让它安静一点（演示）。", benefits: "附近几个小区的居民。",
            solved: "半夜关窗以后基本听不见。", by: "", user: "附近居民", yuan: 0),
        Text(
            title: "老旧小区加装电梯后公共通道怎么排水",
            statement: "加装电梯改变了单元门口的地形，暴雨时雨水倒灌进一层和电梯井。现有做法各小区自己想办法，没有统一的设计依据（演示）。", benefits: "已经加装电梯的小区。",
            solved: "按五十年一遇短时暴雨设计不倒灌，并形成设计指南。", by: "2027-05-31", user: "街道和物业", yuan: 300_000),
        Text(
            title: "急诊分诊台怎样更早认出脓毒症",
            statement: "急诊高峰时分诊靠经验，脓毒症早期表现不典型，常常晚一两个小时才识别。医院已有生命体征和检验数据，但没有可靠的提示工具（演示）。",
            benefits: "急诊患者和医护人员。",
            solved: "在灵敏度不低于 90% 时误报率低于 20%，并在两家医院验证。", by: "2028-03-31", user: "市属医院急诊科", yuan: 900_000),
        Text(
            title: "蔬菜大棚秋冬季白粉病用药太多",
            statement: "冬季棚内湿度大，白粉病反复，农户每茬打药七八次，残留抽检压力大。希望有成本低的生物防治或环境调控办法（演示）。", benefits: "郊区种植户和消费者。",
            solved: "用药次数减少一半，亩成本增加不超过 200 元。", by: "2027-10-31", user: "农业合作社", yuan: 0),
        Text(
            title: "中学生心理问题怎样早发现又不贴标签",
            statement: "学校每学期做量表，学生知道怎么答，真正需要帮助的没有发现；发现了又怕被贴标签。希望有更好的筛查和转介流程（演示）。", benefits: "中学生、家长和教师。",
            solved: "筛查后三十天内得到专业评估的比例达到 80%，学生和家长可以接受。", by: "2027-08-31", user: "区教育部门和学校", yuan: 200_000),
        Text(
            title: "建筑垃圾再生骨料为什么没人用",
            statement: "再生骨料质量波动大，搅拌站不敢用，设计单位不敢写进图纸。缺少按用途分级的快速检测办法（演示）。", benefits: "建材企业和施工单位。",
            solved: "十分钟内给出分级结果，与标准试验一致率不低于 95%。", by: "2027-12-31", user: "再生骨料企业", yuan: 500_000),
        Text(
            title: "历史街区消防车进不去怎么办",
            statement: "胡同窄，消防车进不去，现有微型消防站器材压力不够，木结构屋顶火势发展快。希望研究适合窄巷的预警和初期灭火办法（演示）。",
            benefits: "历史街区居民和文物建筑。",
            solved: "火情发现后三分钟内有有效水流到达任何一座院落。", by: "2028-12-31", user: "消防救援部门", yuan: 0),
        Text(
            title: "公交司机疲劳驾驶怎样提前提醒",
            statement: "现有摄像头误报太多，司机嫌烦就遮住。希望有不侵犯隐私、误报少的疲劳识别办法（演示）。", benefits: "公交司机和乘客。",
            solved: "每百小时误报不超过 1 次，漏报率低于 5%。", by: "2027-06-30", user: "公交运营单位", yuan: 400_000),
        Text(
            title: "社区老人跌倒以后多久能被发现",
            statement: "独居老人跌倒后平均几个小时才被发现。手环老人不愿意戴，摄像头家属和老人都不接受（演示）。", benefits: "独居老人和家属。",
            solved: "跌倒后五分钟内通知到人，连续三十天误报不超过 2 次。", by: "2027-09-30", user: "社区养老服务机构", yuan: 0),
        Text(
            title: "我想让大家都用我发明的永动机",
            statement: "本人发明了一种不需要能源就能一直转的机器，愿意无偿提供给大家，请专家来鉴定一下，保证可以解决全市的用电问题（演示）。", benefits: "全体市民和企业。",
            solved: "机器一直转，不停下来就算解决。", by: "", user: "所有人", yuan: 0),
    ]

    /// Plays the pool.
    ///
    /// - Returns: the published topic and the call that lets it.
    @discardableResult
    func play(_ programme: Programme?, day: (Int, Int) -> Instant) throws -> Call? {
        let people = try registerPeople(at: day(-200, 9))
        let problems = try putIn(people, from: day(-150, 9))
        let officer = register.cast.person("programme-officer")
        try house.changeNow(by: officer, at: day(-120, 10)) { change in
            let number = try ProblemActs.standing(problems[0], change.store)?.number ?? ""
            try ProblemActs.merge(
                problems[2], into: number, reason: "与沿线居民反映的是同一处高架段，合并办理。", by: officer, change)
            try ProblemActs.link(
                problems[1], with: number, reason: "同一类问题，侧重减振元件的成本。", by: officer, change)
            try ProblemActs.setAside(
                problems[11], reason: "与已知的物理规律不符，无法形成可以检验的题目。感谢您的参与。", by: officer, change)
        }
        let ready = try published(from: [problems[0], problems[1]], people, at: day)
        try refining(from: problems[4], at: day(-12, 10))
        guard let programme, programme.topicUse != .none else { return nil }
        return try publish(programme, ready, day)
    }

    struct People {
        let firm: ID<Person>
        let district: ID<Person>
    }

    private func registerPeople(at: Instant) throws -> People {
        try house.changeNow(by: nil, at: at) { change in
            for (id, name, english, pinyin, kind) in [
                (
                    Self.firm, "北京轨道减振科技有限公司（演示）", "Rail Damping Co. (demo)", "beijing guidao jianzhen",
                    Organisation.Kind.firm
                ),
                (Self.district, "某区人民政府（演示）", "A district government (demo)", "mou qu", .district),
            ] {
                try PeopleActs.register(
                    Organisation(id: id, name: name, nameEn: english, pinyin: pinyin, kind: kind), change)
            }
            func person(_ key: String, _ home: ID<Organisation>, as role: Role) throws -> ID<Person> {
                guard let member = DemoCast.city.first(where: { $0.key == key }) else { throw Missing() }
                let id = house.world.id(Person.self)
                try register.register(
                    Person(
                        id: id, name: member.name, pinyin: member.pinyin, email: DemoCast.email(of: key),
                        organisation: home, demo: true), as: role, change)
                return id
            }
            for member in DemoCast.city where member.role == .commissionLeader {
                _ = try person(member.key, register.commission, as: member.role)
            }
            return People(
                firm: try person("firm", Self.firm, as: .teamMember),
                district: try person("district", Self.district, as: .teamMember))
        }
    }

    private func putIn(_ people: People, from start: Instant) throws -> [ID<Problem>] {
        let cast = register.cast
        let proposers: [ID<Person>?] = [
            people.firm, cast.person("applicant"), nil, people.district, cast.person("expert"),
            cast.person("research-office"), people.district, people.firm, cast.person("expert-2"),
            people.firm,
            nil, nil,
        ]
        var made: [ID<Problem>] = []
        for (place, text) in Self.texts.enumerated() {
            let id = house.world.id(Problem.self)
            let at = start.adding(seconds: Int64(place) * 86_400 * 2)
            let fields = house.plan.problemForm?.section
            guard let section = fields else { return made }
            let typed = [
                "title": text.title, "statement": text.statement, "benefits": text.benefits,
                "solved": text.solved, "by": text.by, "user": text.user, "money": "\(text.yuan)",
            ]
            let answers = ApplicationForm(sections: [section]).reading(typed, section: section).answers
            let proposer = proposers[place]
            let citizen =
                proposer == nil
                ? ProblemActs.Citizen(
                    contact: ContactLeft(name: "市民（演示）", contact: "010-0000000\(place % 10)"),
                    secret: Canonical.hex(house.world.secretBytes(32))) : nil
            try house.changeNow(by: proposer, at: at) { change in
                _ = try ProblemActs.putIn(answers, id: id, citizen: citizen, change, house)
            }
            made.append(id)
        }
        return made
    }

    private static func rail(_ user: ID<Person>, indicators: [TopicText.Indicator]) -> TopicText {
        TopicText(
            title: "既有轨道交通高架段减振降噪成套技术（演示）",
            goal: "在不停运、不更换桥梁主体的条件下，降低既有高架段的轮轨噪声和桥梁低频振动，形成可以在天窗时间内安装的成套技术，并在一段既有线路上验证（演示）。",
            indicators: indicators,
            nodes: [
                TopicText.Node(month: 6, what: "完成现场测试和方案设计"),
                TopicText.Node(month: 15, what: "完成减振元件样件和室内试验"),
                TopicText.Node(month: 24, what: "完成不少于 500 米示范段，连续监测 3 个月"),
            ], user: TopicText.User(name: "北京轨道减振科技有限公司（演示）", organisation: firm, person: user),
            ceiling: Money(yuan: 1_800_000))
    }

    /// Opened, refined by its user and an expert, voted on and published.
    private func published(
        from problems: [ID<Problem>], _ people: People, at day: (Int, Int) -> Instant
    ) throws -> ID<Topic> {
        let officer = register.cast.person("programme-officer")
        let id = house.world.id(Topic.self)
        let first = Self.rail(
            people.firm,
            indicators: [
                TopicText.Indicator(what: "最近住宅窗外夜间噪声", target: "不高于 60 分贝", proof: "连续监测 7 天")
            ])
        let second = Self.rail(
            people.firm,
            indicators: [
                TopicText.Indicator(what: "最近住宅窗外夜间噪声", target: "不高于 55 分贝", proof: "第三方连续监测 30 天"),
                TopicText.Indicator(what: "桥梁低频振动", target: "下降 6 分贝以上", proof: "第三方测试"),
                TopicText.Indicator(what: "每公里造价", target: "不高于浮置板方案的 50%", proof: "决算审核"),
            ])
        try house.changeNow(by: officer, at: day(-110, 10)) { change in
            try TopicActs.open(first, from: problems, id: id, change)
            try TopicActs.invite(id, address: DemoCast.email(of: "expert-2"), change)
        }
        try house.changeNow(by: people.firm, at: day(-105, 10)) { change in
            try TopicActs.suggest(
                id, part: .indicators, text: "60 分贝居民感受不到差别，应为 55 分贝，监测时间不少于 30 天。",
                by: people.firm, change)
        }
        let expert = register.cast.person("expert-2")
        try house.changeNow(by: expert, at: day(-104, 15)) { change in
            try TopicActs.suggest(
                id, part: .indicators, text: "应同时考核桥梁低频振动，并限制造价，否则会出现浮置板的老办法。", by: expert, change)
        }
        try house.changeNow(by: officer, at: day(-100, 10)) { change in
            let facts = try TopicQueries.suggestions(id, change.store).map(\.fact)
            try TopicActs.revise(
                id, second, base: 1, adopting: facts, reason: "采纳最终用户和专家的意见，指标改为可由第三方检验。", change)
        }
        let panel = ["expert", "expert-3", "integrity", "auditor"]
        try house.changeNow(by: officer, at: day(-98, 10)) { change in
            try TopicActs.putToVote(
                id, addresses: panel.map(DemoCast.email), quorum: 3, by: officer, change)
        }
        let reasons = [
            ("expert", true, "指标可测，最终用户明确。"), ("expert-3", true, "造价指标合理，示范段长度足够。"),
            ("integrity", false, "建议再听取沿线居民的意见。"),
        ]
        for (key, supports, reason) in reasons {
            let person = register.cast.person(key)
            try house.changeNow(by: person, at: day(-96, 14)) { change in
                try TopicActs.vote(id, supports: supports, reason: reason, by: person, change)
            }
        }
        try house.changeNow(by: officer, at: day(-95, 10)) { change in
            try TopicActs.close(
                id, .ready, reason: "评议组多数赞成；居民意见由最终用户在示范段选址时听取。", change)
        }
        return id
    }

    /// Still in the making.
    private func refining(from problem: ID<Problem>, at: Instant) throws {
        let officer = register.cast.person("programme-officer")
        let id = house.world.id(Topic.self)
        let text = TopicText(
            title: "急诊脓毒症早期识别工具（演示）",
            goal: "利用急诊已有的生命体征和检验数据，做出可以在分诊台使用的早期提示工具，并在两家医院前瞻验证（演示）。",
            indicators: [
                TopicText.Indicator(what: "灵敏度", target: "不低于 90%", proof: "两家医院前瞻验证"),
                TopicText.Indicator(what: "误报率", target: "低于 20%", proof: "同上"),
            ],
            nodes: [
                TopicText.Node(month: 12, what: "完成模型和界面"), TopicText.Node(month: 24, what: "完成前瞻验证"),
            ], user: TopicText.User(name: "市属医院急诊科（演示）", organisation: nil, person: nil),
            ceiling: Money(yuan: 900_000))
        try house.changeNow(by: officer, at: at) { change in
            try TopicActs.open(text, from: [problem], id: id, change)
            try TopicActs.invite(id, address: DemoCast.email(of: "expert-3"), change)
        }
    }

    private func publish(
        _ programme: Programme, _ topic: ID<Topic>, _ day: (Int, Int) -> Instant
    ) throws -> Call {
        var values: [String: String] = [:]
        for parameter in programme.parameters { values[parameter.id] = parameter.demo }
        // What a project gets is bounded by its topic.
        values["grantAmount"] = "\(Money(yuan: 1_800_000).rawValue)"
        let closes = day(25, 16)
        let call = Call(
            id: house.world.id(Call.self), programme: programme.id, digest: programme.digest,
            number: "\(closes.day.year)-JB", title: "揭榜征集：轨道交通高架段减振降噪（演示）", year: closes.day.year,
            opens: day(-8, 9), closes: closes,
            guide: """
                （演示指南）本轮为带题目的征集：申请人选择榜单上的题目，按题目的目标、时间节点和验收指标提出方案。

                一、题目不限制揭榜人；申报条件以本页“规则”所列为准，每一条都标明依据。
                二、申请金额不得超过题目的经费上限。
                三、最终用户参加评审和验收。
                四、金额、年限等未见官方规定的数字均为演示值。
                """,
            settings: Settings(values), topics: [topic])
        let officer = register.cast.person("programme-officer")
        let house = house
        try house.changeNow(by: officer, at: day(-45, 11)) { change in
            try CallActs.publish(call, change, house)
        }
        return call
    }
}
