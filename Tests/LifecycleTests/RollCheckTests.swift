import Foundation
import Lifecycle
import PlanFiles
import Testing

/// What `plan check` says of rolls: each finding on the forum with one thing made wrong.
@Suite struct RollCheckTests {
    private static func changed(_ file: String, _ replace: String, _ with: String) throws -> [String: String]
    {
        var files = try Repository.programme("humanities-forum")
        let text = try #require(files[file])
        let range = try #require(text.firstRange(of: replace), "no \(replace)")
        files[file] = text.replacingCharacters(in: range, with: with)
        return files
    }

    @Test func `the forum's timetable is read as it is written`() throws {
        let files = try Repository.programme("humanities-forum")
        #expect(PlanCheck.check(files: files).filter(\.isError) == [])
        let programme = try PlanFolder.programme(files: files)
        let roll = try #require(programme.statement("slot")?.roll)
        #expect(roll.groupBy == "session" && roll.orderBy == ["day", "starts"])
        #expect(roll.apart?.same == ["session", "day"] && roll.apart?.times?.until == "ends")
        #expect(programme.statement("speaker")?.roll == nil)
        #expect(roll.invites == Label("特邀报告人", "Invited speaker"))
        #expect(programme.statement("proceedings")?.roll?.invites == nil)
    }

    @Test(arguments: [
        ("statements.yaml", "shows: [session, day,", "shows: [sesion, day,", "roll.field"),
        ("statements.yaml", "groupBy: session", "groupBy: starts", "roll.kind"),
        ("statements.yaml", "from: starts, until: ends}", "from: chair, until: ends}", "roll.kind"),
        ("statements.yaml", "from: starts, until: ends}", "from: starts}", "key.missing"),
        ("statements.yaml", "apart: {same: [session, day],", "apart: {same: [],", "key.missing"),
        (
            "statements.yaml", "      orderBy: [day, starts]\n", "      orderBye: [day, starts]\n",
            "key.unknown"
        ),
        (
            "statements.yaml", "      orderBy: [day, starts]\n",
            "      most: [{field: form, options: [speech], onParameter: places}]\n", "roll.cap"
        ),
        (
            "statements.yaml", "      orderBy: [day, starts]\n",
            "      most: [{field: form, options: [talk], onParameter: theme}]\n", "roll.parameter"
        ),
        ("statements.yaml", "shows: [session, day,", "shows: [day,", "roll.heading"),
        ("statements.yaml", "invites: {zh: 特邀报告人, en: Invited speaker}", "invites: {en: x}", "key.missing"),
        (
            "statements.yaml", "      groupBy: printed\n",
            "      groupBy: printed\n      invites: {zh: 特邀, en: Invited}\n", "roll.invites-twice"
        ),
        (
            "statements.yaml", "    label: {zh: 分会场与时段, en: Session and slot}\n",
            "    label: {zh: 分会场与时段, en: Session and slot}\n    pledge: true\n", "roll.invites"
        ),
        ("procedure.yaml", "    after: [notice]\n", "    after: [decide]\n", "roll.before-notice"),
        (
            "procedure.yaml", "    after: [decide]\n", "    after: [decide]\n    mayWithhold: true\n",
            "roll.withheld"
        ),
        ("procedure.yaml", "    returnsTo: [place]\n", "    returnsTo: [screen]\n", "roll.returns"),
        ("procedure.yaml", "    returnsTo: [place]\n", "    returnsTo: [place, decide]\n", "roll.returns"),
        // Beside the roll's step, it would open the notice anew under it.
        (
            "procedure.yaml", "    after: [place]\n    returnsTo: [place]\n",
            "    after: [notice]\n    returnsTo: [notice]\n", "roll.returns"
        ),
    ])
    func `one thing made wrong is found at its line`(
        file: String, replace: String, with: String, code: String
    ) throws {
        let found = PlanCheck.check(files: try Self.changed(file, replace, with))
        let hit = try #require(found.first { $0.code == code }, "\(found)")
        #expect(hit.line > 1 && hit.isError)
    }

    @Test func `a step after a roll's may send back to another that comes after it`() throws {
        let found = PlanCheck.check(
            files: try Self.changed(
                "procedure.yaml", "    after: [confirm]\n", "    after: [confirm]\n    returnsTo: [confirm]\n"
            ))
        #expect(!found.contains { $0.code == "roll.returns" }, "\(found)")
    }
}
