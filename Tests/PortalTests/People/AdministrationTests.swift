import Foundation
import Lifecycle
import Portal
import Store
import Testing

extension Season {
    func code(_ key: String, _ body: @escaping @Sendable (Change) throws -> Void) async -> [String] {
        do {
            try await house.change(by: cast.person(key), at: now, body)
            return []
        } catch let refused as Refused {
            return refused.refusals.map(\.code)
        } catch {
            return ["\(error)"]
        }
    }

    func holds(_ person: ID<Person>, _ role: Role) throws -> Bool {
        let now = now
        return try house.database.readNow { store in
            try Viewer.find(person, at: now, store)?.holds(role) ?? false
        }
    }
}

private let commission = ID<Organisation>("commission000000")

private func newcomer(_ email: String = "new.person@jiebang.example") -> Person {
    Person(
        id: ID("newcomer"), name: "新同事", pinyin: "xin tongshi", email: email, organisation: commission)
}

@Test func `each administrator is refused on the others' ground`() async throws {
    let season = try await Season(experts: 0)
    let applicant = season.cast.person("applicant")
    let university = DemoRegister.university("10011")
    let tenure = Tenure(person: applicant, role: .teamMember, organisation: university, from: season.now)
    for key in ["security-admin", "audit-admin", "programme-officer"] {
        #expect(await season.code(key) { try PeopleActs.register(newcomer(), $0) } == ["admin.needs"])
        #expect(await season.code(key) { _ = try Invitations.issue(to: applicant, $0) } == ["admin.needs"])
    }
    for key in ["system-admin", "audit-admin", "programme-officer"] {
        #expect(await season.code(key) { try PeopleActs.grant(tenure, $0) } == ["admin.needs"])
        #expect(
            await season.code(key) { try PeopleActs.end(.applicant, of: applicant, in: university, $0) }
                == ["admin.needs"])
    }
    #expect(await season.code("system-admin") { try PeopleActs.register(newcomer(), $0) } == [])
    #expect(await season.code("security-admin") { try PeopleActs.grant(tenure, $0) } == [])
    #expect(try season.holds(applicant, .teamMember))
}

@Test func `roles that exclude each other, own roles and roles held are refused`() async throws {
    let season = try await Season(experts: 0)
    let own = season.cast.person("security-admin")
    let finance = season.cast.person("finance")
    let now = season.now
    func grant(_ person: ID<Person>, _ role: Role) async -> [String] {
        await season.code("security-admin") {
            try PeopleActs.grant(
                Tenure(person: person, role: role, organisation: commission, from: now), $0)
        }
    }
    #expect(await grant(own, .auditor) == ["role.own"])
    #expect(await grant(finance, .financeApprover) == ["role.apart"])
    #expect(await grant(finance, .finance) == ["role.held"])
    #expect(await grant(season.cast.person("programme-officer"), .expert) == ["role.apart"])
    #expect(await grant(season.cast.person("system-admin"), .auditor) == ["role.apart"])
    #expect(await grant(ID("nobody"), .auditor) == ["person.unknown"])
    #expect(
        await season.code("security-admin") { try PeopleActs.end(.auditor, of: finance, in: commission, $0) }
            == ["role.not-held"])
}

@Test func `people are refused without a name, a good address of their own and an organisation`() async throws
{
    let season = try await Season(experts: 0)
    func register(_ person: Person) async -> [String] {
        await season.code("system-admin") { try PeopleActs.register(person, $0) }
    }
    let empty = Person(id: ID("x"), name: " ", pinyin: "", email: "no address", organisation: ID("nowhere"))
    #expect(
        await register(empty) == ["person.name", "person.pinyin", "person.email", "person.organisation"])
    #expect(await register(newcomer("Upper@jiebang.example")) == ["person.email"])
    #expect(await register(newcomer("finance@jiebang.example")) == ["person.email-taken"])
}

