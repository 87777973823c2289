import Foundation
import Lifecycle
import PlanFiles
import Testing

/// When experts count as disagreeing, who may champion, and what a selection by the route is refused for.
@Suite struct NonConsensusTests {
    private func terms(
        spread: Int = 2, most: Int = 1, champion: NonConsensusRules.Champion = .topMarks
    ) throws -> NonConsensusTerms {
        var files = try NonConsensusPlanTests.files()
        files["non-consensus.yaml"] = files["non-consensus.yaml"]?
            .replacing("top-marks", with: champion.rawValue)
        let programme = try PlanFolder.programme(files: files)
        let start = Instant(milliseconds: 0)
        let call = Call(
            id: ID("call"), programme: programme.id, digest: "", number: "2026-ZD", title: "征集", year: 2026,
            opens: start, closes: start, guide: "",
            settings: Settings(["nonConsensusMost": "\(most)", "nonConsensusSpread": "\(spread)"]))
        return try #require(NonConsensusTerms(call, programme))
    }

    /// `AA` is the best grade with the best advice.
    private func marks(_ texts: String...) -> [ReviewMarks] {
        texts.map { ReviewMarks(grade: String($0.prefix(1)), advice: String($0.suffix(1))) }
    }

    @Test func `one review, a grade that is not the instrument's and a call without the number say nothing`()
        throws
    {
        let terms = try terms()
        #expect(terms.disagreement([]) == nil)
        #expect(terms.disagreement(marks("AA")) == nil)
        #expect(terms.disagreement(marks("AA", "EC")) == nil)
        let programme = try PlanFolder.programme(files: NonConsensusPlanTests.files())
        let start = Instant(milliseconds: 0)
        // Nor does a call that gives the route no place.
        for settings in [Settings(), Settings(["nonConsensusMost": "0"])] {
            let call = Call(
                id: ID("call"), programme: programme.id, digest: "", number: "x", title: "x", year: 2026,
                opens: start, closes: start, guide: "", settings: settings)
            #expect(NonConsensusTerms(call, programme) == nil)
        }
    }

