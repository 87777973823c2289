import Foundation
import Lifecycle
import PlanFiles
import Testing

/// A programme that uses files of `shared/`.
@Suite struct SharedFilesTests {
    /// Problems of a copy of the plan in which the natural sciences' programme says it uses `uses`.
    private func problems(uses: String, prepare: (URL) throws -> Void = { _ in }) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shared-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: URL(filePath: Repository.plan), to: folder)
        let head = folder.appending(path: "programmes/research-plan-natural-general/programme.yaml")
        let lines = try String(contentsOf: head, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        let changed = lines.map { $0.hasPrefix("uses: ") ? "uses: \(uses)" : String($0) }
        try changed.joined(separator: "\n").write(to: head, atomically: true, encoding: .utf8)
        try prepare(folder)
        return PlanCheck.check(folder.path).filter(\.isError).map {
            $0.text(in: .en).replacing(folder.path + "/", with: "")
        }
    }

    private static let all = "form: natural-project, review: general-grant, procedure: general-grant, "
    private static let rest = "funding: general-grant, terms: general-grant"

    @Test func `a shared file counts as the programme's own`() throws {
        #expect(try problems(uses: "{\(Self.all)\(Self.rest)}").isEmpty)
    }

    @Test func `a file of no kind that is shared is refused, with the one probably meant`() throws {
        let found = try problems(uses: "{\(Self.all)\(Self.rest), rule: general-grant}")
        let told = try #require(found.first { $0.hasSuffix("[uses.unknown]") }, "\(found)")
        #expect(told.hasPrefix("programmes/research-plan-natural-general/programme.yaml:"))
        #expect(told.contains("did you mean “rules”"))
    }

    @Test func `a programme cannot use a head`() throws {
        let found = try problems(uses: "{\(Self.all)\(Self.rest), programme: general-grant}")
        #expect(found.contains { $0.hasSuffix("[uses.unknown]") }, "\(found)")
    }

    @Test func `what stands in the folder is not shared too`() throws {
        let found = try problems(uses: "{\(Self.all)\(Self.rest), rules: general-grant}")
        #expect(found.contains { $0.contains("has a rules.yaml already") }, "\(found)")
    }

    @Test func `a shared file that is not there is named`() throws {
        let found = try problems(uses: "{\(Self.all)funding: general, terms: general-grant}")
        #expect(
            found.contains { $0.contains("there is no shared/general/funding.yaml [uses.missing]") },
            "\(found)")
        #expect(found.contains { $0.contains("funding.yaml is missing") }, "\(found)")
    }

    @Test func `a name that leads out of the folder is refused`() throws {
        let found = try problems(uses: "{\(Self.all)funding: ../../programmes/x, terms: general-grant}")
        #expect(found.contains { $0.hasSuffix("[type.id]") }, "\(found)")
    }

    @Test func `something else than a table is refused`() throws {
        let found = try problems(uses: "general-grant")
        #expect(found.contains { $0.hasSuffix("[type.mapping]") }, "\(found)")
    }

    @Test func `what is wrong with a shared file is told at its own place`() throws {
        let found = try problems(uses: "{\(Self.all)\(Self.rest)}") { folder in
            try "lumpSum: perhaps\n".write(
                to: folder.appending(path: "shared/general-grant/funding.yaml"), atomically: true,
                encoding: .utf8)
        }
        #expect(found.contains { $0.hasPrefix("shared/general-grant/funding.yaml:1:10: ") }, "\(found)")
    }

    @Test func `a programme's own terms count before shared ones of the same name`() throws {
        let plan = try Repository.loaded()
        let programme = try #require(plan.programme("research-plan-natural-general"))
        var files = try #require(plan.definitions[programme.id])
        #expect(programme.parameters.first { $0.id == "projectYears" }?.demo == "2")
        files["programme.yaml", default: ""] +=
            "  - {id: projectYears, kind: count, label: {zh: 年限, en: Years}, demo: 5, least: 5, most: 5}\n"
        let changed = try PlanFolder.programme(files: files)
        #expect(changed.parameters.filter { $0.id == "projectYears" }.map(\.demo) == ["5"])
        #expect(changed.defaults == programme.defaults)
    }
}
