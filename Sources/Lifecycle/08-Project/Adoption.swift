/// Whether the result of a project was taken up (成果采用): the last link from problem to use. It moves nothing, since it
/// may come years after and more than once. What shows it is the fact's reason, so that the words can be erased.
package struct AdoptionRecorded: FactBody {
    package static let kind = FactKind("adoption.recorded")

    package enum Extent: String, Sendable, Codable, CaseIterable {
        case whole
        case part
        /// Looked into, and so far not.
        case notYet = "not-yet"
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
}
