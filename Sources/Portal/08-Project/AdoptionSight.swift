package import Lifecycle

/// Who reads what of an adoption. The public, which reads of a project on its notice, reads that the result was taken up,
/// by whom and since when; the rest is for the people of the dossier and those who oversee it.
package enum AdoptionSight {
    /// That a result is in use, as anybody may know it.
    package struct Uptake: Sendable {
        package let isWhole: Bool
        /// Something was said, and erased since.
        package let isErased: Bool
        package let organisation: String
        package let since: Day?
    }

    /// Who opens the tab.
    package static let readers = ProjectSight.visitors.union([.finalUser])
    private static let insiders = readers.subtracting([.finance])

    /// Nil where it is not used, or where another word took the place of this one.
    package static let uptake = Field<AdoptionRecord, Uptake?>("uptake", seenBy: [.anyone]) { record in
        guard record.extent != .notYet, record.correctedAt == nil else { return nil }
        return Uptake(
            isWhole: record.extent == .whole, isErased: record.extent == .erased,
            organisation: record.organisation, since: record.since)
    }
    package static let extent = Field<AdoptionRecord, AdoptionRecorded.Extent>("extent", seenBy: readers) {
        $0.extent
    }
    package static let organisation = Field<AdoptionRecord, String>("organisation", seenBy: readers) {
        $0.organisation
    }
    package static let since = Field<AdoptionRecord, Day?>("since", seenBy: readers) { $0.since }
    package static let place = Field<AdoptionRecord, String>("place", seenBy: insiders) { $0.place }
    package static let evidence = Field<AdoptionRecord, String?>("evidence", seenBy: insiders) { $0.evidence }
    package static let author = Field<AdoptionRecord, String?>("author", seenBy: insiders) { $0.name }
    package static let role = Field<AdoptionRecord, Role?>("role", seenBy: readers) { $0.role }
    package static let at = Field<AdoptionRecord, Instant>("at", seenBy: readers) { $0.at }
    package static let correctedAt = Field<AdoptionRecord, Instant?>("correctedAt", seenBy: readers) {
        $0.correctedAt
    }

    package static let rows = [
        SightRow("adoption", uptake), SightRow("adoption", extent), SightRow("adoption", organisation),
        SightRow("adoption", since), SightRow("adoption", place), SightRow("adoption", evidence),
        SightRow("adoption", author), SightRow("adoption", role), SightRow("adoption", at),
        SightRow("adoption", correctedAt),
    ]
}
