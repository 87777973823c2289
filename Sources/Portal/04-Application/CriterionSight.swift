package import Lifecycle

/// Who reads what was found of an item of a checklist: whom its form names, and those who oversee the house. The table
/// gives all whom a programme may name; ``relations(to:as:)`` narrows a viewer to what this form says.
package enum CriterionSight {
    private static let overseers: Set<Relation> = [.integrity, .auditor]
    private static let officials = overseers.union([.programmeOfficer, .commissionLeader])
    private static let readers = officials.union([.owner, .teamMember, .researchOffice, .expert]).union(
        DossierSight.asked)
    /// As with all files of an application.
    private static let filed = readers.intersection(ProposalSight.attachments.seenBy)

    package static let state = Field<CriterionFinding, CriterionFound.State>("state", seenBy: readers) {
        $0.state
    }
    package static let words = Field<CriterionFinding, String?>("words", seenBy: readers) { $0.words }
    package static let file = Field<CriterionFinding, String?>("file", seenBy: filed) { $0.attachmentName }
    /// Nobody but the commission learns who an expert is.
    package static let author = Field<CriterionFinding, String?>(
        "author", seenBy: readers.subtracting([.expert])
    ) { $0.name }

    package static let rows = [
        SightRow("criterion", state), SightRow("criterion", words), SightRow("criterion", file),
        SightRow("criterion", author),
    ]

    /// What a viewer who is `dossier` to the dossier is to the findings of a checklist; empty for who reads none.
    static func relations(to form: StatementForm, as dossier: Set<Relation>) -> Set<Relation> {
        form.seenBy.reduce(into: dossier.intersection(overseers)) {
            $0.formUnion(dossier.intersection($1.relations))
        }
    }

    /// Whether the author's name shows: of an expert only to the commission.
    static func names(_ finding: CriterionFinding, as relations: Set<Relation>) -> Bool {
        finding.role != .expert || !relations.isDisjoint(with: officials)
    }
}
