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
    /// Where it says what it brings and gets; nil where it brings nothing.
    package let contributes: Contribution?
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: CitationCheck

    package init(
        role: Role, invitedBy: Role, least: Int, most: Int, perPerson: Int? = nil, conflicted: Bool,
        describes: Label, contributes: Contribution? = nil, standing: RuleStanding, cites: Citation,
        verified: CitationCheck
    ) {
        self.role = role
        self.invitedBy = invitedBy
        self.least = least
        self.most = most
        self.perPerson = perPerson
        self.conflicted = conflicted
        self.describes = describes
        self.contributes = contributes
        self.standing = standing
        self.cites = cites
        self.verified = verified
    }

    /// Which fields of a statement say what a party brings and how much of the grant is passed on to it. What the
    /// contract holds of it is read from there.
    package struct Contribution: Sendable, Codable, Hashable {
        /// The id of the ``StatementForm`` that the party fills.
        package let statement: String
        /// A line: the name of the body.
        package let body: String
        /// A choice: what kind of body it is.
        package let type: String
        /// Money of its own.
        package let brings: String
        /// A count: per cent of the grant that the lead passes on to it; nil where nothing is passed on.
        package let share: String?

        package init(statement: String, body: String, type: String, brings: String, share: String?) {
            self.statement = statement
            self.body = body
            self.type = type
            self.brings = brings
            self.share = share
        }
    }

    package static let inviters: Set<Role> = [.applicant, .programmeOfficer]
}
