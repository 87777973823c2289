import Lifecycle
import PlanFiles
import Testing

/// When a milestone is due: counted in months, or as a part of the term that the call fills in.
@Suite struct MilestoneTests {
    private static let label = Label("节点", "milestone")

    private static func day(_ text: String) throws -> Day { try #require(Day(text: text)) }

    private static func due(month: Int? = nil, term: Int? = nil, years: Int) throws -> String {
        let start = try day("2027-01-01")
        return FundingRegime.Milestone(id: "m", label: label, month: month, term: term)
            .due(from: start, to: start.adding(years: years).adding(-1)).text
    }

    @Test func `a part of the term follows the term, and its whole is the last day`() throws {
        #expect(try Self.due(term: 100, years: 1) == "2027-12-31")
        #expect(try Self.due(term: 100, years: 3) == "2029-12-31")
        #expect(try Self.due(term: 50, years: 2) == "2027-12-31")
        #expect(try Self.due(term: 1, years: 1) == "2027-01-03")
        #expect(try Self.due(month: 12, years: 3) == "2028-01-01")
    }

    @Test func `later parts are never earlier, and none lies outside the term`() throws {
        let start = try Self.day("2027-03-15")
        for years in 1...10 {
            let end = start.adding(years: years).adding(-1)
            let dues = (1...100).map {
                FundingRegime.Milestone(id: "m", label: Self.label, term: $0).due(from: start, to: end)
            }
            #expect(dues == dues.sorted() && dues.first.map { $0 >= start } == true && dues.last == end)
        }
    }

    @Test func `a call whose projects end before a milestone is refused`() throws {
        let programme = try PlanFolder.programme(
            files: Repository.programme("outstanding-young-scientists"))
        func late(_ years: Int) throws -> [String] {
            let call = Call(
                id: ID("c"), programme: programme.id, digest: "", number: "1", title: "卓青", year: 2027,
                opens: Instant(milliseconds: 0), closes: Instant(milliseconds: 1), guide: "",
                settings: Settings(["projectStart": "2027-01-01", "projectYears": "\(years)"]))
            return call.obstacles(in: programme, at: Instant(milliseconds: 0)).map(\.code).filter {
                $0 == "call.milestone-late"
            }
        }
        #expect(try late(5) == [] && late(10) == [])
        #expect(try late(3).count == 1)
    }

    @Test(arguments: [
        ("term: 50", "month: 12, term: 50"), ("term: 50, ", ""), ("term: 50", "term: 0"),
        ("term: 50", "term: 101"),
    ])
    func `neither, both and what is out of bounds are found at the line`(replace: String, with: String) throws
    {
        var files = try Repository.programme("research-plan-natural-key")
        let text = try #require(files["funding.yaml"])
        files["funding.yaml"] = text.replacing("id: midterm, \(replace)", with: "id: midterm, \(with)")
        #expect(files["funding.yaml"] != text)
        let found = PlanCheck.check(files: files).filter { $0.path == "funding.yaml" && $0.isError }
        #expect(found.contains { $0.line > 1 && $0.column > 1 }, "\(found)")
    }
}
