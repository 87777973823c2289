// The chains that ``ExactPrices`` finds and carries out.

extension ExactPrices {
    mutating func repairFailed(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        let list = failed
        failed.removeAll(keepingCapacity: true)
        for expert in list {
            if expert != Step.hole {
                let mayLose = holdings.load[expert] > rows.minimum[expert]
                guard prices[expert] < 0, mayLose else { continue }
            }
            follow(expert, rows, holdings)
        }
    }

    /// Looks for experts whose demands run in a circle: such a circle gains whatever the prices are.
    mutating func breakCircles(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        let before = walk
        for expert in 0..<rows.experts where met[expert] <= before && cause[expert].proposal >= 0 {
            walk += 1
            var current = Int32(expert)
            while current != Step.hole, met[current] <= before, cause[current].proposal >= 0 {
                met[current] = walk
                current = cause[current].to
            }
            if current != Step.hole, met[current] == walk, cause[current].proposal >= 0 {
                follow(current, rows, holdings)
            }
        }
    }

    /// Walks along causes from an expert whose price is too low until the chain gains, and carries it out.
    private mutating func follow(_ first: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        guard mayExchange else {
            isGivenUp = true
            return
        }
        walk += 1
        var steps: [Step] = []
        var gain: Int64 = 0
        var current = first
        while true {
            let slot = current == Step.hole ? Int32(rows.experts) : current
            let step = cause[slot]
            guard step.proposal >= 0 else {
                // The chain ends at a starting price that was too low to be a reason.
                needsHeadroom = true
                return
            }
            if met[slot] == walk {
                // A circle: what led to it does not belong to it.
                let start = steps.firstIndex { $0.from == current } ?? 0
                steps.removeFirst(start)
                if !exchange(steps, rows, holdings) { forget(steps, rows, holdings) }
                return
            }
            guard isCurrent(step, rows, holdings) else { return forget(steps + [step], rows, holdings) }
            met[slot] = walk
            steps.append(step)
            gain += rows.gain(step)
            current = step.to
            let mayEnd = current == Step.hole || holdings.load[current] < rows.capacity[current]
            if mayEnd, gain > 0, canLose(first, rows, holdings), exchange(steps, rows, holdings) { return }
        }
    }

    private func canLose(_ expert: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings) -> Bool {
        expert == Step.hole || holdings.load[expert] > rows.minimum[expert]
    }

    /// Whether a step could still be taken.
    private func isCurrent(
        _ step: Step, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> Bool {
        let proposal = Int(step.proposal)
        let holds =
            step.from == Step.hole
            ? holdings.holes(proposal) > 0 : holdings.holds(step.from, in: proposal)
        return holds
            && (step.to == Step.hole
                || holdings.copies(of: step.to, in: proposal) < rows.pairCapacity)
    }

    /// Carries out a chain if it gains and breaks no rule.
    private mutating func exchange(
        _ steps: [Step], _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> Bool {
        let gain = steps.reduce(into: Int64(0)) { $0 += rows.gain($1) }
        guard gain > 0 else { return false }
        rows.apply(steps, to: holdings)
        guard breaksRule(steps, rows, holdings) else {
            exchanges += 1
            exchanged = true
            forget(steps, rows, holdings)
            return true
        }
        rows.apply(steps.map { Step(proposal: $0.proposal, from: $0.to, to: $0.from) }, to: holdings)
        return exchangeShortcut(steps, rows, holdings)
    }

    /// A chain that passes one proposal twice may overfill a group though each step alone would not. It then
    /// falls into a shorter chain and a circle, of which at least one gains.
    private mutating func exchangeShortcut(
        _ steps: [Step], _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> Bool {
        for first in steps.indices {
            for second in steps.indices
            where second > first && steps[second].proposal == steps[first].proposal {
                var circle = Array(steps[(first + 1)...second])
                circle[circle.count - 1].to = steps[first].to
                var rest = Array(steps[...first] + steps[(second + 1)...])
                rest[first].to = steps[second].to
                if exchange(circle, rows, holdings) || exchange(rest, rows, holdings) { return true }
            }
        }
        return false
    }

    private func breaksRule(
        _ steps: [Step], _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> Bool {
        for step in steps where step.to != Step.hole {
            let proposal = Int(step.proposal)
            if holdings.copies(of: step.to, in: proposal) > rows.pairCapacity { return true }
            guard rows.groups.exist, rows.groups.group[step.to] >= 0 else { continue }
            let held = rows.groups.count(rows.groups.group[step.to], proposal: proposal, holdings)
            if held > rows.groups.cap(of: proposal) { return true }
        }
        return false
    }

    /// Starts again with the experts of a chain that was carried out or has become void.
    private mutating func forget(
        _ steps: [Step], _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) {
        changed = true
        needsSweep = true
        for step in steps {
            if step.from != Step.hole { reset(step.from, rows, holdings) }
            if step.to != Step.hole { reset(step.to, rows, holdings) }
        }
    }
}
