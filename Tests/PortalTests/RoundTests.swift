import Lifecycle
import Portal
import Store
import Testing

@Test func `rounds are missing for everybody but those who decide and those who check`() async throws {
    let it = try await DecisionSeason(applications: 2)
    for path in ["/rounds", "/rounds/\(it.call)"] {
        for key in ["applicant", "research-office", "expert", "finance", "system-admin", "security-admin"] {
            #expect(try await it.browser(as: key).get(path).status == 404, "\(key) \(path)")
        }
        for key in ["programme-officer", "commission-leader", "auditor", "integrity"] {
            #expect(try await it.browser(as: key).get(path).status == 200, "\(key) \(path)")
        }
        #expect(try await it.season.publicBrowser.get(path, follow: false).status == 303)
    }
    #expect(try await it.browser(as: "auditor").get("/rounds/nothing").status == 404)
    for path in ["reckon", "propose", "sign", "send-back", "notice"] {
        for key in ["applicant", "auditor", "expert"] {
            let page = try await it.browser(as: key).post("/rounds/\(it.call)/\(path)", [], from: "/notices")
            #expect(page.status == 404, "\(key) \(path)")
        }
    }
}

@Test func `unfinished reviews keep a selection from being proposed`() async throws {
    let it = try await DecisionSeason(applications: 4, unreviewed: 1)
    let officer = try it.browser(as: "programme-officer")
    let page = try await officer.get("/rounds/\(it.call)")
    #expect(page.contains("还有 1 项没有走完评审"))
    #expect(page.contains("/cases/\(try #require(it.applications.last))"))
    let best = try #require(try it.ranking().first)
    let refused = try await officer.post(
        "/rounds/\(it.call)/propose", [("fund", best.rawValue)], from: "/rounds/\(it.call)")
    #expect(refused.status == 422)
    #expect(refused.contains("还有 1 项申请没有走完评审"))
    let call = it.call
    let person = it.person("programme-officer")
    #expect(
        try it.codes(by: person) { change, house in
            try DecisionActs.propose(
                [best: DecisionActs.Choice(funded: true, amount: Money(yuan: 1), departure: nil)], in: call,
                by: person, change, house)
        } == ["selection.unfinished"])
}

@Test func `an application its university did not put forward holds nobody up once the list is done`()
    async throws
{
    let it = try await DecisionSeason(applications: 2)
    let stray = try await it.addUnendorsed()
    #expect(try it.step(stray) == "endorse/open")
    try it.decide(funding: 1)
}

@Test func `over the budget, over the grant and below the ranking without a reason are all refused at once`()
    async throws
{
    let it = try await DecisionSeason(applications: 5)
    let ranking = try it.ranking()
    let (best, last) = (ranking[0], ranking[4])
    let officer = try it.browser(as: "programme-officer")
    let means = try it.read { [call = it.call] in
        try DecisionActs.ranking(of: call, $0).map(\.row.meanHundredths)
    }
    try #require(means[0] > means[4])
    let page = try await officer.post(
        "/rounds/\(it.call)/propose", [("fund", last.rawValue), ("amount-\(last)", "20000000")],
        from: "/rounds/\(it.call)")
    #expect(page.status == 422)
    #expect(page.contains("超出本轮可用经费 1000 万元"))
    #expect(page.contains("每项上限 50,000.00 元"))
    #expect(page.contains("排序第 1 名与排序不一致"))
    #expect(page.contains("value=\"20000000\""), "what was typed stays")
    #expect(page.contains("id=\"why-\(best)\""))
    let unread = try await officer.post(
        "/rounds/\(it.call)/propose", [("fund", best.rawValue), ("amount-\(best)", "五万")],
        from: "/rounds/\(it.call)")
    #expect(unread.status == 422)
    #expect(unread.contains("无法识别"))
    let none = try await officer.post("/rounds/\(it.call)/propose", [], from: "/rounds/\(it.call)")
    #expect(none.contains("还没有选择任何申请"))
    #expect(try it.read { try $0.value("SELECT COUNT(*) FROM selection", as: Int.self) } == 0)
}

