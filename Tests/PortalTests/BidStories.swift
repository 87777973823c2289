import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// Experts say what they would like to review: who may not first, then what it changes.
@Suite struct BidStories {
    /// The matching stage with one expert near the field of several of its applications.
    private struct Stage {
        let matching: MatchingStage
        let expert: ID<Person>
        let browser: Browser
        let items: [BidRecord]

        var house: House { matching.house }
        var call: ID<Call> { matching.season.call.id }
        var path: String { "/bids/\(matching.season.call.id)" }

        init() async throws {
            matching = try await MatchingStage()
            let (house, call) = (matching.house, matching.season.call.id)
            let programme = matching.season.programme
            let found = try house.database.readNow { store in
                try Candidates.all(in: call, at: MatchingStage.at, store).map { expert in
                    (expert.person, try BidQueries.items(in: call, expert, programme: programme, store).items)
                }
            }
            guard let most = found.max(by: { $0.1.count < $1.1.count }), most.1.count > 1 else {
                throw MatchingStage.Unexpected("nobody is near two applications")
            }
            (expert, items) = most
            browser = Browser(house)
            try browser.signIn(expert, house)
        }

        func field(_ place: Int) -> String { "bid-\(items[place].application)" }

        func bids() throws -> [ID<Application>: Willingness] {
            try house.database.readNow { store in
                var found: [ID<Application>: Willingness] = [:]
                for item in items {
                    found[item.application] = try BidQueries.of(item.application, store)[expert]
                }
                return found
            }
        }
    }

    @Test func `who is no expert, takes part in the call, or is asked by no programme finds no such page`()
        async throws
    {
        let stage = try await Stage()
        let season = stage.matching.season
        for member in DemoCast.members where member.role != .expert {
            let browser = try season.browser(as: member.key)
            let shown = try await browser.get(stage.path)
            #expect(shown.status == 404, "\(member.key)")
            let sent = try await browser.post(stage.path, [(stage.field(0), "eager")], from: "/")
            #expect(sent.status == 404, "\(member.key)")
        }
        #expect(try await season.publicBrowser.get(stage.path, follow: false).status == 303)
        #expect(try await stage.browser.get("/bids/0000000000000000").status == 404)
        // A member of a team of this call, however near, is shown nothing of the others.
        let (application, expert) = (stage.matching.applications[0], stage.expert)
        try stage.house.database.writeNow { store in
            _ = try store.run(
                """
                INSERT INTO application_member (application, person, name, organisation, organisation_name, task)
                VALUES (\(application), \(expert), '', '', '', '')
                """)
        }
        #expect(try await stage.browser.get(stage.path).status == 404)
        #expect(try await !stage.browser.get("/reviews").contains(stage.path))
        // The natural sciences ask nobody.
        let natural = try #require(stage.house.plan.programmes.first { $0.nature == .natural })
        #expect(natural.review.matching?.bids == nil)
    }

    @Test func `an expert sees title, discipline and keywords, and neither people nor number nor text`()
        async throws
    {
        let stage = try await Stage()
        let page = try await stage.browser.get(stage.path)
        #expect(page.status == 200 && page.contains(stage.items[0].title))
        struct Row: Decodable, Sendable {
            let id: ID<Application>
            let number: String
            let ownerName: String
            let universityName: String
            let title: String
        }
        let rows = try stage.house.database.readNow { store in
            try store.rows(
                """
                SELECT id, number, owner_name, university_name, title FROM application
                WHERE call = \(stage.call)
                """, as: Row.self)
        }
        let listed = Set(stage.items.map(\.application))
        for row in rows {
            for hidden in [row.number, row.ownerName, row.universityName] {
                #expect(!page.contains(hidden), "\(hidden)")
            }
            if !listed.contains(row.id) { #expect(!page.contains(row.id.rawValue), "\(row.title)") }
        }
        let home = try stage.house.database.readNow { store in
            try Candidates.record(of: stage.expert, in: stage.call, at: MatchingStage.at, store)?.entity
        }
        for item in stage.items {
            let parties = try stage.house.database.readNow { try Parties.of(item.application, $0) }
            #expect(!parties.entities.contains(try #require(home)), "one's own university is never listed")
        }
        for item in stage.items {
            #expect(try await stage.browser.get("/cases/\(item.application)").status == 404)
        }
    }

    @Test func `an answer that is none, and one about what is not listed, are refused whole`() async throws {
        let stage = try await Stage()
        let wrong = try await stage.browser.post(
            stage.path, [(stage.field(0), "eager"), (stage.field(1), "perhaps")])
        #expect(wrong.status == 422 && wrong.contains("请从列出的意愿中选择"))
        let listed = Set(stage.items.map(\.application))
        let hidden = try #require(stage.matching.applications.first { !listed.contains($0) })
        var pages: [String] = []
        for other in [hidden.rawValue, "0000000000000000"] {
            let refused = try await stage.browser.post(
                stage.path, [(stage.field(0), "eager"), ("bid-\(other)", "eager")])
            #expect(refused.status == 422 && refused.contains("不再列出"))
            pages.append(refused.text)
        }
        #expect(pages[0] == pages[1], "hidden and nowhere are one answer")
        let undeclared = try await stage.browser.post(
            stage.path,
            [(stage.field(0), "eager"), ("nature-\(stage.items[1].application)", "曾是我的学生")])
        #expect(undeclared.status == 422 && undeclared.contains("还没有申报") && undeclared.contains("曾是我的学生"))
        #expect(try stage.bids().isEmpty && stage.matching.facts(BidsGiven.kind) == 0)
    }

    @Test func `what was said is kept, may change, and the same again writes nothing`() async throws {
        let stage = try await Stage()
        let fields = [(stage.field(0), "eager"), (stage.field(1), "reluctant")]
        let saved = try await stage.browser.post(stage.path, fields)
        #expect(saved.status == 200 && saved.contains("意愿已记录"))
        #expect(
            try stage.bids() == [
                stage.items[0].application: .eager, stage.items[1].application: .reluctant,
            ])
        _ = try await stage.browser.post(stage.path, fields)
        #expect(try stage.matching.facts(BidsGiven.kind) == 1)
        _ = try await stage.browser.post(stage.path, [(stage.field(0), "willing"), (stage.field(1), "none")])
        #expect(try stage.bids() == [stage.items[0].application: .willing])
        #expect(try await stage.browser.get("/reviews").contains("已表示 1 份"))
        let result = try stage.house.database.readNow {
            try ProjectionCheck.run(stage.house.projections, $0)
        }
        #expect(result.found.findings.isEmpty, "\(result.found.findings)")
    }

