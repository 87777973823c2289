import Foundation
import Lifecycle
import PublicDraw
import Store
import Testing
import TransparencyLog

@testable import Portal

/// Draws by lot: three people, a frozen pool, public chance, and anybody who repeats it.
@Suite struct DrawStories {
    private static let sources = [
        ("source-1", "双色球2026085期"), ("kind-1", "sorted"), ("count-1", "6"), ("source-2", "上证指数7月21日收盘"),
        ("kind-2", "ordered"), ("not-before", "2026-07-21T21:30"),
    ]
    private static let values = [("value-0", "28 07 13 31 02 19"), ("value-1", "3012.50")]
    private static let after = Instant(Season.day("2026-07-22"), hour: 9)

    /// The round under review, with experts of its disciplines enough to draw from. The cast's first is one of them.
    private func reviewing() async throws -> ReviewStage {
        let stage = try await ReviewStage.reviewing()
        let house = stage.season.house
        try house.changeNow(by: nil, at: Season.start) { change in
            let disciplines = try change.store.values(
                "SELECT DISTINCT discipline FROM application ORDER BY discipline", as: String.self)
            try change.append(
                ExpertRegistered(
                    Expert(
                        person: stage.season.cast.person("expert"), disciplines: disciplines, keywords: [],
                        loadMax: 9)), about: .person(stage.season.cast.person("expert")))
            for number in 1...24 {
                let person = Person(
                    id: house.world.id(), name: "候选专家\(number + 100)号", pinyin: "houxuan \(number)",
                    email: "drawn-\(number)@jiebang.example", organisation: DemoRegister.university("10002"),
                    demo: true)
                try stage.season.register.register(person, as: .expert, change)
                try stage.season.register.register(
                    Expert(
                        person: person.id, disciplines: [disciplines[number % disciplines.count]],
                        keywords: [],
                        loadMax: 9), change)
            }
        }
        return stage
    }

    private func asked(
        _ stage: ReviewStage, purpose: String = "panel", places: Int = 3, alternates: Int = 2,
        byClass: Bool = false
    ) async throws -> String {
        let asker = try stage.season.browser(as: purpose == "panel" ? "commission-leader" : "integrity")
        let page = try await asker.post(
            "/draws",
            [
                ("purpose", purpose), ("call", stage.season.call.id.rawValue), ("title", "七月专家组"),
                ("places", "\(places)"), ("alternates", "\(alternates)"), ("by-class", byClass ? "1" : "0"),
            ])
        try #require(page.status == 200, "\(page.text)")
        return String(page.path.prefix { $0 != "?" })
    }

    private func kept(_ stage: ReviewStage, purpose: String = "panel", byClass: Bool = false) async throws
        -> String
    {
        // Two applications are all there is to inspect.
        let (places, alternates) = purpose == "panel" ? (3, 2) : (1, 1)
        let path = try await asked(
            stage, purpose: purpose, places: places, alternates: alternates, byClass: byClass)
        let keeper = try stage.season.browser(as: "programme-officer")
        let page = try await keeper.post("\(path)/keep", Self.sources, from: path)
        try #require(page.status == 200 && page.contains("已冻结"), "\(page.text)")
        return path
    }

    private func held(_ stage: ReviewStage, purpose: String = "panel", byClass: Bool = false) async throws
        -> String
    {
        let path = try await kept(stage, purpose: purpose, byClass: byClass)
        stage.season.move(to: Self.after)
        let third = try stage.season.browser(as: purpose == "panel" ? "integrity" : "auditor")
        let page = try await third.post("\(path)/hold", Self.values, from: path)
        try #require(page.status == 200 && page.contains("抽取完成"), "\(page.text)")
        return path
    }

    private func entries(_ stage: ReviewStage, _ path: String) throws -> [DrawEntryRecord] {
        try stage.season.house.database.readNow {
            try DrawQueries.entries(of: ID(String(path.dropFirst(7))), $0)
        }
    }

    // ---- refusals

