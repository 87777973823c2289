import Lifecycle

@testable import Portal

extension Maker {
    /// The programme of the finished round asks no final user in, so the university's office says who uses the result.
    func playAdoption() throws {
        let (paid, house) = (dossier("paid"), house)
        try act("research-office", SightCity.at("2026-08-04", 9, 37)) { change, office in
            guard let viewer = try Viewer.find(office, at: change.at, change.store) else { throw Missing() }
            try AdoptionActs.record(
                AdoptionActs.Said(
                    .part, organisation: "QXadopterZ馆", place: "QXadoptionPlaceZ编目室", since: "2011-05-23",
                    evidence: "QXadoptionEvidenceZ，已用于新一轮编目。"), of: paid, by: viewer, change, house)
        }
    }
}