    @Test func `a conflict needs its nature, is a declaration, and ends the bid`() async throws {
        let stage = try await Stage()
        let application = stage.items[0].application
        _ = try await stage.browser.post(stage.path, [(stage.field(0), "eager")])
        let bare = try await stage.browser.post(
            "\(stage.path)/conflict", [("application", application.rawValue)], from: stage.path)
        #expect(bare.status == 422)
        let declared = try await stage.browser.post(
            "\(stage.path)/conflict",
            [("application", application.rawValue), ("nature-\(application)", "申请人曾是我的学生")],
            from: stage.path)
        #expect(declared.status == 200 && !declared.contains(application.rawValue))
        let (parties, bids) = try stage.house.database.readNow { store in
            (try Parties.of(application, store), try BidQueries.of(application, store))
        }
        #expect(parties.declared.contains(stage.expert) && bids.isEmpty)
        let again = try await stage.browser.post(
            "\(stage.path)/conflict",
            [("application", application.rawValue), ("nature-\(application)", "再报一次")], from: stage.path)
        #expect(again.status == 422 && again.contains("不再列出"))
        let path = try await stage.matching.plan()
        #expect(
            try !stage.matching.pairs(of: path).contains {
                $0.application == application && $0.expert == stage.expert
            })
    }

    @Test func `a bid counts its points in a plan and is named, and no bid changes nothing`() async throws {
        let stage = try await Stage()
        let before = try await stage.matching.plan()
        let first = try stage.matching.pairs(of: before)
        _ = try await stage.browser.post(
            stage.path, [(stage.field(0), "eager"), (stage.field(1), "reluctant")])
        let after = try await stage.matching.plan()
        let officer = try stage.matching.officer()
        func page(_ place: Int, of plan: String) async throws -> String {
            try await officer.get("\(plan)/applications/\(stage.items[place].application)").text
        }
        #expect(try await page(0, of: after).contains("专家表示很愿意评审（+120 分）"))
        #expect(try await page(1, of: after).contains("专家表示不太愿意评审（−80 分）"))
        // Pairs nobody spoke of have the points they had.
        let spoken = Set([0, 1].map { "\(stage.items[$0].application).\(stage.expert)" })
        let old = Dictionary(
            first.map { ("\($0.application).\($0.expert)", $0.score) }, uniquingKeysWith: { $1 })
        for pair in try stage.matching.pairs(of: after) {
            let key = "\(pair.application).\(pair.expert)"
            guard !spoken.contains(key), let score = old[key] else { continue }
            #expect(pair.score == score)
        }
        let list = try await officer.get("\(stage.matching.base)/plans")
        #expect(list.contains("已有 1 位专家对 2 份申请表示意愿") && list.contains("+120"))
        #expect(
            try await officer.get("/cases/\(stage.items[0].application)/assign").contains(
                "<span class=\"badge good\">很愿意</span>"))
        // Nobody of the applicants' side meets it.
        let office = try stage.matching.season.browser(as: "research-office")
        #expect(try await office.get("\(stage.matching.base)/plans").status == 404)
    }
}
