import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// Problems and topics on a season, through the pages.
struct PoolStage {
    let season: Season

    static let answers: [(String, String)] = [
        ("title", "地铁高架段夜间噪声怎样降低"),
        ("statement", "高架段两侧住宅夜间噪声超标，声屏障加高以后效果有限，轮轨噪声和桥梁低频振动仍在，希望有不停运就能装的办法。"),
        ("benefits", "沿线居民约三万人"), ("solved", "夜间窗外噪声不高于 55 分贝"), ("by", "2027-12-31"),
        ("user", "轨道交通运营单位"), ("money", "0"), ("keywords", "减振、噪声"),
    ]

    static func form(_ more: [String: String] = [:]) -> [(String, String)] {
        var values = Dictionary(uniqueKeysWithValues: answers)
        values.merge(more) { $1 }
        return values.map { ($0.key, $0.value) }
    }

    static let topic: [(String, String)] = [
        ("title", "既有高架段减振降噪成套技术"),
        ("goal", "在不停运的条件下降低既有高架段的轮轨噪声和桥梁振动，并在一段线路上验证。"),
        ("indicators", "夜间噪声 | 不高于 55 分贝 | 连续监测 30 天\n造价｜不高于原方案的 50%"), ("nodes", "6 | 完成设计\n18 | 完成示范段"),
        ("ceiling", "800000"), ("user-name", "某轨道公司"), ("user-email", ""),
    ]

    static func topicForm(_ more: [String: String] = [:]) -> [(String, String)] {
        var values = Dictionary(uniqueKeysWithValues: topic)
        values.merge(more) { $1 }
        return values.map { ($0.key, $0.value) }
    }

    /// Puts one in through the page; its address.
    @discardableResult
    func putIn(_ browser: Browser, _ more: [String: String] = [:]) async throws -> String {
        let answer = try await browser.post("/problems/new", Self.form(more), follow: false)
        #expect(answer.status == 303)
        return try #require(answer.headers[.location]?.split(separator: "?").first.map(String.init))
    }

    func problem(_ path: String) -> ID<Problem> { ID(String(path.split(separator: "/").last ?? "")) }

    func number(_ path: String) throws -> String {
        let id = problem(path)
        return try season.house.database.readNow { store in
            try #require(try ProblemActs.standing(id, store)).number
        }
    }

    /// Opens a topic through the page; its address.
    func open(_ officer: Browser, from problems: [String], _ more: [String: String] = [:]) async throws
        -> String
    {
        let chosen = problems.map { ("problem", problem($0).rawValue) }
        let answer = try await officer.post(
            "/office/topics/new", Self.topicForm(more) + chosen, from: "/office/problems", follow: false)
        #expect(answer.status == 303)
        return try #require(answer.headers[.location]?.split(separator: "?").first.map(String.init))
    }

    /// Puts a topic to the vote of three, lets so many of them vote, and closes it.
    func carry(_ topic: String) async throws {
        let officer = try season.browser(as: "programme-officer")
        let panel = ["expert", "expert-2", "expert-3"]
        let asked = try await officer.post(
            "\(topic)/ballot",
            [("panel", panel.map(DemoCast.email).joined(separator: "\n")), ("quorum", "2")],
            from: topic, follow: false)
        #expect(asked.status == 303)
        for key in panel {
            let vote = try await season.browser(as: key).post(
                "\(topic)/vote", [("supports", key == "expert-3" ? "no" : "yes"), ("reason", "理由充分可检验")],
                from: topic, follow: false)
            #expect(vote.status == 303)
        }
        let closed = try await officer.post(
            "\(topic)/close", [("outcome", "ready"), ("reason", "多数赞成，予以公布")], from: topic, follow: false)
        #expect(closed.status == 303)
    }
}
