/// An appraisal (论证) as data: several lenses, each with experts of its own kind, weight and criteria, judge the same
/// few conclusions, and a published rule says what their answers come to.
///
/// The action plan names the lenses (科技、产业、投资) and the conclusions (必要、可行、合理); nobody has published
/// weights, numbers or a rule, so that a programme says them under `standing: demo` until somebody does.
package struct Appraisal: Sendable, Codable, Hashable {
    /// One way of looking, with whoever can look that way.
    package struct Lens: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        /// Whole percent; the weights of an appraisal come to 100.
        package let weight: Int
        package let of: ExpertKind
        /// Seats of the lens, 1 to ``mostExperts``.
        package let experts: Int
        /// How many must have written before the step can be closed; at most ``experts``.
        package let quorum: Int
        package let criteria: [ReviewInstrument.Criterion]
        /// Ids of the conclusions it answers.
        package let conclusions: [String]

        package init(
            id: String, label: Label, weight: Int, of: ExpertKind, experts: Int, quorum: Int,
            criteria: [ReviewInstrument.Criterion], conclusions: [String]
        ) {
            self.id = id
            self.label = label
            self.weight = weight
            self.of = of
            self.experts = experts
            self.quorum = quorum
            self.criteria = criteria
            self.conclusions = conclusions
        }
    }

    /// What is to be found out, and how much of the weight has to say yes.
    package struct Conclusion: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        package let hint: Label?
        /// Holds from this weighted share of yes on, in whole percent.
        package let least: Int

        package init(id: String, label: Label, hint: Label? = nil, least: Int) {
            self.id = id
            self.label = label
            self.hint = hint
            self.least = least
        }
    }

    /// What an abstention counts for.
    package enum Abstention: String, Sendable, Codable, CaseIterable {
        /// Nothing: shares are of those who said yes or no, and a lens all of whose experts abstain is left out.
        case leftOut = "left-out"
        /// Not yes: shares are of all who wrote.
        case counts
    }

    /// What becomes of a dossier of which not every needed conclusion holds.
    package enum Otherwise: String, Sendable, Codable, CaseIterable {
        case refused
        /// Goes back to the first of the step's `returnsTo`.
        case returned
        /// The step is done all the same: what was decided before it stands, and a person says what follows. For what is
        /// appraised after the decision, and for nothing else.
        case noted
    }

    /// The published rule.
    package struct Combination: Sendable, Codable, Hashable {
        /// Conclusions that all have to hold; others advise.
        package let needs: [String]
        package let abstention: Abstention
        package let otherwise: Otherwise

        package init(needs: [String], abstention: Abstention, otherwise: Otherwise) {
            self.needs = needs
            self.abstention = abstention
            self.otherwise = otherwise
        }
    }

    /// Bounds that keep shares exact in 64 bits: see ``AppraisalResult/Share``.
    package static let mostExperts = 25
    package static let mostLenses = 8

    package let id: String
    package let label: Label
    package let lenses: [Lens]
    package let conclusions: [Conclusion]
    package let combination: Combination
    /// Fewest characters of the grounds of an answer.
    package let groundsLeast: Int
    package let standing: RuleStanding
    package let cites: Citation

    package init(
        id: String, label: Label, lenses: [Lens], conclusions: [Conclusion], combination: Combination,
        groundsLeast: Int, standing: RuleStanding, cites: Citation
    ) {
        self.id = id
        self.label = label
        self.lenses = lenses
        self.conclusions = conclusions
        self.combination = combination
        self.groundsLeast = groundsLeast
        self.standing = standing
        self.cites = cites
    }

    package func lens(_ id: String) -> Lens? { lenses.first { $0.id == id } }
    package func conclusion(_ id: String) -> Conclusion? { conclusions.first { $0.id == id } }

    /// The conclusions that a lens answers, in the order of the appraisal.
    package func conclusions(of lens: Lens) -> [Conclusion] {
        conclusions.filter { lens.conclusions.contains($0.id) }
    }
}
