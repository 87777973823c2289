import Foundation
import Lifecycle
import Testing

@Suite struct PolicyDocumentTests {
    private let small = """
        某市试行办法
        （试行）

        为做好有关工作，制定本办法。

        一、目标
        到明年年底，大体做到下面几点。

        ——路更宽。多修路。
        ——水更清。多治水。
        二、原则

        坚持先近后远。先做眼前的。
        坚持先易后难。先做容易的。

        三、任务

        （一）修路

        1.修大路。把大路修好，投入1.5亿元。
        1.5亿元分三年安排。
        2.修小路。把小路修好。
        （二）治水
        1.治河。把河治好。

        四、保障

        （一）用人。选好人。
        （二）用钱。花好钱。
        """

    private func ids(_ text: String) -> [String] { PolicyDocument(text).clauses.map(\.id.rawValue) }

    private let expected = [
        "1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1", "3.1.1", "3.1.2", "3.2", "3.2.1", "4", "4.1", "4.2",
    ]

    @Test func `parts, goals, principles, sections, items and guarantees are found in order`() {
        #expect(ids(small) == expected)
    }

    @Test func `a clause has its title, its line and its whole paragraph`() throws {
        let clauses = PolicyDocument(small).clauses
        let goal = try #require(clauses.first { $0.id.rawValue == "1.1" })
        #expect(goal.title == "路更宽" && goal.line == 9 && goal.text == "——路更宽。多修路。")
        let part = try #require(clauses.first { $0.id.rawValue == "2" })
        #expect(part.title == "原则" && part.line == 11 && part.text == "二、原则")
        let item = try #require(clauses.first { $0.id.rawValue == "3.1.1" })
        #expect(item.title == "修大路" && item.text == "1.修大路。把大路修好，投入1.5亿元。")
        let guarantee = try #require(clauses.first { $0.id.rawValue == "4.2" })
        #expect(guarantee.title == "用钱" && guarantee.text == "（二）用钱。花好钱。")
    }

    @Test func `line ends, byte order mark, wide digits and leading spaces change nothing`() {
        let windows = "\u{FEFF}" + small.replacing("\n", with: "\r\n")
        #expect(PolicyDocument(windows) == PolicyDocument(small))
        #expect(PolicyDocument(small.replacing("\n", with: "\r")) == PolicyDocument(small))
        let wide = small.replacing("\n1.修", with: "\n　　１．修").replacing("\n2.修", with: "\n\t２、修")
        #expect(ids(wide) == expected)
        #expect(ids(small.replacing("（一）", with: "(一)")) == expected)
    }

    @Test func `numbers above ten are read`() {
        #expect(ids("十、甲\n（十一）乙\n12.丙。\n二十一、丁") == ["10", "10.11", "10.11.12", "21"])
    }

    @Test func `a text without numbers has no clauses`() {
        #expect(ids("").isEmpty)
        #expect(ids("只有一段话。\n——还有一段。").isEmpty)
    }

    @Test func `an outline sets each level in by two spaces`() {
        #expect(PolicyDocument("一、甲\n（一）乙\n1.丙。丁").outline == "1 甲\n  1.1 乙\n    1.1.1 丙")
    }

    @Test func `the document is written as clauses with id, title, line and text`() throws {
        let data = try JSONEncoder().encode(PolicyDocument("一、甲"))
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [[String: Any]]])
        let clause = try #require(json["clauses"]?.first)
        #expect(Set(clause.keys) == ["id", "title", "line", "text"])
        #expect(clause["id"] as? String == "1" && clause["line"] as? Int == 1)
    }

    // The action plan's text belongs to its authors and is not in the repository: without the folder of shared
    // material beside it this test is skipped, and the run says so.
    @Test(.enabled(if: Repository.hasActionPlan, "no shared/plan/action-plan.txt beside the repository"))
    func `every clause of the action plan is found and none merged`() throws {
        let text = try String(contentsOf: Repository.actionPlan, encoding: .utf8)
        let clauses = PolicyDocument(text).clauses
        let wanted =
            ["1", "1.1", "1.2", "1.3", "1.4", "2", "2.1", "2.2", "2.3", "2.4", "2.5", "3"]
            + ["3.1", "3.1.1", "3.1.2", "3.2", "3.2.1", "3.2.2", "3.3", "3.3.1", "3.3.2", "3.3.3", "3.3.4"]
            + ["3.4", "3.4.1", "3.4.2", "3.5", "3.5.1", "3.6", "3.6.1", "3.6.2", "3.6.3"]
            + ["4", "4.1", "4.2", "4.3", "4.4"]
        #expect(clauses.map(\.id.rawValue) == wanted)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for clause in clauses {
            #expect(String(lines[clause.line - 1]) == clause.text)
            #expect(!clause.title.isEmpty && clause.title.count <= 30 && clause.text.contains(clause.title))
        }
        #expect(clauses.first { $0.id.rawValue == "3.3.1" }?.line == 43)
    }
}
