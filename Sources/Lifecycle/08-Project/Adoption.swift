/// Whether the result of a project was taken up (成果采用): the last link from problem to use. It moves nothing, since it
/// may come years after and more than once. What shows it is the fact's reason, so that the words can be erased.
package struct AdoptionRecorded: FactBody {
    package static let kind = FactKind("adoption.recorded")

    package enum Extent: String, Sendable, Codable, CaseIterable {
        case whole
        case part
        /// Looked into, and so far not.
        case notYet = "not-yet"
        /// What was said was erased; nobody says it.
        case erased

        package static let sayable: [Extent] = [.whole, .part, .notYet]
    }

    package let extent: Extent
    /// Who uses it; empty where nobody does.
    package let organisation: String
    /// Where it is used; empty where nowhere.
    package let place: String
    /// Nil where it is not used.
    package let since: Day?
    /// Number of the fact whose place this one takes; nil where it stands beside what was said before.
    package let corrects: Int64?

    package init(extent: Extent, organisation: String, place: String, since: Day?, corrects: Int64?) {
        self.extent = extent
        self.organisation = organisation
        self.place = place
        self.since = since
        self.corrects = corrects
    }

    /// What it corrected is told by ``AdoptionCorrected``, which stays.
    package static func erased(_ fact: Fact) -> AdoptionRecorded? {
        AdoptionRecorded(extent: .erased, organisation: "", place: "", since: nil, corrects: nil)
    }
}

/// One word took the place of another: a fact of its own, so that erasing the later does not bring back the earlier.
package struct AdoptionCorrected: FactBody {
    package static let kind = FactKind("adoption.corrected")
    /// Number of the fact that stands no more.
    package let fact: Int64
    /// Number of the one in its place.
    package let by: Int64

    package init(fact: Int64, by: Int64) {
        self.fact = fact
        self.by = by
    }
}