@Test func `an administrator's role takes two people of two kinds`() async throws {
    let season = try await Season(experts: 0)
    #expect(await season.code("system-admin") { try PeopleActs.register(newcomer(), $0) } == [])
    let person = ID<Person>("newcomer")
    let now = season.now
    #expect(
        await season.code("security-admin") {
            try PeopleActs.grant(
                Tenure(person: person, role: .auditAdmin, organisation: commission, from: now), $0)
        } == ["role.two-needed"])
    #expect(
        await season.code("auditor") {
            try Administration.propose(.grant, .auditAdmin, of: person, in: commission, $0)
        } == ["admin.only-administrators"])
    #expect(
        await season.code("system-admin") {
            try Administration.propose(.grant, .finance, of: person, in: commission, $0)
        } == ["role.not-administrators"])
    #expect(
        await season.code("system-admin") {
            try Administration.propose(.grant, .auditAdmin, of: person, in: commission, $0)
        } == [])
    let number = try #require(
        try season.house.database.readNow { try Administration.proposals($0).first?.fact })
    #expect(
        await season.code("security-admin") {
            try Administration.propose(.grant, .auditAdmin, of: person, in: commission, $0)
        } == ["role.proposed-already"])
    #expect(
        await season.code("system-admin") { try Administration.confirm(number, $0) }
            == ["role.other-confirms"])
    #expect(try !season.holds(person, .auditAdmin))
    #expect(await season.code("security-admin") { try Administration.confirm(number, $0) } == [])
    #expect(try season.holds(person, .auditAdmin))

    // The new one cannot confirm what an administrator of the same kind proposed.
    let security = season.cast.person("security-admin")
    #expect(
        await season.code("audit-admin") {
            try Administration.propose(.end, .securityAdmin, of: security, in: commission, $0)
        } == [])
    let end = try #require(try season.house.database.readNow { try Administration.proposals($0).first?.fact })
    #expect(try await season.confirm(end, by: person) == ["role.other-confirms"])
    #expect(try await season.confirm(end, by: security) == ["role.other-confirms"])
    #expect(await season.code("system-admin") { try Administration.decline(end, $0) } == [])
    #expect(try season.holds(security, .securityAdmin))
}

extension Season {
    fileprivate func confirm(_ number: Int64, by person: ID<Person>) async throws -> [String] {
        do {
            _ = try await house.change(by: person, at: now) { try Administration.confirm(number, $0) }
            return []
        } catch let refused as Refused {
            return refused.refusals.map(\.code)
        }
    }
}

@Test func `nobody makes a way into an administrator's account alone`() async throws {
    let season = try await Season(experts: 0)
    let audit = season.cast.person("audit-admin")
    #expect(
        await season.code("system-admin") { _ = try Invitations.issue(to: audit, $0) }
            == ["role.two-needed"])
    let system = try season.browser(as: "system-admin")
    let proposed = try await system.post("/admin/people/\(audit)/invitation", [])
    #expect(proposed.status == 200 && proposed.contains("核对码"))
    #expect(!proposed.contains("/invitations/"))
    let number = try #require(
        try season.house.database.readNow { try Administration.proposals($0).first?.fact })
    let security = try season.browser(as: "security-admin")
    let confirmed = try await security.post("/admin/proposals/\(number)/confirm", [], from: "/admin")
    let link = try #require(confirmed.text.between("http://127.0.0.1/invitations/", "<"))
    #expect(try await season.publicBrowser.get("/invitations/\(link)").status == 200)
}

@Test func `administration is missing to all others, and each administrator sees the own part`() async throws
{
    let season = try await Season(experts: 0)
    let person = season.cast.person("applicant")
    let pages = [
        "/admin", "/admin/people/new", "/admin/organisations/new", "/admin/people/\(person)", "/admin/facts",
    ]
    let seen: [String: Set<String>] = [
        "system-admin": [
            "/admin", "/admin/people/new", "/admin/organisations/new", "/admin/people/\(person)",
        ],
        "security-admin": ["/admin", "/admin/people/\(person)"],
        "audit-admin": ["/admin", "/admin/people/\(person)", "/admin/facts"],
    ]
    for member in DemoCast.members {
        let browser = try season.browser(as: member.key)
        for page in pages {
            let expected = seen[member.key]?.contains(page) ?? false ? 200 : 404
            #expect(try await browser.get(page).status == expected, "\(member.key) \(page)")
        }
    }
    for page in pages {
        #expect(try await season.publicBrowser.get(page).path.hasPrefix("/sign-in"))
    }
}

@Test func `the register is for those whose work needs it, field by field`() async throws {
    let season = try await Season(experts: 0)
    let person = season.cast.person("applicant")
    let readers: Set<String> = [
        "programme-officer", "auditor", "integrity", "system-admin", "security-admin",
    ]
    for member in DemoCast.members {
        let browser = try season.browser(as: member.key)
        for page in ["/people", "/organisations", "/people/\(person)", "/people/unknown"] {
            let expected = readers.contains(member.key) && page != "/people/unknown" ? 200 : 404
            #expect(try await browser.get(page).status == expected, "\(member.key) \(page)")
        }
    }
    let officer = try await season.browser(as: "programme-officer").get("/people/\(person)")
    #expect(officer.contains("1993-06-18") && officer.contains("applicant@jiebang.example"))
    let system = try await season.browser(as: "system-admin").get("/people/\(person)")
    #expect(!system.contains("1993-06-18") && system.contains("applicant@jiebang.example"))
    let security = try await season.browser(as: "security-admin").get("/people/\(person)")
    #expect(!security.contains("1993-06-18") && !security.contains("applicant@jiebang.example"))
}

