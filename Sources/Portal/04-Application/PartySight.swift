package import Lifecycle

/// Who knows whom a dossier asked in. An address is the inviter's until there is an answer; then the name is for who
/// reads the dossier as a whole, and never for who judges it.
package enum PartySight {
    private static let insiders: Set<Relation> = [
        .owner, .teamMember, .researchOffice, .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]

    package static let role = Field<InvitedParty, Role>(
        "role", seenBy: insiders.union(DossierSight.asked)
    ) { $0.role }
    package static let state = Field<InvitedParty, InvitedParty.State>("state", seenBy: insiders) { $0.state }
    package static let name = Field<InvitedParty, String?>("name", seenBy: insiders) { $0.name }
    package static let organisation = Field<InvitedParty, String?>("organisation", seenBy: insiders) {
        $0.organisation
    }
    package static let email = Field<InvitedParty, String?>(
        "email", seenBy: [.owner, .programmeOfficer, .integrity, .auditor], isNoted: true
    ) { $0.email }

    /// What the house knows of the person's own fields is for officials: the others read what a rule makes of it.
    static let disciplines = Field<InvitedParty, [String]>(
        "disciplines", seenBy: [.programmeOfficer, .commissionLeader, .integrity, .auditor]
    ) { $0.disciplines }

    /// What who was asked reads of the dossier before answering.
    static let title = Field<AskedParty, String>("title", seenBy: DossierSight.asked) { $0.title }
    static let applicant = Field<AskedParty, String>("applicant", seenBy: DossierSight.asked) {
        "\($0.applicant)（\($0.organisation)）"
    }
    static let call = Field<AskedParty, String>("call", seenBy: DossierSight.asked) { $0.callTitle }

    package static let rows = [
        SightRow("party", role), SightRow("party", state), SightRow("party", name),
        SightRow("party", organisation), SightRow("party", email),
        SightRow("party", disciplines), SightRow("party invitation", title),
        SightRow("party invitation", applicant), SightRow("party invitation", call),
    ]
}
