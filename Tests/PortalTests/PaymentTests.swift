import Lifecycle
import Store
import Testing

@testable import Portal

extension DecisionSeason {
    /// The first project of the ranking, with its contract agreed.
    func contracted() throws -> ID<Application> {
        let project = try ranking()[0]
        try decide(funding: 1)
        try close(try publicise())
        try contract(project)
        return project
    }

    /// Prepared, approved and paid by two people.
    func pay(_ project: ID<Application>) throws {
        let (finance, approver) = (person("finance"), person("finance-approver"))
        let acts: [(ID<Person>, @Sendable (Change, House) throws -> Void)] = [
            (finance, { try PaymentActs.prepare(project, id: ID("payment000000001"), by: finance, $0, $1) }),
            (approver, { try PaymentActs.approve(project, by: approver, $0, $1) }),
            (finance, { try PaymentActs.pay(project, reference: "ICBC-2026-1", by: finance, $0, $1) }),
        ]
        for (person, act) in acts { #expect(try codes(by: person, act) == []) }
    }
}

@Test func `payments are missing for everybody but finance and audit`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let project = try it.contracted()
    for path in ["/payments", "/payments.csv", "/payments/ledger"] {
        for key in [
            "applicant", "research-office", "programme-officer", "commission-leader", "expert",
            "system-admin",
        ] {
            #expect(try await it.browser(as: key).get(path).status == 404, "\(key) \(path)")
        }
        for key in ["finance", "finance-approver", "auditor"] {
            #expect(try await it.browser(as: key).get(path).status == 200, "\(key) \(path)")
        }
    }
    for step in ["prepare", "approve", "reject", "pay"] {
        for key in ["auditor", "programme-officer", "research-office"] {
            let page = try await it.browser(as: key).post(
                "/cases/\(project)/payment/\(step)", [], from: "/notices")
            #expect(page.status == 404, "\(key) \(step)")
        }
    }
    #expect(
        try await it.browser(as: "finance-approver").post(
            "/cases/\(project)/payment/prepare", [], from: "/notices"
        ).status == 404)
    #expect(
        try await it.browser(as: "finance").post(
            "/cases/\(project)/payment/approve", [], from: "/notices"
        ).status == 404)
}

@Test func `nothing is approved or paid before it was prepared`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let project = try it.contracted()
    let path = "/cases/\(project)/payment"
    let approve = try await it.browser(as: "finance-approver").post("\(path)/approve", [], from: path)
    #expect(approve.status == 422)
    #expect(approve.contains("制拨款单"), "says whose turn it is")
    let pay = try await it.browser(as: "finance").post("\(path)/pay", [("reference", "ICBC-1")], from: path)
    #expect(pay.status == 422)
    #expect(try it.read { try $0.value("SELECT COUNT(*) FROM payment", as: Int.self) } == 0)
}

@Test func `whoever prepared cannot approve, whatever roles they hold`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let project = try it.contracted()
    let finance = it.person("finance")
    #expect(
        try it.codes(by: finance) { change, house in
            try PaymentActs.prepare(project, id: ID("payment000000001"), by: finance, change, house)
        } == [])
    #expect(
        try it.codes(by: finance) { change, house in
            try PaymentActs.approve(project, by: finance, change, house)
        } == ["step.apart"])
    // Even when the preparer later takes the approver's office.
    #expect(
        try it.codes(by: nil) { change, _ in
            try change.append(
                RoleEnded(person: finance, role: .finance, organisation: it.season.register.commission),
                about: .person(finance))
            try change.append(
                RoleGranted(
                    Tenure(
                        person: finance, role: .financeApprover, organisation: it.season.register.commission,
                        from: change.at)), about: .person(finance))
        } == [])
    it.season.move(to: it.season.now.adding(seconds: 60))
    let path = "/cases/\(project)/payment"
    let page = try await it.browser(as: "finance").get(path)
    #expect(page.contains("须由另一位同事审批"))
    #expect(!page.contains("\(path)/approve"))
    #expect(try await it.browser(as: "finance").post("\(path)/approve", [], from: path).status == 422)
    #expect(!(try await it.browser(as: "finance").get("/todo")).contains("\(path)"))
}

@Test func `the amount is the contract's, whatever the form says`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let project = try it.contracted()
    let path = "/cases/\(project)/payment"
    let page = try await it.browser(as: "finance").post(
        "\(path)/prepare", [("amount", "99999999"), ("payee", "somebody"), ("instalment", "second")],
        from: path)
    #expect(page.contains("30,000.00"))
    let made = try it.read { try PaymentActs.of(project, $0) }
    #expect(made.map(\.amount) == [Money(yuan: 30_000)])
    #expect(made.map(\.instalment) == ["first"])
    #expect(try await it.browser(as: "finance").post("\(path)/prepare", [], from: path).status == 422)
}

