import Foundation
import Lifecycle
import Store

@testable import Portal

extension SightCity {
    /// What the pool and the topics of the city are called by.
    struct Pool: Sendable {
        var problems: [String: ID<Problem>] = [:]
        var topics: [String: ID<Topic>] = [:]
        /// With which the citizen comes back.
        var receipt = ""
        var call = ID<Call>("")
    }
}

extension Maker {
    private static func text(_ mark: String, user: TopicText.User) -> TopicText {
        TopicText(
            title: "减振题目QX\(mark)TitleZ", goal: "QX\(mark)GoalZ，在不停运的条件下降低既有高架段的噪声和振动，并在一段线路上验证。",
            indicators: [TopicText.Indicator(what: "夜间噪声", target: "不高于 55 分贝", proof: "监测 30 天")],
            nodes: [TopicText.Node(month: 12, what: "完成样件")], user: user, ceiling: Money(yuan: 613_457))
    }

    private static let day = SightCity.at("2026-03-02")

    /// Problems of a person and of a citizen, one topic that is published and let by a call, one that is sealed and on
    /// which a panel votes.
    func playPool() throws -> SightCity.Pool {
        var pool = SightCity.Pool()
        let secret = String(repeating: "5e", count: 32)
        pool.receipt = secret
        for (key, who) in [("told", "subject"), ("citizen", nil), ("merged", "subject"), ("plain", "owner")] {
            pool.problems[key] = try putIn(key, by: who, secret: secret)
        }
        let house = house
        let told = pool.problems["told"] ?? ID("")
        let merged = pool.problems["merged"] ?? ID("")
        let citizen = pool.problems["citizen"] ?? ID("")
        try act("screener", SightCity.at("2026-03-05", 8, 47)) { change, officer in
            let number = try ProblemActs.standing(told, change.store)?.number ?? ""
            try ProblemActs.merge(
                merged, into: number, reason: "QXmergeReasonZ，说的是同一件事。", by: officer, change)
            try ProblemActs.link(citizen, with: number, reason: "QXlinkReasonZ，有关。", by: officer, change)
        }
        for key in ["sealed", "public"] {
            pool.topics[key] = try open(key, from: [told])
        }
        let published = pool.topics["public"] ?? ID("")
        let call = Call(
            id: ID("qx-call-topics"), programme: "research-plan-natural-general",
            digest: house.plan.programme("research-plan-natural-general")?.digest ?? "", number: "2026-TOPIC",
            title: "揭榜征集", year: 2026, opens: SightCity.at("2026-06-01"),
            closes: SightCity.at("2026-08-25", 16),
            guide: "一、说明\n本通知带题目，申请人选择榜单上的题目，按题目的目标和指标提出方案。", settings: settings(),
            topics: [published])
        pool.call = call.id
        try act("programme-officer", SightCity.at("2026-04-20")) { change, _ in
            try CallActs.publish(call, change, house)
        }
        return pool
    }

    private func settings() -> Settings {
        var values: [String: String] = [:]
        for parameter in house.plan.programme("research-plan-natural-general")?.parameters ?? [] {
            values[parameter.id] = parameter.demo
        }
        return Settings(values)
    }

    private func putIn(_ key: String, by who: String?, secret: String) throws -> ID<Problem> {
        let house = house
        let id = ID<Problem>("qx-problem-\(key)")
        let answers = [
            "title": "高架噪声怎样降低QX\(key)ProblemZ",
            "statement": "QX\(key)StatementZ，高架段两侧住宅夜间噪声超标，声屏障效果有限，希望有不停运就能装的减振办法。",
            "benefits": "沿线居民若干万人", "solved": "夜间窗外噪声不高于五十五分贝", "user": "轨道运营单位",
            "money": key == "told" ? "71_829_300".filter { $0 != "_" } : "0",
        ]
        let citizen =
            who == nil
            ? ProblemActs.Citizen(
                contact: ContactLeft(name: "QXcitizenZ", contact: "qxcontactz@example.org"), secret: secret)
            : nil
        try act(who, Self.day.adding(seconds: key == "told" ? 1_980 : 0)) { change, _ in
            _ = try ProblemActs.putIn(answers, id: id, citizen: citizen, change, house)
        }
        return id
    }

    /// Both are refined and put to the vote; one is carried and published.
    private func open(_ key: String, from problems: [ID<Problem>]) throws -> ID<Topic> {
        let id = ID<Topic>("qx-topic-\(key)")
        let user = TopicText.User(
            name: "QX\(key)UserZ公司", organisation: nil, person: key == "sealed" ? person("team-member") : nil)
        let first = Self.text(key, user: user)
        let second = TopicText(
            title: first.title, goal: first.goal + "QX\(key)SecondZ。", indicators: first.indicators,
            nodes: first.nodes, user: user, ceiling: first.ceiling)
        try act("programme-officer", SightCity.at("2026-03-10")) { change, _ in
            try TopicActs.open(first, from: problems, id: id, change)
            try TopicActs.invite(id, address: DemoCast.email(of: "expert-3"), change)
        }
        try act("expert-3", SightCity.at("2026-03-11")) { change, expert in
            try TopicActs.suggest(
                id, part: .goal, text: "QX\(key)SuggestionZ，目标还应写明线路。", by: expert, change)
        }
        try act("programme-officer", SightCity.at("2026-03-12")) { change, _ in
            let facts = try TopicQueries.suggestions(id, change.store).map(\.fact)
            try TopicActs.revise(
                id, second, base: 1, adopting: facts, reason: "QX\(key)RevisionZ，按建议修改。", change)
        }
        try act("expert-3", SightCity.at("2026-03-12", 15)) { change, expert in
            try TopicActs.suggest(id, part: .nodes, text: "时间节点还可以再早一些。", by: expert, change)
        }
        let panel = ["expert", "expert-2", "auditor"]
        try act("programme-officer", SightCity.at("2026-03-13")) { change, officer in
            try TopicActs.putToVote(
                id, addresses: panel.map(DemoCast.email), quorum: 2, by: officer, change)
        }
        for voter in ["expert", "expert-2"] {
            try act(voter, SightCity.at("2026-03-14")) { change, person in
                try TopicActs.vote(
                    id, supports: true, reason: "QX\(key)VoteOf\(voter == "expert" ? "One" : "Two")Z，可测。",
                    by: person, change)
            }
        }
        if key == "public" {
            try act("programme-officer", SightCity.at("2026-03-15")) { change, _ in
                try TopicActs.close(id, .ready, reason: "QXclosingGroundsZ，多数赞成。", change)
            }
        }
        return id
    }
}
