package import Lifecycle

/// Who sees what of an exception: those who see the verdicts, for it speaks of the same things. The applicant reads
/// the reason; the person behind it is named to officials.
package enum ExceptionSight {
    private static let officials: Set<Relation> = [
        .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]
    private static let readers = officials.union([.owner, .researchOffice])

    package static let rule = Field<ExceptionRecord, String>("rule", seenBy: readers) { $0.rule }
    package static let decider = Field<ExceptionRecord, Role?>("decider", seenBy: readers) { $0.decider }
    package static let grounds = Field<ExceptionRecord, String?>("grounds", seenBy: readers) { $0.grounds }
    package static let granted = Field<ExceptionRecord, Bool?>("granted", seenBy: readers) { $0.granted }
    package static let fact = Field<ExceptionRecord, Int64?>("fact", seenBy: readers) { $0.fact }
    package static let at = Field<ExceptionRecord, Instant?>("at", seenBy: readers) { $0.at }
    package static let reason = Field<ExceptionRecord, String?>("reason", seenBy: readers) { $0.reason }
    package static let deciderName = Field<ExceptionRecord, String?>("deciderName", seenBy: officials) {
        $0.deciderName
    }

    package static let rows = [
        SightRow("exception", rule), SightRow("exception", decider), SightRow("exception", grounds),
        SightRow("exception", granted), SightRow("exception", fact), SightRow("exception", at),
        SightRow("exception", reason), SightRow("exception", deciderName),
    ]
}

extension Relation {
    /// What an official of the role is to a dossier, if no conflict of interest stands between.
    package init?(official role: Role) {
        guard role.mayExcept else { return nil }
        self.init(rawValue: role.rawValue)
    }
}
