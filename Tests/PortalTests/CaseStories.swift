import Foundation
import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// A season with applications of two universities, and one of them in review.
struct CaseSeason: Sendable {
    let season: Season
    /// Of the cast's applicant, at the cast's university.
    let own: ID<Application>
    /// Of another university.
    let other: ID<Application>

    private static let played = Task { try await CaseSeason(playing: try await Season()) }

    init() async throws {
        let played = try await Self.played.value
        season = try await Season(copying: played.season)
        (own, other) = (played.own, played.other)
    }

    private init(playing season: Season) async throws {
        self.season = season
        var round = DemoRound(
            house: season.house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 11))
        let at = season.now
        let homes = season.register.universities.filter { $0.group == "市属" && $0.institutionCode != "10011" }
        let home = try #require(homes.first)
        let copy = round
        (own, other) = try season.house.database.writeNow { store in
            var round = copy
            let change = Change(
                store: store, at: at, actor: nil, world: season.house.world,
                projections: season.house.projections)
            let own = try round.apply(
                season.call, season.programme, by: season.cast.person("applicant"), at: at, store: change)
            let register = season.register
            let person = try register.addApplicant(
                at: home, born: Season.day("1993-02-01"), senior: false, number: 77_000, change,
                using: &round.chance)
            let other = try round.apply(
                season.call, season.programme, by: person, at: at.adding(seconds: 60), store: change)
            return (own, other)
        }
        let own = own
        let officer = season.register.officers["10011"] ?? season.cast.person("research-office")
        let closed = season.call.closes.adding(seconds: 3600)
        try season.house.changeNow(by: officer, at: closed) { change in
            try ApplicationActs.endorse(
                [own], of: DemoRegister.university("10011"), in: season.call.id, by: officer, change,
                season.house)
        }
        try round.screen([own], at: closed.adding(seconds: 86_400))
        try round.review(
            [own], in: season.call, season.programme, at: closed.adding(seconds: 2 * 86_400), answered: 100)
        season.move(to: closed.adding(seconds: 14 * 86_400))
    }

    static let pages = ["", "/proposal", "/timeline", "/why", "/receipt", "/receipt/received.json"]

    func experts(of application: ID<Application>) throws -> [(id: String, name: String)] {
        struct Named: Decodable, Sendable {
            let id: String
            let name: String
        }
        return try season.house.database.readNow { store in
            try store.rows(
                """
                SELECT person.id, person.name FROM assignment JOIN person ON person.id = assignment.expert
                WHERE assignment.application = \(application)
                """, as: Named.self
            ).map { ($0.id, $0.name) }
        }
    }
}

struct CaseStories {
    @Test func `whoever is nothing to a case gets the same answer as for a case that does not exist`()
        async throws
    {
        let city = try await CaseSeason()
        // Nobody of this list is anything to the other university's application.
        for key in [
            "applicant", "team-member", "research-office", "university-leader", "expert-2", "finance",
            "finance-approver", "system-admin", "security-admin", "audit-admin", "applicant-central",
        ] {
            let browser = try city.season.browser(as: key)
            for page in CaseSeason.pages {
                let real = try await browser.get("/cases/\(city.other)\(page)")
                let none = try await browser.get("/cases/0000000000000000\(page)")
                #expect(real.status == 404 && none.status == 404, "\(key) \(page)")
                let hide = { (text: String) in
                    text.replacing(city.other.rawValue, with: "0000000000000000")
                }
                #expect(hide(real.text) == hide(none.text), "\(key) \(page)")
            }
        }
        for page in CaseSeason.pages {
            let stranger = try await city.season.publicBrowser.get(
                "/cases/\(city.other)\(page)", follow: false)
            #expect(stranger.status == 303 && stranger.headers[.location]?.hasPrefix("/sign-in") == true)
        }
    }

