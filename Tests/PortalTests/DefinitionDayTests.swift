import Lifecycle
import Testing

@testable import Portal

/// The day a closed round is asked about, so that what a proposal changes shows.
struct DefinitionDayTests {
    private static func rule(_ id: String, _ days: [String]) throws -> Rule {
        Rule(
            id: id, label: Label("规则", "Rule"), scope: .application,
            versions: try days.map { text in
                RuleVersion(
                    from: try #require(Day(text: text)), demand: .fullTimeTeacher, standing: .demo,
                    cites: Citation(), verified: false)
            })
    }

    private static func day(_ old: [Rule], _ new: [Rule], besides text: String = "2026-03-01") throws
        -> String?
    {
        DefinitionPages.newDay(from: old, to: new, besides: try #require(Day(text: text)))?.text
    }

    @Test func `a rule that changes on a day that another rule knows gives that day`() throws {
        let other = try Self.rule("other", ["2020-01-01", "2027-01-01"])
        let old = [try Self.rule("one", ["2020-01-01"]), other]
        let new = [try Self.rule("one", ["2020-01-01", "2027-01-01"]), other]
        #expect(try Self.day(old, new) == "2027-01-01")
        #expect(try Self.day(old, old) == nil)
    }

    @Test func `what is in force on the round's own day needs no other`() throws {
        let old = [try Self.rule("one", ["2020-01-01"])]
        let new = [try Self.rule("one", ["2020-01-01", "2025-01-01"]), try Self.rule("two", ["2021-05-01"])]
        #expect(try Self.day(old, new) == nil)
        #expect(try Self.day(old, new, besides: "2024-01-01") == "2025-01-01")
        // Of several the last, and none of those that were there.
        let later = [try Self.rule("one", ["2020-01-01", "2027-01-01", "2028-01-01"])]
        #expect(try Self.day(old, later) == "2028-01-01")
        #expect(try Self.day(later, old) == nil)
    }
}
