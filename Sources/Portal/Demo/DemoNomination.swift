package import Lifecycle
import Store

/// A call whose candidates are recommended by experts.
extension DemoCity {
    private static let guide = """
        （演示指南）面向北京地区高校的优秀青年学者，由同领域专家推荐、学校统一申报。

        一、推荐：每名候选人由至少三名同领域专家推荐，每位专家至多推荐三名候选人。
        二、申报：候选人在线填写并邀请推荐人，推荐人接受后方可提交；推荐信齐备后由学校统一申报。
        三、评审：形式审查、初评、面谈交流后决定。推荐人不参加评审。
        四、额度、期限等未核对原文的数字均为演示值。
        """

    /// An open call of the outstanding young scientists: one nomination that lacks a letter, one that is being written.
    static func nominate(_ house: House, _ register: DemoRegister, on today: Day) throws {
        guard let programme = house.plan.programmes.first(where: { $0.way == .recommendation }) else {
            return
        }
        func day(_ offset: Int, hour: Int = 9) -> Instant { Instant(today.adding(offset), hour: hour) }
        var round = DemoRound(
            house: house, register: register, kind: .natural, chance: SplitMix64(seed: 2029))
        let call = try round.publish(
            programme, number: "\(today.year)-ZQ", title: "\(programme.title.zh)（演示）", published: day(-60),
            opens: day(-25), closes: day(18, hour: 16), guide: guide)
        let homes = register.universities.filter { ["10005", "10011"].contains($0.institutionCode) }
        guard homes.count == 2 else { return }
        let recommenders = ["recommender", "recommender-2", "recommender-3"]
        let nominated = try round.candidate(
            of: call, programme, at: homes[0], number: 95_001, asking: recommenders, day(-12))
        for key in recommenders { try round.agree(key, to: nominated.id, day(-10)) }
        try house.changeNow(by: nominated.person, at: day(-8)) { change in
            _ = try ApplicationActs.submit(
                try Drafts.find(nominated.id, of: nominated.person, change.store), change, house)
        }
        // The first of them, whom everybody plays, has a letter left to write.
        for key in recommenders.dropFirst() { try round.recommend(key, nominated.id, programme, day(-5)) }
        let written = try round.candidate(
            of: call, programme, at: homes[1], number: 95_002, asking: recommenders, day(-3))
        try round.agree("recommender-2", to: written.id, day(-1))
    }
}

extension DemoRound {
    package struct Candidate: Sendable {
        package let id: ID<Application>
        package let person: ID<Person>
    }

    /// A candidate who has written everything and asked some of the cast to recommend.
    package mutating func candidate(
        of call: Call, _ programme: Programme, at home: UniversityRecord, number: Int, asking keys: [String],
        _ at: Instant
    ) throws -> Candidate {
        var round = self
        let house = house
        let (id, person) = try house.database.writeNow { store in
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            let person = try round.register.addApplicant(
                at: home, born: Day(number: 6_676), senior: false, number: number, change,
                using: &round.chance)
            let id = try round.begin(call, by: person, at: at, change)
            try round.fill(
                id, programme, sections: programme.form.sections.count, by: person, at: at, change)
            return (id, person)
        }
        self = round
        for key in keys {
            try act(person, at) { viewer, change in
                try PartyActs.invite(
                    DemoCast.email(of: key), as: .recommender, to: id, by: viewer, change, house)
            }
        }
        return Candidate(id: id, person: person)
    }

    /// One of the cast accepts to recommend.
    package func agree(_ key: String, to application: ID<Application>, _ at: Instant) throws {
        let (house, email) = (house, DemoCast.email(of: key))
        try act(register.cast.person(key), at) { viewer, change in
            guard
                let record = try InvitedParty.all(of: application, change.store).first(where: {
                    $0.email == email && $0.state == .invited
                })
            else { throw Missing() }
            try PartyActs.accept(record.invitation, by: viewer, isConfirmed: true, change, house)
        }
    }

    /// One of the cast writes the letter.
    package func recommend(
        _ key: String, _ application: ID<Application>, _ programme: Programme, _ at: Instant
    ) throws {
        let house = house
        guard
            let step = programme.procedure.steps.first(where: {
                $0.kind == .statement && $0.by == .recommender
            })
        else { throw Missing() }
        let answers = DemoRemarks.statement(programme.statement(of: step))
        try act(register.cast.person(key), at) { viewer, change in
            try StatementActs.make(
                StatementActs.Written(answers: answers), at: step.id, of: application, by: viewer, change,
                house)
        }
    }

    @discardableResult
    package func act<Value>(
        _ person: ID<Person>, _ at: Instant, _ body: (Viewer, Change) throws -> Value
    ) throws -> Value {
        try house.changeNow(by: person, at: at) { change in
            guard let viewer = try Viewer.find(person, at: at, change.store) else { throw Missing() }
            return try body(viewer, change)
        }
    }
}

extension DemoRemarks {
    private static let words = "（演示）长期从事这一方向，近年的工作有自己的想法，结论经得起检验；拟开展的研究问题明确、路线可行，值得稳定支持。"

    /// Something fitting in every field of a statement.
    static func statement(_ form: StatementForm?) -> [String: String] {
        var answers: [String: String] = [:]
        for field in form?.fields ?? [] {
            switch field.kind {
            case .prose: answers[field.id] = words
            case .line: answers[field.id] = "（演示）同意"
            case .choice: answers[field.id] = field.options.first?.id ?? ""
            case .flag: answers[field.id] = "true"
            case .count: answers[field.id] = "\(field.least ?? 1)"
            case .money: answers[field.id] = "10000"
            case .day: answers[field.id] = "2026-06-01"
            case .time: answers[field.id] = "09:30"
            case .keywords: answers[field.id] = "甲教授、乙教授、丙教授"
            case .discipline: break
            }
        }
        return answers
    }
}
