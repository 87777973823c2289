import Foundation
import Lifecycle
import PlanFiles
import Testing

/// `Plan/problem.yaml`: read with the rest of the plan, wrong ones named with line and column.
@Suite struct ProblemFormTests {
    private static func problems(_ text: String) throws -> [PlanProblem] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plan-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("document: {title: x, period: x, url: x}\nclauses: []\nunits: []\ntasks: []\n".utf8).write(
            to: folder.appending(path: "plan.yaml"))
        try Data(text.utf8).write(to: folder.appending(path: "problem.yaml"))
        return PlanCheck.check(folder.path)
    }

    private static func text() throws -> String {
        try String(contentsOfFile: "\(Repository.plan)/problem.yaml", encoding: .utf8)
    }

    @Test func `the form of the repository asks all that the house reads`() throws {
        #expect(try Self.problems(try Self.text()).isEmpty)
        let form = try #require(try Repository.loaded().problemForm)
        for part in ProblemForm.Part.allCases {
            #expect(form.fields.contains { $0.id == part.rawValue && $0.kind == part.kind }, "\(part)")
        }
    }

    @Test(arguments: [
        ("id: solved,", "id: solvd,", "problem.part-missing"),
        ("id: by, kind: day", "id: by, kind: line, most: 20", "problem.part-kind"),
        ("id: money, kind: money, least: 0", "id: money, kind: money, least: 1", "problem.money-zero"),
        ("least: 30, most: 2000", "least: 30", "problem.most"),
        ("id: keywords, kind: keywords", "id: keywords, kind: discipline", "problem.kind"),
        ("id: title, kind: line", "id: title, kind: line, required: false", "problem.part-required"),
        ("id: user, kind: line", "id: user, kind: lien", "type.choice"),
        ("fields:", "feilds:", "key.unknown"), ("id: benefits", "id: solved", "id.duplicate"),
    ])
    func `a form with one thing wrong is found at its place`(replace: String, with: String, code: String)
        throws
    {
        let sound = try Self.text()
        let range = try #require(sound.firstRange(of: replace))
        let found = try Self.problems(sound.replacingCharacters(in: range, with: with))
        let problem = try #require(found.first { $0.code == code }, "\(found)")
        #expect(problem.path.hasSuffix("problem.yaml") && problem.line >= 4 && problem.column >= 1)
    }

    @Test func `a plan without the file takes no problems, and that is no fault`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plan-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data("clauses: []\nunits: []\ntasks: []\n".utf8).write(to: folder.appending(path: "plan.yaml"))
        #expect(try PlanFolder.load(folder.path).problemForm == nil)
    }

    @Test func `nothing offered is an amount where the form says so, and nowhere else`() throws {
        let form = try #require(try Repository.loaded().problemForm)
        let asked = ApplicationForm(sections: [form.section])
        func codes(_ money: String) -> [String] {
            asked.problems(in: ["money": money], disciplines: [], settings: Settings()).filter {
                $0.field == "money"
            }.map(\.code)
        }
        #expect(codes("0").isEmpty && codes("100").isEmpty)
        #expect(codes("-1") == ["money"] && codes("x") == ["money"] && codes("") == ["required"])
        let programme = try #require(try Repository.loaded().programmes.first)
        #expect(
            programme.form.problems(in: ["amount": "0"], disciplines: [], settings: Settings()).contains {
                $0.field == "amount" && $0.code == "money"
            })
    }
}
