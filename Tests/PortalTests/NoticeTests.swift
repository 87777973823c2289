import Lifecycle
import Portal
import Store
import Testing

private let complaint = "该项目与申请人三年前已结题的项目内容基本一致，请核查，来源见学校网站。"

@Test func `a notice closed early is refused with its end`() async throws {
    let it = try await DecisionSeason(applications: 2)
    try it.decide(funding: 1)
    let notice = try it.publicise()
    let ends = try it.read { try NoticeActs.find(notice, $0).endsAt }
    let page = try await it.browser(as: "programme-officer").post(
        "/notices/\(notice)/close", [], from: "/notices/\(notice)/office")
    #expect(page.status == 422)
    #expect(page.contains(ends.text))
    #expect(try it.read { try NoticeActs.find(notice, $0).closedAt } == nil)
}

@Test func `a notice lies open five working days, and says on what ground`() async throws {
    let it = try await DecisionSeason(applications: 2)
    try it.decide(funding: 1)
    let officer = try it.browser(as: "programme-officer")
    let page = try await officer.post("/rounds/\(it.call)/notice", [], from: "/rounds/\(it.call)")
    #expect(page.contains("公示已发布"))
    // Opened on Monday 27 July 2026: Tuesday to next Monday.
    #expect(page.contains("2026-08-03 23:59"))
    #expect(page.contains("5 个工作日：2026-07-28、2026-07-29、2026-07-30、2026-07-31、2026-08-03"))
    #expect(page.contains("北京市科委公示惯例"))
    #expect(page.contains("借鉴其他办法"))
    let open = try await it.season.publicBrowser.get("/notices")
    #expect(open.contains("公示中"))
    let again = try await officer.post("/rounds/\(it.call)/notice", [], from: "/rounds/\(it.call)")
    #expect(again.status == 422)
}

@Test func `the office is missing for everybody but officials`() async throws {
    let it = try await DecisionSeason(applications: 2)
    try it.decide(funding: 1)
    let notice = try it.publicise()
    for key in ["applicant", "research-office", "expert", "finance", "audit-admin"] {
        #expect(try await it.browser(as: key).get("/notices/\(notice)/office").status == 404, "\(key)")
        let closing = try await it.browser(as: key).post("/notices/\(notice)/close", [], from: "/notices")
        #expect(closing.status == 404, "\(key)")
    }
    #expect(try await it.season.publicBrowser.get("/notices/nothing", follow: false).status == 303)
}

@Test func `an objection without name, contact and substance is refused, and keeps what was typed`()
    async throws
{
    let it = try await DecisionSeason(applications: 2)
    let best = try it.ranking()[0]
    let declined = try it.ranking()[1]
    try it.decide(funding: 1)
    let notice = try it.publicise()
    let anyone = it.season.publicBrowser
    let form = "/notices/\(notice)/objections/\(best)"
    let page = try await anyone.post(form, [("name", "李"), ("contact", "139"), ("text", "不公平")])
    #expect(page.status == 422)
    #expect(page.contains("请填写姓名或单位") && page.contains("请填写联系方式") && page.contains("现在 3 个字"))
    #expect(page.contains("不公平"))
    #expect(try it.read { try $0.value("SELECT COUNT(*) FROM objection", as: Int.self) } == 0)
    // Only what lies on the notice can be objected to.
    #expect(try await anyone.get("/notices/\(notice)/objections/\(declined)", follow: false).status == 303)
}

@Test func `an objection is received with a number, answered, and until then blocks the end`() async throws {
    let it = try await DecisionSeason(applications: 3)
    let best = try it.ranking()[0]
    try it.decide(funding: 2)
    let notice = try it.publicise()
    let anyone = it.season.publicBrowser
    let page = try await anyone.post(
        "/notices/\(notice)/objections/\(best)",
        [("name", "李明"), ("contact", "13900000000"), ("text", complaint)])
    #expect(page.status == 200)
    let number = try #require(page.text.between("<b class=\"number\">", "</b>"))
    // Fifteen days from 27 July.
    #expect(page.contains("2026-08-11"))
    #expect(!page.contains("李明"))
    #expect(
        try it.read { try $0.value("SELECT actor FROM fact WHERE kind = 'objection.filed'", as: String.self) }
            == nil)

    let officer = try it.browser(as: "programme-officer")
    let office = try await officer.get("/notices/\(notice)/office")
    #expect(office.contains("李明") && office.contains("13900000000"))
    let leader = try await it.browser(as: "commission-leader").get("/notices/\(notice)/office")
    #expect(leader.contains(complaint) && !leader.contains("李明") && !leader.contains("13900000000"))

    it.season.move(to: try it.read { try NoticeActs.find(notice, $0).endsAt }.adding(seconds: 60))
    let late = try await anyone.post(
        "/notices/\(notice)/objections/\(best)",
        [("name", "王芳"), ("contact", "13900000001"), ("text", complaint)])
    #expect(late.status == 422)
    #expect(late.contains("不再受理异议"))
    let blocked = try await officer.post("/notices/\(notice)/close", [], from: "/notices/\(notice)/office")
    #expect(blocked.status == 422)
    #expect(blocked.contains("还有 1 件异议没有答复"))

    let undecided = try await officer.post(
        "/notices/\(notice)/office/\(number)", [("answer", "经核查，两个项目研究内容不同。")],
        from: "/notices/\(notice)/office")
    #expect(undecided.status == 422)
    #expect(undecided.contains("经核查，两个项目研究内容不同。"))
    let answered = try await officer.post(
        "/notices/\(notice)/office/\(number)", [("upheld", "no"), ("answer", "经核查，两个项目研究内容不同。")],
        from: "/notices/\(notice)/office")
    #expect(answered.contains("异议不成立"))
    let twice = try await officer.post(
        "/notices/\(notice)/office/\(number)", [("upheld", "yes"), ("answer", "改为成立，理由如前所述。")],
        from: "/notices/\(notice)/office")
    #expect(twice.status == 422)

    // Numbers become public only with the end.
    #expect(!(try await anyone.get("/notices/\(notice)")).contains("收到异议"))
    let closed = try await officer.post("/notices/\(notice)/close", [], from: "/notices/\(notice)/office")
    #expect(closed.contains("任务书已生成"))
    let shown = try await anyone.get("/notices/\(notice)")
    #expect(shown.contains("收到异议 1 件：成立 0 件，不成立 1 件"))
    #expect(!shown.contains("李明"))
    #expect(try it.step(best) == "contract/open")
}