@Test func `a reading is a fact, once for viewer, object and hour`() async throws {
    let season = try await Season(experts: 0)
    let person = season.cast.person("applicant")
    func count() throws -> Int {
        try season.house.database.readNow { store in
            try store.value(
                """
                SELECT COUNT(*) FROM fact WHERE kind = 'record.read' AND subject_kind = 'person'
                  AND subject_id = \(person)
                """, as: Int.self) ?? 0
        }
    }
    let auditor = try season.browser(as: "auditor")
    for _ in 0..<3 { _ = try await auditor.get("/people/\(person)") }
    #expect(try count() == 1)
    _ = try await season.browser(as: "integrity").get("/people/\(person)")
    #expect(try count() == 2)
    season.pass(to: Season.start.adding(seconds: 3600))
    _ = try await season.browser(as: "auditor").get("/people/\(person)")
    #expect(try count() == 3)
    let facts = try await season.browser(as: "audit-admin").get("/admin/facts?kind=record.read")
    #expect(facts.contains("严正衡"))
}

@Test func `a person registered by form is found, invited, and given a role by another`() async throws {
    let season = try await Season(experts: 0)
    let system = try season.browser(as: "system-admin")
    let bad = try await system.post(
        "/admin/people", [("name", "新同事"), ("email", "bad"), ("born", "2000-02-30")],
        from: "/admin/people/new")
    #expect(bad.status == 422)
    #expect(bad.contains("value=\"新同事\""))
    let good = try await system.post(
        "/admin/people",
        [
            ("name", "新同事"), ("pinyin", "Xin Tongshi"), ("email", "New@jiebang.example"),
            ("organisation", commission.rawValue),
        ], from: "/admin/people/new")
    #expect(good.status == 200)
    let path = String(good.path.prefix { $0 != "?" })
    let link = try await system.post("\(path)/invitation", [], from: path)
    #expect(link.contains("http://127.0.0.1/invitations/"))
    let own = try await system.post(
        "\(path)/roles", [("role", "integrity"), ("organisation", commission.rawValue)], from: path)
    #expect(own.status == 422)
    let security = try season.browser(as: "security-admin")
    let granted = try await security.post(
        "\(path)/roles", [("role", "integrity"), ("organisation", commission.rawValue)], from: path)
    #expect(granted.status == 200)
    #expect(granted.path.hasSuffix("done=role-granted"))
    let ended = try await security.post(
        "\(path)/roles/end", [("role", "integrity"), ("organisation", commission.rawValue)], from: path)
    #expect(ended.path.hasSuffix("done=role-ended"))
    let list = try await system.get("/people?q=xin")
    #expect(list.contains("新同事"))
}

@Test func `an administrator without a second factor is refused outside the demo`() async throws {
    let season = try await Season.withPassword("system-admin", demo: false)
    let browser = season.publicBrowser
    _ = try await season.signIn(browser, "system-admin@jiebang.example", "correct horse battery")
    #expect(try await browser.get("/admin").status == 422)
    #expect(try await season.browser(as: "system-admin").get("/admin").status == 200)
}

@Test func `a house is founded once, with three administrators who are three people`() async throws {
    let folder = try TestFolder.left("founded")
    let house = try await House.open(
        database: try Database.inMemory(), plan: try Season.plan.get(),
        options: House.Options(
            data: folder, passwordCost: PasswordCost(passes: 1, kibibytes: 64)),
        shipped: try await Season.shipped)
    let commission = Organisation(
        id: ID("commission"), name: "教委", pinyin: "jiaowei", kind: .commission)
    func one(_ role: Role) -> Founding.Administrator {
        Founding.Administrator(
            role: role, name: "管理员", pinyin: "guanliyuan", email: "\(role.rawValue)@example.org")
    }
    func found(_ roles: [Role]) throws -> [Founding.Link] {
        try house.changeNow(by: nil, at: house.now) {
            try Founding.found(commission: commission, administrators: roles.map(one), $0)
        }
    }
    #expect(throws: Refused.self) { try found([.systemAdmin, .systemAdmin, .auditAdmin]) }
    let links = try found([.systemAdmin, .securityAdmin, .auditAdmin])
    #expect(links.map(\.role) == [.systemAdmin, .securityAdmin, .auditAdmin])
    #expect(try await Browser(house).get(links[0].path).status == 200)
    #expect(throws: Refused.self) { try found([.systemAdmin, .securityAdmin, .auditAdmin]) }
}
