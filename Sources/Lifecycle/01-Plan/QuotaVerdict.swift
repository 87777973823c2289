/// What a formula says of one university, with everything that is needed to do the sum again.
package struct QuotaVerdict: Sendable, Codable, Hashable {
    /// One indicator and what it did.
    package struct Line: Sendable, Codable, Hashable {
        package let indicator: QuotaIndicator
        package let reading: QuotaReading
        /// The fewest cases with which it counts.
        package let fewest: Int
        /// The step that the share reached; nil where the indicator is unknown.
        package let step: QuotaFormula.Step?
        package let change: Int

        /// Why it is unknown; nil where it is not.
        package var unknown: QuotaUnknown? {
            switch reading {
            case .unknown(let why): why
            case .counted: step == nil ? .tooFew : nil
            }
        }
    }

    /// A bound that the sum ran into.
    package enum Limit: String, Sendable, Codable, CaseIterable {
        /// Too far above the round before.
        case rise
        /// Too far below it.
        case fall
        case least
        case most
    }

    package let base: Int
    package let lines: [Line]
    package let previous: Int?
    package let mostChange: Int
    package let bounds: Bounds
    /// The base with what the indicators did.
    package let sum: Int
    /// In the order in which they were run into.
    package let limits: [Limit]
    /// What the formula proposes.
    package let quota: Int

    /// Whether anything is known of the university. Of one about which nothing is, the formula has nothing to say
    /// and ``quota`` is the base.
    package var isKnown: Bool { lines.contains { $0.step != nil } }

    /// What the verdict was reached from.
    package var history: QuotaHistory {
        QuotaHistory(
            Dictionary(lines.map { ($0.indicator, $0.reading) }) { first, _ in first }, previous: previous)
    }
}

extension QuotaFormula {
    /// The quota of a university: the base, moved by each indicator (by what the formula states for the unknown, where
    /// one is), kept near the round before and then within the bounds, which have the last word.
    ///
    /// Where no indicator is known the base stands as it is: bounds and the round before are no grounds of their own.
    package func verdict(base: Int, for history: QuotaHistory) -> QuotaVerdict {
        let readings = terms.map { history.readings[$0.indicator] ?? .unknown(.noRound) }
        let reached = zip(terms, readings).map { term, reading in
            switch reading {
            case .counted(let tally): term.step(for: tally)
            case .unknown: nil as Step?
            }
        }
        let isKnown = reached.contains { $0 != nil }
        let lines = zip(zip(terms, readings), reached).map { pair, step in
            let (term, reading) = pair
            return QuotaVerdict.Line(
                indicator: term.indicator, reading: reading, fewest: term.fewest, step: step,
                change: step?.change ?? (isKnown ? term.unknown : 0))
        }
        let sum = lines.reduce(base) { $0 + $1.change }
        var (quota, limits) = (sum, [QuotaVerdict.Limit]())
        func keep(_ limit: QuotaVerdict.Limit, _ value: Int, _ isBeyond: Bool) {
            guard isKnown, isBeyond else { return }
            quota = value
            limits.append(limit)
        }
        if let previous = history.previous {
            keep(.rise, previous + mostChange, quota > previous + mostChange)
            keep(.fall, previous - mostChange, quota < previous - mostChange)
        }
        keep(.most, bounds.most, quota > bounds.most)
        keep(.least, bounds.least, quota < bounds.least)
        return QuotaVerdict(
            base: base, lines: lines, previous: history.previous, mostChange: mostChange, bounds: bounds,
            sum: sum, limits: limits, quota: quota)
    }
}