@Test func `an upheld objection returns the money to the round`() async throws {
    let it = try await DecisionSeason(applications: 3)
    let ranking = try it.ranking()
    try it.decide(funding: 2)
    let before = try it.balance(.budget(call: it.call.rawValue))
    let notice = try it.publicise()
    let page = try await it.season.publicBrowser.post(
        "/notices/\(notice)/objections/\(ranking[0])",
        [("name", "李明"), ("contact", "13900000000"), ("text", complaint)])
    let number = try #require(page.text.between("<b class=\"number\">", "</b>"))
    _ = try await it.browser(as: "programme-officer").post(
        "/notices/\(notice)/office/\(number)", [("upheld", "yes"), ("answer", "经核查属实，内容高度重复。")],
        from: "/notices/\(notice)/office")
    #expect(try it.balance(.reserved(project: ranking[0].rawValue)) == .zero)
    #expect(try it.balance(.budget(call: it.call.rawValue)) == before + Money(yuan: 50_000))
    #expect(try it.step(ranking[0]) == "publicise/refused")
    try it.checkLedger()
    #expect(!(try await it.season.publicBrowser.get("/notices/\(notice)")).contains("异议成立"))
    try it.close(notice)
    #expect(try it.step(ranking[1]) == "contract/open")
    #expect(try await it.season.publicBrowser.get("/notices/\(notice)").contains("异议成立，不予立项"))
    let owner = try it.browser(of: try it.owner(ranking[0]))
    let decision = try await owner.get("/cases/\(ranking[0])/decision")
    #expect(decision.contains("异议成立"))
    #expect(!decision.contains("李明"))
}

@Test func `a second objection to an overturned project gets its answer, and the notice can end`()
    async throws
{
    let it = try await DecisionSeason(applications: 3)
    let best = try it.ranking()[0]
    try it.decide(funding: 2)
    let notice = try it.publicise()
    let fields = [("name", "李明"), ("contact", "13900000000"), ("text", complaint)]
    var numbers: [String] = []
    for _ in 0..<3 {
        let page = try await it.season.publicBrowser.post("/notices/\(notice)/objections/\(best)", fields)
        numbers.append(try #require(page.text.between("<b class=\"number\">", "</b>")))
    }
    let officer = try it.browser(as: "programme-officer")
    func answer(_ number: String, _ upheld: String) async throws -> Browser.Page {
        try await officer.post(
            "/notices/\(notice)/office/\(number)", [("upheld", upheld), ("answer", "经核查，依据如前所述。")],
            from: "/notices/\(notice)/office")
    }
    #expect(try await answer(numbers[0], "yes").status == 200)
    let budget = try it.balance(.budget(call: it.call.rawValue))
    #expect(try await answer(numbers[1], "yes").status == 200)
    #expect(try await answer(numbers[2], "no").status == 200)
    #expect(try it.balance(.budget(call: it.call.rawValue)) == budget, "money goes back once")
    #expect(try it.step(best) == "publicise/refused")
    try it.checkLedger()
    try it.close(notice)
    #expect(
        try await it.season.publicBrowser.get("/notices/\(notice)").contains("收到异议 3 件：成立 2 件，不成立 1 件"))
}

@Test func `an objection that is too long is refused whole, never cut`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let best = try it.ranking()[0]
    try it.decide(funding: 1)
    let path = "/notices/\(try it.publicise())/objections/\(best)"
    let long = String(repeating: "重", count: ObjectionStated.mostText - 3) + "结尾证据"
    let page = try await it.season.publicBrowser.post(
        path, [("name", "李明"), ("contact", "13900000000"), ("text", long)])
    #expect(page.status == 422 && page.contains("现在 5001 个字"))
    #expect(page.contains("结尾证据"), "what was typed is still there")
    let whole = String(long.dropFirst())
    let taken = try await it.season.publicBrowser.post(
        path, [("name", "李明"), ("contact", "13900000000"), ("text", whole)])
    #expect(taken.status == 200)
    let kept = try it.read {
        try $0.values("SELECT body FROM payload WHERE body LIKE '%结尾证据%'", as: String.self)
    }
    #expect(kept.count == 1)
}

@Test func `the eleventh objection of an hour from one address waits`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let best = try it.ranking()[0]
    try it.decide(funding: 1)
    let notice = try it.publicise()
    let anyone = it.season.publicBrowser
    let fields = [("name", "李明"), ("contact", "13900000000"), ("text", complaint)]
    for _ in 0..<10 {
        #expect(try await anyone.post("/notices/\(notice)/objections/\(best)", fields).status == 200)
    }
    let page = try await anyone.post("/notices/\(notice)/objections/\(best)", fields)
    #expect(page.status == 429)
    #expect(page.contains(complaint))
    it.season.pass(seconds: 3601)
    #expect(try await anyone.post("/notices/\(notice)/objections/\(best)", fields).status == 200)
}
