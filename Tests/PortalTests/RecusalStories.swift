import Lifecycle
import Store
import Testing

@testable import Portal

/// Who is kept from a dossier by what stands in the register, in other applications and in the texts: officials as
/// experts, and as far as the call says.
@Suite struct RecusalStories {
    private static let university = DemoRegister.university("10011")
    private static let officials = ["programme-officer", "commission-leader", "integrity", "auditor"]

    @Test func `an official who holds a role at the applicant's university neither sees nor handles`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        let house = stage.season.house
        let officer = stage.season.cast.person("programme-officer")
        let browser = try stage.season.browser(as: "programme-officer")
        #expect(try await browser.get("/cases/\(stage.mine)/assign").status == 200)
        let tenure = Tenure(
            person: officer, role: .teamMember, organisation: Self.university, from: stage.season.now,
            until: stage.season.now.adding(seconds: 86_400))
        _ = try house.changeNow(by: nil, at: stage.season.now) { change in
            try change.append(RoleGranted(tenure), about: .person(officer))
        }
        #expect(try reasons(officer, .programmeOfficer, stage.mine, stage.season) == [.sameEntity])
        #expect(try await browser.get("/cases/\(stage.mine)/assign").status == 404)
        let list = try await browser.get("/office/assign?call=\(stage.season.call.id)&all=1")
        #expect(!list.contains("/cases/\(stage.mine)/") && !list.contains("/cases/\(stage.other)/"))
        let refused = #expect(throws: Refused.self) {
            try house.changeNow(by: officer, at: stage.season.now) { change in
                _ = try ReviewActs.assign(
                    stage.season.cast.person("expert"), to: stage.mine, id: house.world.id(), by: officer,
                    change, house)
            }
        }
        #expect(refused?.refusals.first?.code == "conflict.same-entity")
        #expect(refused?.refusals.first?.standing == .borrowed)
        try agree(stage.season)

        // The university's own office goes on with its own university's dossiers.
        let office = stage.season.cast.person("research-office")
        #expect(try reasons(office, .researchOffice, stage.mine, stage.season) == [])
        let home = try stage.season.browser(as: "research-office")
        #expect(try await home.get("/cases/\(stage.mine)").status == 200)

        // Past its end the role keeps nobody away.
        _ = try house.changeNow(by: nil, at: stage.season.now.adding(seconds: 90_000)) { change in
            try change.append(RecordRead(what: "people"), about: Subject(kind: "house", id: "people"))
        }
        #expect(try reasons(officer, .programmeOfficer, stage.mine, stage.season) == [])
    }

    @Test
    func
        `an official of a member's institute is kept from the dossier, and nobody for being of the commission`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        let officer = stage.season.cast.person("integrity")
        try stage.season.house.database.writeNow { store in
            _ = try store.run("UPDATE person SET organisation = \(Self.university) WHERE id = \(officer)")
        }
        #expect(try reasons(officer, .integrity, stage.mine, stage.season) == [.sameEntity])
        #expect(try await stage.season.browser(as: "integrity").get("/cases/\(stage.mine)").status == 404)
        try agree(stage.season)
        // A member of the commission's own would else leave nobody to handle the dossier.
        let commission = stage.season.register.commission
        let auditor = stage.season.cast.person("auditor")
        try stage.season.house.database.writeNow { store in
            _ = try store.run(
                """
                UPDATE application_member SET organisation = \(commission) WHERE application = \(stage.mine)
                """)
        }
        #expect(try reasons(auditor, .auditor, stage.mine, stage.season) == [])
        try agree(stage.season)
    }

    @Test func `an official in a team of the call handles nothing of it`() async throws {
        let stage = try await ReviewStage.reviewing()
        let officer = stage.season.cast.person("auditor")
        try join(officer, stage.other, stage.season)
        #expect(try reasons(officer, .auditor, stage.other, stage.season) == [.party])
        #expect(try reasons(officer, .auditor, stage.mine, stage.season) == [.applies])
        #expect(try await stage.season.browser(as: "auditor").get("/cases/\(stage.mine)").status == 404)
        try agree(stage.season)
    }

    @Test func `an expert in the team of a rival application is refused with the article and its standing`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        try join(stage.season.cast.person("expert-2"), stage.other, stage.season)
        let browser = try stage.season.browser(as: "programme-officer")
        let refused = try await browser.post(
            "/cases/\(stage.mine)/assign", [("expert", stage.season.cast.person("expert-2").rawValue)])
        #expect(refused.status == 422)
        #expect(refused.contains("同一批次中也提交或参加了申请"))
        #expect(refused.contains("（借鉴其他办法，依据：国家自然科学基金条例（2024） 第二十条）"))
    }

    @Test
    func `an expert behind an application with a like text is refused, alone or in a team, in any call`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        let (season, mine, other) = (stage.season, stage.mine, stage.other)
        let (owner, member) = (season.cast.person("expert"), season.cast.person("expert-2"))
        let official = season.cast.person("integrity")
        for (later, earlier) in [(mine, other), (other, mine)] {
            // What a comparison found, of whichever was handed in later.
            try season.house.database.writeNow { store in
                _ = try store.run("DELETE FROM reuse_pair")
                _ = try store.run(
                    "UPDATE application SET call = 'qx-earlier', owner = \(owner) WHERE id = \(other)")
                _ = try store.run(
                    """
                    INSERT INTO reuse_pair (id, application, call, submission, source_kind, source,
                      source_submission, relation, containment, reverse, longest, passages, found_at)
                    VALUES ('qx-pair', \(later), 'x', 1, 'application', \(earlier), 1, 'cross-university',
                      900, 900, 120, 1, 0)
                    """)
            }
            try join(member, other, season)
            try join(official, other, season)
            for person in [owner, member] {
                #expect(try against(person, mine, season) == [.similar])
            }
            #expect(try reasons(official, .integrity, mine, season) == [.similar])
        }
        let browser = try season.browser(as: "programme-officer")
        let refused = try await browser.post("/cases/\(mine)/assign", [("expert", member.rawValue)])
        #expect(refused.status == 422 && refused.contains("内容与该申请相近"))
        try agree(season, but: other)

        try season.house.database.writeNow { store in _ = try store.run("DELETE FROM reuse_pair") }
        #expect(try against(member, mine, season) == [])
        #expect(try reasons(official, .integrity, mine, season) == [])
    }

    @Test func `a call that waives the borrowed grounds says so, and declared relations still bind`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        let season = stage.season
        let (officer, expert) = (season.cast.person("integrity"), season.cast.person("expert-2"))
        try season.house.database.writeNow { store in
            for person in [officer, expert] {
                _ = try store.run("UPDATE person SET organisation = \(Self.university) WHERE id = \(person)")
            }
        }
        try join(expert, stage.other, season)
        #expect(try against(expert, stage.mine, season) == [.sameEntity, .applies])
        let page = try await season.publicBrowser.get("/calls/\(season.call.id)")
        #expect(page.contains("同一法人单位的回避"))

        try amend(["recuseSameEntity": "0"], season)
        #expect(try against(expert, stage.mine, season) == [.applies])
        #expect(try reasons(officer, .integrity, stage.mine, season) == [])
        try agree(season)
        try amend(["recuseSameEntity": "0", "recuseRival": "0"], season)
        #expect(try against(expert, stage.mine, season) == [])
        let browser = try season.browser(as: "programme-officer")
        let asked = try await browser.post(
            "/cases/\(stage.mine)/assign", [("expert", expert.rawValue)])
        #expect(asked.status == 200)

        try season.house.changeNow(by: officer, at: season.now) { change in
            for person in [officer, expert] {
                try change.append(
                    ConflictDeclared(person: person, about: .organisation(Self.university)),
                    about: .person(person))
            }
        }
        #expect(try against(expert, stage.mine, season) == [.declared])
        #expect(try reasons(officer, .integrity, stage.mine, season) == [.declared])
        try agree(season)
    }

    // MARK: - what the stories are made of

    private func reasons(
        _ person: ID<Person>, _ role: Role, _ application: ID<Application>, _ season: Season
    ) throws -> [ConflictReason] {
        try season.house.database.readNow {
            try Parties.reasons(against: person, as: role, on: application, $0)
        }
    }

    private func against(
        _ expert: ID<Person>, _ application: ID<Application>, _ season: Season
    ) throws -> [ConflictReason] {
        try season.house.database.readNow { store in
            let entity = try store.value(
                """
                SELECT organisation.legal_entity FROM person
                JOIN organisation ON organisation.id = person.organisation WHERE person.id = \(expert)
                """, as: ID<Organisation>.self)
            return try Parties.withRivals(application, store).reasonsAgainstReview(by: expert, of: entity)
        }
    }

    private func join(_ person: ID<Person>, _ application: ID<Application>, _ season: Season) throws {
        try season.house.database.writeNow { store in
            _ = try store.run(
                """
                INSERT INTO application_member (application, person, name, organisation, organisation_name, task)
                SELECT \(application), id, name, organisation, '', '资料收集' FROM person WHERE id = \(person)
                ON CONFLICT DO NOTHING
                """)
        }
    }

    @Test func `what is asked on every page is prepared once: nothing is bound to LIKE`() {
        for condition in [Parties.free(ID("somebody")), Parties.barred(ID("somebody"))] {
            #expect(!condition.text.contains("LIKE ?"))
            // The terms written into it are those of the rules.
            for term in [RecusalTerms.sameEntityID, RecusalTerms.rivalID] {
                #expect(condition.text.contains("'%\"\(term)\":\"0\"%'"))
            }
        }
    }

    private func amend(_ settings: [String: String], _ season: Season) throws {
        let officer = season.cast.person("programme-officer")
        let (house, old) = (season.house, season.call)
        let call = Call(
            id: old.id, programme: old.programme, digest: old.digest, number: old.number, title: old.title,
            year: old.year, opens: old.opens, closes: old.closes, guide: old.guide,
            settings: Settings(old.settings.values.merging(settings) { $1 }), quotas: old.quotas,
            topics: old.topics)
        try house.changeNow(by: officer, at: season.now) { change in
            try CallActs.publish(call, change, house)
        }
    }

    /// Of every official and dossier the case page, lists, counts and what is kept away say one and the same.
    private func agree(_ season: Season, but left: ID<Application>? = nil) throws {
        try season.house.database.readNow { store in
            let rows = try store.rows(
                "SELECT \(sql: DossierRecord.columns) FROM application", as: DossierRecord.self)
            #expect(rows.count > 1)
            for key in Self.officials {
                let person = season.cast.person(key)
                let viewer = try #require(try Viewer.find(person, at: season.now, store))
                let official = DossierSight.officialRelations(of: viewer)
                let condition: SQL = try CaseScope(viewer, store).condition ?? "1 = 1"
                func ids(_ condition: SQL) throws -> Set<ID<Application>> {
                    Set(
                        try store.values(
                            "SELECT id FROM application WHERE \(sql: condition)", as: ID<Application>.self))
                }
                let (listed, free) = (try ids(condition), try ids(Parties.free(person)))
                let barred = try Recusal.barred(person, store)
                let many = try DossierSight.relations(of: viewer, to: rows, store)
                for row in rows where row.id != left {
                    let relations = try DossierSight.relations(of: viewer, to: row, store)
                    #expect(many[row.id] == relations, "\(key) \(row.number): many at once")
                    let handles = !relations.isDisjoint(with: official)
                    #expect(handles == free.contains(row.id), "\(key) \(row.number): free")
                    #expect(handles != barred.contains(row.id), "\(key) \(row.number): barred")
                    #expect(relations.isEmpty != listed.contains(row.id), "\(key) \(row.number): scope")
                }
            }
        }
    }
}