@Test func `reckoning adds up on the server and writes nothing`() async throws {
    let it = try await DecisionSeason(applications: 3)
    let officer = try it.browser(as: "programme-officer")
    let ranking = try it.ranking()
    let page = try await officer.post(
        "/rounds/\(it.call)/reckon",
        ranking.prefix(2).map { ("fund", $0.rawValue) } + [
            ("amount-\(ranking[0])", "12,345.67"), ("amount-\(ranking[1])", "10000"),
        ], from: "/rounds/\(it.call)")
    #expect(page.status == 200)
    #expect(page.contains("2.234567 / 1000 万元"))
    #expect(page.contains("拟立项 2 项，共 3 项"))
    let filled = try await officer.get("/rounds/\(it.call)?fill=rank")
    #expect(filled.contains("拟立项 3 项，共 3 项"))
    #expect(try it.read { try $0.value("SELECT COUNT(*) FROM selection", as: Int.self) } == 0)
}

@Test func `nothing that every reviewer advises against is chosen beforehand`() async throws {
    let it = try await DecisionSeason(applications: 3)
    let call = it.call
    let ranking = try it.read { try DecisionActs.ranking(of: call, $0) }
    let ids = ranking.map(\.row.application)
    func filled(_ against: Set<ID<Application>>) -> Set<ID<Application>> {
        RoundForm(
            filling: ranking, budget: Money(yuan: 10_000_000), most: Money(yuan: 50_000),
            advisedAgainst: against
        ).funded
    }
    #expect(filled([]) == Set(ids))
    #expect(!filled([ids[1]]).contains(ids[1]) && !filled([ids[1]]).contains(ids[2]))
    #expect(filled([ids[0]]).isEmpty)
}

@Test func `a selection is confirmed, sent back with its reason, mended and signed by another`() async throws
{
    let it = try await DecisionSeason(applications: 4)
    let ranking = try it.ranking()
    let officer = try it.browser(as: "programme-officer")
    let leader = try it.browser(as: "commission-leader")
    let round = "/rounds/\(it.call)"
    let fields =
        [("fund", ranking[0].rawValue), ("amount-\(ranking[0])", "40000")]
        + ranking.map { ("why-\($0)", "学科布局的需要") }
    let confirm = try await officer.post("\(round)/propose", fields, from: round)
    #expect(confirm.contains("确认拟立项名单"))
    #expect(try it.read { try $0.value("SELECT COUNT(*) FROM selection", as: Int.self) } == 0)
    let proposed = try await officer.post("\(round)/propose", fields + [("confirmed", "yes")], from: round)
    #expect(proposed.contains("名单已提交"))
    #expect(!proposed.contains("formaction"), "no second proposal while one is pending")

    // The officer sees no signature; the leader sends it back, and needs a reason to.
    #expect(try await officer.post("\(round)/sign", [], from: "/notices").status == 404)
    let sheet = try await leader.get("\(round)/sign")
    #expect(sheet.contains("按学校") && sheet.contains("按学科") && sheet.contains("签批"))
    let read = try #require(sheet.text.between("name=\"proposal\" value=\"", "\""))
    let unread = try await leader.post(
        "\(round)/send-back", [("reason", "请补充说明第二名的情况"), ("proposal", "1")], from: "\(round)/sign")
    #expect(unread.status == 422 && unread.contains("名单在您查看之后有了变化"))
    let short = try await leader.post(
        "\(round)/send-back", [("reason", "不行"), ("proposal", read)], from: "\(round)/sign")
    #expect(short.status == 422)
    #expect(short.contains("不行"))
    let back = try await leader.post(
        "\(round)/send-back", [("reason", "请补充说明第二名的情况"), ("proposal", read)], from: "\(round)/sign")
    #expect(back.contains("请补充说明第二名的情况"))
    let again = try await officer.get(round)
    #expect(again.contains("value=\"40000\""), "goes on from the proposal")

    _ = try await officer.post("\(round)/propose", fields + [("confirmed", "yes")], from: round)
    let stale = try await leader.post("\(round)/sign", [("proposal", "1")], from: "\(round)/sign")
    #expect(stale.status == 422)
    #expect(stale.contains("名单在您查看之后有了变化"))
    let proposal = try #require(
        try await leader.get("\(round)/sign").text.between("name=\"proposal\" value=\"", "\""))
    let signed = try await leader.post("\(round)/sign", [("proposal", proposal)], from: "\(round)/sign")
    #expect(signed.contains("名单已签批"))
    #expect(signed.contains("立项 1 项，共决定 4 项"))
    #expect(try it.balance(.reserved(project: ranking[0].rawValue)) == Money(yuan: 40_000))
    #expect(try it.step(ranking[0]) == "publicise/open")
    #expect(try it.step(ranking[3]) == "decide/refused")
    try it.checkLedger()
}