    @Test func `whoever has no part in draws cannot ask, and knows of none before it is frozen`() async throws
    {
        let stage = try await reviewing()
        let path = try await asked(stage)
        let officials: Set = ["programme-officer", "commission-leader", "integrity", "auditor"]
        for key in DemoCast.members.map(\.key) where !officials.contains(key) {
            let browser = try stage.season.browser(as: key)
            #expect(try await browser.get(path).status == 404, "\(key)")
            #expect(try await !browser.get("/draws").contains("七月专家组"), "\(key)")
            for part in ["", "/keep", "/hold", "/substitute"] {
                let target = part.isEmpty ? "/draws" : path + part
                #expect(
                    try await browser.post(target, [("purpose", "panel")], from: "/").status == 404,
                    "\(key) \(part)")
            }
        }
        #expect(try await stage.season.publicBrowser.get(path, follow: false).status != 200)
        #expect(try await !stage.season.publicBrowser.get("/draws").contains("七月专家组"))
    }

    @Test func `a part in the wrong role does not exist`() async throws {
        let stage = try await reviewing()
        let path = try await asked(stage)
        for key in ["commission-leader", "integrity", "auditor"] {
            let browser = try stage.season.browser(as: key)
            #expect(try await browser.post("\(path)/keep", Self.sources, from: "/").status == 404, "\(key)")
        }
        let auditor = try stage.season.browser(as: "auditor")
        let asking = [
            ("purpose", "panel"), ("call", stage.season.call.id.rawValue), ("title", "七月专家组"),
            ("places", "1"),
        ]
        #expect(try await auditor.post("/draws", asking, from: "/").status == 404)
    }

    @Test func `one person never does two of the three parts`() async throws {
        let stage = try await reviewing()
        let officer = try stage.season.browser(as: "programme-officer")
        let page = try await officer.post(
            "/draws",
            [
                ("purpose", "panel"), ("call", stage.season.call.id.rawValue), ("title", "自问自答"),
                ("places", "1"),
            ])
        let path = String(page.path.prefix { $0 != "?" })
        let own = try await officer.post("\(path)/keep", Self.sources, from: path)
        #expect(own.status == 422 && own.contains("申请抽取、管理名单、实施抽取须由三个人分别承担"))

        let inspection = try await kept(stage, purpose: "inspection")
        stage.season.move(to: Self.after)
        let integrity = try stage.season.browser(as: "integrity")
        let both = try await integrity.post("\(inspection)/hold", Self.values, from: inspection)
        #expect(both.status == 422 && both.contains("您已承担其中的“申请抽取”"))
    }

    @Test(arguments: [
        ("places", "0", "抽取名额"), ("places", "x", "抽取名额"), ("alternates", "-1", "候补名额"),
        ("title", "某", "请填写事由"),
        ("call", "none", "请选择一个已有申请的批次"), ("purpose", "fun", "请选择抽取用途"),
    ])
    func `what is asked for must make sense`(field: String, value: String, words: String) async throws {
        let stage = try await reviewing()
        var fields = [
            "purpose": "panel", "call": stage.season.call.id.rawValue, "title": "七月专家组", "places": "3",
        ]
        fields[field] = value
        let leader = try stage.season.browser(as: "commission-leader")
        let page = try await leader.post("/draws", fields.map { ($0.key, $0.value) })
        #expect(page.status == 422 && page.contains(words), "\(page.text)")
    }

    @Test func `a pool is frozen with sources that have no value yet, once`() async throws {
        let stage = try await reviewing()
        let path = try await asked(stage)
        let keeper = try stage.season.browser(as: "programme-officer")
        func keep(_ changes: [String: String]) async throws -> Browser.Page {
            try await keeper.post(
                "\(path)/keep", Self.sources.map { ($0.0, changes[$0.0] ?? $0.1) }, from: path)
        }
        for (changes, words) in [
            (["not-before": "2026-07-20T09:59"], "须晚于现在"), (["not-before": ""], "须晚于现在"),
            (["source-1": "", "source-2": ""], "请至少填写一个随机来源"), (["source-2": "双色球2026085期"], "写了两次"),
            (["count-1": "0"], "请为随机来源"), (["kind-1": "dice"], "请为随机来源"),
        ] {
            let page = try await keep(changes)
            #expect(page.status == 422 && page.contains(words), "\(changes)")
        }
        #expect(try entries(stage, path).isEmpty, "nothing was written")
        #expect(try await keep([:]).status == 200)
        let again = try await keep([:])
        #expect(again.status == 422 && again.contains("名单已经冻结"))
    }

    @Test func `more places than experts are refused when the pool is frozen`() async throws {
        let stage = try await reviewing()
        let path = try await asked(stage, places: 900)
        let keeper = try stage.season.browser(as: "programme-officer")
        let page = try await keeper.post("\(path)/keep", Self.sources, from: path)
        #expect(page.status == 422 && page.contains("请减少名额"))
    }

    @Test func `nobody draws before the sources speak, twice, or from values that are none`() async throws {
        let stage = try await reviewing()
        let path = try await kept(stage)
        let third = try stage.season.browser(as: "integrity")
        let early = try await third.post("\(path)/hold", Self.values, from: path)
        #expect(early.status == 422 && early.contains("2026-07-21 21:30 才公布"))
        stage.season.move(to: Self.after)
        for (changes, words) in [
            (["value-0": ""], "请填写“双色球2026085期”"), (["value-0": "1 2 3"], "应为 6 个数值"),
            (["value-1": "-1"], "不是所约定的数"),
        ] {
            let page = try await third.post(
                "\(path)/hold", Self.values.map { ($0.0, changes[$0.0] ?? $0.1) }, from: path)
            #expect(page.status == 422 && page.contains(words), "\(changes)")
        }
        #expect(try await third.post("\(path)/hold", Self.values, from: path).status == 200)
        let again = try await third.post(
            "\(path)/hold", [("value-0", "1 2 3 4 5 6"), Self.values[1]], from: path)
        #expect(again.status == 422 && again.contains("结果不能再改"))
    }

    // ---- and what may

    @Test func `experts tied to the call keep their code and are excluded with the reason`() async throws {
        let stage = try await reviewing()
        let expert = try stage.season.browser(as: "expert")
        let declared = try await expert.post(
            "/conflicts", [("kind", "person"), ("about", "applicant@jiebang.example"), ("nature", "博士生导师")])
        #expect(declared.status == 200)
        let path = try await kept(stage)
        let person = stage.season.cast.person("expert").rawValue
        let own = try #require(try entries(stage, path).first { $0.subjectId == person })
        let page = try await stage.season.publicBrowser.get("\(path)/commitment.json")
        let commitment = try Commitment(document: page.text)
        let exclusion = try #require(commitment.exclusions.first { $0.id == own.code })
        #expect(exclusion.reason.contains("应当回避"))
        #expect(
            DrawActs.code(of: .person(ID(person)), salt: own.salt) == own.code,
            "the expert can check the code")
    }

    @Test func `the public sees codes and no names, and repeats the draw with the script alone`() async throws
    {
        let stage = try await reviewing()
        let path = try await held(stage, byClass: true)
        let page = try await stage.season.publicBrowser.get(path)
        #expect(page.status == 200)
        let records = try entries(stage, path)
        #expect(records.count > 20)
        for record in records {
            #expect(!record.name.isEmpty && !page.contains(record.name), "\(record.name)")
            #expect(!page.contains(record.salt), "\(record.name)")
        }
        let drawn = records.filter { $0.outcome == .drawn }
        #expect(drawn.count == 3)
        for record in drawn { #expect(page.contains(record.code)) }

        let outsider = stage.season.publicBrowser
        let digest = try #require(
            try stage.season.house.database.readNow {
                try DrawQueries.find(ID(String(path.dropFirst(7))), $0).digest
            })
        #expect(page.contains(digest))
        let transcript = try await outsider.get("\(path)/transcript.json")
        let verified = try Transcript.verified(transcript.text, commitmentDigest: digest)
        #expect(Set(verified.drawn.map(\.id)) == Set(drawn.map(\.code)))
        let script = try await outsider.get("\(path)/verify_draw.py")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("draw-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(transcript.bytes).write(to: folder.appendingPathComponent("transcript.json"))
        try Data(script.bytes).write(to: folder.appendingPathComponent("verify_draw.py"))
        let run = try Run(
            "/usr/bin/env", ["python3", "verify_draw.py", "transcript.json", digest], in: folder.path)
        #expect(run.status == 0 || run.status == 127, "\(run.errors)")
        try Data(transcript.text.replacing(drawn[0].code, with: "0000000000000000").utf8)
            .write(to: folder.appendingPathComponent("transcript.json"))
        let bent = try Run(
            "/usr/bin/env", ["python3", "verify_draw.py", "transcript.json", digest], in: folder.path)
        #expect(bent.status != 0)
    }

    @Test func `the commitment is proved to stand in the journal before the draw`() async throws {
        let stage = try await reviewing()
        let path = try await kept(stage)
        let house = stage.season.house
        let early = try await stage.season.publicBrowser.get("\(path)/commitment.tlog-proof")
        #expect(early.status == 422, "not under a signed checkpoint yet")
        try Sealer(database: house.database, keys: house.keys, now: { stage.season.now }).seal()
        let proof = try await stage.season.publicBrowser.get("\(path)/commitment.tlog-proof")
        let shown = try FactProof.check(proof.text, vkey: house.keys.verifier.vkey)
        let commitment = try await stage.season.publicBrowser.get("\(path)/commitment.json")
        let digest = try Commitment(document: commitment.text).digest
        #expect(shown.kind == "draw.committed")
        #expect(shown.payload?.contains(digest) == true)
        for record in try entries(stage, path) { #expect(shown.payload?.contains(record.salt) == false) }
    }

    @Test func `officials see who was drawn, and their reading is a fact`() async throws {
        let stage = try await reviewing()
        let path = try await held(stage)
        let drawn = try entries(stage, path).filter { $0.outcome == .drawn }
        let leader = try await stage.season.browser(as: "commission-leader").get(path)
        for record in drawn { #expect(leader.contains(record.name)) }
        let reads = try stage.season.house.database.readNow { store in
            try store.value(
                "SELECT COUNT(*) FROM fact WHERE subject_kind = 'draw' AND kind = \(RecordRead.kind)",
                as: Int.self)
        }
        #expect((reads ?? 0) > 0)
    }

    @Test func `a recusal brings in the first alternate, and when none is left the place stays empty`()
        async throws
    {
        let stage = try await reviewing()
        let path = try await held(stage)
        let leader = try stage.season.browser(as: "commission-leader")
        let before = try entries(stage, path)
        let drawn = before.filter { $0.outcome == .drawn }.sorted { ($0.place ?? 0) < ($1.place ?? 0) }
        let alternates = before.filter { $0.outcome == .alternate }.sorted {
            ($0.place ?? 0) < ($1.place ?? 0)
        }
        try #require(drawn.count == 3 && alternates.count == 2)
        func leave(_ code: String, _ reason: String = "与申请人同一课题组") async throws -> Browser.Page {
            try await leader.post("\(path)/substitute", [("code", code), ("reason", reason)], from: path)
        }
        #expect(try await leave(drawn[0].code, "忙").status == 422)
        #expect(try await leave(alternates[0].code).status == 422, "who fills no place cannot leave one")
        let officer = try stage.season.browser(as: "programme-officer")
        let stranger = try await officer.post(
            "\(path)/substitute", [("code", drawn[0].code), ("reason", "与申请人同一课题组")], from: path)
        #expect(stranger.status == 404, "only who asked for the draw reports it")

        #expect(try await leave(drawn[1].code).status == 200)
        #expect(try await leave(drawn[1].code).status == 422, "once")
        #expect(try await leave(alternates[0].code).status == 200, "an alternate who stood in can leave too")
        #expect(try await leave(drawn[0].code).contains("已无候补"))
        let page = try await stage.season.publicBrowser.get(path)
        #expect(page.contains("与申请人同一课题组"))
        let after = try entries(stage, path)
        #expect(after.first { $0.code == drawn[1].code }?.substitute == alternates[0].code)
        #expect(after.first { $0.code == alternates[0].code }?.substitute == alternates[1].code)
        #expect(
            after.first { $0.code == drawn[0].code }.map { $0.reason != nil && $0.substitute == nil } == true)
    }

    @Test func `an inspection list is drawn from the call's applications, university by university`()
        async throws
    {
        let stage = try await reviewing()
        let asker = try stage.season.browser(as: "integrity")
        let made = try await asker.post(
            "/draws",
            [
                ("purpose", "inspection"), ("call", stage.season.call.id.rawValue), ("title", "2026年抽查"),
                ("places", "1"), ("alternates", "1"), ("by-class", "1"),
            ])
        let path = String(made.path.prefix { $0 != "?" })
        let keeper = try stage.season.browser(as: "programme-officer")
        #expect(try await keeper.post("\(path)/keep", Self.sources, from: path).status == 200)
        stage.season.move(to: Self.after)
        let auditor = try stage.season.browser(as: "auditor")
        let todo = try await auditor.get("/todo")
        #expect(todo.contains(path) && todo.contains("录入随机数并抽取"))
        #expect(try await auditor.post("\(path)/hold", Self.values, from: path).status == 200)
        let records = try entries(stage, path)
        #expect(Set(records.map(\.subjectId)) == [stage.mine.rawValue, stage.other.rawValue])
        #expect(records.compactMap(\.outcome).sorted { $0.rawValue < $1.rawValue } == [.alternate, .drawn])
    }

    @Test func `replaying the journal gives the same draws`() async throws {
        let stage = try await reviewing()
        let path = try await held(stage, byClass: true)
        let leader = try stage.season.browser(as: "commission-leader")
        let drawn = try #require(try entries(stage, path).first { $0.outcome == .drawn })
        _ = try await leader.post(
            "\(path)/substitute", [("code", drawn.code), ("reason", "与申请人同一课题组")], from: path)
        let house = stage.season.house
        let result = try house.database.readNow { try ProjectionCheck.run(house.projections, $0) }
        #expect(result.rows > 100)
        #expect(result.found.findings.isEmpty, "\(result.found.findings)")
    }

    // ---- chance from universities

    private struct Party {
        let id: ID<Organisation>
        let name: String
        let office: ID<Person>
        let secret: String
        var hash: String { Contribution.hash(party: name, secret: secret) ?? "" }
    }

    private func parties(_ stage: ReviewStage) throws -> [Party] {
        let known = try stage.season.house.database.readNow {
            try DrawQueries.universities(at: Season.start, $0)
        }
        return known.prefix(3).enumerated().map { number, university in
            Party(
                id: university.id, name: university.name,
                office: stage.season.register.officers[university.id.rawValue.filter(\.isNumber)] ?? ID(""),
                secret: String(repeating: "a\(number)", count: 32))
        }
    }

    private func browser(_ stage: ReviewStage, _ party: Party) throws -> Browser {
        let browser = Browser(stage.season.house)
        try browser.signIn(party.office, stage.season.house)
        return browser
    }

    private func invited(
        _ stage: ReviewStage, _ parties: [Party], until: String = "2026-07-20T17:00"
    ) async throws -> String {
        let path = try await asked(stage)
        let keeper = try stage.season.browser(as: "programme-officer")
        let page = try await keeper.post(
            "\(path)/invite",
            parties.map { ("party", $0.id.rawValue) } + [
                ("quorum", "2"), ("opening-hours", "8"), ("until", until),
            ], from: path)
        try #require(page.status == 200 && page.contains("已请各校提供随机数"), "\(page.text)")
        return path
    }

    @Test
    func `universities promise, then open; late and missing ones are named, and anybody repeats the draw`()
        async throws
    {
        let stage = try await reviewing()
        let parties = try parties(stage)
        let path = try await invited(stage, parties)
        let keeper = try stage.season.browser(as: "programme-officer")
        for party in parties {
            let office = try browser(stage, party)
            #expect(try await office.get("/todo").contains("为抽取提供随机数承诺"))
            #expect(try await office.get(path).contains("登记承诺"))
            let page = try await office.post(
                "\(path)/promise", [("party", party.id.rawValue), ("hash", party.hash.uppercased())],
                from: path)
            #expect(page.status == 200 && page.contains("承诺已写入日志") && page.contains(party.hash))
            if party.id == parties[0].id {
                let early = try await keeper.post("\(path)/keep", Self.sources, from: path)
                #expect(early.status == 422 && early.contains("仍可提交"), "others may still promise")
            }
        }
        let hasty = try await keeper.post("\(path)/keep", [("not-before", "2026-07-20T17:00")], from: path)
        #expect(hasty.status == 422 && hasty.contains("至少要有 8 小时揭示"))
        // Of a draw that is not public yet its facts are not either.
        let fact = try stage.season.house.database.readNow { store in
            try store.value("SELECT MAX(number) FROM fact WHERE kind = \(DrawPromised.kind)", as: Int64.self)
                ?? 0
        }
        let promised = "/journal/facts/\(fact)"
        let applicant = try stage.season.browser(as: "applicant")
        #expect(try await !applicant.get(promised).contains(parties[2].hash))
        #expect(try await browser(stage, parties[1]).get(promised).contains(parties[2].hash))
        // No lottery at all: the universities are chance enough.
        let kept = try await keeper.post("\(path)/keep", [("not-before", "2026-07-21T21:30")], from: path)
        #expect(kept.status == 200 && kept.contains("已冻结"))
        #expect(try await applicant.get(promised).contains(parties[2].hash))
        let first = try browser(stage, parties[0])
        #expect(try await first.get("/todo").contains("揭示承诺的秘密数"))
        let opened = try await first.post(
            "\(path)/open", [("party", parties[0].id.rawValue), ("secret", parties[0].secret)], from: path)
        #expect(opened.status == 200 && opened.contains("秘密数与承诺相符"))
        stage.season.move(to: Self.after)
        let third = try stage.season.browser(as: "integrity")
        let few = try await third.post("\(path)/hold", [], from: path)
        #expect(few.status == 422 && few.contains("按时揭示的学校少于约定的 2 所"))
        #expect(few.contains(parties[1].name) && few.contains(parties[2].name))
        // It is over, and waits for nobody any more.
        #expect(try await stage.season.publicBrowser.get(path).contains("揭示不足，不能抽取"))
        for browser in [third, try browser(stage, parties[1])] {
            let tasks = try await browser.get("/todo")
            #expect(!tasks.contains("录入随机数并抽取") && !tasks.contains("揭示承诺的秘密数"))
        }
        // What was opened in it is known, and no promise for another.
        let other = try await invited(stage, parties, until: "2026-07-23T17:00")
        let known = try await first.post(
            "\(other)/promise", [("party", parties[0].id.rawValue), ("hash", parties[0].hash)], from: other)
        #expect(known.status == 422 && known.contains("在另一次抽取中登记过"))
    }

    @Test func `with the quorum the draw follows from what was opened in time`() async throws {
        let stage = try await reviewing()
        let parties = try parties(stage)
        let path = try await invited(stage, parties)
        for party in parties {
            let office = try browser(stage, party)
            _ = try await office.post(
                "\(path)/promise", [("party", party.id.rawValue), ("hash", party.hash)], from: path)
        }
        let keeper = try stage.season.browser(as: "programme-officer")
        _ = try await keeper.post("\(path)/keep", Self.sources, from: path)
        for party in parties.prefix(2) {
            let office = try browser(stage, party)
            _ = try await office.post(
                "\(path)/open", [("party", party.id.rawValue), ("secret", party.secret)], from: path)
        }
        stage.season.move(to: Self.after)
        let late = try await browser(stage, parties[2]).post(
            "\(path)/open", [("party", parties[2].id.rawValue), ("secret", parties[2].secret)], from: path)
        #expect(late.status == 200 && late.contains("逾期揭示"))
        let third = try stage.season.browser(as: "integrity")
        let page = try await third.post("\(path)/hold", Self.values, from: path)
        #expect(page.status == 200 && page.contains("抽取完成"))
        let document = try await stage.season.publicBrowser.get("\(path)/transcript.json").text
        let transcript = try Transcript.verified(document)
        #expect(transcript.key.contains("\(parties[0].secret).\(parties[1].secret).-./"))
        #expect(
            transcript.unopened == [
                Opening(party: parties[2].name, outcome: .late(secret: parties[2].secret))
            ])
        let shown = try await stage.season.publicBrowser.get(path)
        #expect(
            shown.contains("逾期揭示") && shown.contains(parties[2].secret) && shown.contains(parties[0].hash))
    }

    @Test func `a promise is the own university's, stands, and is opened by nothing but its secret`()
        async throws
    {
        let stage = try await reviewing()
        let parties = try parties(stage)
        let path = try await invited(stage, Array(parties.prefix(2)))
        let office = try browser(stage, parties[0])
        func promise(_ party: Party, _ hash: String, _ browser: Browser) async throws -> Browser.Page {
            try await browser.post(
                "\(path)/promise", [("party", party.id.rawValue), ("hash", hash)], from: path)
        }
        // Nobody else's university, and none that was not asked.
        #expect(try await promise(parties[1], parties[1].hash, office).status == 404)
        let outsider = try browser(stage, parties[2])
        #expect(try await outsider.get(path).status == 404)
        #expect(
            try await outsider.post(
                "\(path)/promise", [("party", parties[2].id.rawValue), ("hash", parties[2].hash)], from: "/"
            ).status == 404)
        for bad in ["", "abc", String(repeating: "g", count: 64), parties[0].hash + "0"] {
            let page = try await promise(parties[0], bad, office)
            #expect(page.status == 422 && page.contains("64 位十六进制数"), "\(bad)")
        }
        #expect(try await promise(parties[0], parties[0].hash, office).status == 200)
        let again = try await promise(parties[0], parties[1].hash, office)
        #expect(again.status == 422 && again.contains("不能更改"))
        let second = try browser(stage, parties[1])
        let copied = try await promise(parties[1], parties[0].hash, second)
        #expect(copied.status == 422 && copied.contains("请自己生成一个"))
        let early = try await office.post(
            "\(path)/open", [("party", parties[0].id.rawValue), ("secret", parties[0].secret)], from: path)
        #expect(early.status == 422 && early.contains("尚未冻结"))
        // Too few promised by the end: the pool is not frozen on them, and others may be asked.
        stage.season.move(to: Instant(Season.day("2026-07-20"), hour: 18))
        let late = try await promise(parties[1], parties[1].hash, second)
        #expect(late.status == 422 && late.contains("截止"))
        let keeper = try stage.season.browser(as: "programme-officer")
        let few = try await keeper.post("\(path)/keep", Self.sources, from: path)
        #expect(few.status == 422 && few.contains("少于约定的 2 所"))
        let anew = try await keeper.post(
            "\(path)/invite",
            parties.map { ("party", $0.id.rawValue) } + [
                ("quorum", "2"), ("opening-hours", "8"), ("until", "2026-07-21T09:00"),
            ],
            from: path)
        #expect(anew.status == 200 && anew.contains(parties[2].name))
        #expect(try await promise(parties[0], parties[0].hash, office).status == 200)
        #expect(try await promise(parties[2], parties[2].hash, outsider).status == 200)
        stage.season.move(to: Instant(Season.day("2026-07-21"), hour: 10))
        let kept = try await keeper.post("\(path)/keep", Self.sources, from: path)
        #expect(kept.status == 200 && kept.contains("已冻结"))
        let wrong = try await office.post(
            "\(path)/open", [("party", parties[0].id.rawValue), ("secret", parties[1].secret)], from: path)
        #expect(wrong.status == 422 && wrong.contains("不是\(parties[0].name)承诺时的秘密数"))
        // Who did not promise has nothing to open.
        let nothing = try await second.post(
            "\(path)/open", [("party", parties[1].id.rawValue), ("secret", parties[1].secret)], from: path)
        #expect(nothing.status == 404)
    }

    @Test func `universities are asked by who keeps the pool, enough of them and once`() async throws {
        let stage = try await reviewing()
        let parties = try parties(stage)
        let path = try await asked(stage)
        let keeper = try stage.season.browser(as: "programme-officer")
        func invite(
            _ those: [String], quorum: String, hours: String = "8", until: String, _ browser: Browser
        ) async throws
            -> Browser.Page
        {
            try await browser.post(
                "\(path)/invite",
                those.map { ("party", $0) } + [
                    ("quorum", quorum), ("opening-hours", hours), ("until", until),
                ],
                from: path)
        }
        let ids = parties.map(\.id.rawValue)
        for key in ["commission-leader", "integrity", "auditor"] {
            let browser = try stage.season.browser(as: key)
            #expect(
                try await invite(ids, quorum: "2", until: "2026-07-20T17:00", browser).status == 404, "\(key)"
            )
        }
        let wrong: [([String], String, String, String)] = [
            ([ids[0]], "2", "2026-07-20T17:00", "至少选择 2 所"),
            ([ids[0], "nobody"], "2", "2026-07-20T17:00", "没有科研管理人员"),
            (ids, "4", "2026-07-20T17:00", "2 至 3"), (ids, "1", "2026-07-20T17:00", "2 至 3"),
            (ids, "2", "2020-01-01T17:00", "须晚于现在"), (ids, "2", "", "须晚于现在"),
        ]
        for (those, quorum, until, words) in wrong {
            let page = try await invite(those, quorum: quorum, until: until, keeper)
            #expect(page.status == 422 && page.contains(words), "\(those) \(quorum) \(until)")
        }
        for hours in ["0", "721", ""] {
            let page = try await invite(ids, quorum: "2", hours: hours, until: "2026-07-20T17:00", keeper)
            #expect(page.status == 422 && page.contains("揭示时限"), "\(hours)")
        }
        #expect(try await invite(ids, quorum: "3", until: "2026-07-20T17:00", keeper).status == 200)
        let twice = try await invite(ids, quorum: "2", until: "2026-07-21T09:00", keeper)
        #expect(twice.status == 422 && twice.contains("已经请过"))
    }
}
