/// Lowering prices by several threads, of which each hears its share of the proposals.
extension ExactPrices {
    /// One sweep. Each thread lowers prices of its own; of each expert the lowest price stands.
    mutating func sweep(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, by parts: [SweepPart],
        _ near: borrowing NearPairs, isNoting: Bool
    ) {
        for part in parts { part.take(from: self) }
        concurrently(parts.count) { parts[$0].sweep(rows, holdings, near, isNoting: isNoting) }
        for part in parts { part.give(to: &self) }
    }
}

/// What one thread does in a sweep. Only that thread touches it meanwhile: `@unchecked` is true.
final class SweepPart: @unchecked Sendable {
    private let number: Int
    private let proposals: Range<Int>
    private var exact: ExactPrices

    init(_ number: Int, of parts: Int, _ rows: borrowing Rows, _ whole: borrowing ExactPrices) {
        self.number = number
        proposals = share(number, of: parts, rows.proposals)
        exact = ExactPrices(
            rows, guess: Buffer(uninitialized: 0), unit: whole.unit, grain: whole.grain / whole.unit)
    }

    func take(from whole: borrowing ExactPrices) {
        exact.prices.base.update(from: whole.prices.base, count: whole.prices.count)
        exact.headroom = whole.headroom
        exact.lowestPrice = whole.lowestPrice
        exact.changed = false
        for expert in exact.lowered { exact.isQueued[expert] = false }
        exact.lowered.removeAll(keepingCapacity: true)
        exact.failed.removeAll(keepingCapacity: true)
    }

    func sweep(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ near: borrowing NearPairs, isNoting: Bool
    ) {
        if isNoting {
            exact.sweep(proposals, rows, holdings, noting: near, part: number)
        } else {
            exact.sweep(proposals, rows, holdings)
        }
    }

    func give(to whole: inout ExactPrices) {
        for expert in exact.lowered where exact.prices[expert] < whole.prices[expert] {
            whole.prices[expert] = exact.prices[expert]
            whole.cause[expert] = exact.cause[expert]
            guard !whole.isQueued[expert] else { continue }
            whole.isQueued[expert] = true
            whole.lowered.append(expert)
        }
        whole.lowestPrice = min(whole.lowestPrice, exact.lowestPrice)
        whole.changed = whole.changed || exact.changed
        // A demand that cannot be met stays one when prices have fallen further.
        whole.isGivenUp = whole.isGivenUp || !exact.failed.isEmpty
    }
}
