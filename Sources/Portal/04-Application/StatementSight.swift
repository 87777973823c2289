package import Lifecycle

/// Who reads what was written at a step: its author, whom the programme names, and those who oversee the house. The
/// table gives all whom a programme may name; ``relations(to:_:as:)`` narrows a viewer to what this form says.
package enum StatementSight {
    private static let overseers: Set<Relation> = [.integrity, .auditor]
    private static let officials = overseers.union([.programmeOfficer, .commissionLeader])
    private static let readers = officials.union([.owner, .teamMember, .researchOffice, .expert]).union(
        DossierSight.asked)

    package static let answers = Field<StatementRecord, String>("answers", seenBy: readers, isNoted: true) {
        $0.answers
    }
    package static let outcome = Field<StatementRecord, StatementForm.Outcome>("outcome", seenBy: readers) {
        $0.outcome
    }
    package static let reason = Field<StatementRecord, String?>("reason", seenBy: readers) { $0.reason }
    /// Nobody but the commission learns who an expert is.
    package static let author = Field<StatementRecord, String?>(
        "author", seenBy: readers.subtracting([.expert])
    ) { $0.name }

    package static let rows = [
        SightRow("statement", answers), SightRow("statement", outcome), SightRow("statement", reason),
        SightRow("statement", author),
    ]

    /// What a viewer who is `dossier` to the dossier is to one statement.
    ///
    /// - Parameter form: nil where the payload was erased, or the programme no longer says.
    static func relations(
        to statement: StatementRecord, _ form: StatementForm?, as dossier: Set<Relation>, _ viewer: Viewer
    ) -> Set<Relation> {
        var found = dossier.intersection(overseers)
        let isAuthor = statement.person != nil && statement.person == viewer.person
        if isAuthor { found.insert(.owner) }
        for reader in form?.seenBy ?? [] { found.formUnion(dossier.intersection(reader.relations)) }
        return found
    }

    /// Whether the author's name shows: of an expert only to the commission and to the expert.
    static func names(_ statement: StatementRecord, as relations: Set<Relation>, _ viewer: Viewer) -> Bool {
        guard statement.role == .expert else { return true }
        return !relations.isDisjoint(with: officials) || statement.person == viewer.person
    }

    /// Who knows that a statement was made at all, and with what outcome, without reading it.
    static func knows(_ statement: StatementRecord, as dossier: Set<Relation>) -> Bool {
        FactSight.sees(StatementMade.kind, by: statement.role, as: dossier)
    }
}

extension StatementForm.Reader {
    var relations: Set<Relation> {
        switch self {
        case .applicant: [.owner]
        case .teamMember: [.teamMember]
        case .researchOffice: [.researchOffice]
        case .expert: [.expert]
        case .recommender: [.recommender]
        case .finalUser: [.finalUser]
        case .partner: [.partner]
        case .commission: [.programmeOfficer, .commissionLeader]
        }
    }
}
