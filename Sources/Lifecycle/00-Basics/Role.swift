/// What a person does in an organisation. Held for a period: see ``Tenure``.
package enum Role: String, CaseIterable, Sendable, Codable, Hashable {
    case applicant
    case teamMember = "team-member"
    case researchOffice = "research-office"
    case universityLeader = "university-leader"
    case programmeOfficer = "programme-officer"
    case commissionLeader = "commission-leader"
    /// Signs for an organisation that funds a call together with the commission (联合资助方).
    case jointFunder = "joint-funder"
    case expert
    /// Asked in by name for one dossier: who recommends its applicant, who will use its result, and an organisation
    /// that carries it too. What binds is the dossier's party, not a tenure: see ``PartyRule``.
    case recommender
    case finalUser = "final-user"
    case partner
    case finance
    case financeApprover = "finance-approver"
    case integrity
    case auditor
    /// The three administrators of 等保2.0: three people; none sees business content by virtue of the role.
    case systemAdmin = "system-admin"
    case securityAdmin = "security-admin"
    case auditAdmin = "audit-admin"

    package var isAdministrator: Bool {
        self == .systemAdmin || self == .securityAdmin || self == .auditAdmin
    }

    /// Held by an official of the commission or of who funds a call with it, to whom conflicts of interest apply as to
    /// experts. A university's people handle the dossiers of their own university.
    package var actsForCommission: Bool {
        switch self {
        case .programmeOfficer, .commissionLeader, .jointFunder, .finance, .financeApprover, .integrity,
            .auditor:
            true
        case .applicant, .teamMember, .researchOffice, .universityLeader, .expert, .recommender, .finalUser,
            .partner, .systemAdmin, .securityAdmin, .auditAdmin:
            false
        }
    }

    /// Held for one dossier by who accepted an invitation to it.
    package var isOfDossier: Bool {
        switch self {
        case .recommender, .finalUser, .partner: true
        case .applicant, .teamMember, .researchOffice, .universityLeader, .programmeOfficer,
            .commissionLeader, .jointFunder,
            .expert, .finance, .financeApprover, .integrity, .auditor, .systemAdmin, .securityAdmin,
            .auditAdmin:
            false
        }
    }

    /// Whether a rule “in principle” may leave its exceptions to the role: it acts for the commission and reads a
    /// dossier before it is decided. Who applies, supports the application, judges it academically, pays for it
    /// or oversees the house does not also except it from a rule.
    package var mayExcept: Bool {
        switch self {
        case .programmeOfficer, .commissionLeader, .integrity: true
        case .applicant, .teamMember, .researchOffice, .universityLeader, .jointFunder, .expert, .recommender,
            .finalUser, .partner, .finance, .financeApprover, .auditor, .systemAdmin, .securityAdmin,
            .auditAdmin:
            false
        }
    }

    /// Roles that one person may never hold at the same time, whoever grants them.
    package var apartFrom: Set<Role> {
        switch self {
        case .systemAdmin, .securityAdmin, .auditAdmin:
            return Set(Role.allCases).subtracting([self])
        case .finance: return [.financeApprover, .systemAdmin, .securityAdmin, .auditAdmin]
        case .financeApprover: return [.finance, .systemAdmin, .securityAdmin, .auditAdmin]
        case .programmeOfficer, .commissionLeader, .jointFunder:
            return [
                .auditor, .expert, .applicant, .recommender, .finalUser, .partner, .systemAdmin,
                .securityAdmin,
                .auditAdmin,
            ]
        case .auditor:
            return [
                .programmeOfficer, .commissionLeader, .jointFunder, .systemAdmin, .securityAdmin, .auditAdmin,
            ]
        case .expert, .applicant, .recommender, .finalUser, .partner:
            return [
                .programmeOfficer, .commissionLeader, .jointFunder, .systemAdmin, .securityAdmin, .auditAdmin,
            ]
        case .teamMember, .researchOffice, .universityLeader, .integrity:
            return [.systemAdmin, .securityAdmin, .auditAdmin]
        }
    }
}

/// A role held by a person in an organisation for a period.
package struct Tenure: Sendable, Codable, Hashable {
    package let person: ID<Person>
    package let role: Role
    package let organisation: ID<Organisation>
    package let from: Instant
    package let until: Instant?

    package init(
        person: ID<Person>, role: Role, organisation: ID<Organisation>, from: Instant, until: Instant? = nil
    ) {
        self.person = person
        self.role = role
        self.organisation = organisation
        self.from = from
        self.until = until
    }

    package func holds(at now: Instant) -> Bool { from <= now && until.map { now < $0 } ?? true }
}
