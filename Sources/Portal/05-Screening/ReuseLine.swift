import Lifecycle
import Store

/// One pair in a list: the other text, how it stands to the application, and how much they share. Nothing of it
/// where the other text is not the viewer's to see, but that it is there.
struct ReuseLine: Sendable {
    let isHidden: Bool
    let href: String
    let number: String
    let title: String
    let about: String
    /// The application itself, in a list of many.
    let mineNumber: String
    let mineTitle: String
    let round: String
    let relation: String
    let relationKind: String
    let share: String
    let reverse: String
    let longest: String
    let passages: String
    let verdict: String
    let verdictKind: String

    init(_ pair: OpenPair, round: Round, _ words: Words.Catalogue) {
        let other = OtherText(pair, words)
        isHidden = false
        href = "/cases/\(pair.mine.id)/reuse/\(pair.record.id)"
        (number, title, about) = (other.number, other.title, other.about)
        mineNumber = pair.mineSeen[DossierSight.number] ?? ""
        mineTitle = pair.mineSeen[DossierSight.title] ?? ""
        self.round = words["reuse.round.\(round.rawValue)"]
        let relation = pair.seen[ReuseSight.relation]
        self.relation = relation.map { words["reuse.relation.\($0.rawValue)"] } ?? ""
        relationKind = relation.map(Self.kind) ?? "neutral"
        let measure = pair.seen[ReuseSight.measure]
        let isLater = pair.record.application == pair.mine.id
        share = measure.map { Self.percent(isLater ? $0.containment : $0.reverse) } ?? ""
        reverse = measure.map { Self.percent(isLater ? $0.reverse : $0.containment) } ?? ""
        longest = measure.map { "\($0.longest)" } ?? ""
        passages = measure.map { "\($0.passages)" } ?? ""
        if let word = pair.seen[ReuseSight.verdict], pair.record.isCurrent {
            verdict = words["reuse.verdict.\(word.rawValue)"]
            verdictKind = Self.kind(word)
        } else {
            verdict = words[pair.record.verdict == nil ? "reuse.verdict.none" : "reuse.verdict.stale"]
            verdictKind = "warn"
        }
    }

    /// The other text is somebody else's to look at.
    init(hiddenFrom mine: OpenCaseSide?, _ words: Words.Catalogue) {
        isHidden = true
        (href, number, title, about) = ("", "", words["reuse.hidden"], "")
        mineNumber = mine?.number ?? ""
        mineTitle = mine?.title ?? ""
        (round, relation, relationKind, share, reverse, longest, passages) = ("", "", "", "", "", "", "")
        (verdict, verdictKind) = ("", "")
    }

    /// What a list of many shows of the application whose other side is hidden.
    struct OpenCaseSide: Sendable {
        let number: String
        let title: String
    }

    static func percent(_ parts: Int) -> String { "\(parts / 100).\(parts / 10 % 10)%" }

    static func kind(_ relation: ReuseRelation) -> String {
        switch relation {
        case .declaredContinuation, .sameApplicant, .sameTeam: "muted"
        case .differentPeople: "warn"
        case .crossUniversity: "bad"
        case .archive: "info"
        }
    }

    static func kind(_ verdict: ReuseVerdict) -> String {
        switch verdict {
        case .noIssue: "good"
        case .tolerated: "info"
        case .examine: "bad"
        }
    }

    /// Where the other text comes from.
    enum Round: String, Sendable {
        case this
        case earlier
        case funded
        case archive

        static func of(_ pair: OpenPair, _ store: Transaction) throws -> Round {
            switch pair.other {
            case .archive: return .archive
            case .application(let other, _):
                if try ReuseQueries.isFunded(other.id, store) { return .funded }
                return other.call == pair.mine.call ? .this : .earlier
            }
        }
    }
}

/// The other text's name.
struct OtherText: Sendable {
    let number: String
    let title: String
    let about: String
    /// Nil for a text of the archive.
    let href: String?

    init(_ pair: OpenPair, _ words: Words.Catalogue) {
        switch pair.other {
        case .application(let record, let seen):
            number = seen[DossierSight.number] ?? ""
            title = seen[DossierSight.title] ?? ""
            about = [seen[DossierSight.ownerName], seen[DossierSight.universityName]].compactMap(\.self)
                .joined(separator: " · ")
            href = "/cases/\(record.id)/reuse"
        case .archive(let seen):
            number = ""
            title = seen[ReuseSight.title] ?? ""
            about = words["reuse.round.archive"]
            href = nil
        }
    }
}
