/// Whom a dossier asks in by name (参与方), how many of them, and what follows from it.
package struct PartyRule: Sendable, Codable, Hashable {
    /// One of those with ``Role/isOfDossier``.
    package let role: Role
    /// The applicant while writing, or the programme's officer once it is submitted.
    package let invitedBy: Role
    /// So many must have accepted before the dossier is submitted (applicant) or the step is theirs (officer).
    package let least: Int
    /// At most so many are asked or have accepted at one time.
    package let most: Int
    /// At most so many dossiers of one call for one person; nil for no such rule.
    package let perPerson: Int?
    /// Whether who accepted may neither review nor handle this dossier.
    package let conflicted: Bool
    /// Whom the notice means: shown to who invites and confirmed by who accepts.
    package let describes: Label
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: Bool

    package init(
        role: Role, invitedBy: Role, least: Int, most: Int, perPerson: Int? = nil, conflicted: Bool,
        describes: Label, standing: RuleStanding, cites: Citation, verified: Bool
    ) {
        self.role = role
        self.invitedBy = invitedBy
        self.least = least
        self.most = most
        self.perPerson = perPerson
        self.conflicted = conflicted
        self.describes = describes
        self.standing = standing
        self.cites = cites
        self.verified = verified
    }

    package static let inviters: Set<Role> = [.applicant, .programmeOfficer]
}