@Test func `a payment is prepared, sent back, prepared again, approved by another, paid and shown`()
    async throws
{
    let it = try await DecisionSeason(applications: 2)
    let project = try it.contracted()
    let path = "/cases/\(project)/payment"
    let finance = try it.browser(as: "finance")
    let approver = try it.browser(as: "finance-approver")
    #expect((try await finance.get("/payments")).contains("/cases/\(project)/payment"))
    _ = try await finance.post("\(path)/prepare", [], from: path)
    let short = try await approver.post("\(path)/reject", [("reason", "错")], from: path)
    #expect(short.status == 422)
    let back = try await approver.post("\(path)/reject", [("reason", "收款账号请再核对")], from: path)
    #expect(back.contains("收款账号请再核对"))
    #expect(try it.balance(.obligated(project: project.rawValue)) == Money(yuan: 50_000))
    _ = try await finance.post("\(path)/prepare", [], from: path)
    let approved = try await approver.post("\(path)/approve", [], from: path)
    #expect(approved.contains("拨款单已审批"))
    #expect(try it.balance(.payable(project: project.rawValue)) == Money(yuan: 30_000))
    let noReference = try await finance.post("\(path)/pay", [("reference", "12")], from: path)
    #expect(noReference.status == 422)
    let paid = try await finance.post("\(path)/pay", [("reference", "=HYPERLINK(1)")], from: path)
    #expect(paid.contains("已登记拨付"))
    #expect(try it.balance(.paid(project: project.rawValue)) == Money(yuan: 30_000))
    #expect(try it.balance(.obligated(project: project.rawValue)) == Money(yuan: 20_000))
    try it.checkLedger()

    let owner = try await it.browser(of: try it.owner(project)).get(path)
    #expect(owner.contains("已拨付") && owner.contains("30,000.00"))
    #expect(!owner.contains("余敬业") && !owner.contains("HYPERLINK") && !owner.contains("收款账号"))
    let office = try await it.browser(of: try it.office(project)).get(path)
    #expect(office.contains("HYPERLINK"), "the university finds the money by its reference")
    let ledger = try await finance.get("/payments/ledger")
    #expect(ledger.contains("平") && ledger.contains("任务书生效"))
    let csv = try await finance.get("/payments.csv")
    #expect(Array(csv.bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
    #expect(csv.contains("'=HYPERLINK(1)"))
}

@Test func `one bank reference is never two payees' money`() async throws {
    let it = try await DecisionSeason(applications: 6)
    let projects = try it.ranking()
    try it.decide(funding: 6)
    try it.close(try it.publicise())
    for project in projects { try it.contract(project) }
    let finance = try it.browser(as: "finance")
    func pay(_ project: ID<Application>, _ reference: String) async throws -> Browser.Page {
        let path = "/cases/\(project)/payment"
        _ = try await finance.post("\(path)/prepare", [], from: path)
        _ = try await it.browser(as: "finance-approver").post("\(path)/approve", [], from: path)
        return try await finance.post("\(path)/pay", [("reference", reference)], from: path)
    }
    let payees = try projects.map { id in
        try it.read { try $0.value("SELECT university FROM application WHERE id = \(id)", as: String.self) }
    }
    let first = projects[0]
    let other = projects[try #require(payees.firstIndex { $0 != payees[0] })]
    #expect(try await pay(first, "网银 2026-0001a").status == 200)
    let refused = try await pay(other, "网银2026-0001A")
    #expect(refused.status == 422 && refused.contains("网银2026-0001A"))
    #expect(
        try await finance.post(
            "/cases/\(other)/payment/pay", [("reference", "网银2026-0002")], from: "/cases/\(other)/payment"
        ).status == 200)
}

@Test func `what a page leaves out is counted all the same`() async throws {
    let it = try await DecisionSeason(applications: 2)
    let project = try it.contracted()
    let finance = try it.browser(as: "finance")
    let everything = PaymentFilter(FormFields())
    func totals() throws -> [PaymentState: PaymentTotal] {
        let totals = try it.read { try Payments.totals(everything, for: .anyone, $0) }
        return Dictionary(uniqueKeysWithValues: totals.map { ($0.state, $0) })
    }
    func page(_ state: PaymentState, size: Int) throws -> Paged<PaymentLine> {
        try it.read { try Payments.page(state, everything, for: .anyone, size: size, $0) }
    }
    #expect(try totals()[.toPrepare]?.count == 1)
    #expect(try totals()[.toPrepare]?.amount == Money(yuan: 30_000))
    #expect(try page(.toPrepare, size: 0).rows.isEmpty)
    #expect(try page(.toPrepare, size: 5).rows.map(\.payee).count == 1)
    _ = try await finance.post("/cases/\(project)/payment/prepare", [], from: "/cases/\(project)/payment")
    #expect(try totals()[.toPrepare] == nil)
    #expect(try totals()[.prepared]?.amount == Money(yuan: 30_000))
    #expect(try page(.prepared, size: 0).rows.isEmpty)
    #expect(try page(.prepared, size: 5).rows.count == 1)
}

