import Lifecycle
import Portal

/// Words that stand in one place of the city only, with everybody who may come upon them.
struct Canary: Sendable {
    /// As it would stand on a page; one is enough.
    let texts: [String]
    let places: [Place]
    /// Who wrote it, or was told outside the table, with the reason beside the canary.
    let authors: Set<String>

    struct Place: Sendable {
        /// `record.field` of the committed table; nil where the table has no row and `seenBy` speaks.
        let row: String?
        let seenBy: Set<Relation>
        let record: SightViewer.Record
    }

    init(_ texts: String..., in places: [Place], authors: Set<String> = []) {
        self.texts = texts
        self.places = places
        self.authors = authors
    }

    func mayBeSeen(by viewer: SightViewer, _ table: [String: Set<Relation>]) -> Bool {
        if authors.contains(viewer.key) { return true }
        return places.contains { place in
            let seers = place.row.map { table[$0] ?? [] } ?? place.seenBy
            return !seers.isDisjoint(with: viewer.relations(to: place.record))
        }
    }

    private static func row(_ name: String, _ record: SightViewer.Record) -> Place {
        Place(row: name, seenBy: [], record: record)
    }

    private static func row(_ name: String, of dossier: String) -> Place { row(name, .dossier(dossier)) }

    private static func rows(_ name: String, of dossiers: [String]) -> [Place] {
        dossiers.map { row(name, of: $0) }
    }

    private static func only(_ seenBy: Set<Relation>, of dossier: String) -> Place {
        Place(row: nil, seenBy: seenBy, record: .dossier(dossier))
    }

    private static let officials: Set<Relation> = [
        .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]
    private static let reviewed = [
        "paid", "unfunded", "second", "third", "fourth", "fifth", "noticed", "noticed-2", "proposed",
        "proposed-2", "reviewed",
    ]

    /// - Parameter made: words that the house made by itself, such as a dossier's number.
    static func all(made: [String: String]) -> [Canary] {
        register + dossiers(made) + exceptions + reviews + decisions + projects + draws(made) + beforeTheTable
    }

    private static let register: [Canary] = [
        Canary("QXpersonZ", in: [row("person.name", .person("subject"))]),
        Canary("QXunitZ", in: [row("person.organisation", .person("subject"))]),
        Canary("qxemailz@", in: [row("person.email", .person("subject"))]),
        Canary("QXtitleOfPersonZ", in: [row("person.title", .person("subject"))]),
        Canary("QXdegreeZ", in: [row("person.degree", .person("subject"))]),
        Canary("1971-03-07", in: [row("person.born", .person("subject"))]),
        Canary("2061-11-23", in: [row("person.serviceUntil", .person("subject"))]),
    ]

    private static func dossiers(_ made: [String: String]) -> [Canary] {
        [
            // Who declares a relation to a dossier names it by its number.
            Canary(
                made["unfunded"] ?? "", in: [row("dossier.number", of: "unfunded")],
                authors: ["conflicted"]),
            Canary(
                "QXunfundedTitleZ",
                in: [row("dossier.title", of: "unfunded"), row("proposal.answers", of: "unfunded")]),
            Canary(
                "QXunfundedZ",
                in: [row("dossier.ownerName", of: "unfunded"), row("person.name", .person("unfunded"))]),
            Canary(
                "1992-10-19",
                in: [row("dossier.born", of: "unfunded"), row("person.born", .person("unfunded"))]),
            Canary("43,217", "4.3217", in: [row("dossier.amount", of: "unfunded")]),
            Canary(
                "2026-06-11 07:53",
                in: [
                    row("dossier.submittedAt", of: "unfunded"),
                    row("dossier.firstSubmittedAt", of: "unfunded"),
                ]),
            Canary("QXsummaryZ", in: [row("proposal.answers", of: "unfunded")]),
            Canary(
                "QXacademicZ",
                in: [
                    row("proposal.applicantTitle", of: "unfunded"), row("person.title", .person("unfunded")),
                ]
            ),
            Canary(
                "QXmemberTaskZ",
                in: [row("proposal.members", of: "paid"), row("consent.task", .request("paid"))]),
            Canary("QXpaidFileZ", in: [row("proposal.attachments", of: "paid")]),
            Canary("QXpaidContentZ", in: [row("proposal.attachments", of: "paid")]),
            Canary("QXexclusionZ", in: [row("proposal.exclusions", of: "paid")]),
            Canary("QXdraftTitleZ", in: [row("consent.title", .request("draft"))], authors: ["rival"]),
            // The invitation names the applicant: a conflict of interest is judged by it.
            Canary(
                "QXrivalZ",
                in: [
                    row("consent.applicant", .request("draft")), row("dossier.ownerName", of: "reviewed"),
                    row("person.name", .person("rival")),
                ], authors: ["expert-2"]),
            Canary("QXaskedTaskZ", in: [row("consent.task", .request("draft"))], authors: ["rival"]),
            Canary("QXscreeningZ", in: [row("screening.reason", of: "paid")]),
            Canary("2026-07-10 08:41", in: [row("screening.at", of: "paid")]),
            Canary(
                "QXscreenerZ",
                in: rows("screening.officer", of: reviewed + ["reviewed-2"]) + [
                    row("person.name", .person("screener")), row("text reuse.officer", of: "paid"),
                ]),
            // Of a pair of two dossiers, one of which is hidden from the officer with declared relations.
            Canary("QXreuseReasonZ", in: [row("text reuse.reason", of: "paid")]),
            Canary("2026-08-04 07:29", in: [row("text reuse.at", of: "paid")]),
            Canary("QXarchiveTitleZ", in: [row("archived text.title", of: "screened-2")]),
            Canary("QXarchiveTextZ", in: [row("archived text.text", of: "screened-2")]),
        ]
    }

