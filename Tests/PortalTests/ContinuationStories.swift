import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// Declaring that an application goes on from an earlier one: what is refused first, then who reads it.
@Suite struct ContinuationStories {
    /// The copier's application is withdrawn, and a new call is out in which the copier writes again.
    private struct Stage {
        let reuse: ReuseStage
        let draft: ID<Application>
        let browser: Browser
        let own: String
        let others: String

        var path: String { "/drafts/\(draft)/continues" }

        init() async throws {
            reuse = try await ReuseStage()
            let (season, house, copier) = (reuse.season, reuse.house, reuse.copier)
            let copy = reuse.copy
            try house.changeNow(by: copier, at: season.now) { change in
                try ApplicationActs.withdraw(
                    copy, by: copier, reason: "改投新一轮征集", change, house)
            }
            var round = DemoRound(
                house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 99))
            let call = try round.publish(
                season.programme, number: "2026-NEW", title: "新一轮科研计划项目",
                published: Instant(Season.day("2026-04-20"), hour: 9),
                opens: Instant(Season.day("2026-06-01"), hour: 9),
                closes: Instant(Season.day("2026-06-30"), hour: 16))
            draft = try ReuseStage.begin(
                season, by: copier, in: call.id, ["significance": ReuseStage.passage])
            browser = Browser(house)
            try browser.signIn(copier, house)
            func number(_ id: ID<Application>) throws -> String {
                try house.database.readNow {
                    try $0.value("SELECT number FROM application WHERE id = \(id)", as: String.self) ?? ""
                }
            }
            own = try number(copy)
            others = try number(reuse.original)
        }

        func declared() throws -> [Continuation] {
            try reuse.house.database.readNow { try Drafts.continuations(draft, $0) }
        }
    }

    @Test func `another's number and one that nobody has get the same answer, and nothing is written`()
        async throws
    {
        let stage = try await Stage()
        var pages: [String] = []
        for number in [stage.others, "2026-SY-99999"] {
            let refused = try await stage.browser.post(stage.path, [("number", number), ("words", "")])
            #expect(refused.status == 422 && refused.contains("您以前提交的申请里没有这个编号"), "\(number)")
            #expect(!refused.contains(stage.others), "the other's number is not even repeated")
            pages.append(refused.text)
        }
        #expect(pages[0] == pages[1])
        #expect(try stage.declared() == [])
    }

    @Test func `nothing, words that name nothing, two lines and a sixth are refused with the field`()
        async throws
    {
        let stage = try await Stage()
        for (fields, words) in [
            ([("number", ""), ("words", "")], "请选择以前的申请，或写明项目"),
            ([("words", "课题")], "请用一行写明项目"),
            ([("words", String(repeating: "长", count: 201))], "请用一行写明项目"),
            ([("words", "市级课题一\n市级课题二")], "请用一行写明项目"),
        ] {
            let refused = try await stage.browser.post(stage.path, fields)
            #expect(refused.status == 422 && refused.contains(words), "\(fields)")
        }
        for place in 1...5 {
            let kept = try await stage.browser.post(
                stage.path, [("words", "校内培育课题第\(place)号")], follow: false)
            #expect(kept.status == 303, "\(place)")
        }
        let full = try await stage.browser.post(
            stage.path, [("words", "校内培育课题第六号")], from: "/drafts/\(stage.draft)/team")
        #expect(full.status == 422 && full.contains("至多申明 5 项"))
        let gone = try await stage.browser.post(
            "\(stage.path)/remove", [("reference", "校内培育课题第1号")], from: stage.path)
        #expect(gone.status == 200)
        #expect(try stage.declared().count == 4)
    }

    @Test func `what was declared after looking is not handed in unseen`() async throws {
        let stage = try await Stage()
        let looked = try await Writing.looked(stage.browser, stage.draft.rawValue)
        _ = try await stage.browser.post(stage.path, [("number", stage.own)])
        let refused = try await stage.browser.post(
            "/drafts/\(stage.draft)/submit", [("commit", "yes"), ("content", looked)],
            from: "/drafts/\(stage.draft)/team")
        #expect(refused.status == 422 && refused.contains("内容刚刚改动过"))
    }

    @Test func `a declared continuation stands in the submission, and marks that pair and no other`()
        async throws
    {
        let stage = try await Stage()
        let (reuse, draft) = (stage.reuse, stage.draft)
        let page = try await stage.browser.get(stage.path)
        #expect(page.contains(stage.own) && !page.contains(stage.others))
        _ = try await stage.browser.post(stage.path, [("number", stage.own), ("words", "校内培育课题甲")])
        #expect(try await Writing.submit(stage.browser, draft.rawValue).status == 303)
        #expect(try reuse.runJobs() == [])
        let submitted = try reuse.house.database.readNow { store in
            let fact = try store.value("SELECT fact FROM application WHERE id = \(draft)", as: Int64.self)
            return try ApplicationSubmitted.find(fact: fact ?? 0, store)?.application
        }
        #expect(
            Set(submitted?.continues ?? []) == [
                Continuation(application: reuse.copy, reference: stage.own),
                Continuation(application: nil, reference: "校内培育课题甲"),
            ])
        let after = try await stage.browser.post(
            stage.path, [("words", "提交以后再添")], from: "/todo")
        #expect(after.status == 422, "a submitted application is not declared about any more")

        let pairs = try reuse.house.database.readNow { try ReuseQueries.pairs(of: draft, $0) }
        func relation(to other: ID<Application>) -> ReuseRelation? {
            pairs.first { $0.other(than: draft).application == other }?.relation
        }
        #expect(relation(to: reuse.copy) == .declaredContinuation)
        #expect(relation(to: reuse.original) == .crossUniversity)
        let officer = try reuse.season.browser(as: "programme-officer")
        let found = try await officer.get(reuse.path(draft))
        #expect(found.contains("已申明延续") && found.contains("校内培育课题甲"))
        for part in ["proposal", "screening"] {
            let tab = try await officer.get("/cases/\(draft)/\(part)")
            // Pending, screening shows no outcome; what was declared is shown all the same.
            #expect(tab.contains("申请人申明的延续关系") && tab.contains("/cases/\(reuse.copy)\""), "\(part)")
        }
        // The applicant reads it back, and who reviews would not.
        #expect(try await stage.browser.get("/cases/\(draft)/proposal").contains("校内培育课题甲"))
        let expert = try #require(submitted).seen(as: [.expert])
        #expect(expert[ProposalSight.continues] == nil)
    }
}

extension Application {
    fileprivate func seen(as relations: Set<Relation>) -> Seen<Application> { Seen(self, as: relations) }
}
