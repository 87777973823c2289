package import Lifecycle

/// Who sees which part of what was submitted. Experts read the proposal; whom the applicant asks not to review is
/// for those who choose and oversee reviewers.
package enum ProposalSight {
    private static let overseers: Set<Relation> = [
        .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]
    private static let insiders = overseers.union([.owner, .teamMember, .researchOffice])
    /// Who recommends, will use or carries it reads what is proposed, and not the papers behind it.
    private static let readers = insiders.union([.expert]).union(DossierSight.asked)

    package static let answers = Field<Application, [String: String]>(
        "answers", seenBy: readers
    ) { $0.answers }
    package static let applicantTitle = Field<Application, String?>(
        "applicantTitle", seenBy: readers, isNoted: true
    ) { $0.applicant.title }
    package static let members = Field<Application, [TeamMember]>(
        "members", seenBy: readers, isNoted: true
    ) { $0.members }
    package static let attachments = Field<Application, [AttachmentReference]>(
        "attachments", seenBy: insiders.union([.expert]), isNoted: true
    ) { $0.attachments }
    package static let exclusions = Field<[Exclusion], [Exclusion]>(
        "exclusions", seenBy: overseers.union([.owner]), isNoted: true
    ) { $0 }
    /// Not for experts: it names another dossier, and judges nothing of this one.
    package static let continues = Field<Application, [Continuation]>("continues", seenBy: insiders) {
        $0.continues ?? []
    }
    /// They look at the applicant's birth and past.
    package static let verdicts = Field<Application, [Verdict]>(
        "verdicts", seenBy: insiders.subtracting([.teamMember]), isNoted: true
    ) { $0.verdicts }

    package static let rows = [
        SightRow("proposal", answers), SightRow("proposal", applicantTitle), SightRow("proposal", members),
        SightRow("proposal", attachments), SightRow("proposal", exclusions), SightRow("proposal", continues),
        SightRow("proposal", verdicts),
    ]
}