    private static let exceptions: [Canary] = [
        Canary("QXgroundsZ", in: [row("exception.grounds", of: "excepted")]),
        Canary("QXwaitingGroundsZ", in: [row("exception.grounds", of: "excepted-2")]),
        Canary("QXexceptionZ", in: [row("exception.reason", of: "excepted")]),
        Canary("2026-07-11 09:41", in: [row("exception.at", of: "excepted")]),
        Canary(
            "QXdeciderZ",
            in: [row("exception.deciderName", of: "excepted"), row("person.name", .person("decider"))]),
    ]

    private static let reviews: [Canary] = [
        Canary(
            "QXreviewerZ",
            in: rows("review.expertName", of: reviewed)
                + rows("plan pair.expertName", of: ["matched", "matched-2"])
                + [row("person.name", .person("reviewer")), row("draw entry.name", .draw)]),
        Canary(
            "QXreviewerUnitZ",
            in: rows("review.expertOrganisation", of: reviewed) + [
                row("person.organisation", .person("reviewer")), row("draw entry.detail", .draw),
            ]),
        Canary("2026-07-20 11:17", in: [row("review.submittedAt", of: "unfunded")], authors: ["reviewer"]),
        Canary("QXdecidedCriterionZ", in: [row("review.comments", of: "unfunded")], authors: ["reviewer"]),
        Canary("QXdecidedZ", in: [row("review.comment", of: "unfunded")], authors: ["reviewer"]),
        // The table speaks of decided dossiers; before, a review is for officials.
        Canary("QXundecidedZ", in: [only(officials, of: "reviewed")], authors: ["reviewer"]),
        Canary("QXproposedComment1Z", in: [only(officials, of: "proposed")], authors: ["reviewer"]),
    ]

    private static let decisions: [Canary] = [
        Canary(
            "41,239", "4.1239",
            in: [
                row("decision.amount", of: "paid"), row("notice.amount", of: "paid"),
                row("contract.amount", of: "paid"),
            ]),
        // Proposed, not decided.
        Canary("37,193", "3.7193", in: [only(officials, of: "proposed")]),
        Canary("QXdepartureZ", in: [row("decision.reason", of: "unfunded")]),
        Canary("QXpendingReasonZ", in: [only(officials, of: "proposed-2")]),
        Canary("QXansweredObjectorZ", in: [row("objection.objector", of: "paid")]),
        Canary("QXansweredContactZ", in: [row("objection.contact", of: "paid")]),
        Canary("QXansweredObjectionZ", in: [row("objection.text", of: "paid")]),
        Canary("QXanswerZ", in: [row("objection.answer", of: "paid")]),
        Canary("QXwaitingObjectorZ", in: [row("objection.objector", of: "noticed")]),
        Canary("QXwaitingContactZ", in: [row("objection.contact", of: "noticed")]),
        Canary("QXwaitingObjectionZ", in: [row("objection.text", of: "noticed")]),
        Canary("QXevidenceFileZ", in: [row("objection.evidence", of: "noticed")]),
        Canary("QXevidenceContentZ", in: [row("objection.evidence", of: "noticed")]),
        Canary("QXnoticedTitleZ", in: [row("notice.title", of: "noticed")]),
        Canary("QXownerZ", in: [row("notice.applicant", of: "paid")]),
    ]