@Test func `whoever proposed cannot sign, and whoever screened cannot either`() async throws {
    let it = try await DecisionSeason(applications: 2, screenedBy: "commission-leader")
    let call = it.call
    let (officer, leader) = (it.person("programme-officer"), it.person("commission-leader"))
    let all = try it.ranking()
    #expect(
        try it.codes(by: officer) { change, house in
            let choice = DecisionActs.Choice(funded: true, amount: Money(yuan: 10_000), departure: nil)
            try DecisionActs.propose(
                Dictionary(uniqueKeysWithValues: all.map { ($0, choice) }), in: call, by: officer, change,
                house)
        } == [])
    #expect(
        try it.codes(by: officer) { change, house in
            try DecisionActs.sign(call, by: officer, change, house)
        } == ["selection.own"])
    #expect(
        try it.codes(by: leader) { change, house in
            try DecisionActs.sign(call, by: leader, change, house)
        } == ["step.apart"])
    let page = try await it.browser(as: "commission-leader").post(
        "/rounds/\(call)/sign",
        [("proposal", "\(try #require(try it.read { try DecisionActs.pending(call, $0) }).fact)")],
        from: "/rounds/\(call)/sign")
    #expect(page.status == 422)
    #expect(page.contains("职责分离"))
}

@Test func `an official with a conflict sees neither the row nor its count, and cannot propose`() async throws
{
    let it = try await DecisionSeason(applications: 3)
    let barred = try it.ranking()[1]
    let officer = it.person("programme-officer")
    #expect(
        try it.codes(by: officer) { change, _ in
            try change.append(
                ConflictDeclared(person: officer, about: .application(barred)),
                about: .person(officer))
        } == [])
    let page = try await it.browser(as: "programme-officer").get("/rounds/\(it.call)")
    #expect(!page.contains(barred.rawValue))
    #expect(page.contains("须由其他人提出或签批"))
    #expect(!page.contains("formaction"))
    let auditor = try await it.browser(as: "auditor").get("/rounds/\(it.call)")
    #expect(auditor.contains(barred.rawValue))
}

@Test func `the ranking names no reviewer`() async throws {
    let it = try await DecisionSeason(applications: 3)
    let names = try it.read {
        try $0.values(
            "SELECT DISTINCT person.name FROM assignment JOIN person ON person.id = assignment.expert",
            as: String.self)
    }
    let page = try await it.browser(as: "commission-leader").get("/rounds/\(it.call)")
    #expect(!names.isEmpty)
    for name in names { #expect(!page.contains(name)) }
    let reads = try it.read {
        try $0.value(
            "SELECT COUNT(*) FROM fact WHERE kind = 'record.read' AND subject_kind = 'call'", as: Int.self)
    }
    #expect(reads == 1)
}

@Test func `an applicant reads the own decision and its reason, but no place and nothing of others`()
    async throws
{
    let it = try await DecisionSeason(applications: 3)
    let ranking = try it.ranking()
    let owner = try it.browser(of: try it.owner(ranking[2]))
    let before = try await owner.get("/cases/\(ranking[2])/decision")
    #expect(before.contains("尚未作出决定"))
    try it.decide(funding: 1)
    let page = try await owner.get("/cases/\(ranking[2])/decision")
    #expect(page.contains("未立项"))
    #expect(page.contains("同分项目按学科布局择优"))
    #expect(!page.contains("名次"))
    #expect(!page.contains("/rounds/"))
    #expect(try await owner.get("/cases/\(ranking[0])/decision").status == 404)
    #expect(try await it.browser(as: "expert-2").get("/cases/\(ranking[0])/decision").status == 404)
    let leader = try await it.browser(as: "commission-leader").get("/cases/\(ranking[2])/decision")
    #expect(leader.contains("名次"))
}
