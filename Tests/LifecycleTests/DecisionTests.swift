import Lifecycle
import Testing

private func line(
    _ id: String, place: Int, mean: Int, funded: Bool, yuan: Int64 = 50_000, departure: String? = nil
) -> Selection.Line {
    Selection.Line(
        application: ID(id), place: place, meanHundredths: mean, funded: funded,
        amount: funded ? Money(yuan: yuan) : .zero, departure: departure)
}

@Test func `a selection over the budget is refused with both sums`() {
    let selection = Selection(lines: [
        line("a", place: 1, mean: 700, funded: true), line("b", place: 2, mean: 600, funded: true),
    ])
    let refusals = selection.obstacles(budget: Money(yuan: 99_999))
    #expect(refusals.map(\.code) == ["selection.budget"])
    #expect(refusals.first?.values == ["total": "10", "budget": "9.9999"])
    #expect(selection.obstacles(budget: Money(yuan: 100_000)).isEmpty)
}

@Test func `a departure without a reason is refused, on both sides of the line`() {
    let lines = [
        line("a", place: 1, mean: 700, funded: true), line("b", place: 2, mean: 600, funded: false),
        line("c", place: 3, mean: 500, funded: true), line("d", place: 4, mean: 400, funded: false),
    ]
    let selection = Selection(lines: lines)
    #expect(selection.departures == [ID("b"), ID("c")])
    let refusals = selection.obstacles(budget: Money(yuan: 1_000_000))
    #expect(refusals.map(\.code) == ["selection.departure", "selection.departure"])
    #expect(refusals.map { $0.values["place"] } == ["2", "3"])
}

@Test func `a reason of four characters is too short, of five is enough`() {
    func selection(_ reason: String) -> Selection {
        Selection(lines: [
            line("a", place: 1, mean: 700, funded: false, departure: reason),
            line("b", place: 2, mean: 600, funded: true, departure: reason),
        ])
    }
    #expect(selection(" 四个字呀 ").obstacles(budget: Money(yuan: 50_000)).count == 2)
    #expect(selection("五个字正好").obstacles(budget: Money(yuan: 50_000)).isEmpty)
}

@Test func `choosing within a tie is no departure, choosing below it is`() {
    let within = Selection(lines: [
        line("a", place: 1, mean: 600, funded: true), line("b", place: 1, mean: 600, funded: false),
        line("c", place: 1, mean: 600, funded: true),
    ])
    #expect(within.departures.isEmpty)
    let below = Selection(lines: [
        line("a", place: 1, mean: 600, funded: true), line("b", place: 1, mean: 600, funded: false),
        line("c", place: 3, mean: 500, funded: true),
    ])
    // The funded one of the tie stands above everything passed over; only the crossing pair departs.
    #expect(below.departures == [ID("b"), ID("c")])
}

@Test func `funding nothing or everything departs from no ranking`() {
    for funded in [true, false] {
        let selection = Selection(
            lines: (1...5).map { line("\($0)", place: $0, mean: 800 - $0 * 10, funded: funded) })
        #expect(selection.departures.isEmpty)
    }
}

@Test func `a grant of nothing, or over what the call allows, is refused`() {
    let nothing = Selection(lines: [line("a", place: 1, mean: 700, funded: true, yuan: 0)])
    #expect(nothing.obstacles(budget: .zero).map(\.code) == ["selection.amount"])
    let much = Selection(lines: [line("a", place: 1, mean: 700, funded: true, yuan: 50_001)])
    let refusals = much.obstacles(budget: Money(yuan: 1_000_000), most: Money(yuan: 50_000))
    #expect(refusals.map(\.code) == ["selection.most"])
    #expect(refusals.first?.values["most"] == "50,000.00")
}

@Test func `more than there are places is refused, with both numbers`() {
    let selection = Selection(
        lines: (1...3).map { line("\($0)", place: $0, mean: 900 - $0, funded: true, yuan: 1) })
    let refusals = selection.obstacles(budget: Money(yuan: 9), places: 2)
    #expect(refusals.map(\.code) == ["selection.places"])
    #expect(refusals.first?.values == ["chosen": "3", "places": "2"])
    #expect(selection.obstacles(budget: Money(yuan: 9), places: 3).isEmpty)
}

@Test func `where no money is given an amount of nothing is no fault, and an empty budget enough`() {
    let selection = Selection(lines: [line("a", place: 1, mean: 700, funded: true, yuan: 0)])
    #expect(selection.obstacles(budget: .zero).map(\.code) == ["selection.amount"])
    #expect(selection.obstacles(budget: .zero, givesMoney: false).isEmpty)
}

