import Foundation
import Lifecycle
import PlanFiles
import Testing

/// What follows from a file that cannot be read is not told as if it were wrong as well: of one thing made wrong in a plan
/// the check tells that thing, once.
@Suite struct ConsequenceTests {
    private static let home = "programmes/research-plan-natural-general"
    private static let broken = Data("a: [\n".utf8)
    private static let notText = Data([0x61, 0x3A, 0x20, 0xFF, 0x0A])

    /// Errors in a copy of the plan, as `path code`.
    private func errors(_ prepare: (URL) throws -> Void) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "wrong-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: URL(filePath: Repository.plan), to: folder)
        try prepare(folder)
        return PlanCheck.check(folder.path).filter(\.isError).map {
            "\($0.path.replacing(folder.path + "/", with: "")) \($0.code)"
        }
    }

    /// The errors after one file was written anew.
    private func errors(_ path: String, _ bytes: Data) throws -> [String] {
        try errors { try bytes.write(to: $0.appending(path: path)) }
    }

    @Test(arguments: ["programme.yaml", "rules.yaml", "cases.yaml"])
    func `a file that is not UTF-8 is not missing too`(name: String) throws {
        let path = "\(Self.home)/\(name)"
        #expect(try errors(path, Self.notText) == ["\(path) yaml.utf8"])
    }

    @Test(arguments: ["programme.yaml", "rules.yaml", "cases.yaml"])
    func `what does not parse is told alone`(name: String) throws {
        let path = "\(Self.home)/\(name)"
        #expect(try errors(path, Self.broken) == ["\(path) yaml.unclosed"])
    }

    @Test func `without a head no other file is asked for, and no source`() throws {
        let path = "\(Self.home)/programme.yaml"
        let found = try errors { try FileManager.default.removeItem(at: $0.appending(path: path)) }
        #expect(found == ["\(path) file.missing"])
        #expect(try errors(path, Data("- a\n".utf8)) == ["\(path) type.mapping"])
    }

    @Test(arguments: ["funding.yaml", "terms.yaml", "form.yaml", "procedure.yaml", "review.yaml"])
    func `a shared file is told of once, however many use it`(name: String) throws {
        let path = name == "form.yaml" ? "shared/natural-project/form.yaml" : "shared/general-grant/\(name)"
        #expect(try errors(path, Self.broken) == ["\(path) yaml.unclosed"])
        #expect(try errors(path, Self.notText) == ["\(path) yaml.utf8"])
    }

    @Test func `without its steps a programme is not asked for what only some need`() throws {
        let path = "shared/humanities-platform/procedure.yaml"
        #expect(try errors(path, Self.broken) == ["\(path) yaml.unclosed"])
    }

    @Test func `without the plan's clauses none is asked for`() throws {
        let found = try errors { try FileManager.default.removeItem(at: $0.appending(path: "plan.yaml")) }
        #expect(found == ["plan.yaml file.missing"])
        #expect(try errors("plan.yaml", Self.broken) == ["plan.yaml yaml.unclosed"])
    }

    @Test func `one clause that does not read is told alone`() throws {
        let found = try errors { folder in
            let file = folder.appending(path: "plan.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            let clauses = try #require(text.firstRange(of: "\nclauses:"))
            let title = try #require(text[clauses.upperBound...].firstRange(of: "title: "))
            try text.replacingCharacters(in: title, with: "titel: ").write(
                to: file, atomically: true, encoding: .utf8)
        }
        #expect(Set(found) == ["plan.yaml key.missing", "plan.yaml key.unknown"], "\(found)")
    }

    @Test func `a calendar says how far it was checked in the words that there are`() throws {
        let found = try errors { folder in
            let file = folder.appending(path: "calendar/2026.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            let check = try #require(text.firstRange(of: /verified: \w+/))
            try text.replacingCharacters(in: check, with: "verified: banana").write(
                to: file, atomically: true, encoding: .utf8)
        }
        #expect(found == ["calendar/2026.yaml type.choice"])
    }

    @Test func `what is found twice is told once`() {
        let place = Place(path: "a.yaml", line: 2, column: 3)
        let one = PlanProblem(place, "key.missing", "缺少", "missing")
        let other = PlanProblem(place, "key.missing", "还缺", "missing too")
        #expect(PlanProblems([one, other, one]).problems.count == 2)
    }
}