    @Test func `each role sees its pages of a case and no others`() async throws {
        let city = try await CaseSeason()
        let seen: [String: Set<String>] = [
            "applicant": ["", "/proposal", "/timeline", "/why", "/receipt", "/receipt/received.json"],
            "research-office": ["", "/proposal", "/timeline", "/why"],
            "university-leader": ["", "/proposal", "/timeline", "/why"],
            "programme-officer": ["", "/proposal", "/timeline", "/why"],
            "commission-leader": ["", "/proposal", "/timeline", "/why"],
            "integrity": ["", "/proposal", "/timeline", "/why"],
            "auditor": ["", "/proposal", "/timeline", "/why"],
        ]
        for (key, pages) in seen {
            let browser = try city.season.browser(as: key)
            for page in CaseSeason.pages {
                let status = try await browser.get("/cases/\(city.own)\(page)", follow: false).status
                #expect(status == (pages.contains(page) ? 200 : 404), "\(key) \(page): \(status)")
            }
        }
    }

    @Test func `a reviewer reads the proposal and nothing else of the case`() async throws {
        let city = try await CaseSeason()
        let expert = try #require(try city.experts(of: city.own).first)
        let browser = Browser(city.season.house)
        try browser.signIn(ID(expert.id), city.season.house)
        #expect(try await browser.get("/cases/\(city.own)").path.hasSuffix("/proposal"))
        for page in ["/timeline", "/why", "/receipt"] {
            #expect(try await browser.get("/cases/\(city.own)\(page)").status == 404, "\(page)")
        }
        #expect(try await browser.get("/cases").status == 404)
    }

    @Test func `no page of applicant, member or research office names a reviewer or tells of one`()
        async throws
    {
        let city = try await CaseSeason()
        let experts = try city.experts(of: city.own)
        #expect(experts.count == 3)
        for key in ["applicant", "research-office", "university-leader"] {
            let browser = try city.season.browser(as: key)
            for path in CaseSeason.pages.map({ "/cases/\(city.own)\($0)" }) + ["/cases", "/cases.csv"] {
                let page = try await browser.get(path)
                for expert in experts {
                    #expect(!page.contains(expert.name) && !page.contains(expert.id), "\(key) \(path)")
                }
                #expect(!page.contains("邀请评审专家") && !page.contains("专家提交评审意见"), "\(key) \(path)")
            }
        }
        let officer = try await city.season.browser(as: "programme-officer").get(
            "/cases/\(city.own)/timeline")
        #expect(officer.contains("邀请评审专家") && officer.contains("专家提交评审意见"))
        for expert in experts { #expect(!officer.contains(expert.name)) }
    }

    @Test func `a declared relation takes a case out of an official's list, count, export and reach`()
        async throws
    {
        let city = try await CaseSeason()
        let officer = city.season.cast.person("programme-officer")
        let browser = try city.season.browser(as: "programme-officer")
        #expect(try await browser.get("/cases").contains("共 2 件"))
        let applicant = city.season.cast.person("applicant")
        _ = try city.season.house.changeNow(by: officer, at: city.season.now) { change in
            try change.append(
                ConflictDeclared(person: officer, about: .person(applicant)),
                about: .person(officer))
        }
        let list = try await browser.get("/cases")
        #expect(
            list.contains("共 1 件") && !list.contains(city.own.rawValue) && list.contains(city.other.rawValue))
        #expect(try await browser.get("/cases.csv").text.split(separator: "\r\n").count == 2)
        #expect(try await browser.get("/cases/\(city.own)").status == 404)
        #expect(try await browser.get("/cases/\(city.other)").status == 200)
    }

    @Test func `a list shows to each only what is theirs`() async throws {
        let city = try await CaseSeason()
        for (key, own, other) in [
            ("applicant", true, false), ("research-office", true, false), ("university-leader", true, false),
            ("applicant-central", false, false), ("team-member", false, false), ("finance", false, false),
            ("programme-officer", true, true), ("commission-leader", true, true), ("integrity", true, true),
            ("auditor", true, true),
        ] {
            let page = try await city.season.browser(as: key).get("/cases")
            #expect(page.status == 200, "\(key)")
            #expect(page.contains("/cases/\(city.own)\"") == own, "\(key)")
            #expect(page.contains("/cases/\(city.other)\"") == other, "\(key)")
        }
        for key in ["expert-2", "system-admin", "security-admin", "audit-admin"] {
            for path in ["/cases", "/cases.csv"] {
                #expect(try await city.season.browser(as: key).get(path).status == 404, "\(key)")
            }
        }
    }

