package import Lifecycle

/// One party of a contract, and whether it agreed.
package struct PartyRecord: Sendable {
    package let role: Role
    package let name: String?
    package let at: Instant?
}

/// Who reads a contract: its parties, those who pay by it, those who check.
package enum ProjectSight {
    package static let readers: Set<Relation> = [
        .owner, .teamMember, .researchOffice, .programmeOfficer, .commissionLeader, .finance, .integrity,
        .auditor,
    ]

    /// Who opens the contract's tab: a partner too, who reads there what concerns it; see ``PartnerSight``.
    package static let visitors = readers.union([.partner])

    package static let terms = Field<Contract, Contract>("terms", seenBy: readers) { $0 }
    package static let amount = Field<Contract, Money>("amount", seenBy: readers) { $0.amount }
    package static let party = Field<PartyRecord, Role>("party", seenBy: readers) { $0.role }
    package static let signatory = Field<PartyRecord, String?>("signatory", seenBy: readers) { $0.name }
    package static let agreedAt = Field<PartyRecord, Instant?>("agreedAt", seenBy: readers) { $0.at }

    package static let rows =
        [
            SightRow("contract", terms), SightRow("contract", amount), SightRow("contract", party),
            SightRow("contract", signatory), SightRow("contract", agreedAt),
        ] + PartnerSight.rows
}
