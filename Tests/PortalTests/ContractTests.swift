import Lifecycle
import Portal
import Store
import Testing

@Test func `nobody agrees to a contract in another's name`() async throws {
    let it = try await DecisionSeason(applications: 3)
    let project = try it.ranking()[0]
    try it.decide(funding: 1)
    try it.close(try it.publicise())
    let stranger =
        try it.person("research-office") == it.office(project)
        ? it.person("university-leader") : it.person("research-office")
    let other = try it.owner(try it.ranking().last ?? it.applications.filter { $0 != project }[0])
    for (party, person) in [
        (Role.applicant, it.person("programme-officer")), (.applicant, other), (.researchOffice, stranger),
        (.researchOffice, it.person("programme-officer")),
        (.programmeOfficer, it.person("commission-leader")),
        (.expert, it.person("programme-officer")),
    ] {
        #expect(
            try it.codes(by: person) { change, house in
                try ContractActs.agree(project, as: party, by: person, change, house)
            } == ["missing"], "\(party)")
        let page = try await it.browser(of: person).post(
            "/cases/\(project)/contract/agree", [("party", party.rawValue)], from: "/notices")
        #expect(page.status == 404, "\(party)")
    }
    #expect(try await it.browser(of: other).get("/cases/\(project)/contract").status == 404)
    #expect(try await it.browser(as: "expert").get("/cases/\(project)/contract").status == 404)
}

@Test func `three parties agree in any order, each once, and the last binds the money`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let project = try it.ranking()[0]
    try it.decide(funding: 1)
    try it.close(try it.publicise())
    let path = "/cases/\(project)/contract"
    let owner = try it.browser(of: try it.owner(project))
    let sheet = try await owner.get(path)
    #expect(sheet.contains("项目任务书") && sheet.contains("5 万元（50,000.00 元）"))
    #expect(sheet.contains("2027-01-01 — 2028-12-31"))
    #expect(sheet.contains("30,000.00") && sheet.contains("20,000.00"))
    #expect(sheet.contains("以项目负责人身份同意") && !sheet.contains("代表承担单位同意"))
    #expect(sheet.contains("包干制"))

    let officer = try it.browser(as: "programme-officer")
    let agreed = try await officer.post("\(path)/agree", [("party", "programme-officer")], from: path)
    #expect(agreed.contains("已记录您的同意"))
    #expect(!agreed.contains("代表委托单位同意"))
    let twice = try await officer.post("\(path)/agree", [("party", "programme-officer")], from: path)
    #expect(twice.status == 422)
    #expect(try it.balance(.obligated(project: project.rawValue)) == .zero)
    _ = try await owner.post("\(path)/agree", [("party", "applicant")], from: path)
    let office = try it.browser(of: try it.office(project))
    #expect((try await office.get("/todo")).status == 200)
    let last = try await office.post("\(path)/agree", [("party", "research-office")], from: path)
    #expect(last.contains("三方均已同意"))
    #expect(try it.balance(.obligated(project: project.rawValue)) == Money(yuan: 50_000))
    #expect(try it.step(project) == "prepare-payment/open")
    try it.checkLedger()
}

@Test func `finance sees a dossier from its contract to after the end, and not before`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let project = try it.ranking()[0]
    let finance = try it.browser(as: "finance")
    #expect(try await finance.get("/cases/\(project)/payment").status == 404)
    try it.decide(funding: 1)
    try it.close(try it.publicise())
    #expect(try await finance.get("/cases/\(project)/contract").status == 404)
    try it.contract(project)
    #expect(try await finance.get("/cases/\(project)/payment").status == 200)
    try it.pay(project)
    #expect(try it.step(project) == "pay/finished")
    #expect(try await finance.get("/cases/\(project)/payment").status == 200)
}
