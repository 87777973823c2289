/// A proposal of who reviews what in a whole call (指派方案), as the solver found it and before anybody is asked.
///
/// A plan is working material and no fact; signing it is one, together with the invitations that follow from it.
package enum AssignmentPlan {
    package enum Objective: String, Sendable, Codable, CaseIterable {
        /// As many places as can be filled, then the highest sum of scores.
        case total
        /// The worst-off application first, then the sum.
        case fair
        /// The worst-off application first, then the next worst and so on, then the sum.
        case leximin
    }

    /// A pair of a plan against what is assigned now.
    package enum Change: String, Sendable, Codable, CaseIterable {
        /// To be asked.
        case added
        /// Assigned already, and stays.
        case kept
        /// Asked and not answered, and to be released.
        case removed
        /// Assigned already, but outside what the solver could state: the expert has become conflicted, has left the
        /// register, or is one too many of a university. Counts as filled; an officer has to look at it.
        case outside
    }

    /// What an officer wants of a pair in every plan of the call from now on.
    package enum Wish: String, Sendable, Codable, CaseIterable {
        case lock
        case forbid
    }

    /// What a plan amounts to. Scores in points.
    package struct Summary: Sendable, Codable, Hashable {
        package let applications: Int
        package let experts: Int
        /// Pairs with a score and without an obstacle.
        package let candidates: Int
        package let wanted: Int
        package let assigned: Int
        package let total: Int64
        /// The lowest sum of an application, and the tenth percentile.
        package let worst: Int64
        package let tenthPercentile: Int64
        /// No assignment that fills as many places has a total higher by more than this.
        package let gap: Int64
        /// The floor that fairness reached, what it cost, and the worst-off application without it.
        package let floor: Int64?
        package let price: Int64?
        package let worstOfTotal: Int64?
        /// Whether it is proved that the floor is kept or none higher can be; nil where the total alone was sought, and of
        /// plans made before this was told.
        package let isFloorProved: Bool?
        package let added: Int
        package let kept: Int
        package let removed: Int
        package let outside: Int
        /// Pairs that would have had a score enough, but are barred, by the code of the first reason.
        package let barred: [String: Int]

        package var unfilled: Int { wanted - assigned }

        /// Without what only officials count.
        package var published: Summary {
            Summary(
                applications: applications, experts: experts, candidates: candidates, wanted: wanted,
                assigned: assigned, total: total, worst: worst, tenthPercentile: tenthPercentile, gap: gap,
                floor: floor, price: price, worstOfTotal: worstOfTotal, isFloorProved: isFloorProved,
                added: added, kept: kept,
                removed: removed, outside: outside, barred: [:])
        }
        package var bound: Int64 { total + gap }

        package init(
            applications: Int, experts: Int, candidates: Int, wanted: Int, assigned: Int, total: Int64,
            worst: Int64, tenthPercentile: Int64, gap: Int64, floor: Int64?, price: Int64?,
            worstOfTotal: Int64?, isFloorProved: Bool? = nil, added: Int, kept: Int, removed: Int,
            outside: Int, barred: [String: Int]
        ) {
            self.applications = applications
            self.experts = experts
            self.candidates = candidates
            self.wanted = wanted
            self.assigned = assigned
            self.total = total
            self.worst = worst
            self.tenthPercentile = tenthPercentile
            self.gap = gap
            self.floor = floor
            self.price = price
            self.worstOfTotal = worstOfTotal
            self.isFloorProved = isFloorProved
            self.added = added
            self.kept = kept
            self.removed = removed
            self.outside = outside
            self.barred = barred
        }
    }

    /// Why places stay empty, with indices turned into applications and numbers.
    package enum HoleReason: Sendable, Codable, Hashable {
        /// Only so many experts of a near field may be asked.
        case tooFewCandidates(Int)
        /// These applications share only so many experts with so many free places. False where there was no time to see
        /// whether some could be left out; nil of plans made before this was told.
        case loadsExhausted(
            applications: [ID<Application>], experts: Int, wanted: Int, available: Int, isMinimal: Bool?)
        /// So many may be asked, but each would be one too many of a university.
        case oneUniversity(candidates: Int)
    }
}

/// A plan was signed: what it claims, and the digests of everything that shows it. Names nobody, so that everybody
/// may read it; the invitations and releases stand in facts of their own.
package struct AssignmentPlanSigned: FactBody {
    package static let kind = FactKind("assignment-plan.signed")
    package let plan: ID<AssignmentPlan>
    package let call: ID<Call>
    package let objective: AssignmentPlan.Objective
    package let summary: AssignmentPlan.Summary
    /// SHA-256, hexadecimal, of the list for officials that says whom the numbers stand for and gives the digests of their
    /// other documents. It holds a salt: a bare digest of the pairs would let somebody try which of the public ones are
    /// barred.
    package let documents: [String: String]
    /// The same of each public document.
    package let published: [String: String]
    /// What the public certificate proves: no assignment is better by more than this.
    package let publicGap: Int64

    package init(
        plan: ID<AssignmentPlan>, call: ID<Call>, objective: AssignmentPlan.Objective,
        summary: AssignmentPlan.Summary, documents: [String: String], published: [String: String],
        publicGap: Int64
    ) {
        self.plan = plan
        self.call = call
        self.objective = objective
        self.summary = summary
        self.documents = documents
        self.published = published
        self.publicGap = publicGap
    }
}
