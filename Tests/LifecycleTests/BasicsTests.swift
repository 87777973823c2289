import Foundation
import Lifecycle
import Testing

@Suite struct DayTests {
    @Test func `every day from 1900 to 2100 agrees with Foundation's calendar`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let first = try #require(Day(year: 1900, month: 1, day: 1))
        let last = try #require(Day(year: 2100, month: 12, day: 31))
        var expected = (year: 1900, month: 1, day: 1)
        for number in first.number...last.number {
            let day = Day(number: number)
            #expect(day.components == expected)
            #expect(Day(year: expected.year, month: expected.month, day: expected.day) == day)
            #expect(Day(text: day.text) == day)
            let following = Day(number: number + 1).components
            // Foundation is asked at each month's end, where alone a step can go wrong.
            if following.day == 1 || expected.day >= 28 {
                let date = Date(timeIntervalSince1970: Double(number + 1) * 86_400)
                let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
                #expect(parts.year == following.year && parts.month == following.month)
                #expect(parts.day == following.day)
                #expect(parts.weekday.map { ($0 + 5) % 7 + 1 } == Day(number: number + 1).weekday)
                expected = following
            } else {
                expected.day += 1
            }
        }
    }

    @Test(arguments: [
        "2023-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-01 ", "０２26-01-01",
    ])
    func `what is no day is refused`(text: String) { #expect(Day(text: text) == nil) }

    @Test(arguments: [
        ("1986-05-07", "2021-05-06", 34), ("1986-05-07", "2021-05-07", 35), ("1986-05-06", "2021-05-07", 35),
        ("2000-02-29", "2021-02-28", 20), ("2000-02-29", "2021-03-01", 21), ("2000-02-29", "2024-02-29", 24),
        ("2000-12-31", "2000-12-31", 0),
    ])
    func `a year of age is full on the birthday`(born: String, on: String, age: Int) throws {
        let (born, on) = (try #require(Day(text: born)), try #require(Day(text: on)))
        #expect(born.age(on: on) == age)
    }

    @Test func `29 February a year later is 28 February`() throws {
        let leap = try #require(Day(text: "2024-02-29"))
        #expect(leap.adding(years: 1).text == "2025-02-28")
        #expect(leap.adding(years: 4).text == "2028-02-29")
        #expect(leap.adding(years: -4).text == "2020-02-29")
    }
}

@Suite struct InstantTests {
    @Test func `the deadline of 16 o'clock in Beijing is 8 o'clock in UTC`() throws {
        let closing = try #require(Instant(text: "2026-03-20 16:00"))
        #expect(closing.text == "2026-03-20 16:00")
        #expect(closing.iso == "2026-03-20T16:00:00.000+08:00")
        #expect(closing.rawValue == 1_773_993_600_000)
        #expect(closing.adding(milliseconds: -1).iso == "2026-03-20T15:59:59.999+08:00")
    }

    @Test func `a day begins at midnight in Beijing, before 1970 too`() throws {
        for text in ["1969-12-31", "1970-01-01", "2026-01-01"] {
            let day = try #require(Day(text: text))
            #expect(Instant(day).day == day)
            #expect(Instant(day).clock == "00:00")
            #expect(Instant(day).adding(milliseconds: -1).day == day.adding(-1))
        }
    }

    @Test(arguments: [
        "", "2026-03-20 24:00", "2026-03-20 16", "2026-02-30 10:00", "2026-03-20 16:00:60", "now",
    ])
    func `what is no moment is refused`(text: String) { #expect(Instant(text: text) == nil) }
}

@Suite struct MoneyTests {
    @Test(
        arguments: [
            ("50000", 5_000_000), ("50,000.5", 5_000_050), ("0.01", 1), ("１", 100), ("５０，０００．５", 5_000_050),
            ("1.234", nil),
            ("-5", nil),
            (".5", nil), ("", nil), ("1.", nil), ("12345678901234", nil),
        ] as [(String, Int64?)])
    func `yuan are read with at most two decimals`(text: String, fen: Int64?) {
        #expect(Money(yuanText: text)?.rawValue == fen)
    }

    @Test func `amounts are written in yuan and in 万元 without loss`() {
        #expect(Money(fen: 123_456_789).yuanText == "1,234,567.89")
        #expect(Money(fen: -5).yuanText == "-0.05")
        #expect(Money(yuan: 1000).yuanText == "1,000.00")
        #expect(Money(yuan: 50_000).wanText == "5")
        #expect(Money(yuan: 72_500).wanText == "7.25")
        #expect(Money(fen: 1).wanText == "0.000001")
        #expect(Money(fen: -1).wanText == "-0.000001")
        #expect(Money(fen: 101).percent(60).rawValue == 60)
    }

    @Test func `what is written in yuan reads back as the same amount`() {
        var chance = SplitMix(seed: 20_260_101)
        for _ in 0..<2000 {
            let money = Money(fen: Int64.random(in: 0...1_000_000_000_000, using: &chance))
            #expect(Money(yuanText: money.yuanText) == money)
        }
    }
}

@Suite struct RoleTests {
    @Test func `roles held apart are apart both ways, and none from itself`() {
        for role in Role.allCases {
            #expect(!role.apartFrom.contains(role))
            for other in role.apartFrom { #expect(other.apartFrom.contains(role), "\(role) and \(other)") }
        }
    }

    @Test func `an administrator holds nothing else`() {
        for role in Role.allCases where role.isAdministrator {
            #expect(role.apartFrom.count == Role.allCases.count - 1)
        }
    }

    @Test func `a tenure holds from its first moment until just before its last`() {
        let tenure = Tenure(
            person: ID("p"), role: .expert, organisation: ID("o"), from: Instant(milliseconds: 10),
            until: Instant(milliseconds: 20))
        #expect(!tenure.holds(at: Instant(milliseconds: 9)))
        #expect(tenure.holds(at: Instant(milliseconds: 10)))
        #expect(!tenure.holds(at: Instant(milliseconds: 20)))
    }
}

/// A small seeded generator, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
