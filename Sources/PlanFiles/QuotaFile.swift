import Lifecycle

/// `quotaFormula` of `programme.yaml`, and the examples of it under `quotas` in `cases.yaml`.
extension ProgrammeReader {
    func readQuotaFormula(_ item: YAMLItem) -> QuotaFormula? {
        let known = [
            "base", "rounds", "terms", "least", "most", "mostChange", "standing", "cites", "verified",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        log.mark("quota", item.place)
        for key in known { log.mark("quota/\(key)", fields.place(of: key)) }
        let base = fields.id("base")
        let rounds = fields.int("rounds", in: 1...10)
        let items = fields.list("terms")
        if let items, items.isEmpty {
            log.add(fields.place(of: "terms"), "list.empty", "“terms”不能为空", "“terms” must not be empty")
        }
        checkUnique(items ?? [], key: "indicator")
        let terms = all(items) { readQuotaTerm($0) }
        let least = fields.int("least", in: 0...100_000)
        let most = fields.int("most", in: (least ?? 0)...100_000)
        let mostChange = fields.int("mostChange", in: 1...100_000)
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.check("verified")
        guard let base, let rounds, let terms, !terms.isEmpty, let least, let most, let mostChange,
            let standing, let cites, let verified
        else { return nil }
        return QuotaFormula(
            base: base, rounds: rounds, terms: terms, bounds: Bounds(least, most), mostChange: mostChange,
            standing: standing, cites: cites, verified: verified)
    }

    private static let changes = -1_000...1_000

    private func readQuotaTerm(_ item: YAMLItem) -> QuotaFormula.Term? {
        guard let fields = Fields(item, known: ["indicator", "fewest", "unknown", "steps"], log: log) else {
            return nil
        }
        let indicator = fields.choice("indicator", QuotaIndicator.self)
        let fewest = fields.int("fewest", in: 1...1_000)
        let unknown = fields.int("unknown", in: Self.changes)
        let steps = all(fields.list("steps")) { item -> QuotaFormula.Step? in
            guard let step = Fields(item, known: ["atLeast", "change"], log: log) else { return nil }
            let (atLeast, change) = (step.int("atLeast", in: 0...100), step.int("change", in: Self.changes))
            guard let atLeast, let change else { return nil }
            return QuotaFormula.Step(atLeast: atLeast, change: change)
        }
        guard let indicator, let fewest, let unknown, let steps else { return nil }
        log.mark("quota:\(indicator.rawValue)", item.place)
        log.mark("quota:\(indicator.rawValue)/steps", fields.place(of: "steps"))
        return QuotaFormula.Term(indicator: indicator, fewest: fewest, steps: steps, unknown: unknown)
    }

    /// Empty where `cases.yaml` has no `quotas`.
    func readQuotaCases(_ item: YAMLItem) -> [QuotaCase]? {
        guard let quotas = item["quotas"] else { return [] }
        guard let items = quotas.list(log) else { return nil }
        checkUnique(items, key: "name")
        return all(items) { readQuotaCase($0) }
    }

    private func readQuotaCase(_ item: YAMLItem) -> QuotaCase? {
        let indicators = QuotaIndicator.allCases
        let known = ["name", "base", "previous", "expect"] + indicators.map(\.rawValue)
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let name = fields.text("name")
        let base = fields.int("base", in: 0...100_000)
        let previous = fields.has("previous") ? fields.int("previous", in: 0...100_000) : 0
        let stated = indicators.filter { fields.has($0.rawValue) }
        let tallies = stated.compactMap { indicator in
            fields[indicator.rawValue].flatMap { readTally($0) }.map { QuotaCase.Tally(indicator, $0) }
        }
        let expect = fields.int("expect", in: 0...100_000)
        guard let name, let base, let previous, tallies.count == stated.count, let expect else { return nil }
        log.mark("quota case:\(name)", fields.place(of: "expect"))
        return QuotaCase(
            name: name, base: base, previous: fields.has("previous") ? previous : nil, tallies: tallies,
            expect: expect)
    }

    /// `cases` may be left out where it is the whole.
    private func readTally(_ item: YAMLItem) -> QuotaTally? {
        guard let fields = Fields(item, known: ["part", "whole", "cases"], log: log) else { return nil }
        let whole = fields.int("whole", in: 0...1_000_000)
        let part = fields.int("part", in: 0...(whole ?? 1_000_000))
        let cases = fields.has("cases") ? fields.int("cases", in: 0...1_000_000) : whole
        guard let part, let whole, let cases else { return nil }
        return QuotaTally(part: part, whole: whole, cases: cases)
    }
}
