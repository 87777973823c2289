package import Lifecycle

/// Who sees what of a race. Its terms are everybody's once it is on notice; why it was proposed stays with those who
/// decide and those who check.
package enum RaceSight {
    package static let terms = Field<RaceRecord, Race.Terms>("terms", seenBy: [.anyone]) { $0.race.terms }
    package static let grounds = Field<RaceRecord, String?>("grounds", seenBy: DecisionSight.officials) {
        $0.grounds
    }
    package static let difference = Field<RaceRecord, String?>(
        "difference", seenBy: DecisionSight.officials
    ) { $0.difference }

    package static let rows = [
        SightRow("race", terms), SightRow("race", grounds), SightRow("race", difference),
    ]
}
