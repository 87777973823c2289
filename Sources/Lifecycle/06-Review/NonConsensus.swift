/// What one submitted review says, as far as agreement between reviews looks at it.
package struct ReviewMarks: Sendable, Hashable, Decodable {
    /// Ids of the instrument's grade and advice.
    package let grade: String
    package let advice: String

    package init(grade: String, advice: String) {
        self.grade = grade
        self.advice = advice
    }
}

/// How far apart the grades of one proposal lie. Derived from its reviews and stored nowhere: a review that is sent back
/// and submitted anew may settle a disagreement, or make one.
package struct Disagreement: Sendable, Hashable {
    package let highest: ReviewInstrument.Grade
    package let lowest: ReviewInstrument.Grade
    /// Points apart from which experts count as disagreeing.
    package let needed: Int
    /// Whether the highest is the best grade there is: where nobody is for a proposal, nobody disagrees about it.
    package let reachesTop: Bool

    package var spread: Int { highest.points - lowest.points }
    package var isNonConsensus: Bool { reachesTop && spread >= needed }
}

/// The route for proposals that experts disagree about, with its numbers as one call has set them.
package struct NonConsensusTerms: Sendable, Hashable {
    package let rules: NonConsensusRules
    package let instrument: ReviewInstrument
    package let spread: Int
    package let caseLeast: Int
    package let caseMost: Int
    /// Proposals of the call that may be funded by the route.
    package let most: Int

    /// Nil where the programme has no such route, or the call lacks one of its numbers or gives the route no place.
    package init?(_ call: Call, _ programme: Programme) {
        guard let rules = programme.nonConsensus,
            let spread = call.number(rules.numbers.spread, in: programme),
            let least = call.number(rules.numbers.caseLeast, in: programme),
            let longest = call.number(rules.numbers.caseMost, in: programme),
            let most = call.number(rules.numbers.most, in: programme), most > 0
        else { return nil }
        self.rules = rules
        instrument = call.review(of: programme)
        self.spread = spread
        caseLeast = least
        caseMost = longest
        self.most = most
    }

    /// Nil for fewer than two reviews, and where a review has a grade that the instrument does not know.
    package func disagreement(_ marks: [ReviewMarks]) -> Disagreement? {
        let grades = marks.compactMap { mark in instrument.grades.first { $0.id == mark.grade } }
        guard grades.count == marks.count, grades.count > 1,
            let highest = grades.max(by: { $0.points < $1.points }),
            let lowest = grades.min(by: { $0.points < $1.points })
        else { return nil }
        return Disagreement(
            highest: highest, lowest: lowest, needed: spread,
            reachesTop: highest.points == instrument.topGrade?.points)
    }

    /// Whether who reviewed a proposal so may write the case for it.
    package func mayChampion(_ marks: ReviewMarks) -> Bool {
        func points(_ grades: [ReviewInstrument.Grade], _ id: String) -> Int? {
            grades.first { $0.id == id }?.points
        }
        guard let grade = points(instrument.grades, marks.grade), grade == instrument.topGrade?.points
        else { return false }
        return switch rules.champion {
        case .topGrade: true
        case .topMarks: points(instrument.advice, marks.advice) == instrument.topAdvice?.points
        }
    }

    /// What keeps an expert with these marks from championing a proposal that was reviewed so.
    ///
    /// It says nothing of others' marks: an expert judges alone before and after.
    package func obstacles(to own: ReviewMarks, among all: [ReviewMarks]) -> [Refusal] {
        if !mayChampion(own) {
            return [Refusal("champion.not-\(rules.champion.rawValue)", citation: rules.cites)]
        }
        guard disagreement(all)?.isNonConsensus == true else {
            return [Refusal("champion.agreed", ["needed": "\(spread)"], citation: rules.cites)]
        }
        return []
    }

    /// What is wrong with a case as written.
    package func obstacles(toCase text: String) -> [Refusal] {
        let count = text.trimmedCount
        if count < caseLeast {
            return [Refusal("champion.short", ["least": "\(caseLeast)", "count": "\(count)"])]
        }
        if count > caseMost {
            return [Refusal("champion.long", ["most": "\(caseMost)", "count": "\(count)"])]
        }
        return []
    }
}

/// An expert who reviewed a proposal wrote the case for it. The case is the fact's reason, so that it can be erased.
package struct ProposalChampioned: FactBody {
    package static let kind = FactKind("proposal.championed")
    package let assignment: ID<Assignment>
    package init(assignment: ID<Assignment>) { self.assignment = assignment }
}