@Test func `departures are exactly the funded and passed over that cross, in 300 random rounds`() {
    let seed = UInt64.random(in: 0 ... .max)
    var chance = Chance(state: seed)
    for _ in 0..<300 {
        let lines = (0..<Int.random(in: 1...12, using: &chance)).map { index in
            line(
                "\(index)", place: 1, mean: Int.random(in: 0...4, using: &chance) * 100,
                funded: Bool.random(using: &chance))
        }
        let crossing = lines.filter { one in
            lines.contains { other in
                one.funded && !other.funded && one.meanHundredths < other.meanHundredths
                    || !one.funded && other.funded && one.meanHundredths > other.meanHundredths
            }
        }
        #expect(
            Selection(lines: lines).departures == Set(crossing.map(\.application)), "seed \(seed)")
    }
}

@Test func `ties share a place and the next place counts them`() {
    func row(_ id: String, _ points: [Int]) -> RankedApplication {
        RankedApplication(application: ID(id), points: points, requested: .zero)
    }
    let ranked = Ranking.order([
        row("c", [5, 5, 5]), row("a", [8, 8, 8]), row("d", [4, 5, 6]), row("b", [1, 1, 1]),
    ])
    #expect(ranked.map(\.place) == [1, 2, 2, 4])
    #expect(ranked.map(\.row.application.rawValue) == ["a", "c", "d", "b"])
    #expect(ranked[2].row.spread == 2)
    #expect(row("x", [8, 7, 7]).meanText == "7.33")
}

@Test func `instalments make the whole to the fen, whatever the amount and the shares`() {
    let seed = UInt64.random(in: 0 ... .max)
    var chance = Chance(state: seed)
    for _ in 0..<500 {
        let amount = Money(fen: Int64.random(in: 1...100_000_000_000, using: &chance))
        var left = 100
        var parts: [FundingRegime.Instalment] = []
        while left > 0 {
            let percent = parts.count == 4 ? left : Int.random(in: 1...left, using: &chance)
            parts.append(
                FundingRegime.Instalment(
                    id: "p\(parts.count)", label: Label("笔", "part"), percent: percent, upon: "contract"))
            left -= percent
        }
        let contract = Contract.drafted(amount: amount, instalments: parts)
        #expect(contract.instalments.reduce(Money.zero) { $0 + $1.amount } == amount, "seed \(seed)")
        for (part, made) in zip(parts, contract.instalments).dropLast() {
            #expect(made.amount == amount.percent(part.percent), "seed \(seed)")
        }
        #expect(contract.instalments.allSatisfy { $0.amount >= .zero }, "seed \(seed)")
    }
}

@Test func `a milestone of a month without that day falls on its last day`() {
    let start = Day(year: 2027, month: 8, day: 31)
    #expect(start?.adding(months: 6).text == "2028-02-29")
    #expect(start?.adding(months: 18).text == "2029-02-28")
    #expect(start?.adding(months: 3).text == "2027-11-30")
    #expect(start?.adding(months: 12).text == "2028-08-31")
}

@Test func `an erased objection keeps no word of its author`() {
    let fact = Fact(
        number: 7, at: Instant(milliseconds: 0), kind: ObjectionStated.kind,
        subject: Subject(kind: "objection", id: "x"), actor: nil, role: nil, move: nil, reason: nil,
        clause: nil)
    #expect(ObjectionStated.erased(fact) == ObjectionStated.erased)
    #expect(
        ObjectionStated(name: "", contact: "1234", text: "短").obstacles.map(\.code) == [
            "objection.name", "objection.contact", "objection.text",
        ])
}

@Test func `erased evidence names no file`() {
    let fact = Fact(
        number: 8, at: Instant(milliseconds: 0), kind: EvidenceAttached.kind,
        subject: Subject(kind: "objection", id: "x"), actor: nil, role: nil, move: nil, reason: nil,
        clause: nil)
    #expect(EvidenceAttached.erased(fact) == EvidenceAttached(objection: ID("x"), attachments: []))
}

extension Contract {
    fileprivate static func drafted(amount: Money, instalments: [FundingRegime.Instalment]) -> Contract {
        let day = Day(number: 20_000)
        return Contract(
            application: Application(
                id: ID("a"), call: ID("c"), number: "2026-SY-0001",
                applicant: ApplicantAsSubmitted(
                    person: ID("p"), name: "甲", university: ID("u"), universityName: "校", born: nil,
                    title: nil),
                answers: [:], members: [], attachments: [], verdicts: []),
            amount: amount, start: day, end: day.adding(years: 2),
            regime: FundingRegime(
                lumpSum: true, instalments: instalments, milestones: [], standing: .demo, cites: Citation()))
    }
}

/// SplitMix64: seeded, so that a failure can be played again.
private struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