    private static let projects: [Canary] = [
        Canary(
            "QXoutcomesZ", in: [row("contract.terms", of: "paid"), row("proposal.answers", of: "paid")]),
        Canary(
            "何清扬",
            in: rows("contract.signatory", of: ["paid", "second", "fourth", "fifth"]) + [
                row("person.name", .person("programme-officer")),
                row("signed plan.signerName", of: "matched"),
            ]),
        Canary("2026-07-30 09:13", in: [row("contract.agreedAt", of: "paid")]),
        // The contract, which the team reads too, says what each instalment is.
        Canary(
            "24,743.40", in: [row("payment.amount", of: "paid"), row("contract.terms", of: "paid")]),
        Canary("2026-08-03 16:29", in: [row("payment.paidAt", of: "paid")]),
        Canary("QXREFERENCEZ", in: [row("payment.reference", of: "paid")]),
        Canary("QXrejectionZ", in: [row("payment.rejection", of: "paid")]),
        Canary(
            "钱平安",
            in: rows("payment.preparedBy", of: ["paid", "second", "fifth"]) + [
                row("person.name", .person("finance"))
            ]),
        Canary(
            "余敬业",
            in: rows("payment.approvedBy", of: ["paid", "fifth"]) + [
                row("person.name", .person("finance-approver"))
            ]),
    ]

    private static func draws(_ made: [String: String]) -> [Canary] {
        [
            // Whoever is drawn is known by a code; who stands behind it, officials know.
            Canary(made["code"] ?? "", in: [row("draw entry.code", .draw)]),
            Canary(made["salt"] ?? "", in: [row("draw entry.salt", .draw)]),
            Canary("QXrecusalZ", in: [row("draw entry.reason", .draw)]),
            Canary("QXaskedDrawZ", in: [Place(row: nil, seenBy: officials, record: .draw)]),
            Canary("QXjobZ", in: [], authors: ["screener"]),
        ]
    }

    /// What no row of the table speaks of: drafts, declarations, and reasons in the envelope of a fact.
    private static let beforeTheTable: [Canary] = [
        Canary("QXdraftSummaryZ", in: [], authors: ["rival"]),
        Canary("QXdraftFileZ", in: [], authors: ["rival"]),
        Canary("QXdraftContentZ", in: [], authors: ["rival"]),
        Canary("QXdraftExclusionZ", in: [], authors: ["rival"]),
        Canary("QXdraftedZ", in: [], authors: ["expert"]),
        Canary("QXviewZ", in: [], authors: ["programme-officer"]),
        Canary("QXcallDraftZ", in: [], authors: ["programme-officer", "screener", "conflicted"]),
        Canary("QXnatureZ", in: [], authors: ["conflicted", "integrity", "auditor"]),
        Canary("QXdeclineZ", in: [only(officials, of: "reviewed-2")], authors: ["reviewer"]),
        Canary("QXreleaseZ", in: [only(officials, of: "reviewed-2")]),
        Canary(
            "QXreturnZ", in: [only(officials.union([.owner, .teamMember, .researchOffice]), of: "returned")]),
    ]

    /// Rows of the table in which no canary can stand, and why.
    static let without: [String: String] = {
        let reasons: [(String, [String])] = [
            (
                "a truth value",
                [
                    "person.fullTimeTeacher", "screening.passed", "screening.overturned", "decision.funded",
                    "objection.outcome", "exception.granted",
                ]
            ),
            (
                "one of a few words that stand on many pages",
                [
                    "dossier.discipline", "dossier.standing", "dossier.stepKind", "dossier.state",
                    "review.grade",
                    "review.advice", "draw entry.outcome", "contract.party", "payment.instalment",
                    "payment.state",
                    "exception.rule", "exception.decider", "text reuse.relation", "text reuse.verdict",
                    "what-if flip.from", "what-if flip.to",
                ]
            ),
            (
                "a number of one or two digits, or reckoned from such",
                [
                    "dossier.listRank", "dossier.version", "review.points", "ranking.place", "ranking.mean",
                    "ranking.spread", "ranking.reviews", "decision.place", "decision.mean",
                    "exception.fact", "plan pair.score", "text reuse.measure",
                ]
            ),
            (
                "a university's name, which is public on many pages",
                [
                    "dossier.universityName", "notice.university", "payment.payee",
                    "plan pair.expertOrganisation",
                ]
            ),
            ("the call's title, which is public", ["consent.call"]),
            (
                "a university's id or the application's number, for which dossier.number stands",
                ["what-if flip.subject"]
            ),
            ("everybody's", ["signed plan.claim", "signed plan.signedAt"]),
            (
                "words of the application and of the discipline, which stand on many pages",
                ["plan pair.affinity"]
            ),
            ("a day reckoned from the calendar, the same for a whole round", ["dossier.dueAt"]),
            (
                "made of rules and sources; what it looks at are the birth and the title, which have canaries",
                [
                    "proposal.verdicts"
                ]
            ),
            (
                "the number on a notice is public; a number that is not stands for dossier.number",
                [
                    "notice.number"
                ]
            ),
        ]
        var found: [String: String] = [:]
        for (reason, rows) in reasons { for row in rows { found[row] = reason } }
        return found
    }()
}
