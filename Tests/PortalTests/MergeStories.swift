import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// Problems merged on and on: what stands for them in the end, which topics come of them, and what their proposers are
/// told.
struct MergeStories {
    private struct Line {
        let stage: PoolStage
        let officer: Browser
        /// Merged into the second, and that into the third.
        let first: String
        let second: String
        let third: String
        /// Of a citizen's, which was merged into the first before.
        let receipt: String
        let citizens: String
    }

    private func merged(_ season: Season) async throws -> Line {
        let stage = PoolStage(season: season)
        let first = try await stage.putIn(season.browser(as: "recommender"), ["title": "高架桥边夜里太吵"])
        let second = try await stage.putIn(season.browser(as: "applicant"), ["title": "高架段夜间振动扰民"])
        let third = try await stage.putIn(season.browser(as: "applicant-central"))
        let taken = try await season.publicBrowser.post(
            "/problems/new",
            PoolStage.form(["title": "夜里关窗也听得见"]) + [("contact-name", "王某某"), ("contact", "13800000000")],
            follow: false)
        let receipt = try #require(taken.headers[.location]?.split(separator: "?").first.map(String.init))
        let citizens = try season.house.database.readNow { store in
            try #require(
                try store.value("SELECT id FROM problem WHERE receipt IS NOT NULL", as: ID<Problem>.self))
        }
        let line = Line(
            stage: stage, officer: try season.browser(as: "programme-officer"), first: first, second: second,
            third: third, receipt: receipt, citizens: "/problems/\(citizens)")
        for (from, into) in [(line.citizens, first), (first, second), (second, third)] {
            #expect(try await merge(from, into, line).status == 303)
        }
        return line
    }

    private func merge(_ from: String, _ into: String, _ line: Line) async throws -> Browser.Page {
        try await line.officer.post(
            "\(from)/merge", [("other", try line.stage.number(into)), ("reason", "说的是同一处高架段")], from: from,
            follow: false)
    }

    @Test func `all that was merged into a topic's problem is its own, and none of its proposers judges it`()
        async throws
    {
        let season = try await Season(experts: 0)
        let line = try await merged(season)
        let topic = try await line.stage.open(line.officer, from: [line.third])
        for page in [topic, "\(topic)/chain"] {
            let shown = try await line.officer.get(page)
            for problem in [line.first, line.second, line.third, line.citizens] {
                #expect(shown.contains("href=\"\(problem)\""), "\(page) \(problem)")
            }
        }
        for (key, why) in [
            ("recommender", "提出来源问题的人"), ("applicant", "提出来源问题的人"),
            // Put nothing in, and is of the university from which the second came.
            ("university-leader", "与提出来源问题的人同属一个单位"),
        ] {
            let panel = ["expert", "expert-2", key].map(DemoCast.email).joined(separator: "\n")
            let refused = try await line.officer.post(
                "\(topic)/ballot", [("panel", panel), ("quorum", "2")], from: topic, follow: false)
            #expect(refused.status == 422 && refused.contains(why), "\(key)")
        }
    }

    @Test func `who put in what was merged is told the number it goes by, and its topic once that is public`()
        async throws
    {
        let season = try await Season(experts: 0)
        let line = try await merged(season)
        let topic = try await line.stage.open(line.officer, from: [line.third])
        let proposer = try season.browser(as: "recommender")
        let number = try line.stage.number(line.third)
        func told() async throws -> [Browser.Page] {
            [try await proposer.get(line.first), try await season.publicBrowser.get(line.receipt)]
        }
        for page in try await told() {
            #expect(page.status == 200 && page.contains(number))
            // Neither what it says nor the way to it, nor what is still in the making.
            #expect(!page.contains("地铁高架段夜间噪声怎样降低") && !page.contains(line.third))
            #expect(!page.contains(topic))
        }
        try await line.stage.carry(topic)
        for page in try await told() {
            #expect(page.contains("href=\"\(topic)\"") && page.contains("href=\"\(topic)/chain\""))
        }
        // Their own stands on the chain for them, and nobody else's.
        let chain = try await proposer.get("\(topic)/chain")
        #expect(chain.contains(line.first) && !chain.contains(line.second) && !chain.contains(line.third))
    }

    @Test func `no merge closes a circle, and one that stood there would not be walked for ever`()
        async throws
    {
        let season = try await Season(experts: 0)
        let line = try await merged(season)
        let refused = try await merge(line.third, line.first, line)
        #expect(refused.status == 422 && refused.contains("不能作为合并的目标"))
        let topic = try await line.stage.open(line.officer, from: [line.third])
        let (first, third) = (line.stage.problem(line.first), line.stage.problem(line.third))
        let id = ID<Topic>(String(topic.split(separator: "/").last ?? ""))
        func root() throws -> ID<Problem>? {
            try season.house.database.readNow { try ProblemMerges.root(of: first, $0)?.id }
        }
        #expect(try root() == third)
        try season.house.database.writeNow { store in
            _ = try store.run("UPDATE problem SET merged_into = \(first) WHERE id = \(third)")
        }
        #expect(try root() == nil)
        let (problems, topics) = try season.house.database.readNow { store in
            (try TopicQueries.problems(id, store), try TopicQueries.from(first, store))
        }
        #expect(problems.count == 4 && topics.map(\.id) == [id])
    }
}
