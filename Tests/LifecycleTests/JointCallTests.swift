import Foundation
import Lifecycle
import PlanFiles
import Testing

/// A call that two organisations fund: what `plan check` says of the rule, what a call may say, and whose money it is.
@Suite struct JointCallTests {
    typealias Wrong = StatementCheckTests.Wrong
    private static let file = "programme.yaml"

    private static func programme() throws -> Programme {
        try PlanFolder.programme(files: NonConsensusPlanTests.files())
    }

    @Test(arguments: [
        Wrong(file: file, replace: "share: jointShare", with: "share: jointShere", code: "joint.share"),
        Wrong(file: file, replace: "share: jointShare", with: "share: grantAmount", code: "joint.share"),
        Wrong(
            file: file, replace: "demo: 0\n    least: 0\n    most: 99",
            with: "demo: 1\n    least: 1\n    most: 99", code: "joint.bounds"),
        Wrong(
            file: file, replace: "demo: 0\n    least: 0\n    most: 99",
            with: "demo: 0\n    least: 0\n    most: 100", code: "joint.bounds"),
        Wrong(
            file: file, replace: "demo: 0\n    least: 0\n    most: 99", with: "demo: 0", code: "joint.bounds"),
        Wrong(
            file: file, replace: "cites: {source: notice-2021}", with: "cites: {source: notice-2012}",
            code: "source.unknown"),
        Wrong(
            file: file, replace: "share: jointShare\n", with: "share: jointShare\n  money: 3\n",
            code: "key.unknown"),
    ])
    func `one thing made wrong is found at its line`(wrong: Wrong) throws {
        var files = try NonConsensusPlanTests.files()
        let text = try #require(files[wrong.file])
        let range = try #require(text.firstRange(of: wrong.replace), "no \(wrong.replace)")
        files[wrong.file] = text.replacingCharacters(in: range, with: wrong.with)
        let hit = try #require(PlanCheck.check(files: files).first { $0.code == wrong.code })
        #expect(hit.line > 1 && hit.column >= 1 && hit.isError)
    }

    private static func call(budget: Int64 = 1_000_001, share: Int?, funder: String?) throws -> Call {
        var settings = Settings(["roundBudget": "\(budget)"])
        if let share { settings.values["jointShare"] = "\(share)" }
        return Call(
            id: ID("c"), programme: "p", digest: "", number: "2027-1", title: "联合", year: 2027,
            opens: Instant(milliseconds: 0), closes: Instant(milliseconds: 1), guide: "", settings: settings,
            funder: funder.map { ID($0) })
    }

    private static func joint(_ call: Call, in programme: Programme) -> [String] {
        call.obstacles(in: programme, at: Instant(milliseconds: 0)).map(\.code).filter {
            $0.hasPrefix("call.joint")
        }
    }

    @Test func `a share needs a funder, a funder a share, and both a programme that knows of it`() throws {
        let programme = try Self.programme()
        let refused: [(Int?, String?, [String])] = [
            (20, nil, ["call.joint-nobody"]), (0, "f", ["call.joint-share"]),
            (nil, "f", ["call.joint-share"]), (100, "f", ["call.joint-share"]), (0, nil, []), (1, "f", []),
            (99, "f", []),
        ]
        for (share, funder, codes) in refused {
            #expect(Self.joint(try Self.call(share: share, funder: funder), in: programme) == codes)
        }
        let alone = try PlanFolder.programme(files: Repository.programme("research-plan-natural-general"))
        #expect(Self.joint(try Self.call(share: nil, funder: "f"), in: alone) == ["call.joint-none"])
    }

    @Test func `the parts make the budget, to the fen and through every amendment`() throws {
        let programme = try Self.programme()
        for share in [1, 33, 50, 67, 99] {
            var ledger = Ledger()
            var earlier: Call?
            for budget in [Int64(1), 7, 7, 100, 1_000_003, 1_000_004, 33_333_333] {
                let call = try Self.call(budget: budget, share: share, funder: "f")
                for entry in call.entries(after: earlier, in: programme) { try ledger.book(entry) }
                let given = ledger.balance(.funder("f"))
                #expect(ledger.balance(.budget(call: "c")) == call.budget)
                #expect(given == .zero - call.jointPart(of: call.budget, in: programme))
                #expect(ledger.balance(.treasury) + given == .zero - call.budget)
                earlier = call
            }
            #expect(ledger.sum == .zero)
        }
    }

    @Test func `alone the commission gives all of it, in one entry`() throws {
        let programme = try Self.programme()
        let call = try Self.call(share: 0, funder: nil)
        let entries = call.entries(after: nil, in: programme)
        #expect(entries == [Entry(from: .treasury, to: .budget(call: "c"), amount: call.budget)])
        #expect(call.entries(after: call, in: programme) == [])
    }

    @Test func `who bears how much is fixed once it is out`() throws {
        let programme = try Self.programme()
        let out = try Self.call(share: 40, funder: "f")
        for other in [try Self.call(share: 41, funder: "f"), try Self.call(share: 40, funder: "g")] {
            #expect(other.jointObstacles(after: out, in: programme).map(\.code) == ["call.joint-fixed"])
        }
        let richer = try Self.call(budget: 2_000_000, share: 40, funder: "f")
        #expect(richer.jointObstacles(after: out, in: programme) == [])
    }

    @Test func `who signs for another funder neither applies nor reviews nor audits`() {
        for role in [Role.applicant, .expert, .auditor, .partner, .systemAdmin] {
            #expect(Role.jointFunder.apartFrom.contains(role))
        }
        #expect(Role.applicant.apartFrom.contains(.jointFunder) && !Role.jointFunder.mayExcept)
    }

    @Test func `a change of the rule is told`() throws {
        let old = try Self.programme()
        var files = try NonConsensusPlanTests.files()
        files[Self.file] = files[Self.file]?.replacing("2021 年度）。通知正文未见", with: "2021 年度）。已见通知正文")
        let new = try PlanFolder.programme(files: files)
        let changes = ProgrammeDiff(from: old, to: new).changes
        #expect(changes.map(\.id) == ["joint"] && changes.map(\.kind) == [.reworded])
    }
}
