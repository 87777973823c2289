package import Lifecycle

/// Which facts of a dossier a viewer may know of, and what of each. An allow-list: a kind that is not named here
/// shows to those who oversee the house, and to nobody else.
package enum FactSight {
    private static let overseers: Set<Relation> = [.integrity, .auditor]
    private static let officials: Set<Relation> = overseers.union([.programmeOfficer, .commissionLeader])
    private static let everyone: Set<Relation> = officials.union([.owner, .teamMember, .researchOffice])
    private static let withFinance: Set<Relation> = everyone.union([.finance])
    // As the table of sight has it: a member of the team reads neither what screening looked at (the verdicts speak
    // of the applicant's birth and past) nor the money.
    private static let screened = everyone.subtracting([.teamMember])
    private static let paid = withFinance.subtracting([.teamMember])

    package struct Line: Sendable {
        package let seenBy: Set<Relation>
        /// Who reads the reason.
        package let reasonSeenBy: Set<Relation>

        init(_ seenBy: Set<Relation>, reason: Set<Relation> = []) {
            self.seenBy = seenBy
            reasonSeenBy = reason
        }
    }

    package static let lines: [FactKind: Line] = [
        ApplicationSubmitted.kind: Line(everyone),
        // As on the page of the proposal: for those who choose and oversee reviewers, and who asked.
        ExclusionAsked.kind: Line(officials.union([.owner]), reason: officials.union([.owner])),
        MemberConsented.kind: Line(everyone),
        ApplicationWithdrawn.kind: Line(everyone, reason: everyone),
        ApplicationReturned.kind: Line(everyone, reason: everyone),
        ApplicationEndorsed.kind: Line(everyone),
        ApplicationLeftOut.kind: Line(everyone, reason: everyone),
        FactKind("application.screened"): Line(everyone, reason: screened),
        FactKind("exception.granted"): Line(screened, reason: screened),
        FactKind("exception.declined"): Line(screened, reason: screened),
        FactKind("party.invited"): Line(everyone),
        FactKind("party.accepted"): Line(everyone),
        FactKind("party.declined"): Line(everyone, reason: officials.union([.owner])),
        FactKind("party.released"): Line(everyone),
        // Where an expert wrote it, ``sees(_:by:as:)`` knows better.
        FactKind("statement.made"): Line(withFinance, reason: everyone),
        FactKind("statement.counted"): Line(everyone),
        // The applicant always reads what is missing; who else reads it, the programme says on the statements' page.
        FactKind("criterion.found"): Line(everyone, reason: officials.union([.owner])),
        // Who reviews, how many and when is never the applicant's or the university's to know.
        FactKind("reviewer.assigned"): Line(officials),
        FactKind("reviewer.accepted"): Line(officials),
        FactKind("reviewer.declined"): Line(officials, reason: officials),
        FactKind("reviewer.released"): Line(officials, reason: officials),
        FactKind("review.submitted"): Line(officials),
        FactKind("review.sent-back"): Line(officials, reason: officials),
        FactKind("proposal.championed"): Line(officials, reason: officials),
        FactKind("appraiser.seated"): Line(officials),
        FactKind("appraiser.accepted"): Line(officials),
        FactKind("appraiser.declined"): Line(officials, reason: officials),
        FactKind("appraiser.recused"): Line(officials, reason: officials),
        FactKind("appraiser.released"): Line(officials, reason: officials),
        FactKind("appraisal.written"): Line(officials),
        FactKind("appraisal.closed"): Line(everyone),
        // The reason says why a dossier departs from the ranking, which speaks of others' too.
        FactKind("application.decided"): Line(withFinance, reason: officials),
        FactKind("application.confirmed"): Line(withFinance),
        FactKind("notice.withheld"): Line(withFinance, reason: everyone),
        FactKind("application.overturned"): Line(withFinance, reason: everyone),
        FactKind("contract.drafted"): Line(withFinance),
        FactKind("contract.agreed"): Line(withFinance),
        // What shows it is read by whom the table lets read it.
        FactKind("adoption.recorded"): Line(withFinance, reason: everyone),
        FactKind("adoption.corrected"): Line(withFinance),
        FactKind("payment.prepared"): Line(paid),
        FactKind("payment.approved"): Line(paid),
        FactKind("payment.rejected"): Line(
            officials.union([.finance]), reason: overseers.union([.finance])),
        FactKind("payment.paid"): Line(paid),
    ]

    package static func sees(_ kind: FactKind, as relations: Set<Relation>) -> Bool {
        !(lines[kind]?.seenBy ?? overseers).isDisjoint(with: relations)
    }

    /// The same of one fact: what an expert writes at a step tells no more of experts than a review does.
    package static func sees(_ kind: FactKind, by role: Role?, as relations: Set<Relation>) -> Bool {
        if [StatementMade.kind, CriterionFound.kind].contains(kind), role == .expert,
            officials.isDisjoint(with: relations)
        {
            return false
        }
        return sees(kind, as: relations)
    }

    package static func seesReason(of kind: FactKind, as relations: Set<Relation>) -> Bool {
        !(lines[kind]?.reasonSeenBy ?? overseers).isDisjoint(with: relations)
    }

    /// Whether the actor's name is shown, beside the role, which always is. An expert's never is.
    package static func names(actorIn role: Role?, as relations: Set<Relation>) -> Bool {
        switch role {
        case .none, .some(.expert): false
        case .some(.applicant), .some(.teamMember), .some(.recommender), .some(.finalUser), .some(.partner):
            true
        case .some(.researchOffice), .some(.universityLeader):
            !officials.union([.owner, .researchOffice]).isDisjoint(with: relations)
        case .some(.programmeOfficer), .some(.commissionLeader), .some(.jointFunder), .some(.finance),
            .some(.financeApprover),
            .some(.integrity), .some(.auditor), .some(.systemAdmin), .some(.securityAdmin),
            .some(.auditAdmin):
            !officials.union([.finance]).isDisjoint(with: relations)
        }
    }
}
