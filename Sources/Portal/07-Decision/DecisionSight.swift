package import Lifecycle
package import Store

/// One row of a round's ranking.
package struct RankingRecord: Sendable {
    package let place: Int
    package let meanText: String
    package let spread: Int
    /// Points of each review, with its grade; no names.
    package let reviews: [String]
}

/// What was decided on one application.
package struct DecisionRecord: Sendable, Decodable {
    package let application: ID<Application>
    package let fact: Int64
    package let at: Instant
    package let funded: Bool
    package let amount: Money
    package let place: Int
    package let meanHundredths: Int
    package let departure: String?
    package let confirmedAt: Instant?
    package let overturnedAt: Instant?
    /// How it was chosen otherwise than by the ranking; see ``Selection/Route/Kind``.
    package let route: String?

    package static let columns: SQL = """
        decision.application, decision.fact, decision.at, decision.funded, decision.amount, decision.place,
        decision.mean_hundredths, decision.departure, decision.confirmed_at, decision.overturned_at, decision.route
        """
}

/// An objection with what the objector wrote.
package struct ObjectionRecord: Sendable, Decodable {
    package let id: ID<Objection>
    package let application: ID<Application>
    package let filedAt: Instant
    package let dueAt: Instant
    package let answeredAt: Instant?
    package let upheld: Bool?
    package let answer: String?

    package static let columns: SQL = """
        objection.id, objection.application, objection.filed_at, objection.due_at, objection.answered_at,
        objection.upheld, objection.answer
        """
}

/// A decision that was not put on public notice.
package struct WithheldRecord: Sendable, Decodable {
    package let at: Instant
    package let grounds: String
}

/// Who sees which part of a ranking, a decision, a notice and an objection.
package enum DecisionSight {
    static let officials: Set<Relation> = [.programmeOfficer, .commissionLeader, .integrity, .auditor]
    private static let parties: Set<Relation> = [.owner, .teamMember, .researchOffice]

    // The ranking compares applicants: it stays with those who decide and those who check.
    package static let place = Field<RankingRecord, Int>("place", seenBy: officials) { $0.place }
    package static let mean = Field<RankingRecord, String>("mean", seenBy: officials) { $0.meanText }
    package static let spread = Field<RankingRecord, Int>("spread", seenBy: officials) { $0.spread }
    package static let reviews = Field<RankingRecord, [String]>("reviews", seenBy: officials) { $0.reviews }

    package static let funded = Field<DecisionRecord, Bool>(
        "funded", seenBy: officials.union(parties)
    ) { $0.funded }
    package static let amount = Field<DecisionRecord, Money>(
        "amount", seenBy: officials.union(parties)
    ) { $0.amount }
    package static let reason = Field<DecisionRecord, String?>(
        "reason", seenBy: officials.union(parties)
    ) { $0.departure }
    package static let route = Field<DecisionRecord, String?>(
        "route", seenBy: officials.union(parties)
    ) { $0.route }
    package static let decidedPlace = Field<DecisionRecord, Int>("place", seenBy: officials) { $0.place }
    package static let ownMean = Field<DecisionRecord, Int>(
        "mean", seenBy: officials.union([.owner, .researchOffice])
    ) { $0.meanHundredths }

    package static let grounds = Field<WithheldRecord, String>(
        "grounds", seenBy: officials.union(parties)
    ) { $0.grounds }

    // Who objects is known to the officer who has to answer and to integrity, to nobody else.
    package static let objector = Field<ObjectionStated, String>(
        "objector", seenBy: [.programmeOfficer, .integrity], isNoted: true
    ) { $0.name }
    package static let contact = Field<ObjectionStated, String>(
        "contact", seenBy: [.programmeOfficer, .integrity], isNoted: true
    ) { $0.contact }
    package static let objectionText = Field<ObjectionStated, String>(
        "text", seenBy: officials, isNoted: true
    ) { $0.text }
    package static let evidence = Field<EvidenceAttached, [AttachmentReference]>(
        "evidence", seenBy: objectionText.seenBy, isNoted: true
    ) { $0.attachments }
    package static let objectionOutcome = Field<ObjectionRecord, Bool?>(
        "outcome", seenBy: officials.union(parties)
    ) { $0.upheld }
    package static let objectionAnswer = Field<ObjectionRecord, String?>("answer", seenBy: officials) {
        $0.answer
    }

    package static let rows =
        [
            SightRow("ranking", place), SightRow("ranking", mean), SightRow("ranking", spread),
            SightRow("ranking", reviews), SightRow("decision", funded), SightRow("decision", amount),
            SightRow("decision", reason), SightRow("decision", route), SightRow("decision", decidedPlace),
            SightRow("decision", ownMean),
            SightRow("withheld notice", grounds),
            SightRow("objection", objector), SightRow("objection", contact),
            SightRow("objection", objectionText), SightRow("objection", evidence),
            SightRow("objection", objectionOutcome), SightRow("objection", objectionAnswer),
        ] + NoticeSight.rows
}

/// One line of a public list.
package struct NoticeLine: Sendable, Decodable {
    package let application: ID<Application>
    package let number: String
    package let title: String
    package let ownerName: String
    package let universityName: String
    package let amount: Money
    package let overturned: Bool
    /// As ``DecisionRecord/route``.
    package let route: String?
    /// What it bid for; nil where its call let no topics.
    package let topic: ID<Topic>?

    /// Of `application` joined with `decision`.
    package static let columns: SQL = """
        application.id AS application, application.number, application.title, application.owner_name,
        application.university_name, decision.amount,
        CASE WHEN decision.overturned_at IS NULL THEN 0 ELSE 1 END AS overturned, decision.route,
        NULLIF(application.topic, '') AS topic
        """
}

/// What a public notice says of each application, to anybody.
package enum NoticeSight {
    package static let number = Field<NoticeLine, String>("number", seenBy: [.anyone]) { $0.number }
    package static let title = Field<NoticeLine, String>("title", seenBy: [.anyone]) { $0.title }
    package static let applicant = Field<NoticeLine, String>("applicant", seenBy: [.anyone]) { $0.ownerName }
    package static let university = Field<NoticeLine, String>("university", seenBy: [.anyone]) {
        $0.universityName
    }
    package static let amount = Field<NoticeLine, Money>("amount", seenBy: [.anyone]) { $0.amount }
    package static let route = Field<NoticeLine, String?>("route", seenBy: [.anyone]) { $0.route }
    /// A topic that a call lets is published.
    package static let topic = Field<NoticeLine, ID<Topic>?>("topic", seenBy: [.anyone]) { $0.topic }

    package static let rows = [
        SightRow("notice", number), SightRow("notice", title), SightRow("notice", applicant),
        SightRow("notice", university), SightRow("notice", amount), SightRow("notice", route),
        SightRow("notice", topic),
    ]
}
