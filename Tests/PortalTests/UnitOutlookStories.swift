import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// What an applicant is told of the own university's quota and list before writing, and what its research office reads.
@Suite struct UnitOutlookStories {
    private struct Stage {
        let season: Season
        let home: UniversityRecord
        /// Of the home university: two have applied, the first young enough; the third has not.
        let people: [ID<Person>]
        let applications: [ID<Application>]
        /// Of another university; has applied.
        let stranger: ID<Person>
        var path: String { "/calls/\(season.call.id)" }

        init() async throws {
            let season = try await Season(experts: 0)
            let (house, register) = (season.house, season.register)
            let home = try #require(register.universities.first { $0.institutionCode == "10011" })
            let other = try #require(
                register.universities.last { $0.group == "市属" && $0.institutionCode != "10011" })
            var round = DemoRound(
                house: house, register: register, kind: .humanities, chance: SplitMix64(seed: 71))
            (people, applications, stranger) = try house.changeNow(by: nil, at: season.now) { change in
                func applicant(_ born: String, _ number: Int, at university: UniversityRecord) throws
                    -> ID<Person>
                {
                    try register.addApplicant(
                        at: university, born: Season.day(born), senior: false, number: number, change,
                        using: &round.chance)
                }
                let people = [
                    try applicant("1995-03-01", 97_201, at: home),
                    try applicant("1978-03-01", 97_202, at: home),
                    try applicant("1996-03-01", 97_203, at: home),
                ]
                let stranger = try applicant("1994-03-01", 97_204, at: other)
                func apply(_ person: ID<Person>) throws -> ID<Application> {
                    try round.apply(
                        season.call, season.programme, by: person, at: season.now, store: change)
                }
                let applications = [try apply(people[0]), try apply(people[1])]
                _ = try apply(stranger)
                return (people, applications, stranger)
            }
            self.season = season
            self.home = home
        }

        func browser(of person: ID<Person>) throws -> Browser {
            let browser = Browser(season.house)
            try browser.signIn(person, season.house)
            return browser
        }

        func name(of person: ID<Person>) throws -> String {
            try #require(
                try season.house.database.readNow { store in
                    try store.value("SELECT name FROM person WHERE id = \(person)", as: String.self)
                })
        }
    }

    private static let title = "本校名额与名单结构"

    @Test func `who does not apply from a university is told nothing of it`() async throws {
        let stage = try await Stage()
        let open = try await stage.season.publicBrowser.get(stage.path)
        #expect(open.status == 200 && !open.contains(Self.title))
        for key in ["programme-officer", "commission-leader", "expert", "auditor", "finance"] {
            let page = try await stage.season.browser(as: key).get(stage.path)
            #expect(page.status == 200 && !page.contains(Self.title), "\(key)")
        }
        // Another university's applicant reads that university's figures.
        let other = try await stage.browser(of: stage.stranger).get(stage.path)
        #expect(other.contains("现有 1 / 1 项（100%）") && !other.contains("1 / 2 项"))
    }

    @Test func `before writing and while writing the own university's counts stand there, and no name`()
        async throws
    {
        let stage = try await Stage()
        let browser = try stage.browser(of: stage.people[2])
        let quota = try #require(
            stage.season.call.quota(for: DemoRegister.university(stage.home.institutionCode)))
        let before = try await browser.get(stage.path)
        #expect(before.contains(Self.title))
        #expect(before.contains("<dt>已提交</dt><dd>2 项") && before.contains("<dt>正在填写</dt><dd>0 项"))
        #expect(before.contains("<dt>限额尚余</dt><dd>\(quota - 2) 项"))
        #expect(before.contains("现有 1 / 2 项（50%）") && before.contains("加上您的申请 2 / 3 项（66%）"))
        #expect(before.contains("立项率、立项质量、结项率") && before.contains("href=\"#quota\""))
        for person in stage.people.prefix(2) {
            let name = try stage.name(of: person)
            #expect(!before.contains(name))
        }

        let draft = try await Writing.start(stage.season, browser)
        let writing = try await browser.get("/drafts/\(draft)")
        #expect(writing.contains(Self.title) && writing.contains("<dt>正在填写</dt><dd>1 项"))
        #expect(writing.contains("现有 1 / 2 项（50%）") && writing.contains("加上您的申请 2 / 3 项（66%）"))
        #expect(writing.contains("href=\"\(stage.path)#quota\""))
        try await Writing.fill(stage.season, browser, draft)
        #expect(try await Writing.submit(browser, draft).status == 303)
        // Counted once, and not beside itself.
        let after = try await browser.get("/drafts/\(draft)")
        #expect(after.contains("<dt>已提交</dt><dd>3 项") && after.contains("<dt>正在填写</dt><dd>0 项"))
        #expect(after.contains("现有 2 / 3 项（66%）") && !after.contains("加上您的申请"))
    }

    @Test func `the research office reads the same figures, and what was withdrawn counts no more`()
        async throws
    {
        let stage = try await Stage()
        let officer = try #require(stage.season.register.officers[stage.home.institutionCode])
        let office = try stage.browser(of: officer)
        let list = "/lists/\(stage.season.call.id)"
        let first = try await office.get(list)
        #expect(first.contains("<dt>已提交</dt><dd>2 项") && first.contains("现有 1 / 2 项（50%）"))
        #expect(!first.contains("加上您的申请"))
        let (house, person, gone) = (stage.season.house, stage.people[1], stage.applications[1])
        try house.changeNow(by: person, at: stage.season.now) { change in
            try ApplicationActs.withdraw(gone, by: person, reason: "个人原因不再申报", change, house)
        }
        let then = try await office.get(list)
        #expect(then.contains("<dt>已提交</dt><dd>1 项") && then.contains("现有 1 / 1 项（100%）"))
        let applicant = try await stage.browser(of: stage.people[2]).get(stage.path)
        #expect(
            applicant.contains("<dt>已提交</dt><dd>1 项") && applicant.contains("加上您的申请 2 / 2 项（100%）"))
    }
}