    @Test func `filters in the address narrow the list, and a view keeps them for its owner`() async throws {
        let city = try await CaseSeason()
        let officer = try city.season.browser(as: "programme-officer")
        let review = try await officer.get("/cases?step=review")
        let decide = try await officer.get("/cases?step=decide")
        #expect(review.contains(city.own.rawValue) != decide.contains(city.own.rawValue))
        #expect(try await officer.get("/cases?q=林一诺").contains(city.own.rawValue))
        #expect(try await officer.get("/cases?q=%25").contains("没有符合条件"))
        let home = DemoRegister.university("10011")
        #expect(try await officer.get("/cases?university=\(home)&state=open").contains("共 1 件"))
        let saved = try await officer.post(
            "/cases/views", [("name", "待学校推荐"), ("query", "step=endorse&evil=%22%3E&sort=-due")],
            from: "/cases")
        #expect(saved.contains("href=\"/cases?step=endorse&amp;sort=-due\""))
        #expect(try await city.season.browser(as: "auditor").get("/cases").contains("待学校推荐") == false)
        let removed = try await officer.post("/cases/views/remove", [("name", "待学校推荐")], from: "/cases")
        #expect(!removed.contains("待学校推荐"))
        #expect(
            try await officer.post("/cases/views", [("name", " "), ("query", "")], from: "/cases").status
                == 422)
    }

    @Test func `the receipt's hash is that of the bytes it offers`() async throws {
        let city = try await CaseSeason()
        let applicant = try city.season.browser(as: "applicant")
        let receipt = try await applicant.get("/cases/\(city.own)/receipt")
        let file = try await applicant.get("/cases/\(city.own)/receipt/received.json")
        let hash = Canonical.hex(Session.hash(file.text))
        #expect(receipt.contains(hash))
        #expect(file.headers[.contentDisposition]?.hasPrefix("attachment") == true)
    }

    @Test func `an attachment goes only to who reads the case, as a download, and leaves a fact`()
        async throws
    {
        let city = try await CaseSeason()
        let bytes = Array("%PDF-1.4 附件".utf8)
        let hash = Canonical.hex(Session.hash("%PDF-1.4 附件"))
        let folder = "\(city.season.house.attachmentFolder)/\(hash.prefix(2))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: "\(folder)/\(hash)", contents: Data(bytes)))
        try city.season.house.database.writeNow { store in
            _ = try store.run(
                """
                INSERT INTO application_attachment (application, hash, name, size, type)
                VALUES (\(city.own), \(hash), '论证<b>.pdf', \(bytes.count), 'application/pdf')
                """)
        }
        let path = "/attachments/\(city.own)/\(hash)"
        for key in ["applicant-central", "finance", "system-admin", "expert-2"] {
            #expect(try await city.season.browser(as: key).get(path).status == 404, "\(key)")
        }
        let reads = {
            try city.season.house.database.readNow { store in
                try store.value("SELECT COUNT(*) FROM fact WHERE kind = 'record.read'", as: Int.self) ?? 0
            }
        }
        let mine = try await city.season.browser(as: "applicant").get(path)
        #expect(mine.bytes == bytes && mine.headers[.contentDisposition]?.hasPrefix("attachment") == true)
        #expect(try reads() == 0)
        let officer = try city.season.browser(as: "programme-officer")
        #expect(try await officer.get(path).bytes == bytes)
        #expect(try await officer.get(path).bytes == bytes)
        #expect(try reads() == 1)
        #expect(try await officer.get("/attachments/\(city.other)/\(hash)").status == 404)
        #expect(try await officer.get("/attachments/\(city.own)/..%2F..%2Fetc").status == 404)
    }

    @Test func `every kind of fact the house knows has its words`() async throws {
        let season = try await Season()
        for language in Language.allCases {
            let words = season.house.words(in: language)
            let kinds = season.house.projections.kinds.union(FactSight.lines.keys).union([
                RecordRead.kind, JournalErased.kind, ClockMoved.kind,
            ])
            var keys = kinds.map { "fact.\($0.rawValue)" }
            keys += Step.Kind.allCases.flatMap { ["case.step.\($0.rawValue)", "case.do.\($0.rawValue)"] }
            keys += Role.allCases.map { "procedure.by.\($0.rawValue)" }
            let missing = keys.filter { !words.has($0) }
            #expect(missing.isEmpty, "\(language)")
        }
    }
}
