/// The route by which a proposal that experts disagree about (非共识项目) may be funded out of the ranking's order: what a
/// programme says of it in `non-consensus.yaml`. Numbers that a call may change are named and not written here.
///
/// Clause 3.1.2 of the plan names projects without consensus and no man's land, and says nothing of how they are chosen.
package struct NonConsensusRules: Sendable, Codable, Hashable {
    /// Which of those who reviewed a proposal may write the case for it.
    package enum Champion: String, Sendable, Codable, CaseIterable {
        /// Who gave it the instrument's best grade.
        case topGrade = "top-grade"
        /// Who gave it the best grade and the best advice on funding.
        case topMarks = "top-marks"
    }

    /// Ids of whole numbers among the programme's parameters and defaults, by which a call reads them.
    package struct Numbers: Sendable, Codable, Hashable {
        /// Experts disagree where the highest and the lowest grade lie at least so many points apart.
        package let spread: String
        /// Characters of a case.
        package let caseLeast: String
        package let caseMost: String
        /// So many proposals of a call may be funded by the route.
        package let most: String

        package init(spread: String, caseLeast: String, caseMost: String, most: String) {
            self.spread = spread
            self.caseLeast = caseLeast
            self.caseMost = caseMost
            self.most = most
        }

        /// With the key that names each in `non-consensus.yaml`.
        package var named: [(key: String, id: String)] {
            [("spread", spread), ("caseLeast", caseLeast), ("caseMost", caseMost), ("most", most)]
        }
    }

    package let numbers: Numbers
    package let champion: Champion
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: CitationCheck

    package init(
        numbers: Numbers, champion: Champion, standing: RuleStanding, cites: Citation, verified: CitationCheck
    ) {
        self.numbers = numbers
        self.champion = champion
        self.standing = standing
        self.cites = cites
        self.verified = verified
    }
}

extension ReviewInstrument {
    /// The grade with the most points; nil where there is no grade.
    package var topGrade: Grade? { grades.max { $0.points < $1.points } }
    /// The advice with the most points.
    package var topAdvice: Grade? { advice.max { $0.points < $1.points } }
    /// Points between the best grade and the worst.
    package var gradeRange: Int {
        (grades.map(\.points).max() ?? 0) - (grades.map(\.points).min() ?? 0)
    }
}
