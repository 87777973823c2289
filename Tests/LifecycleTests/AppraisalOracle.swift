import Lifecycle

/// The published rule once more, in plain fractions and without haste: what the combination is held against.
struct AppraisalOracle {
    struct Fraction {
        var over: Int128
        var under: Int128

        /// In lowest terms: unreduced, the largest panel would not fit.
        init(_ over: Int128, _ under: Int128 = 1) {
            var (a, b) = (over, under)
            while b != 0 { (a, b) = (b, a % b) }
            let common = a == 0 ? 1 : a
            self.over = over / common
            self.under = under / common
        }

        static func + (left: Self, right: Self) -> Self {
            Fraction(left.over * right.under + right.over * left.under, left.under * right.under)
        }
        static func * (left: Self, right: Self) -> Self {
            Fraction(left.over * right.over, left.under * right.under)
        }
    }

    let appraisal: Appraisal
    /// Weights by lens, where they are others than the published ones.
    var weights: [String: Fraction]?

    /// Which conclusions hold, and last whether all that are needed do.
    func holds(_ votes: [AppraisalVote]) -> [Bool] {
        var found: [String: Bool] = [:]
        for conclusion in appraisal.conclusions {
            var sum = Fraction(0)
            var total = Fraction(0)
            for lens in appraisal.lenses where lens.conclusions.contains(conclusion.id) {
                let answers = votes.filter { $0.lens == lens.id }.compactMap { $0.answers[conclusion.id] }
                let heard =
                    appraisal.combination.abstention == .leftOut ? answers.filter { $0 != .abstain } : answers
                if heard.isEmpty { continue }
                let weight = weights?[lens.id] ?? Fraction(Int128(lens.weight))
                let yes = Int128(heard.count { $0 == .yes })
                sum = sum + weight * Fraction(yes, Int128(heard.count))
                total = total + weight
            }
            // sum / total ≥ least / 100, with nothing divided.
            found[conclusion.id] =
                total.over > 0
                && sum.over * total.under * 100 >= Int128(conclusion.least) * total.over * sum.under
        }
        return appraisal.conclusions.map { found[$0.id] ?? false }
            + [appraisal.combination.needs.allSatisfy { found[$0] == true }]
    }

    /// Every change of one thing that turns a conclusion or the outcome, by trying all of them.
    func changes(_ votes: [AppraisalVote]) -> Set<AppraisalChange> {
        let names: [String?] = appraisal.conclusions.map(\.id) + [nil]
        let actual = holds(votes)
        var found: Set<AppraisalChange> = []
        for place in votes.indices {
            let vote = votes[place]
            func tried(_ answers: [String: AppraisalAnswer]) -> [Bool] {
                var other = votes
                other[place] = AppraisalVote(lens: vote.lens, answers: answers)
                return holds(other)
            }
            for (index, conclusion) in appraisal.conclusions.enumerated() {
                guard let given = vote.answers[conclusion.id] else { continue }
                for answer in AppraisalAnswer.allCases where answer != given {
                    let now = tried(vote.answers.merging([conclusion.id: answer]) { $1 })[index]
                    if now != actual[index] {
                        found.insert(
                            AppraisalChange(
                                cause: .answer(vote: place, answer), conclusion: conclusion.id, holds: now))
                    }
                }
            }
            // Every way in which the expert could have answered everything.
            let turns = every(vote.answers.keys.sorted()).contains { tried($0).last != actual.last }
            if turns {
                found.insert(
                    AppraisalChange(
                        cause: .answer(vote: place, actual.last == true ? .no : .yes), conclusion: nil,
                        holds: actual.last != true))
            }
        }
        for lens in appraisal.lenses where appraisal.lenses.count > 1 {
            for direction in [1, -1] {
                var known: Set<String?> = []
                for points in 1...100 {
                    let own = lens.weight + direction * points
                    guard (0...100).contains(own) else { break }
                    var moved = self
                    moved.weights = Dictionary(
                        uniqueKeysWithValues: appraisal.lenses.map { other in
                            other.id == lens.id
                                ? (other.id, Fraction(Int128(own)))
                                : (
                                    other.id,
                                    Fraction(Int128(other.weight * (100 - own)), Int128(100 - lens.weight))
                                )
                        })
                    for (index, now) in moved.holds(votes).enumerated() where now != actual[index] {
                        guard known.insert(names[index]).inserted else { continue }
                        found.insert(
                            AppraisalChange(
                                cause: .weight(lens: lens.id, points: direction * points),
                                conclusion: names[index], holds: now))
                    }
                }
            }
            var without = self
            without.weights = Dictionary(
                uniqueKeysWithValues: appraisal.lenses.map {
                    ($0.id, Fraction($0.id == lens.id ? 0 : Int128($0.weight)))
                })
            for (index, now) in without.holds(votes).enumerated() where now != actual[index] {
                found.insert(
                    AppraisalChange(
                        cause: .without(lens: lens.id), conclusion: names[index], holds: now))
            }
        }
        return found
    }

    private func every(_ conclusions: [String]) -> [[String: AppraisalAnswer]] {
        guard let first = conclusions.first else { return [[:]] }
        return every(Array(conclusions.dropFirst())).flatMap { rest in
            AppraisalAnswer.allCases.map { rest.merging([first: $0]) { $1 } }
        }
    }
}

extension Appraisal {
    /// One made up: up to four lenses and three conclusions, some of which a lens does not answer.
    static func random(using chance: inout SplitMix64) -> (Appraisal, [AppraisalVote]) {
        let names = ["necessary", "feasible", "reasonable"].prefix(1 + chance.below(3))
        let count = 1 + chance.below(4)
        var cuts = (1..<100).shuffled(using: &chance).prefix(count - 1).sorted()
        cuts.append(100)
        var before = 0
        var lenses: [Lens] = []
        for (place, cut) in cuts.enumerated() {
            let answered = place == 0 ? Array(names) : names.filter { _ in chance.below(4) > 0 }
            let experts = 1 + chance.below(4)
            lenses.append(
                Lens(
                    id: "lens\(place)", label: Label("视角", "lens"), weight: cut - before, of: .science,
                    experts: experts, quorum: experts, criteria: [],
                    conclusions: answered.isEmpty ? [names[0]] : answered))
            before = cut
        }
        let least = [1, 25, 33, 34, 50, 51, 60, 66, 67, 75, 100]
        var needs = names.filter { _ in chance.below(3) > 0 }
        if needs.isEmpty { needs = [names[0]] }
        let appraisal = Appraisal(
            id: "made", label: Label("论证", "appraisal"), lenses: lenses,
            conclusions: names.map {
                Conclusion(id: $0, label: Label($0, $0), least: least[chance.below(least.count)])
            },
            combination: Combination(
                needs: needs, abstention: chance.below(2) == 0 ? .leftOut : .counts, otherwise: .refused),
            groundsLeast: 4, standing: .demo, cites: Citation(document: "演示"))
        var votes: [AppraisalVote] = []
        for lens in lenses {
            for _ in 0..<lens.experts {
                let answers = lens.conclusions.map { name in
                    let roll = chance.below(10)
                    return (name, roll < 5 ? AppraisalAnswer.yes : roll < 8 ? .no : .abstain)
                }
                votes.append(
                    AppraisalVote(lens: lens.id, answers: Dictionary(uniqueKeysWithValues: answers)))
            }
        }
        return (appraisal, votes)
    }
}
