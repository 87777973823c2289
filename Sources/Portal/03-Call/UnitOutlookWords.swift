import Lifecycle

/// Who sees how a university stands in a call: who applies from there, and its research office. The page of a call gives
/// each applicant that of the own university alone.
enum UnitSight {
    private static let readers: Set<Relation> = [.owner, .researchOffice]

    static let quota = Field<UnitOutlook, Int?>("quota", seenBy: readers) { $0.quota }
    static let received = Field<UnitOutlook, Int>("received", seenBy: readers) { $0.received }
    static let drafted = Field<UnitOutlook, Int>("drafted", seenBy: readers) { $0.drafted }
    static let lines = Field<UnitOutlook, [UnitOutlook.Line]>("lines", seenBy: readers) { $0.lines }

    static let rows = [
        SightRow("unit in a call", quota), SightRow("unit in a call", received),
        SightRow("unit in a call", drafted), SightRow("unit in a call", lines),
    ]
}

/// How a university stands in a call in finished words, placed by `{{> quota/unit}}`.
struct UnitOutlookWords: Sendable {
    let quota: String
    let received: String
    let drafted: String
    let remaining: String
    /// As many are handed in as may go forward.
    let isFull: Bool
    let lines: [Line]
    let hasFormula: Bool
    let formula: String
    /// Where the formula's terms stand.
    let formulaHref: String

    struct Line: Sendable {
        let label: String
        let now: String
        let nowResult: String
        let nowKind: String
        let hasOwn: Bool
        let own: String
        let ownResult: String
        let ownKind: String
    }

    /// Nil for who may not see it.
    init?(
        _ seen: Seen<UnitOutlook>?, of programme: Programme, at formulaHref: String,
        _ words: Words.Catalogue
    ) {
        guard let seen, let received = seen[UnitSight.received], let drafted = seen[UnitSight.drafted],
            let lines = seen[UnitSight.lines]
        else { return nil }
        func count(_ number: Int) -> String { words.filled("quota.unit.count", ["n": "\(number)"]) }
        let most = seen[UnitSight.quota]
        let left = most.map { max($0 - received, 0) }
        self.quota = most.map(count) ?? words["quota.unit.open"]
        self.received = count(received)
        self.drafted = count(drafted)
        remaining = left.map(count) ?? words["quota.unit.open"]
        isFull = left == 0
        self.lines = lines.map { line in
            let own = line.withOwn
            return Line(
                label: line.label.text(in: words.language), now: Self.text(line.now, "now", words),
                nowResult: words["rule.result.\(line.now.result.rawValue)"],
                nowKind: Self.kind(line.now.result), hasOwn: own != nil,
                own: own.map { Self.text($0, "own", words) } ?? "",
                ownResult: own.map { words["rule.result.\($0.result.rawValue)"] } ?? "",
                ownKind: own.map { Self.kind($0.result) } ?? "")
        }
        hasFormula = programme.quotaFormula != nil
        formula =
            programme.quotaFormula.map { formula in
                let stated = QuotaFormulaWords(formula, of: programme, words)
                return words.filled(
                    "quota.unit.formula",
                    [
                        "terms": stated.terms.map(\.name).joined(separator: words["quota.list"]),
                        "begins": stated.begins, "bounds": stated.bounds,
                    ])
            } ?? ""
        self.formulaHref = formulaHref
    }

    private static func text(_ tally: UnitOutlook.Tally, _ key: String, _ words: Words.Catalogue) -> String {
        guard let percent = tally.percent else { return words["quota.unit.empty"] }
        let counted = words.filled(
            "quota.unit.\(key)",
            ["fitting": "\(tally.fitting)", "all": "\(tally.all)", "percent": "\(percent)"])
        return tally.unknown == 0
            ? counted : counted + words.filled("quota.unit.unknown", ["n": "\(tally.unknown)"])
    }

    private static func kind(_ result: Verdict.Result) -> String {
        switch result {
        case .met: "good"
        case .unmet: "warn"
        case .unknown: "muted"
        }
    }
}
