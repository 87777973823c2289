import Foundation
import Lifecycle
import PlanFiles
import Testing

/// By what a call's experts grade, where it is not by the programme's practice.
@Suite struct ReviewScaleTests {
    private func grades(_ points: (String, Int)...) -> [ReviewInstrument.Grade] {
        points.map {
            ReviewInstrument.Grade(id: $0.0, label: Label("等级\($0.0)", "Grade \($0.0)"), points: $0.1)
        }
    }

    private func call(_ scale: ReviewScale?, _ settings: [String: String] = [:], opens: Int64 = 0) -> Call {
        Call(
            id: ID("call"), programme: "p", digest: "", number: "x", title: "x", year: 2026,
            opens: Instant(milliseconds: opens), closes: Instant(milliseconds: opens), guide: "",
            settings: Settings(settings), scale: scale)
    }

    private func programme(_ id: String = "research-plan-natural-key") throws -> Programme {
        try PlanFolder.programme(files: Repository.programme(id))
    }

    private func codes(_ refusals: [Refusal]) -> [String] {
        refusals.map(\.code).filter { $0.hasPrefix("call.scale") }
    }

    @Test func `a scale that nobody could judge by is refused, with the part it is about`() throws {
        let sound = grades(("P", 1), ("F", 0))
        for (wrong, code) in [
            (grades(), "call.scale-few"), (grades(("A", 1)), "call.scale-few"),
            (grades(("A", 2), ("A", 1)), "call.scale-twice"),
            (grades(("A", 1), ("B", 1)), "call.scale-order"),
            (grades(("A", 1), ("B", 2)), "call.scale-order"),
            (grades(("甲", 2), ("B", 1)), "call.scale-grade"), (grades(("", 2), ("B", 1)), "call.scale-grade"),
            (grades(("A", 1001), ("B", 1)), "call.scale-grade"),
            (grades(("A", 2), ("B", -1)), "call.scale-grade"),
            ((0..<13).flatMap { grades(("G\($0)", 100 - $0)) }, "call.scale-many"),
        ] {
            for (scale, field) in [
                (ReviewScale(grades: wrong, advice: sound), "grades"),
                (ReviewScale(grades: sound, advice: wrong), "advice"),
            ] {
                #expect(scale.obstacles.map(\.code) == [code], "\(wrong)")
                #expect(scale.obstacles.allSatisfy { $0.values["field"] == field }, "\(wrong)")
            }
        }
        #expect(ReviewScale(grades: sound, advice: sound).obstacles.isEmpty)
    }

    @Test func `grades too near to each other for anybody to disagree are refused`() throws {
        let programme = try programme()
        let scale = ReviewScale(grades: grades(("P", 1), ("F", 0)), advice: grades(("Y", 1), ("N", 0)))
        let now = Instant(milliseconds: 0)
        #expect(
            codes(call(scale, ["nonConsensusSpread": "2"]).obstacles(in: programme, at: now))
                == ["call.scale-spread"])
        #expect(codes(call(scale, ["nonConsensusSpread": "1"]).obstacles(in: programme, at: now)) == [])
        #expect(codes(call(nil, ["nonConsensusSpread": "2"]).obstacles(in: programme, at: now)) == [])
    }

    @Test func `a scale is fixed from the moment the call opens`() throws {
        let programme = try programme()
        let scale = ReviewScale(grades: grades(("P", 9), ("F", 0)), advice: programme.review.advice)
        let (before, after) = (call(nil, opens: 1000), call(scale, opens: 1000))
        func stops(_ at: Int64, _ next: Call) -> [Refusal] {
            next.scaleObstacles(after: before, in: programme, at: Instant(milliseconds: at))
        }
        #expect(stops(999, after).isEmpty)
        #expect(stops(1000, after).map(\.code) == ["call.scale-fixed"])
        #expect(stops(1000, after).first?.values["field"] == "grades")
        #expect(stops(1000, before).isEmpty)
    }

    @Test
    func `the call's scale takes the place of the programme's, and nothing else of the instrument changes`()
        throws
    {
        let programme = try programme()
        let own = ReviewScale(
            grades: grades(("P", 9), ("Q", 4), ("F", 0)), advice: grades(("Y", 5), ("N", 0)))
        let (plain, changed) = (call(nil).review(of: programme), call(own).review(of: programme))
        #expect(plain == programme.review)
        #expect(changed.grades == own.grades && changed.advice == own.advice)
        #expect(changed.criteria == plain.criteria && changed.commentLeast == plain.commentLeast)
        #expect(changed.standing == .borrowed && changed.cites == plain.cites)
        #expect(changed.range == 14 && changed.fewestPoints == 0)
        var answers = ["grade": "Q", "advice": "Y", "comment": String(repeating: "评", count: 60)]
        for criterion in plain.criteria { answers["comment-\(criterion.id)"] = "看过。" }
        #expect(try Review.reading(answers, with: changed).get().points == 9)
        // A grade of the programme is none of the call's.
        answers["grade"] = "A"
        guard case .failure = Review.reading(answers, with: changed) else {
            Issue.record("an unknown grade was taken")
            return
        }
        let terms = try #require(
            NonConsensusTerms(
                call(own, ["nonConsensusMost": "1", "nonConsensusSpread": "5"]), programme))
        let told = try #require(
            terms.disagreement([
                ReviewMarks(grade: "P", advice: "Y"), ReviewMarks(grade: "Q", advice: "N"),
            ]))
        #expect(told.spread == 5 && told.isNonConsensus)
    }

    @Test func `it is part of the call's text, and a call without one keeps the text it had`() throws {
        let own = ReviewScale(grades: grades(("P", 1), ("F", 0)), advice: grades(("Y", 1), ("N", 0)))
        let encoder = JSONEncoder()
        let text = String(decoding: try encoder.encode(call(own)), as: UTF8.self)
        #expect(text.contains("\"scale\""))
        #expect(try JSONDecoder().decode(Call.self, from: Data(text.utf8)) == call(own))
        #expect(!String(decoding: try encoder.encode(call(nil)), as: UTF8.self).contains("scale"))
        // Whatever else changes, it stays.
        #expect(call(own).allotting(["u": 3]).scale == own && call(own).moved(to: "d").scale == own)
    }
}