    @Test func `every pair of grades is told apart by points and by whether the best is among them`() throws {
        let points = ["A": 4, "B": 3, "C": 2, "D": 1]
        for spread in 1...3 {
            let terms = try terms(spread: spread)
            for (first, one) in points {
                for (second, other) in points {
                    let found = try #require(terms.disagreement(marks("\(first)A", "\(second)A")))
                    #expect(found.spread == abs(one - other))
                    #expect(found.reachesTop == (max(one, other) == 4))
                    #expect(
                        found.isNonConsensus == (max(one, other) == 4 && abs(one - other) >= spread),
                        "\(first)\(second) at \(spread)")
                }
            }
        }
        // Between them it counts who is furthest, however many stand in the middle.
        let found = try #require(try terms(spread: 3).disagreement(marks("BB", "AA", "BB", "DC", "BB")))
        #expect(found.highest.id == "A" && found.lowest.id == "D" && found.isNonConsensus)
    }

    @Test func `only who marked it at the top may champion, and only what experts disagree about`() throws {
        let strict = try terms()
        let loose = try terms(champion: .topGrade)
        func codes(_ terms: NonConsensusTerms, _ own: String, _ others: String...) -> [String] {
            let own = marks(own)
            return terms.obstacles(
                to: own[0], among: own + others.flatMap { marks($0) }
            ).map(\.code)
        }
        #expect(codes(strict, "DC", "AA") == ["champion.not-top-marks"])
        #expect(codes(strict, "AB", "DC") == ["champion.not-top-marks"])
        #expect(codes(loose, "BA", "DC") == ["champion.not-top-grade"])
        #expect(codes(strict, "AA", "BA") == ["champion.agreed"])
        #expect(codes(strict, "AA") == ["champion.agreed"])
        #expect(codes(strict, "AA", "CB") == [])
        #expect(codes(loose, "AB", "DC") == [])
        // How others judged is in no refusal's words.
        let refusal = strict.obstacles(to: marks("AA")[0], among: marks("AA", "BA"))[0]
        #expect(refusal.values == ["needed": "2"])
        #expect(refusal.citation?.clause == ClauseID("3.1.2"))
    }

    @Test func `a case is as long as the call says, white space aside`() throws {
        let terms = try terms()
        func code(_ count: Int) -> [String] {
            terms.obstacles(toCase: String(repeating: "新 ", count: count)).map(\.code)
        }
        #expect(code(0) == ["champion.short"] && code(99) == ["champion.short"])
        #expect(code(100).isEmpty && code(2000).isEmpty)
        #expect(code(2001) == ["champion.long"])
    }

    // MARK: - selection

    private func line(
        _ id: String, _ place: Int, mean: Int, funded: Bool = false, grounds: String? = nil,
        byRoute: Bool = false
    ) -> Selection.Line {
        Selection.Line(
            application: ID(id), place: place, meanHundredths: mean, funded: funded || byRoute,
            amount: Money(yuan: 1), departure: grounds,
            route: byRoute ? Selection.Route(.nonConsensus, cases: [7]) : nil)
    }

    private func ground(
        _ cases: [ID<Application>: [Int64]] = [ID("c"): [7], ID("d"): [8]], most: Int = 1, used: Int = 0
    ) throws -> Selection.NonConsensusGround {
        let terms = try terms(most: most)
        let apart = try #require(terms.disagreement(marks("AA", "DC")))
        let agreed = try #require(terms.disagreement(marks("AA", "BA")))
        return Selection.NonConsensusGround(
            terms: terms,
            disagreements: [ID("a"): agreed, ID("b"): agreed, ID("c"): apart, ID("d"): apart],
            cases: cases, used: used)
    }

    private let grounds = "有望打开新的领域，风险可控"

    @Test
    func `a selection by the route is refused without disagreement, case, grounds, need or a place left`()
        throws
    {
        func codes(_ lines: [Selection.Line], _ ground: Selection.NonConsensusGround?) -> [String] {
            Selection(lines: lines).obstacles(nonConsensus: ground).map(\.code)
        }
        let first = line("a", 1, mean: 700, funded: true)
        let second = line("b", 2, mean: 600)
        let third = line("c", 3, mean: 500, grounds: grounds, byRoute: true)
        #expect(codes([first, second, third], nil) == ["selection.route-none"])
        #expect(
            codes([first, line("b", 2, mean: 600, grounds: grounds, byRoute: true)], try ground()) == [
                "selection.route-agreed"
            ])
        #expect(codes([first, second, third], try ground([:])) == ["selection.route-no-case"])
        #expect(codes([first, second, third], try ground([ID("c"): []])) == ["selection.route-no-case"])
        for short in [nil, "", "看好它 "] {
            #expect(
                codes([first, second, line("c", 3, mean: 500, grounds: short, byRoute: true)], try ground())
                    == ["selection.route-grounds"])
        }
        let funded = line("b", 2, mean: 600, funded: true)
        #expect(codes([first, funded, third], try ground()) == ["selection.route-needless"])
        let tied = line("b", 2, mean: 500)
        #expect(codes([first, tied, third], try ground()) == ["selection.route-needless"])
        let fourth = line("d", 4, mean: 400, grounds: grounds, byRoute: true)
        #expect(codes([first, second, third, fourth], try ground()) == ["selection.route-most"])
        #expect(codes([first, second, third], try ground(used: 1)) == ["selection.route-most"])
        // And what is in order.
        #expect(codes([first, second, third], try ground()) == [])
        #expect(codes([first, second, third, fourth], try ground(most: 2)) == [])
        #expect(codes([first, second], nil) == [])
    }

    @Test func `what goes by the route passes nobody over, and hides no other departure`() {
        let routed = Selection(lines: [
            line("a", 1, mean: 700, funded: true), line("b", 2, mean: 600),
            line("c", 3, mean: 500, grounds: grounds, byRoute: true), line("d", 4, mean: 400),
        ])
        #expect(routed.departures.isEmpty)
        let departing = Selection(lines: [
            line("a", 1, mean: 700), line("b", 2, mean: 600, funded: true),
            line("c", 3, mean: 500, grounds: grounds, byRoute: true),
        ])
        #expect(departing.departures == [ID("a"), ID("b")])
    }

    @Test func `a line without a route is written as it was before there were any`() throws {
        let plain = line("a", 1, mean: 700, funded: true)
        let routed = line("c", 3, mean: 500, grounds: grounds, byRoute: true)
        let text = try written(Selection(lines: [plain]))
        #expect(!text.contains("route"))
        #expect(try read(text).lines[0].route == nil)
        let other = try written(Selection(lines: [routed]))
        #expect(other.contains("\"kind\":\"non-consensus\"") && !other.contains("有望"))
        #expect(try read(other).lines[0].route?.cases == [7])
    }

    private func written(_ selection: Selection) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(selection), as: UTF8.self)
    }

    private func read(_ text: String) throws -> Selection {
        try JSONDecoder().decode(Selection.self, from: Data(text.utf8))
    }
}
