/// One thing that, had it been otherwise, would have changed a conclusion or the outcome.
package struct AppraisalChange: Sendable, Codable, Hashable {
    package enum Cause: Sendable, Codable, Hashable {
        /// One expert answers a conclusion in this way instead; `vote` is the place among the votes. For the outcome as a
        /// whole the expert answers every conclusion so.
        case answer(vote: Int, AppraisalAnswer)
        /// One lens weighs so many points more, or less where negative, and the others bear the difference in proportion
        /// to their own weights. The fewest points that are enough.
        case weight(lens: String, points: Int)
        /// One lens is left out, and the others keep their proportions.
        case without(lens: String)
    }

    package let cause: Cause
    /// Nil for the outcome as a whole.
    package let conclusion: String?
    /// What would hold then.
    package let holds: Bool

    package init(cause: Cause, conclusion: String?, holds: Bool) {
        self.cause = cause
        self.conclusion = conclusion
        self.holds = holds
    }
}

extension Appraisal {
    /// Everything that would have changed a conclusion or the outcome by itself: each single answer, each weight by the
    /// fewest points, each lens left out. Experts in the order of the votes, then lenses in theirs.
    package func sensitivity(of votes: [AppraisalVote]) -> [AppraisalChange] {
        let tallies = tallies(votes)
        let actual = result(of: tallies, weights: ownWeights)
        var found: [AppraisalChange] = []
        for (place, vote) in votes.enumerated() {
            found += answers(vote, at: place, among: votes, actual)
        }
        for lens in lenses {
            found += weights(of: lens, tallies, actual)
        }
        for lens in lenses where lenses.count > 1 {
            var weights = ownWeights
            weights[lens.id] = 0
            let other = result(of: tallies, weights: weights)
            found += differences(other, actual).map {
                AppraisalChange(cause: .without(lens: lens.id), conclusion: $0.conclusion, holds: $0.holds)
            }
        }
        return found
    }

    /// The votes that were on the other side of what came out: their places, in order. Abstentions are on no side.
    package func dissent(from line: AppraisalResult.Line, in votes: [AppraisalVote]) -> [Int] {
        let other: AppraisalAnswer = line.holds ? .no : .yes
        return votes.indices.filter { votes[$0].answers[line.conclusion] == other }
    }

    private func answers(
        _ vote: AppraisalVote, at place: Int, among votes: [AppraisalVote], _ actual: AppraisalResult
    ) -> [AppraisalChange] {
        var found: [AppraisalChange] = []
        func outcome(_ answers: [String: AppraisalAnswer]) -> AppraisalResult {
            var changed = votes
            changed[place] = AppraisalVote(lens: vote.lens, answers: answers)
            return result(of: changed)
        }
        for conclusion in conclusions {
            guard let given = vote.answers[conclusion.id], let line = actual.line(conclusion.id) else {
                continue
            }
            for answer in AppraisalAnswer.allCases where answer != given {
                let other = outcome(vote.answers.merging([conclusion.id: answer]) { $1 })
                if let now = other.line(conclusion.id), now.holds != line.holds {
                    found.append(
                        AppraisalChange(
                            cause: .answer(vote: place, answer), conclusion: conclusion.id, holds: now.holds))
                }
            }
        }
        // A share never falls when an answer goes from no to abstention to yes, so that what one expert can bring about
        // at all is brought about by yes throughout or by no throughout.
        let answer: AppraisalAnswer = actual.isPositive ? .no : .yes
        let other = outcome(vote.answers.mapValues { _ in answer })
        if other.isPositive != actual.isPositive {
            found.append(
                AppraisalChange(
                    cause: .answer(vote: place, answer), conclusion: nil, holds: other.isPositive))
        }
        return found
    }

    /// For each conclusion and for the outcome, the fewest points up and the fewest down that change it.
    private func weights(
        of lens: Lens, _ tallies: [String: [AppraisalResult.Tally]], _ actual: AppraisalResult
    ) -> [AppraisalChange] {
        let others = lenses.filter { $0.id != lens.id }
        let rest = others.reduce(0) { $0 + $1.weight }
        guard rest > 0 else { return [] }
        var found: [AppraisalChange] = []
        for direction in [1, -1] {
            var known: Set<String?> = []
            let most = direction > 0 ? 100 - lens.weight : lens.weight
            for points in stride(from: 1, through: most, by: 1) {
                let own = lens.weight + direction * points
                // In units in which the others' proportions stay whole: theirs come to (100 - own) · rest.
                var weights = [lens.id: own * rest]
                for other in others { weights[other.id] = other.weight * (100 - own) }
                let moved = result(of: tallies, weights: weights)
                for change in differences(moved, actual) where known.insert(change.conclusion).inserted {
                    found.append(
                        AppraisalChange(
                            cause: .weight(lens: lens.id, points: direction * points),
                            conclusion: change.conclusion, holds: change.holds))
                }
            }
        }
        return found
    }

    private func differences(
        _ other: AppraisalResult, _ actual: AppraisalResult
    ) -> [(conclusion: String?, holds: Bool)] {
        var found: [(conclusion: String?, holds: Bool)] = []
        for (now, then) in zip(other.lines, actual.lines) where now.holds != then.holds {
            found.append((now.conclusion, now.holds))
        }
        if other.isPositive != actual.isPositive { found.append((nil, other.isPositive)) }
        return found
    }
}
