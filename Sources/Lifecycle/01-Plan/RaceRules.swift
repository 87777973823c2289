/// How near-tied bids for one topic become a race (赛马): several lanes established side by side, one gate for all of
/// them. What a programme says of it in `race.yaml`; numbers that a call may change are named and not written here.
///
/// Clause 3.6.1 of the plan names the race and says nothing more; numbers are other funders', each with its source.
package struct RaceRules: Sendable, Codable, Hashable {
    /// In what ``nearTie`` is counted.
    package enum Closeness: String, Sendable, Codable, CaseIterable {
        /// Points of the mean.
        case points
        /// Hundredths of the instrument's range, from the fewest points a reviewer can give to the most.
        case percent
    }

    /// Ids of whole numbers among the programme's parameters and defaults, by which a call reads them.
    package struct Numbers: Sendable, Codable, Hashable {
        /// Best and last lane lie no further apart.
        package let nearTie: String
        package let lanesLeast: String
        package let lanesMost: String
        /// The first money is at most so many hundredths of a lane's grant.
        package let firstPercent: String
        /// The gate lies so many months after the projects begin, where an officer names no other day.
        package let gateMonths: String

        package init(
            nearTie: String, lanesLeast: String, lanesMost: String, firstPercent: String, gateMonths: String
        ) {
            self.nearTie = nearTie
            self.lanesLeast = lanesLeast
            self.lanesMost = lanesMost
            self.firstPercent = firstPercent
            self.gateMonths = gateMonths
        }

        /// With the key that names each in `race.yaml`.
        package var named: [(key: String, id: String)] {
            [
                ("nearTie", nearTie), ("lanesLeast", lanesLeast), ("lanesMost", lanesMost),
                ("firstPercent", firstPercent), ("gateMonths", gateMonths),
            ]
        }
    }

    package let numbers: Numbers
    package let closeness: Closeness
    /// The form's field in which a bid states its technical route.
    package let route: String
    /// What may be said of a lane at the gate.
    package let verdicts: [GateVerdict]
    /// Whether money beyond the first is released by a verdict of the gate alone.
    package let releasedByVerdict: Bool
    /// Whether a lane that is stopped is for that no misconduct.
    package let stoppingIsNoMisconduct: Bool
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: CitationCheck

    package init(
        numbers: Numbers, closeness: Closeness, route: String, verdicts: [GateVerdict],
        releasedByVerdict: Bool, stoppingIsNoMisconduct: Bool, standing: RuleStanding, cites: Citation,
        verified: CitationCheck
    ) {
        self.numbers = numbers
        self.closeness = closeness
        self.route = route
        self.verdicts = verdicts
        self.releasedByVerdict = releasedByVerdict
        self.stoppingIsNoMisconduct = stoppingIsNoMisconduct
        self.standing = standing
        self.cites = cites
        self.verified = verified
    }
}

/// What a gate can say of one lane.
package enum GateVerdict: String, Sendable, Codable, CaseIterable {
    /// The one that goes on.
    case advance
    /// Goes on beside another that does.
    case `continue`
    /// Goes on with another as one: the teams agree, and the contracts become one.
    case merge
    /// Ends here.
    case stop
}

extension ReviewInstrument {
    /// Points between the best review there can be and the worst.
    package var range: Int {
        func range(_ points: [Int]) -> Int { (points.max() ?? 0) - (points.min() ?? 0) }
        return range(grades.map(\.points)) + range(advice.map(\.points))
    }
}
