import Foundation
import Lifecycle
import Testing

/// Exceptions to rules “in principle”, as values.
@Suite struct ExceptionTests {
    private func verdict(
        _ rule: String, _ result: Verdict.Result, exceptionBy role: Role? = nil
    ) -> Verdict {
        Verdict(
            rule: rule, label: Label("规则 \(rule)", "rule \(rule)"), result: result, standing: .binding,
            citation: Citation(clause: ClauseID("3.3.1"), document: "通知"), verified: true, looked: [],
            exceptionBy: role)
    }

    private func proposal(
        _ verdicts: Verdict..., incomplete: [String] = [], rulings: [ExceptionRuling] = []
    ) -> ScreeningProposal {
        ScreeningProposal(verdicts: verdicts, incomplete: incomplete, rulings: rulings)
    }

    @Test
    func `an unmet rule in principle waits for its ruling, passes when granted and fails when declined`() {
        let soft = verdict("s", .unmet, exceptionBy: .commissionLeader)
        let granted = ExceptionRuling(rule: "s", granted: true, fact: 7)
        let declined = ExceptionRuling(rule: "s", granted: false, fact: 7)
        #expect(proposal(soft) == .wait)
        #expect(proposal(soft, rulings: [granted]) == .pass)
        #expect(proposal(soft, rulings: [declined]) == .fail)
        let elsewhere = ExceptionRuling(rule: "t", granted: true, fact: 8)
        #expect(proposal(soft, rulings: [elsewhere]) == .wait, "a ruling is for its own rule")
        let second = verdict("t", .unmet, exceptionBy: .commissionLeader)
        #expect(proposal(soft, second, rulings: [granted]) == .wait, "each needs its own")
        #expect(proposal(soft, second, rulings: [declined]) == .fail, "one declined is enough")
    }

    @Test func `no ruling lets a hard rule, a gap or an unknown fact pass`() {
        let soft = verdict("s", .unmet, exceptionBy: .commissionLeader)
        let granted = ExceptionRuling(rule: "s", granted: true, fact: 7)
        #expect(proposal(soft, verdict("h", .unmet), rulings: [granted]) == .fail)
        #expect(
            proposal(verdict("h", .unmet), rulings: [ExceptionRuling(rule: "h", granted: true, fact: 1)])
                == .fail)
        #expect(proposal(soft, incomplete: ["title"], rulings: [granted]) == .fail)
        #expect(proposal(soft, verdict("u", .unknown), rulings: [granted]) == .look)
        #expect(proposal(soft, verdict("u", .unknown)) == .wait)
        #expect(proposal(verdict("s", .unknown, exceptionBy: .commissionLeader)) == .look)
        #expect(proposal(verdict("m", .met)) == .pass)
    }

    @Test func `only an unmet rule that names somebody can be excepted, and only a hard one stops`() {
        for result in Verdict.Result.allCases {
            let (hard, soft) = (verdict("h", result), verdict("s", result, exceptionBy: .commissionLeader))
            #expect(!hard.isExceptable && !soft.stops)
            #expect(soft.isExceptable == (result == .unmet) && hard.stops == (result == .unmet))
        }
    }

    @Test
    func `grounds are refused with the rule, its clause and the place to write them, until they say enough`()
        throws
    {
        let soft = verdict("s", .unmet, exceptionBy: .commissionLeader)
        for (grounds, code) in [
            ("", "exception.no-grounds"), (" \n　", "exception.no-grounds"),
            (String(repeating: "字 ", count: ExceptionRequest.least - 1), "exception.grounds-short"),
            (String(repeating: "字", count: ExceptionRequest.most + 1), "exception.grounds-long"),
        ] {
            let obstacle = try #require(ExceptionRequest(rule: "s", grounds: grounds).obstacle(to: soft))
            #expect(obstacle.code == code)
            #expect(obstacle.citation?.clause == ClauseID("3.3.1"))
            #expect(obstacle.values["section"] == ApplicationForm.exceptions)
            #expect(obstacle.values["field"] == "s" && obstacle.values["label"] == "规则 s")
        }
        for count in [ExceptionRequest.least, ExceptionRequest.most] {
            let request = ExceptionRequest(rule: "s", grounds: String(repeating: "字", count: count))
            #expect(request.obstacle(to: soft) == nil)
        }
    }

    @Test func `the form has one more section as long as a rule in principle is unmet`() throws {
        let form = ApplicationForm(sections: [])
        #expect(ApplicationForm(adding: [verdict("h", .unmet)], to: form).sections.isEmpty)
        let verdicts = [
            verdict("h", .unmet), verdict("s", .unmet, exceptionBy: .commissionLeader),
            verdict("m", .met, exceptionBy: .commissionLeader), verdict("t", .unmet, exceptionBy: .integrity),
        ]
        let section = try #require(
            ApplicationForm(adding: verdicts, to: form).section(ApplicationForm.exceptions))
        #expect(section.fields.map(\.id) == ["s", "t"])
        #expect(section.fields.allSatisfy { $0.required && $0.hint?.zh.contains("3.3.1") == true })
        let requests = ExceptionRequest.all(for: verdicts, grounds: ["t": "理由", "h": "无关"])
        #expect(
            requests == [
                ExceptionRequest(rule: "s", grounds: ""), ExceptionRequest(rule: "t", grounds: "理由"),
            ])
    }

    @Test
    func `facts from before there were exceptions still decode, and one that asks nothing looks like them`()
        throws
    {
        let old = """
            {"passed":true,"verdicts":[],"incomplete":[],"overturned":false}
            """
        let screened = try JSONDecoder().decode(ApplicationScreened.self, from: Data(old.utf8))
        #expect(screened.rulings == nil)
        let plain = try JSONEncoder().encode(
            ApplicationScreened(passed: true, verdicts: [], incomplete: [], overturned: false))
        #expect(!String(decoding: plain, as: UTF8.self).contains("rulings"))
        let application = """
            {"id":"a","call":"c","number":"n","answers":{},"members":[],"attachments":[],"exclusions":[],
            "verdicts":[],"applicant":{"person":"p","name":"甲","university":"u","universityName":"校"}}
            """
        let submitted = try JSONDecoder().decode(Application.self, from: Data(application.utf8))
        #expect(submitted.exceptions == nil)
        #expect(!String(decoding: try JSONEncoder().encode(submitted), as: UTF8.self).contains("exceptions"))
    }

    @Test func `who applies, supports, reviews, pays or oversees does not except`() {
        #expect(
            Role.allCases.filter(\.mayExcept) == [.programmeOfficer, .commissionLeader, .integrity])
    }
}
