import Lifecycle

/// A programme's formula for quotas in finished words, placed by `{{> quota/formula}}`.
struct QuotaFormulaWords: Sendable {
    let begins: String
    let terms: [Term]
    let bounds: String
    let unknown: String
    let ground: GroundWords

    struct Term: Sendable {
        let name: String
        let measure: String
        let steps: String
        let few: String
    }

    init(_ formula: QuotaFormula, of programme: Programme, _ words: Words.Catalogue) {
        let base = programme.parameters.first { $0.id == formula.base }?.label.text(in: words.language)
        begins = words.filled(
            "quota.begins", ["base": base ?? formula.base, "rounds": "\(formula.rounds)"])
        terms = formula.terms.map { term in
            Term(
                name: words["quota.indicator.\(term.indicator.rawValue)"],
                measure: words["quota.measure.\(term.indicator.rawValue)"],
                steps: term.steps.map { step in
                    words.filled(
                        step.atLeast == 0 ? "quota.stepRest" : "quota.step",
                        ["percent": "\(step.atLeast)", "change": Self.change(step.change)])
                }.joined(separator: words["quota.comma"]),
                few: words.filled(
                    "quota.few", ["fewest": "\(term.fewest)", "change": Self.change(term.unknown)]))
        }
        bounds = words.filled(
            "quota.bounds",
            [
                "least": "\(formula.bounds.least)", "most": "\(formula.bounds.most)",
                "change": "\(formula.mostChange)",
            ])
        unknown = words["quota.nothingKnown"]
        ground = GroundWords(formula.standing, formula.verified, formula.cites, words)
    }

    /// With its sign; a true minus, as in print.
    static func change(_ count: Int) -> String { count < 0 ? "−\(-count)" : "+\(count)" }
}

/// A verdict's working in finished words, placed by `{{> quota/working}}`: every number of the sum.
struct QuotaWorking: Sendable {
    let lines: [Line]
    let sum: String
    let limits: [String]
    let quota: String

    struct Line: Sendable {
        let name: String
        let reading: String
        let isUnknown: Bool
        let change: String
    }

    init(_ verdict: QuotaVerdict, _ words: Words.Catalogue) {
        lines = verdict.lines.map { line in
            Line(
                name: words["quota.indicator.\(line.indicator.rawValue)"],
                reading: Self.reading(line, words), isUnknown: line.step == nil,
                change: QuotaFormulaWords.change(line.change))
        }
        let terms = verdict.lines.map { " " + $0.change.signed }.joined()
        sum = "\(verdict.base)\(terms) = \(verdict.sum)"
        limits = verdict.limits.map { limit in
            words.filled(
                "quota.limit.\(limit.rawValue)",
                [
                    "previous": verdict.previous.map(String.init) ?? "", "change": "\(verdict.mostChange)",
                    "least": "\(verdict.bounds.least)", "most": "\(verdict.bounds.most)",
                ])
        }
        quota = "\(verdict.quota)"
    }

    private static func reading(_ line: QuotaVerdict.Line, _ words: Words.Catalogue) -> String {
        switch line.reading {
        case .unknown(let why): return words["quota.unknown.\(why.rawValue)"]
        case .counted(let tally):
            let isShareOfPoints = line.indicator == .quality
            var values = [
                "cases": "\(tally.cases)", "rounds": tally.rounds.joined(separator: words["quota.list"]),
                "percent": percent(tally), "fewest": "\(line.fewest)",
            ]
            // Points are kept in hundredths, and counts are counts.
            values["part"] = isShareOfPoints ? points(tally.part) : "\(tally.part)"
            values["whole"] = isShareOfPoints ? points(tally.whole) : "\(tally.whole)"
            let counted = words.filled("quota.reading.\(line.indicator.rawValue)", values)
            return line.unknown == .tooFew
                ? counted + words.filled("quota.unknown.\(QuotaUnknown.tooFew.rawValue)", values) : counted
        }
    }

    private static func points(_ hundredths: Int) -> String {
        "\(hundredths / 100).\(String(String(hundredths % 100 + 100).dropFirst()))"
    }

    /// One decimal, cut off: a share just below a step is not shown as the step.
    private static func percent(_ tally: QuotaTally) -> String {
        guard tally.whole > 0 else { return "—" }
        let tenths = tally.part * 1_000 / tally.whole
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension Int {
    /// As a term of a sum: `+ 2`, `− 1`.
    fileprivate var signed: String { self < 0 ? "− \(-self)" : "+ \(self)" }
}

/// What the formula proposes for a call, on the page where the officer edits it.
struct QuotaProposalWords: Sendable {
    let formula: QuotaFormulaWords
    let rows: [Row]
    let hasRows: Bool
    let others: String
    let mayTake: Bool

    struct Row: Sendable {
        let name: String
        let code: String
        let working: QuotaWorking
        let granted: String
        let departs: Bool
    }

    /// Nil where the call's programme has no formula.
    init?(_ reckoning: QuotaReckoning, of programme: Programme, _ words: Words.Catalogue) {
        guard let formula = programme.quotaFormula else { return nil }
        self.formula = QuotaFormulaWords(formula, of: programme, words)
        let known = reckoning.lines.filter(\.verdict.isKnown)
        rows = known.map { line in
            Row(
                name: words.language == .en && !line.university.nameEn.isEmpty
                    ? line.university.nameEn : line.university.name,
                code: line.university.code ?? "", working: QuotaWorking(line.verdict, words),
                granted: line.granted.map(String.init) ?? "—", departs: line.departs)
        }
        hasRows = !rows.isEmpty
        mayTake = hasRows
        others =
            reckoning.formula == nil
            ? words["quota.baseMissing"]
            : words.filled(
                known.isEmpty ? "quota.othersAll" : "quota.others",
                ["n": "\(reckoning.lines.count - known.count)"])
    }
}

/// On what ground one university's quota stands, for that university and for officials.
struct QuotaGroundWords: Sendable {
    let lede: String
    let granted: String
    let working: QuotaWorking
    let departs: Bool
    let reason: String

    /// Nil for who may not see it.
    init?(_ seen: Seen<QuotaGround>?, _ words: Words.Catalogue) {
        guard let seen, let verdict = seen[QuotaSight.verdict], let granted = seen[QuotaSight.granted] else {
            return nil
        }
        lede = words.filled("quota.groundLede", ["n": "\(granted)"])
        self.granted = "\(granted)"
        working = QuotaWorking(verdict, words)
        departs = granted != verdict.quota
        reason = seen[QuotaSight.reason] ?? words["quota.noReason"]
    }
}
