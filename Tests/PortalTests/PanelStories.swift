import Foundation
import Lifecycle
import PublicDraw
import Store
import Testing

@testable import Portal

/// A drawn panel where experts are assigned, and draws that are repeated once.
@Suite struct PanelStories {
    private static let sources = [
        ("source-1", "双色球2026085期"), ("kind-1", "sorted"), ("count-1", "6"),
        ("not-before", "2026-07-21T21:30"),
    ]

    private struct Drawn {
        let stage: MatchingStage
        let path: String
        let id: ID<Draw>

        /// - Parameter byClass: whether disciplines share the places.
        init(byClass: Bool) async throws {
            stage = try await MatchingStage()
            let season = stage.season
            let asked = try await season.browser(as: "commission-leader").post(
                "/draws",
                [
                    ("purpose", "panel"), ("call", season.call.id.rawValue), ("title", "七月专家组"),
                    ("places", "6"), ("alternates", "1"), ("by-class", byClass ? "1" : "0"),
                ])
            path = String(asked.path.prefix { $0 != "?" })
            id = ID(String(path.dropFirst(7)))
            let kept = try await season.browser(as: "programme-officer").post(
                "\(path)/keep", PanelStories.sources, from: path)
            guard kept.status == 200 else { throw MatchingStage.Unexpected(kept.text) }
            season.move(to: Instant(Season.day("2026-07-22"), hour: 9))
            let held = try await season.browser(as: "integrity").post(
                "\(path)/hold", [("value-0", "28 07 13 31 02 19")], from: path)
            guard held.status == 200 else { throw MatchingStage.Unexpected(held.text) }
        }

        func panel() throws -> DrawnPanel {
            let call = stage.season.call.id
            let all = try stage.house.database.readNow { try DrawnPanel.all(for: call, $0) }
            guard let panel = all.first else { throw Missing() }
            return panel
        }
    }

    @Test func `a panel that is not drawn yet, or for another call, is nobody's panel`() async throws {
        let stage = try await MatchingStage()
        _ = try await stage.season.browser(as: "commission-leader").post(
            "/draws",
            [
                ("purpose", "panel"), ("call", stage.season.call.id.rawValue), ("title", "七月专家组"),
                ("places", "6"), ("alternates", "1"),
            ])
        let page = try await stage.officer().get("/office/assign?call=\(stage.season.call.id)")
        #expect(page.status == 200 && !page.contains("抽取的专家组"))
        let other = try stage.house.database.readNow { try DrawnPanel.all(for: ID("nothing"), $0) }
        #expect(other.isEmpty)
    }

    @Test func `classes are told by name, on the draw and where experts are assigned`() async throws {
        let drawn = try await Drawn(byClass: true)
        let panel = try drawn.panel()
        let strata = panel.members.compactMap(\.stratum)
        #expect(strata.count == panel.members.count && strata.allSatisfy { $0.count == 3 })
        let names = StratumNames()
        let first = try #require(strata.first)
        #expect(names.text(first) != first, "a first-level code has a name")
        #expect(names.text("北京工业大学") == "北京工业大学")
        let officer = try drawn.stage.officer()
        for page in [drawn.path, "/office/assign?call=\(drawn.stage.season.call.id)"] {
            #expect(try await officer.get(page).contains(names.text(first)), "\(page)")
        }
        // What is published and repeated keeps the bare code.
        let commitment = try await drawn.stage.season.publicBrowser.get("\(drawn.path)/commitment.json")
        #expect(commitment.contains("\"class\":\"\(first)\"") && !commitment.contains(names.text(first)))
    }

    @Test func `who is drawn, who left, who stands in and who stands by are told in order, with a mark`()
        async throws
    {
        let drawn = try await Drawn(byClass: false)
        let before = try drawn.panel()
        #expect(before.members.map(\.state) == Array(repeating: .drawn, count: 6) + [.alternate])
        #expect(before.members.map(\.entry.place) == [1, 2, 3, 4, 5, 6, 1])
        let gone = before.members[2]
        let substituted = try await drawn.stage.season.browser(as: "commission-leader").post(
            "\(drawn.path)/substitute", [("code", gone.entry.code), ("reason", "出国访问")],
            from: drawn.path)
        #expect(substituted.status == 200, "\(substituted.text)")
        let panel = try drawn.panel()
        #expect(panel.members[2].state == .left && panel.members[6].state == .standsIn)
        let officer = try drawn.stage.officer()
        let page = try await officer.get("/office/assign?call=\(drawn.stage.season.call.id)")
        #expect(page.contains("抽取的专家组") && page.contains("href=\"\(drawn.path)\""))
        for member in panel.members { #expect(page.contains(member.entry.name), "\(member.entry.name)") }
        for words in ["已退出", "出国访问", "已递补入组", "在组"] { #expect(page.contains(words), "\(words)") }
        // The mark stands beside the name on the tab of a dossier near whose field the expert is.
        let people = Set(panel.members.filter { $0.state == .drawn }.map(\.person))
        var marked = false
        for application in drawn.stage.applications where !marked {
            let candidates = try drawn.stage.house.database.readNow {
                try Candidates.of(application, at: drawn.stage.season.now, drawn.stage.house, $0)
            }
            guard
                candidates.contains(where: {
                    people.contains($0.expert.person) && $0.nearness < .far && $0.obstacles.isEmpty
                })
            else { continue }
            let tab = try await officer.get("/cases/\(application)/assign")
            #expect(tab.contains("<span class=\"badge good\">抽取专家组</span>"))
            marked = true
        }
        #expect(marked, "no dossier is near anybody drawn")
        // The desk is an officer's; a university never meets the panel.
        let office = try drawn.stage.season.browser(as: "research-office")
        #expect(
            try await office.get("/office/assign?call=\(drawn.stage.season.call.id)").status == 404)
    }

    @Test func `a draw is repeated once, and again as soon as what is written changes`() async throws {
        let drawn = try await Drawn(byClass: false)
        func record() throws -> DrawRecord {
            try drawn.stage.house.database.readNow { try DrawQueries.find(drawn.id, $0) }
        }
        let repeated = RepeatedDraws()
        let first = try #require(try repeated.transcript(of: try record()))
        #expect(try repeated.transcript(of: try record()) == first && repeated.count == 1)
        let code = try #require(first.drawn.first?.id)
        let other = try #require(first.alternates.first?.id)
        try drawn.stage.house.database.writeNow { store in
            _ = try store.run(
                "UPDATE draw SET transcript = replace(transcript, \(code), \(other)) WHERE id = \(drawn.id)")
        }
        #expect(throws: TranscriptRefused.self) { try repeated.transcript(of: try record()) }
        #expect(throws: TranscriptRefused.self) { try repeated.transcript(of: try record()) }
        #expect(repeated.count == 1, "what does not follow is never kept")
        #expect(try await drawn.stage.season.publicBrowser.get(drawn.path).status == 500)
    }
}
