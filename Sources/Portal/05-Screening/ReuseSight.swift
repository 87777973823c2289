import Lifecycle
import Store

/// Two texts with passages in common, and the last word on them.
struct ReusePairRecord: Sendable, Decodable {
    let id: String
    let application: ID<Application>
    let submission: Int64
    let sourceKind: ReuseSource.Kind
    let source: String
    let sourceSubmission: Int64
    let relation: ReuseRelation
    let containment: Int
    let reverse: Int
    let longest: Int
    let passages: Int
    let verdict: ReuseVerdict?
    let verdictSubmission: Int64?
    let verdictSourceSubmission: Int64?
    let verdictAt: Instant?
    let verdictFact: Int64?
    let officerName: String?
    let reason: String?

    static let columns: SQL = """
        reuse_pair.id AS id, reuse_pair.application AS application, reuse_pair.submission AS submission,
        reuse_pair.source_kind AS source_kind, reuse_pair.source AS source,
        reuse_pair.source_submission AS source_submission, reuse_pair.relation AS relation,
        reuse_pair.containment AS containment, reuse_pair.reverse AS reverse, reuse_pair.longest AS longest,
        reuse_pair.passages AS passages, reuse_verdict.verdict AS verdict,
        reuse_verdict.submission AS verdict_submission,
        reuse_verdict.source_submission AS verdict_source_submission, reuse_verdict.at AS verdict_at,
        reuse_verdict.fact AS verdict_fact, officer.name AS officer_name, reuse_verdict.reason AS reason
        """
    static let joins: SQL = """
        LEFT JOIN reuse_verdict ON reuse_verdict.pair = reuse_pair.id
        LEFT JOIN person AS officer ON officer.id = reuse_verdict.officer
        """

    /// The word was given on these very texts; either may have been handed in anew since.
    var isCurrent: Bool {
        verdictSubmission == submission && verdictSourceSubmission == sourceSubmission
    }

    var measure: ReuseMeasure {
        ReuseMeasure(containment: containment, reverse: reverse, longest: longest, passages: passages)
    }

    /// The side that is not `mine`.
    func other(than mine: ID<Application>) -> ReuseSource {
        application == mine ? ReuseSource(sourceKind, source) : .application(application)
    }

    /// Ten-thousandths of `mine` that stand in the other text, and the reverse.
    func shares(of mine: ID<Application>) -> (mine: Int, other: Int) {
        application == mine ? (containment, reverse) : (reverse, containment)
    }
}

/// A text of the archive, as officials see it. Lists leave the words out.
struct ArchivedRecord: Sendable, Decodable {
    let id: String
    let title: String
    let text: String
}

/// Who sees what two texts have in common: officials who may see both, and nobody else. An applicant, a university
/// or an expert would learn from it what others handed in, or that they did.
enum ReuseSight {
    static let readers: Set<Relation> = [.programmeOfficer, .commissionLeader, .integrity, .auditor]

    static let relation = Field<ReusePairRecord, ReuseRelation>("relation", seenBy: readers) { $0.relation }
    static let measure = Field<ReusePairRecord, ReuseMeasure>("measure", seenBy: readers) { $0.measure }
    static let verdict = Field<ReusePairRecord, ReuseVerdict?>("verdict", seenBy: readers) { $0.verdict }
    static let at = Field<ReusePairRecord, Instant?>("at", seenBy: readers) { $0.verdictAt }
    static let officer = Field<ReusePairRecord, String?>("officer", seenBy: readers) { $0.officerName }
    static let reason = Field<ReusePairRecord, String?>("reason", seenBy: readers) { $0.reason }
    static let title = Field<ArchivedRecord, String>("title", seenBy: readers) { $0.title }
    static let text = Field<ArchivedRecord, String>("text", seenBy: readers) { $0.text }

    static let rows = [
        SightRow("text reuse", relation), SightRow("text reuse", measure), SightRow("text reuse", verdict),
        SightRow("text reuse", at), SightRow("text reuse", officer), SightRow("text reuse", reason),
        SightRow("archived text", title), SightRow("archived text", text),
    ]

    /// The fact that an officer gave a word: whole for who oversees the house and may see both texts, known to
    /// other officials who may, nothing for everybody else.
    static func view(_ store: Transaction, _ viewer: Viewer, _ fact: Fact) throws -> FactView? {
        guard fact.subject.kind == "reuse" else { return nil }
        guard
            let record = try ReuseQueries.pair(fact.subject.id, store),
            let pair = try OpenPair.find(record, from: record.application, for: viewer, store)
        else { return .nothing }
        return pair.seen.relations.isDisjoint(with: [.integrity, .auditor]) ? .known : .whole
    }
}

/// A pair of texts as somebody sees it who may see both.
struct OpenPair: Sendable {
    enum Other: Sendable {
        case application(DossierRecord, Seen<DossierRecord>)
        case archive(Seen<ArchivedRecord>)
    }

    let record: ReusePairRecord
    let mine: DossierRecord
    let mineSeen: Seen<DossierRecord>
    let other: Other
    /// What the viewer is to both.
    let seen: Seen<ReusePairRecord>

    var mayJudge: Bool { seen.relations.contains(.programmeOfficer) }

    /// Nil where one of the two is not this viewer's to see.
    ///
    /// - Parameter mine: the side from which it is looked at.
    static func find(
        _ record: ReusePairRecord, from mine: ID<Application>, for viewer: Viewer, _ store: Transaction
    ) throws -> OpenPair? {
        guard let (dossier, seen) = try Self.dossier(mine, for: viewer, store) else { return nil }
        let source = record.other(than: mine)
        guard let application = source.application else {
            guard
                let archived = try store.row(
                    "SELECT id, title, '' AS text FROM reuse_archive WHERE id = \(source.id)",
                    as: ArchivedRecord.self)
            else { return nil }
            return OpenPair(
                record: record, mine: dossier, mineSeen: seen,
                other: .archive(Seen(archived, as: seen.relations)), seen: Seen(record, as: seen.relations))
        }
        guard let (other, otherSeen) = try Self.dossier(application, for: viewer, store) else { return nil }
        let both = seen.relations.intersection(otherSeen.relations).intersection(ReuseSight.readers)
        guard !both.isEmpty else { return nil }
        return OpenPair(
            record: record, mine: dossier, mineSeen: seen, other: .application(other, otherSeen),
            seen: Seen(record, as: both))
    }

    private static func dossier(
        _ id: ID<Application>, for viewer: Viewer, _ store: Transaction
    ) throws -> (DossierRecord, Seen<DossierRecord>)? {
        do {
            let found = try DossierSight.find(id, for: viewer, store)
            return found.seen.relations.isDisjoint(with: ReuseSight.readers) ? nil : found
        } catch is Missing {
            return nil
        }
    }
}
