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
        /// Where the table has no row: whether reading it has to leave a fact.
        var isNoted = false
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

    /// Whether the viewer comes upon it as upon somebody else's, everywhere where it stands.
    func isOthers(than viewer: SightViewer) -> Bool {
        !authors.contains(viewer.key)
            && places.allSatisfy { viewer.relations(to: $0.record).isDisjoint(with: [.owner, .teamMember]) }
    }

    /// Whether whoever reads it leaves a fact, wherever it stands.
    ///
    /// - Parameter noted: rows of the table that are.
    func isSensitive(_ noted: Set<String>) -> Bool {
        !places.isEmpty && places.allSatisfy { place in place.row.map(noted.contains) ?? place.isNoted }
    }

    private static func row(_ name: String, _ record: SightViewer.Record) -> Place {
        Place(row: name, seenBy: [], record: record)
    }

    private static func row(_ name: String, of dossier: String) -> Place { row(name, .dossier(dossier)) }

    private static func rows(_ name: String, of dossiers: [String]) -> [Place] {
        dossiers.map { row(name, of: $0) }
    }

    private static func only(
        _ seenBy: Set<Relation>, of dossier: String, isNoted: Bool = false
    ) -> Place {
        Place(row: nil, seenBy: seenBy, record: .dossier(dossier), isNoted: isNoted)
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
        register + dossiers(made) + nominations + exceptions + reviews + appraisals + decisions + projects
            + draws(made) + problems + topics + beforeTheTable
    }

    private static let register: [Canary] = [
        Canary("QXpersonZ", in: [row("person.name", .person("subject"))]),
        Canary("qxemailz@", in: [row("person.email", .person("subject"))]),
        Canary("QXtitleOfPersonZ", in: [row("person.title", .person("subject"))]),
        Canary("QXdegreeZ", in: [row("person.degree", .person("subject"))]),
        Canary("1971-03-07", in: [row("person.born", .person("subject"))]),
        Canary("QXtrackZ", in: [row("track record.entry", .person("subject"))]),
        Canary("QXtrackSourceZ", in: [row("track record.source", .person("subject"))]),
        Canary("1979-02-13", in: [row("known past.known", .person("subject"))]),
        Canary("QXknownSourceZ", in: [row("known past.source", .person("subject"))]),
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
            Canary("QXcontinuesZ", in: [row("proposal.continues", of: "paid")]),
            Canary("QXdraftTitleZ", in: [row("consent.title", .request("draft"))], authors: ["rival"]),
            // The invitation names the applicant: a conflict of interest is judged by it.
            Canary(
                "QXrivalZ",
                in: [
                    row("consent.applicant", .request("draft")), row("dossier.ownerName", of: "reviewed"),
                    row("person.name", .person("rival")),
                    row("party invitation.applicant", .request("nomination")),
                ], authors: ["expert-2"]),
            Canary("QXaskedTaskZ", in: [row("consent.task", .request("draft"))], authors: ["rival"]),
            Canary("QXscreeningZ", in: [row("screening.reason", of: "paid")]),
            Canary("2026-07-10 08:41", in: [row("screening.at", of: "paid")]),
            Canary(
                "QXscreenerZ",
                in: rows("screening.officer", of: reviewed + ["reviewed-2"]) + [
                    row("person.name", .person("screener")), row("text reuse.officer", of: "paid"),
                ]),
            // It speaks of no dossier: any of the university's that one may see leads to it.
            Canary("QXquotaReasonZ", in: rows("quota.reason", of: ["paid", "fourth"])),
            // Of a pair of two dossiers, one of which is hidden from the officer with declared relations.
            Canary("QXreuseReasonZ", in: [row("text reuse.reason", of: "paid")]),
            Canary("2026-08-04 07:29", in: [row("text reuse.at", of: "paid")]),
            Canary("QXarchiveTitleZ", in: [row("archived text.title", of: "screened-2")]),
            Canary("QXarchiveTextZ", in: [row("archived text.text", of: "screened-2")]),
        ]
    }

    private static let nominations: [Canary] = [
        Canary("qxaskedz@", in: [row("party.email", of: "nominated")]),
        Canary(
            "江涵秋",
            in: [
                row("party.name", of: "nominated"), row("statement.author", of: "nominated"),
                row("person.name", .person("recommender-2")),
            ]),
        Canary(
            "QXnominationTitleZ", in: [row("party invitation.title", .request("nomination"))],
            authors: ["rival"]),
        Canary("QXletterZ", in: [row("statement.answers", of: "nominated")]),
        // The table holds all whom a programme may name; this letter names these.
        Canary("QXpotentialZ", in: [only(officials.union([.researchOffice, .expert]), of: "nominated")]),
    ]

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
            in: rows("review.expertName", of: reviewed + ["championed"])
                + rows("plan pair.expertName", of: ["matched", "matched-2"])
                + [
                    row("person.name", .person("reviewer")), row("draw entry.name", .draw),
                    row("appraiser.expertName", of: "appraised"),
                ]),
        Canary(
            "QXreviewerUnitZ",
            in: rows("review.expertOrganisation", of: reviewed) + [
                row("person.organisation", .person("reviewer")), row("draw entry.detail", .draw),
                row("appraiser.expertOrganisation", of: "appraised"),
            ],
            // Whose own it is.
            authors: ["bidder"]),
        Canary("2026-07-20 11:17", in: [row("review.submittedAt", of: "unfunded")], authors: ["reviewer"]),
        Canary("QXdecidedCriterionZ", in: [row("review.comments", of: "unfunded")], authors: ["reviewer"]),
        Canary("QXdecidedZ", in: [row("review.comment", of: "unfunded")], authors: ["reviewer"]),
        // Before anybody is assigned an expert knows title and keywords; an invitation, which comes before an
        // acceptance, tells the title too.
        Canary(
            "QXmatchedTitleZ",
            in: [
                row("dossier.title", of: "matched"), row("proposal.answers", of: "matched"),
                row("bid.title", of: "matched"),
            ], authors: ["reviewer"]),
        Canary(
            "QXkeywordZ",
            in: [row("proposal.answers", of: "matched-2"), row("bid.keywords", of: "matched-2")]),
        // The table speaks of decided dossiers; before, a review is for officials.
        Canary("QXundecidedZ", in: [only(officials, of: "reviewed", isNoted: true)], authors: ["reviewer"]),
        // A draft that another organisation is to fund too: its officers', and that organisation's.
        Canary(
            "QXjointCallZ", in: [only([.programmeOfficer], of: "championed")], authors: ["joint-funder"]),
        // Of a dossier that is not decided, as a review is.
        Canary("QXchampionZ", in: [only(officials, of: "championed", isNoted: true)], authors: ["reviewer"]),
        Canary(
            "QXproposedComment1Z", in: [only(officials, of: "proposed", isNoted: true)], authors: ["reviewer"]
        ),
    ]

    private static let appraisals: [Canary] = [
        Canary(
            "QXappraiserZ",
            in: [
                row("appraiser.expertName", of: "appraised"), row("person.name", .person("appraiser")),
            ]),
        Canary("2026-07-19 13:37", in: [row("appraiser.seatedAt", of: "appraised")]),
        Canary(
            "2026-07-21 10:09", in: [row("appraiser.settledAt", of: "appraised")], authors: ["reviewer"]),
        Canary("QXrecusedZ", in: [row("appraiser.reason", of: "appraised")]),
        // What the officer said of each item before the laboratory was screened.
        Canary(DemoRemarks.itemMet, in: [row("criterion.words", of: "appraised")]),
        Canary("QXopinionZ", in: [row("appraisal.grounds", of: "appraised")]),
        Canary("QXopinionCommentZ", in: [row("appraisal.comments", of: "appraised")]),
        Canary("2026-07-22 14:23", in: [row("appraisal result.closedAt", of: "appraised")]),
        // Under seal: nobody's but its author's, whatever they oversee.
        Canary("QXsealedZ", in: [], authors: ["expert-2"]),
        Canary("QXsealedCommentZ", in: [], authors: ["expert-2"]),
        Canary("QXhalfWrittenZ", in: [], authors: ["expert"]),
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
        Canary(DemoRace.assessor, in: [row("race.terms", of: "race")]),
        Canary("QXraceGroundsZ", in: [row("race.grounds", of: "race")]),
        Canary("QXdifferenceZ", in: [row("race.difference", of: "race")]),
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
                row("statement.author", of: "appraised"), row("criterion.author", of: "appraised"),
                row("topic version.author", .topic("sealed")),
                // On a timeline, as whoever signs for a funder reads it.
                only(officials, of: "championed"),
            ]),
        Canary("2026-07-30 09:13", in: [row("contract.agreedAt", of: "paid")]),
        // What the chain tells anybody, where there is one.
        Canary(
            "QXadopterZ", in: [row("adoption.organisation", of: "paid"), row("adoption.uptake", of: "paid")]),
        Canary("2011-05-23", in: [row("adoption.since", of: "paid"), row("adoption.uptake", of: "paid")]),
        Canary("2026-08-04 09:37", in: [row("adoption.at", of: "paid")]),
        Canary("QXadoptionPlaceZ", in: [row("adoption.place", of: "paid")]),
        Canary("QXadoptionEvidenceZ", in: [row("adoption.evidence", of: "paid")]),
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

    /// Whoever holds the receipt's address sees what the citizen sees; in this walk that is everybody.
    private static let problems: [Canary] = [
        Canary("QXtoldProblemZ", in: [row("problem.title", .problem("told"))]),
        Canary("QXtoldStatementZ", in: [row("problem.answers", .problem("told"))]),
        Canary("QXplainStatementZ", in: [row("problem.answers", .problem("plain"))]),
        Canary("718,293", "71.8293", in: [row("problem.money", .problem("told"))]),
        Canary("QXmergeReasonZ", in: [row("problem.reason", .problem("merged"))]),
        Canary("2026-03-05 08:47", in: [row("problem.settledAt", .problem("merged"))]),
        Canary("2026-03-02 10:33", in: [row("problem.at", .problem("told"))]),
        Canary(
            "QXlinkReasonZ",
            in: [Place(row: nil, seenBy: officials, record: .problem("told"))]),
        Canary("QXcitizenZ", in: [row("problem.contactName", .problem("citizen"))]),
        Canary("qxcontactz@example.org", in: [row("problem.contact", .problem("citizen"))]),
        Canary(
            "QXunitZ",
            in: [
                row("problem.organisation", .problem("told")), row("person.organisation", .person("subject")),
            ]),
    ]

    private static let topics: [Canary] = {
        let makers = officials.union([.invited])
        func sealed(_ text: String, _ row: String? = nil) -> Canary {
            Canary(
                text,
                in: [Place(row: row, seenBy: makers, record: .topic("sealed"))])
        }
        return [
            // What is everybody's once published, is sealed before.
            sealed("QXsealedTitleZ"), sealed("QXsealedGoalZ"), sealed("QXsealedUserZ"),
            sealed("QXsealedSecondZ", "topic version.text"),
            sealed("QXsealedRevisionZ", "topic version.reason"),
            sealed("QXsealedSuggestionZ", "topic suggestion.text"),
            // A vote is its voter's until the round is closed.
            Canary("QXsealedVoteOfOneZ", in: [], authors: ["expert"]),
            Canary("QXsealedVoteOfTwoZ", in: [], authors: ["expert-2"]),
            Canary("QXpublicVoteOfOneZ", in: [row("topic vote.reason", .topic("public"))]),
            Canary(
                "QXclosingGroundsZ",
                in: [
                    row("topic round.grounds", .topic("public")),
                    row("topic round.toldGrounds", .topic("public")),
                ]),
            Canary("QXpublicRevisionZ", in: [row("topic version.reason", .topic("public"))]),
            Canary("QXpublicSuggestionZ", in: [row("topic suggestion.text", .topic("public"))]),
            Canary("QXpublicTitleZ", in: [row("topic.title", .topic("public"))]),
            Canary("QXpublicGoalZ", in: [row("topic.text", .topic("public"))]),
            Canary("QXpublicUserZ", in: [row("topic.user", .topic("public"))]),
            Canary(
                "613,457", "61.3457",
                in: [row("topic.ceiling", .topic("public"))]),
        ]
    }()

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
        Canary("QXdraftContinuesZ", in: [], authors: ["rival"]),
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
            ("codes that stand on many pages: NominationStories", ["party.disciplines"]),
            (
                "of a rapid response in which something is owed, told to who answers for it: RapidStories",
                ["owed dossier.number", "owed dossier.title", "owed dossier.standing", "owed finding.step"]
            ),
            (
                "seen alike by all officials and by nobody else: DefinitionForceStories",
                [
                    "fact", "programme", "digest", "replaces", "at", "proposer", "grounds", "answer",
                    "settledAt",
                    "settler", "settledReason",
                ].map { "definition proposal.\($0)" }
            ),
            (
                "of one meeting, told to its panel and to officials: MeetingStories",
                [
                    "meeting.title", "meeting.at", "meeting.place", "meeting.state", "meeting.minutes",
                    "meeting member.name", "meeting member.organisation", "meeting member.present",
                    "meeting item.number", "meeting item.title", "meeting item.university",
                    "meeting item.tally",
                    "meeting item.outcome", "meeting item.heardAt", "meeting item.heardUntil",
                    "meeting item.closedAt", "meeting leave.at",
                    "meeting leave.conflict",
                    "meeting leave.reason",
                ]
            ),
            (
                "of one interview, and where it is, told to its candidate too: InterviewStories",
                ["meeting notes.notes", "meeting summons.at", "meeting summons.place"]
            ),
            (
                "of a project with partners, which the city does not have: PartnerStories",
                ["contract partner.terms", "contract partner.endorsedBy", "contract partner.endorsedAt"]
            ),
            (
                "a file that shows an item, which no checklist of the city has: ChecklistStories",
                ["criterion.file"]
            ),
            (
                "numbers that stand on many pages; the reason beside them has one",
                ["quota.verdict", "quota.granted"]
            ),
            (
                "counts, which are numbers that stand on many pages: UnitOutlookStories",
                ["quota", "received", "drafted", "lines"].map { "unit in a call.\($0)" }
            ),
            (
                "as of a review, which has canaries; the words of one have one for officials: ChampionStories",
                [
                    "championing case.expertName", "championing case.expertOrganisation",
                    "championing case.at", "championing case.words",
                ]
            ),
            (
                "a truth value",
                [
                    "person.fullTimeTeacher", "screening.passed", "screening.overturned", "decision.funded",
                    "objection.outcome", "exception.granted", "topic vote.supports",
                    "owed finding.favourable",
                ]
            ),
            (
                "one of a few words that stand on many pages",
                [
                    "dossier.discipline", "dossier.standing", "dossier.stepKind", "dossier.state",
                    "review.grade",
                    "review.advice", "draw entry.outcome", "contract.party", "payment.instalment",
                    "payment.state",
                    "bid.discipline", "bid.willingness",
                    "exception.rule", "exception.decider", "text reuse.relation", "text reuse.verdict",
                    "problem.side", "problem.state", "topic.state",
                    "party.role", "party.state", "statement.outcome", "criterion.state",
                    "appraiser.state", "appraisal.lens", "appraisal.answers",
                    "what-if flip.from", "what-if flip.to", "decision.route", "notice.route",
                    "disagreement.grades", "adoption.extent", "adoption.role",
                ]
            ),
            (
                "a number of one or two digits, or reckoned from such",
                [
                    "dossier.listRank", "dossier.version", "review.points", "ranking.place", "ranking.mean",
                    "ranking.spread", "ranking.reviews", "decision.place", "decision.mean",
                    "exception.fact", "plan pair.score", "text reuse.measure",
                    "appraisal result.result", "appraisal result.sensitivity", "appraisal document.fact",
                ]
            ),
            (
                "a university's name, which is public on many pages",
                [
                    "dossier.universityName", "notice.university", "payment.payee",
                    "plan pair.expertOrganisation", "party.organisation", "endorsed list.university",
                ]
            ),
            ("the call's title, which is public", ["consent.call", "party invitation.call"]),
            ("made by the house, and public once a topic is", ["topic.number", "topic.closedAt"]),
            ("a topic that was chosen is public", ["dossier.topic", "notice.topic"]),
            ("of what was corrected, which the city has none of: AdoptionStories", ["adoption.correctedAt"]),
            ("of a public list that the city has none on: RollStories", ["roll.answers"]),
            (
                "of a public list that invites, which the city does not have: InvitedStories",
                ["name", "organisation", "title", "answers", "agreed"].map { "roll invitation.\($0)" }
            ),
            ("a number of one digit, or reckoned from such", ["topic.version", "topic round.tally"]),
            (
                "its words have canaries; a number is made by the house and opens nothing",
                ["problem.number", "problem.into"]
            ),
            (
                "somebody of the cast, whose name stands on other pages too",
                [
                    "problem.proposer", "topic suggestion.person",
                    "topic member.name",
                    "topic member.organisation", "topic vote.person", "adoption.author",
                ]
            ),
            (
                "the reason of a fact of the dossier; no statement of the city was sent back",
                ["statement.reason"]
            ),
            (
                "the reason of a fact of the dossier; no programme of the city withholds a notice: DirectedStories",
                ["withheld notice.grounds"]
            ),
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
            ("made of rules and of how many of a list", ["endorsed list.verdicts"]),
            (
                "made of rules and sources; what it looks at are the birth and the title, which have canaries",
                [
                    "proposal.verdicts"
                ]
            ),
            (
                "the number on a notice is public; a number that is not stands for dossier.number",
                [
                    "notice.number", "appraisal document.number",
                ]
            ),
        ]
        var found: [String: String] = [:]
        for (reason, rows) in reasons { for row in rows { found[row] = reason } }
        return found
    }()
}
