import Foundation
import Lifecycle
import PlanFiles
import Testing

/// What `plan check` says of directed commissions, rapid responses and voices that are counted: each finding on a
/// programme of the plan with one thing made wrong.
@Suite struct LettingCheckTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let programme: String
        let file: String
        let replace: String
        let with: String
        let code: String
        var testDescription: String { "\(code): \(with)" }
    }

    private func found(_ wrong: Wrong) throws -> [PlanProblem] {
        var files = try Repository.programme(wrong.programme)
        let text = try #require(files[wrong.file])
        let range = try #require(text.firstRange(of: wrong.replace), "no \(wrong.replace)")
        files[wrong.file] = text.replacingCharacters(in: range, with: wrong.with)
        return PlanCheck.check(files: files)
    }

    private static func directed(_ file: String, _ replace: String, _ with: String, _ code: String) -> Wrong {
        Wrong(programme: "directed-commission", file: file, replace: replace, with: with, code: code)
    }

    private static func rapid(_ file: String, _ replace: String, _ with: String, _ code: String) -> Wrong {
        Wrong(programme: "rapid-response", file: file, replace: replace, with: with, code: code)
    }

    @Test(arguments: [
        directed("statements.yaml", "field: position", "field: opinion", "statement.tally-field"),
        directed("statements.yaml", "field: position", "field: nothing", "statement.tally-field"),
        directed("statements.yaml", "favour: [agree]", "favour: [agreed]", "statement.tally-favour"),
        directed("statements.yaml", "favour: [agree]", "favour: []", "statement.tally-favour"),
        directed(
            "statements.yaml", "least: 2}\n    standing", "least: 4}\n    standing", "statement.tally-needs"),
        directed("statements.yaml", "least: 2}\n    standing", "least: 0}\n    standing", "type.number"),
        directed("statements.yaml", "field: position, favour", "feild: position, favour", "key.unknown"),
        directed("procedure.yaml", "    needs: 3\n", "", "statement.tally-needs"),
        directed(
            "statements.yaml", "    tally:", "    verdict: [done, refused]\n    tally:",
            "statement.tally-verdict"),
        directed("procedure.yaml", "mayWithhold: true", "mayWithhold: perhaps", "type.flag"),
        directed(
            "procedure.yaml", "    kind: contract\n", "    kind: contract\n    mayWithhold: true\n",
            "letting.withhold"),
        directed("programme.yaml", "letting: directed", "letting: open-competition", "letting.withhold"),
        directed("programme.yaml", "letting: directed", "letting: rapid-response", "letting.withhold"),
        directed("statements.yaml", "    grounds: true\n", "", "letting.grounds"),
        directed(
            "statements.yaml", "      - id: type\n        kind: choice\n",
            "      - id: type\n        kind: choice\n        required: false\n", "letting.reason"),
        directed(
            "procedure.yaml",
            "    kind: appraise\n    appraisal: commission\n    label: {zh: 专家论证, en: Appraisal}\n    by: expert\n",
            "    kind: statement\n    statement: support\n    label: {zh: 专家论证, en: Appraisal}\n    by: auditor\n",
            "letting.appraised"),
        directed(
            "statements.yaml", "    tally: {field: position, favour: [agree], least: 2}\n", "",
            "letting.collective"),
        // Counted after it was decided.
        directed(
            "procedure.yaml", "    after: [collective]\n", "    after: [appraise]\n", "letting.collective"),
        directed(
            "procedure.yaml", "    kind: publicise\n", "    kind: statement\n    statement: support\n",
            "letting.publicised"),
        // Signed before anybody could object.
        directed("procedure.yaml", "    after: [notice]", "    after: [decide]", "letting.notice"),
        rapid("programme.yaml", "letting: rapid-response", "letting: open-competition", "letting.notice"),
        rapid("programme.yaml", "madeUpBy: notice", "madeUpBy: university", "letting.notice"),
        rapid("programme.yaml", "madeUpBy: notice", "madeUpBy: consult", "letting.made-up"),
        rapid("programme.yaml", "  - id: trigger\n", "  - id: cause\n", "letting.trigger"),
        rapid(
            "programme.yaml", "  - id: triggerOwner\n    kind: owner", "  - id: triggerOwner\n    kind: text",
            "letting.trigger-owner"),
        rapid("programme.yaml", "demo: commission-leader", "demo: commission-leeder", "type.choice"),
        rapid(
            "programme.yaml", "  - id: projectStart\n",
            "  - id: second\n    kind: owner\n    label: {zh: 另一位, en: Another}\n  - id: projectStart\n",
            "letting.owners"),
        rapid(
            "procedure.yaml", "within: {afterPublication: {hours: 24}}", "within: {hours: 8}", "letting.hours"
        ),
        rapid(
            "procedure.yaml", "within: {afterPublication: {hours: 44}}", "within: {days: 2}", "letting.hours"),
        rapid(
            "procedure.yaml", "{afterPublication: {hours: 24}}", "{afterPublication: {hours: 16}}",
            "letting.hours-order"),
        rapid(
            "procedure.yaml", "{afterPublication: {hours: 24}}", "{afterPublication: {ours: 16}}",
            "key.unknown"),
        // Experts who are heard after the decision stop nothing, and somebody says what follows.
        rapid("appraisals.yaml", "otherwise: noted}", "otherwise: refused}", "appraisal.ends-late"),
        rapid("procedure.yaml", "after: [review-after]", "after: [contract]", "procedure.dead-end"),
        directed("appraisals.yaml", "otherwise: refused}", "otherwise: noted}", "appraisal.noted-early"),
        Wrong(
            programme: "outstanding-young-scientists", file: "rules.yaml",
            replace: "role: recommender, least: 3",
            with: "role: final-user, least: 3", code: "rule.unknown-party"),
        Wrong(
            programme: "outstanding-young-scientists", file: "rules.yaml",
            replace: "role: recommender, least: 3",
            with: "role: recommender, least: 6", code: "rule.unknown-party"),
        Wrong(
            programme: "outstanding-young-scientists", file: "rules.yaml", replace: "level: first",
            with: "level: third", code: "type.choice"),
        Wrong(
            programme: "open-challenge", file: "funding.yaml", replace: "{upon: acceptance, of",
            with: "{upon: nowhere, of", code: "funding.unknown-milestone"),
        Wrong(
            programme: "open-challenge", file: "statements.yaml", replace: "    pledge: true\n", with: "",
            code: "letting.pledge"),
    ])
    func `one thing made wrong is found at its line`(wrong: Wrong) throws {
        let found = try found(wrong)
        let hit = try #require(found.first { $0.code == wrong.code }, "\(found)")
        #expect(hit.isError && hit.line > 1, "\(hit)")
    }

    @Test func `a competition that calls itself directed is told what it lacks, and how to mend it`() throws {
        var files = try Repository.programme("research-plan-natural-general")
        let head = try #require(files["programme.yaml"])
        #expect(!head.contains("letting:"))
        files["programme.yaml"] = head + "\nletting: directed\n"
        let found = PlanCheck.check(files: files).filter { $0.code.hasPrefix("letting.") }
        #expect(found.map(\.code).sorted() == ["letting.collective", "letting.grounds"])
        let several = try #require(found.first { $0.code == "letting.collective" })
        #expect(several.message.zh.contains("tally") && several.message.en.contains("tally"))
    }

    @Test func `alternatives that have no answer of their own are for a person to look at`() throws {
        var files = try Repository.programme("directed-commission")
        files["statements.yaml"] = files["statements.yaml"]?.replacing(
            "id: alternatives,", with: "id: others,")
        let found = PlanCheck.check(files: files)
        #expect(found.map(\.code) == ["letting.alternatives"])
        #expect(found.allSatisfy { !$0.isError && $0.path.hasSuffix("statements.yaml") && $0.line > 1 })
    }

    @Test func `a statement by experts before the decision is an appraisal`() throws {
        var files = try Repository.programme("directed-commission")
        let procedure = try #require(files["procedure.yaml"])
        let appraise = "    kind: appraise\n    appraisal: commission\n"
        try #require(procedure.contains(appraise))
        files["procedure.yaml"] = procedure.replacing(
            appraise, with: "    kind: statement\n    statement: support\n")
        #expect(!PlanCheck.check(files: files).map(\.code).contains("letting.appraised"))
    }

    @Test(arguments: ["directed-commission", "rapid-response", "open-challenge"])
    func `as they stand there is nothing to say of them`(id: String) throws {
        #expect(PlanCheck.check(files: try Repository.programme(id)) == [])
    }

    @Test func `a contract waits for the notice before it, and for nothing else`() throws {
        func drawsUp(_ id: String) throws -> Bool {
            try PlanFolder.programme(files: Repository.programme(id)).procedure.drawsUpAtDecision
        }
        #expect(try drawsUp("rapid-response"))
        #expect(try !drawsUp("directed-commission"))
        #expect(try !drawsUp("beijing-laboratory"))
        // Nothing is drawn up where there is no contract.
        #expect(!Procedure(steps: []).drawsUpAtDecision)
    }

    @Test func `who answers for a call is one person, or whoever holds the role in that very organisation`() {
        let (here, there) = (ID<Organisation>("here"), ID<Organisation>("there"))
        func viewer(_ person: String, _ role: Role, of organisation: ID<Organisation>) -> Viewer {
            Viewer(
                person: ID(person), name: person,
                tenures: [
                    Tenure(
                        person: ID(person), role: role, organisation: organisation,
                        from: Instant(milliseconds: 0))
                ], legalEntity: organisation)
        }
        let office = CallOwner(.role(.commissionLeader, of: here), name: "教委")
        #expect(!office.isMet(by: .anyone))
        #expect(!office.isMet(by: viewer("a", .commissionLeader, of: there)))
        #expect(!office.isMet(by: viewer("a", .programmeOfficer, of: here)))
        #expect(office.isMet(by: viewer("a", .commissionLeader, of: here)))
        let person = CallOwner(.person(ID("a")), name: "某人")
        #expect(!person.isMet(by: .anyone) && !person.isMet(by: viewer("b", .commissionLeader, of: here)))
        #expect(person.isMet(by: viewer("a", .researchOffice, of: there)))
        #expect(!person.isMet(by: viewer("a", .systemAdmin, of: there)))
        // Nobody's part in one dossier, and none of the administrators.
        #expect(!CallOwner.roles.contains { $0.isAdministrator || $0.isOfDossier || $0 == .applicant })
    }

    @Test func `voices carry when as many as it takes speak for it`() {
        let tally = StatementForm.Tally(field: "position", favour: ["yes", "with-changes"], least: 2)
        #expect(!tally.carries([:]))
        #expect(!tally.carries(["yes": 1, "no": 2]))
        #expect(!tally.carries(["abstain": 3]))
        #expect(tally.carries(["yes": 2, "no": 1]))
        #expect(tally.carries(["yes": 1, "with-changes": 1, "no": 5]))
    }

    @Test
    func `what a rapid response leaves out is made up for after the decision, and signed within two days`()
        throws
    {
        let programme = try PlanFolder.programme(files: Repository.programme("rapid-response"))
        let steps = programme.procedure
        let decide = try #require(steps.step(of: .decide))
        let left = try #require(programme.leavesOut)
        #expect(left.count == 3)
        for one in left { #expect(steps.ancestors(of: one.madeUpBy).contains(decide.id), "\(one.madeUpBy)") }
        let contract = try #require(steps.step(of: .contract))
        let hours = steps.steps.filter {
            $0.id == contract.id || steps.ancestors(of: contract.id).contains($0.id)
        }.map { step -> Int in
            guard case .afterPublication(.hours(let hours))? = step.within else { return 1_000 }
            return hours
        }
        #expect(hours.count == 5 && hours.allSatisfy { $0 <= 48 })
    }
}