@Test func `whatever is tried in whatever order, the ledger balances and no account owes`() async throws {
    let seed = UInt64.random(in: 0 ... .max)
    var chance = SplitMix64(seed: seed)
    let it = try await DecisionSeason(applications: 4)
    let call = it.call
    let people = [
        it.person("programme-officer"), it.person("commission-leader"), it.person("finance"),
        it.person("finance-approver"),
    ]
    let all = it.applications
    var done: Set<String> = []
    for number in 0..<400 {
        let project = all[chance.below(all.count)]
        let person = chance.below(3) == 0 ? people[chance.below(people.count)] : nil
        let draw = chance.next()
        let notice =
            try it.read {
                try $0.value("SELECT id FROM notice ORDER BY opened_at DESC", as: ID<Notice>.self)
            } ?? ID("none")
        let objection =
            try it.read {
                try $0.value("SELECT id FROM objection WHERE answered_at IS NULL", as: ID<Objection>.self)
            } ?? ID("none")
        let office = try it.office(project)
        let owner = try it.owner(project)
        let (officer, leader, finance, approver) = (
            person ?? people[0], person ?? people[1], person ?? people[2], person ?? people[3]
        )
        let acts: [(String, @Sendable (Change, House) throws -> Void)] = [
            (
                "propose",
                { change, house in
                    var bits = draw
                    var choices: [ID<Application>: DecisionActs.Choice] = [:]
                    for id in all {
                        choices[id] = DecisionActs.Choice(
                            funded: bits % 3 != 0, amount: Money(fen: Int64(bits % 6_000_000)),
                            departure: bits % 2 == 0 ? "随机的理由写在这里" : nil)
                        bits = bits / 7 &+ 3
                    }
                    try DecisionActs.propose(choices, in: call, by: officer, change, house)
                }
            ),
            ("sign", { try DecisionActs.sign(call, by: leader, $0, $1) }),
            (
                "back",
                { change, _ in
                    try DecisionActs.sendBack(call, by: leader, reason: "请再斟酌一下", change)
                }
            ),
            (
                "open",
                { change, house in
                    try NoticeActs.open(call, id: ID("n\(draw)"), by: officer, change, house)
                }
            ),
            (
                "object",
                { change, house in
                    try NoticeActs.object(
                        ObjectionStated(
                            name: "李明", contact: "13900000000", text: String(repeating: "异议事由", count: 6)),
                        to: project, in: notice, as: ID("o\(draw)"), change, house)
                }
            ),
            (
                "answer",
                { change, house in
                    try NoticeActs.answer(
                        objection, in: notice, upheld: draw % 4 == 0, text: "经核查情况如下所述。", by: officer, change,
                        house)
                }
            ),
            ("close", { try NoticeActs.close(notice, by: officer, $0, $1) }),
            ("agree", { try ContractActs.agree(project, as: .applicant, by: owner, $0, $1) }),
            ("agree-office", { try ContractActs.agree(project, as: .researchOffice, by: office, $0, $1) }),
            (
                "agree-commission",
                { try ContractActs.agree(project, as: .programmeOfficer, by: officer, $0, $1) }
            ),
            ("prepare", { try PaymentActs.prepare(project, id: ID("p\(draw)"), by: finance, $0, $1) }),
            ("approve", { try PaymentActs.approve(project, by: approver, $0, $1) }),
            ("reject", { try PaymentActs.reject(project, reason: "请再核对一次", by: approver, $0, $1) }),
            ("pay", { try PaymentActs.pay(project, reference: "REF-\(draw)", by: finance, $0, $1) }),
        ]
        let (name, act) = acts[chance.below(acts.count)]
        if try it.codes(by: person, act).isEmpty { done.insert(name) }
        if chance.below(12) == 0 { it.season.move(to: it.season.now.adding(seconds: 2 * 86_400)) }
        try it.checkLedger("seed \(seed), act \(number) \(name)")
    }
    #expect(done.contains("propose"), "seed \(seed): \(done.sorted())")
}
