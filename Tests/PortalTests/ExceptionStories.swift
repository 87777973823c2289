import Foundation
import Lifecycle
import Portal
import Store
import Testing

@Suite struct ExceptionStories {
    private static let rule = ExceptionSeason.rule

    // ---- who may not

    @Test func `deciding is missing for everybody whom the rule does not name`() async throws {
        let city = try await ExceptionSeason()
        let path = "/cases/\(city.asking)/exceptions/\(Self.rule)"
        var browsers = try DemoCast.members.map(\.key).filter { $0 != "commission-leader" }.map {
            ($0, try city.season.browser(as: $0))
        }
        browsers.append(("owner", try city.browser(of: try city.owner())))
        browsers.append(("office", try city.browser(of: city.office)))
        for (key, browser) in browsers {
            let page = try await browser.get(path)
            let none = try await browser.get("/cases/0000000000000000/exceptions/\(Self.rule)")
            #expect(page.status == 404, "\(key)")
            #expect(
                page.text.replacing(city.asking.rawValue, with: "0000000000000000") == none.text, "\(key)")
            let sent = try await browser.post(
                path, [("result", "grant"), ("reason", "理由成立，予以例外")], from: "/")
            #expect(sent.status == 404, "\(key)")
        }
        for key in ["applicant", "research-office", "expert", "finance", "auditor", "security-admin"] {
            #expect(try await city.season.browser(as: key).get("/office/exceptions").status == 404, "\(key)")
        }
        let stranger = try await city.season.publicBrowser.get(path, follow: false)
        #expect(stranger.status == 303)
        #expect(try city.state() == "screen/open 0")
    }

    @Test func `a role that the rule does not name, a hard rule and a rule that is met are refused`()
        async throws
    {
        let city = try await ExceptionSeason()
        for (key, role) in [
            ("programme-officer", Role.programmeOfficer), ("integrity", .integrity), ("auditor", .auditor),
            ("expert", .expert), ("research-office", .researchOffice), ("finance", .finance),
        ] {
            #expect(try city.decide(by: key, as: role) == ["exception.not-yours"], "\(key)")
        }
        #expect(try city.decide("full-time-teacher") == ["exception.hard"])
        #expect(try city.decide("no-such-rule") == ["missing"])
        #expect(try city.decide("youth-share") == ["missing"], "a list's rule is not a dossier's")
        #expect(try city.decide(of: city.young) == ["exception.not-needed"])
        #expect(try city.decide(of: ID("0000000000000000")) == ["missing"])
        #expect(try city.decide(reason: "好") == ["reason.short"])
        #expect(try city.decide(granted: false, reason: " 　 ") == ["reason.short"])
        #expect(try city.state() == "screen/open 0")
    }

    @Test func `nobody decides before the university has put the application forward, nor after screening`()
        async throws
    {
        let early = try await ExceptionSeason(endorsed: false)
        #expect(try early.decide() == ["step.not-open"])
        let city = try await ExceptionSeason()
        #expect(try city.decide() == [])
        #expect(try city.screen(passed: true) == [])
        #expect(try city.decide(granted: false) == ["step.done-already"])
    }

    @Test func `a leader with a conflict of interest neither decides nor sees the request`() async throws {
        let city = try await ExceptionSeason()
        let leader = city.season.cast.person("commission-leader")
        let owner = try city.owner()
        #expect(
            try city.codes(by: leader) { change, _ in
                try change.append(
                    ConflictDeclared(person: leader, about: .person(owner)),
                    about: .person(leader))
            } == [])
        #expect(try city.decide() == ["conflict.declared"])
        let browser = try city.season.browser(as: "commission-leader")
        #expect(try await browser.get("/cases/\(city.asking)/exceptions/\(Self.rule)").status == 404)
        #expect(try await !browser.get("/todo").contains("决定是否准予例外"))
        #expect(try await !browser.get("/office/exceptions").contains(city.asking.rawValue))
        #expect(try city.state() == "screen/open 0")
    }

    @Test func `who put the application forward does not except it, and who decided does not screen it`()
        async throws
    {
        let city = try await ExceptionSeason(endorsedBy: "commission-leader")
        #expect(try city.decide() == ["step.apart"])
        let other = try await ExceptionSeason()
        #expect(try other.decide(granted: true) == [])
        #expect(try other.screen(passed: true, by: "commission-leader") == ["exception.decided-here"])
        #expect(
            try other.screen(passed: false, reason: "改变主意了吧", by: "commission-leader") == [
                "exception.decided-here"
            ])
    }

    @Test func `the officer says nothing while the exception is open, whatever the reason`() async throws {
        let city = try await ExceptionSeason()
        #expect(try city.findings().proposal == .wait)
        #expect(try city.screen(passed: true, reason: "经核对情况属实，予以通过") == ["exception.open"])
        #expect(try city.screen(passed: false, reason: "年龄和职称不符合") == ["exception.open"])
        let officer = try city.season.browser(as: "programme-officer")
        let path = "/cases/\(city.asking)/screening"
        let page = try await officer.get(path)
        #expect(page.contains("待决定是否准予例外") && page.contains("已申请例外，待市教委负责人决定"))
        #expect(!page.contains("name=\"result\""))
        let refused = try await officer.post(
            path, [("result", "pass"), ("reason", "经核对情况属实")], from: "/todo")
        #expect(refused.status == 422)
        #expect(refused.contains("须先由市教委负责人决定") && refused.contains("依据："))
        let batch = try await officer.post(
            "/office/screening/pass", [("id", city.asking.rawValue), ("id", city.young.rawValue)],
            from: "/todo")
        #expect(batch.status == 422)
        #expect(try city.state() == "screen/open 0")
    }

    @Test func `an exception is decided once`() async throws {
        for first in [true, false] {
            let city = try await ExceptionSeason()
            #expect(try city.decide(granted: first) == [])
            #expect(try city.decide(granted: first) == ["exception.decided"])
            #expect(try city.decide(granted: !first) == ["exception.decided"])
            #expect(try city.state() == "screen/open 1")
            let browser = try city.season.browser(as: "commission-leader")
            let page = try await browser.get("/cases/\(city.asking)/exceptions/\(Self.rule)")
            #expect(page.status == 200 && !page.contains("name=\"result\""))
            let again = try await browser.post(
                "/cases/\(city.asking)/exceptions/\(Self.rule)",
                [("result", "grant"), ("reason", "理由成立，予以例外")], from: "/todo")
            #expect(again.status == 422 && again.contains("不能再次决定"))
        }
    }

    @Test func `declined, the officer cannot pass and the rules propose to fail`() async throws {
        let city = try await ExceptionSeason()
        #expect(try city.decide(granted: false, reason: "所述理由不足以例外") == [])
        #expect(try city.findings().proposal == .fail)
        #expect(try city.screen(passed: true, reason: "仍然予以通过吧") == ["exception.was-declined"])
        #expect(try city.screen(passed: false) == ["reason.short"])
        #expect(try city.screen(passed: false, reason: "未获准例外，不予通过") == [])
        #expect(try city.state() == "screen/refused 1")
        let page = try await city.browser(of: try city.owner()).get("/cases/\(city.asking)/screening")
        #expect(page.contains("不符合，不予例外") && page.contains("所述理由不足以例外"))
    }

    // ---- asking

    /// A professor of forty and more at the cast's university, who may apply.
    private func professor(_ season: Season) throws -> ID<Person> {
        let home = try #require(season.register.universities.first { $0.institutionCode == "10011" })
        let (house, register) = (season.house, season.register)
        return try house.database.writeNow { store in
            var chance = SplitMix64(seed: 5)
            let change = Change(
                store: store, at: Instant(Season.day("2026-01-06"), hour: 9), actor: nil, world: house.world,
                projections: house.projections)
            return try register.addApplicant(
                at: home, born: Season.day("1980-01-01"), senior: true, number: 88_000, change, using: &chance
            )
        }
    }

    @Test func `who meets every rule has no section for exceptions`() async throws {
        let season = try await Season()
        let browser = try season.browser(as: "applicant")
        let draft = try await Writing.start(season, browser)
        let path = "/drafts/\(draft)/sections/exceptions"
        #expect(try await browser.get(path).status == 404)
        let saved = try await browser.post(
            path, [(Self.rule, "理由"), ("base", "0")], from: "/drafts/\(draft)")
        #expect(saved.status == 404)
        #expect(try await !browser.get("/drafts/\(draft)").contains("申请例外的理由"))
    }

    @Test func `a submission without grounds is refused with the rule, its clause and where to write them`()
        async throws
    {
        let season = try await Season()
        let browser = Browser(season.house)
        try browser.signIn(try professor(season), season.house)
        let draft = try await Writing.start(season, browser)
        try await Writing.fill(season, browser, draft)
        let path = "/drafts/\(draft)/sections/exceptions"
        let workspace = try await browser.get("/drafts/\(draft)")
        #expect(workspace.contains("\(path)?check=1#\(Self.rule)") && workspace.contains("原则性规定不符合"))

        let refused = try await Writing.submit(browser, draft)
        #expect(refused.status == 422)
        #expect(refused.contains("\(path)?check=1#\(Self.rule)"))
        #expect(refused.contains("原则上正高级职称且40周岁以上者不报") && refused.contains("不得申报情形（6）"))
        #expect(refused.contains("由市教委负责人决定"))

        let short = try await browser.post(path, [(Self.rule, "理由充分"), ("base", "0"), ("then", "stay")])
        #expect(short.contains("至少 20 个字") && short.contains("理由充分"))
        #expect(try await Writing.submit(browser, draft).status == 422)

        let grounds = "本人主持该方向的长期调查已有十五年，青年教师尚不能独立承担此项工作。"
        func autosave(_ text: String, base: Int) async throws -> Browser.Page {
            try await browser.post(
                "\(path)/autosave", [(Self.rule, text), ("base", "\(base)")], from: path,
                headers: ["X-Requested-With": "jiebang"])
        }
        #expect(try await autosave(grounds, base: 1).contains("\"version\":2"))
        let newer = try await autosave("另一扇窗里的理由", base: 1)
        #expect(newer.status == 409 && newer.contains(grounds))
        let page = try await browser.get("/drafts/\(draft)/submit")
        #expect(page.contains(grounds), "the page before submitting shows the grounds")

        #expect(try await Writing.submit(browser, draft).status == 303)
        let received = try await browser.get("/cases/\(draft)/receipt/received.json")
        #expect(received.contains("\"exceptions\":[{\"grounds\":\"\(grounds)\",\"rule\":\"\(Self.rule)\"}]"))
        #expect(!received.contains("\"\(Self.rule)\":\"本人"), "the grounds are no answer of the form")
    }

    @Test func `the university reads the grounds, may return them, and its endorsement covers them`()
        async throws
    {
        let city = try await ExceptionSeason(endorsed: false)
        let browser = try city.browser(of: city.office)
        let list = "/lists/\(city.season.call.id)"
        let page = try await browser.get(list)
        #expect(page.contains("申请例外“原则上正高级职称且40周岁以上者不报”：（演示）本人长期主持"))
        let chosen = city.lists[0].applications.enumerated().map {
            "&go=\($0.element)&rank.\($0.element)=\($0.offset + 1)"
        }.joined()
        let confirm = try await browser.get("\(list)/confirm?checked=1\(chosen)")
        #expect(confirm.status == 200 && confirm.contains("名单中有 1 项申请例外"))

        let back = try await browser.post(
            "\(list)/return/\(city.asking)", [("section", "exceptions"), ("reason", "例外的理由请写得更具体")])
        #expect(back.status == 200 && back.contains("已退回申请人修改"))
        let owner = try city.browser(of: try city.owner())
        let draft = try await owner.get("/drafts/\(city.asking)")
        #expect(draft.contains("/drafts/\(city.asking)/sections/exceptions?check=1"))
        let mended = "本人主持该方向的调查已有十五年，数据由本人保管，项目组成员均为青年教师。"
        _ = try await owner.post(
            "/drafts/\(city.asking)/sections/exceptions", [(Self.rule, mended), ("base", "1")])
        #expect(try await Writing.submit(owner, city.asking.rawValue).status == 303)
        #expect(try await browser.get(list).contains(mended))
    }

    // ---- deciding

    @Test func `asked, endorsed, granted and screened: the rule stays unmet, with the exception beside it`()
        async throws
    {
        let city = try await ExceptionSeason()
        let leader = try city.season.browser(as: "commission-leader")
        let todo = try await leader.get("/todo")
        #expect(todo.contains("决定是否准予例外"))
        let due = try city.house.database.readNow {
            try $0.value("SELECT due_at FROM application WHERE id = \(city.asking)", as: Instant.self)
        }
        #expect(todo.contains(try #require(due).text), "the deadline is that of screening")
        let list = try await leader.get("/office/exceptions?call=\(city.season.call.id)")
        let path = "/cases/\(city.asking)/exceptions/\(Self.rule)"
        #expect(list.contains("href=\"\(path)\"") && list.contains("（演示）本人长期主持"))
        let further = try await leader.get("/office/exceptions?call=\(city.season.call.id)&after=Z")
        #expect(!further.contains("href=\"\(path)\"") && further.contains("没有待决定的例外"))
        #expect(try await leader.get("/cases/\(city.asking)").contains("href=\"\(path)\""))

        let nothing = try await leader.post(path, [("reason", "没有选择结论")])
        #expect(nothing.status == 422 && nothing.contains("没有选择结论"))
        let short = try await leader.post(path, [("result", "grant"), ("reason", "好")])
        #expect(short.status == 422 && short.contains("value=\"grant\" checked"))
        let done = try await leader.post(path, [("result", "grant"), ("reason", "情况属实，同意作为例外")])
        #expect(done.status == 200 && done.contains("决定已记录") && done.contains("不符合，已准予例外"))
        #expect(try await !leader.get("/todo").contains("决定是否准予例外"))

        let findings = try city.findings()
        #expect(findings.proposal == .pass)
        #expect(
            findings.verdicts.first { $0.rule == Self.rule }?.result == .unmet, "the verdict is what it was")
        #expect(try city.screen(passed: true) == [], "the rules propose to pass: no reason is needed")
        #expect(try city.state() == "review/open 1")

        let owner = try city.browser(of: try city.owner())
        let name =
            "\(try city.house.database.readNow { try $0.value("SELECT name FROM person WHERE id = \(city.season.cast.person("commission-leader"))", as: String.self) } ?? "?")"
        let officer = try city.season.browser(as: "programme-officer")
        for page in ["", "/why", "/screening"] {
            let theirs = try await owner.get("/cases/\(city.asking)\(page)")
            #expect(theirs.contains("不符合，已准予例外") && theirs.contains("情况属实，同意作为例外"), "\(page)")
            #expect(!theirs.contains(name), "\(page)")
            #expect(try await officer.get("/cases/\(city.asking)\(page)").contains(name), "\(page)")
            let office = try await city.browser(of: city.office).get("/cases/\(city.asking)\(page)")
            #expect(office.contains("情况属实，同意作为例外"), "\(page)")
        }
        let timeline = try await owner.get("/cases/\(city.asking)/timeline")
        #expect(timeline.contains("准予例外") && timeline.contains("情况属实，同意作为例外"))

        try Sealer(
            database: city.house.database, keys: city.house.keys, now: { city.house.now }
        ).seal()
        let report = try JournalVerifier(
            database: city.house.database, projections: city.house.projections, keys: city.house.keys,
            attachments: city.house.attachmentFolder
        ).verify()
        #expect(report.isSound, "\(report.findings)")
    }

    @Test func `the facts name rule, verdict, submission and clause, and the officer's word cites them`()
        async throws
    {
        let city = try await ExceptionSeason()
        #expect(try city.decide() == [])
        #expect(try city.screen(passed: true) == [])
        let (clause, body, submission, screened) = try city.house.database.readNow { store in
            let number =
                try store.value(
                    "SELECT number FROM fact WHERE kind = 'exception.granted'", as: Int64.self) ?? -1
            return (
                try store.value("SELECT clause FROM fact WHERE number = \(number)", as: String?.self) ?? nil,
                try store.value("SELECT body FROM payload WHERE number = \(number)", as: String.self) ?? "",
                try store.value("SELECT fact FROM application WHERE id = \(city.asking)", as: Int64.self),
                try store.value(
                    """
                    SELECT payload.body FROM fact JOIN payload ON payload.number = fact.number
                    WHERE fact.kind = 'application.screened' AND fact.subject_id = \(city.asking)
                    """, as: String.self) ?? ""
            )
        }
        let granted = try JSONDecoder().decode(ExceptionGranted.self, from: Data(body.utf8))
        #expect(granted.verdict.rule == Self.rule && granted.verdict.isExceptable)
        #expect(granted.submission == submission)
        #expect(clause == city.season.programme.clauses.first?.rawValue)
        let word = try JSONDecoder().decode(ApplicationScreened.self, from: Data(screened.utf8))
        #expect(word.rulings?.map(\.rule) == [Self.rule] && word.passed && !word.overturned)
    }

    @Test func `a later submission leaves the ruling behind`() async throws {
        let city = try await ExceptionSeason()
        #expect(try city.decide() == [])
        #expect(try city.findings().proposal == .pass)
        let owner = try city.owner()
        let asking = city.asking
        let again = try city.codes(by: owner) { change, _ in
            let fact = try change.store.value(
                "SELECT fact FROM application WHERE id = \(asking)", as: Int64.self)
            guard let fact, let before = try ApplicationSubmitted.find(fact: fact, change.store) else {
                throw Missing()
            }
            try change.append(before, about: .application(asking), as: .applicant)
        }
        #expect(again == [])
        let records = try city.house.database.readNow { try ExceptionRecord.all(of: city.asking, $0) }
        #expect(records.map(\.rule) == [Self.rule])
        #expect(records.first?.granted == nil, "the request is there, without the ruling")
        #expect(try city.findings().proposal == .wait)
        #expect(try city.decide(granted: false) == [], "it is decided anew")
    }

    @Test func `a rule that came to be unmet after the submission is decided though nobody asked`()
        async throws
    {
        let city = try await ExceptionSeason()
        let young = city.young
        #expect(
            try city.codes(by: city.season.cast.person("system-admin")) { change, _ in
                // The register is mended: the applicant turns out to be a professor of fifty.
                _ = try change.store.run(
                    """
                    UPDATE person SET born = '1976-01-01', title_level = '正高'
                    WHERE id = (SELECT owner FROM application WHERE id = \(young))
                    """)
            } == [])
        let leader = try city.season.browser(as: "commission-leader")
        let path = "/cases/\(young)/exceptions/\(Self.rule)"
        let page = try await leader.get("/cases/\(young)")
        #expect(page.contains("没有申请例外") && page.contains("href=\"\(path)\""))
        let done = try await leader.post(path, [("result", "grant"), ("reason", "登记更正所致，准予例外")])
        #expect(done.status == 200 && done.contains("不符合，已准予例外"))
        let proposal = try city.house.database.readNow { [house = city.house] store in
            try ScreeningActs.findings(young, house, store).proposal
        }
        #expect(proposal == .pass)
    }
}
