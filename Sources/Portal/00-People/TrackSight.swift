import Lifecycle

/// Who sees what was entered into somebody's record: those who judge by it, those who check, and the person. What
/// decisions of this house left behind is not here; it is read where the decision is.
enum TrackSight {
    static let readers: Set<Relation> = [.programmeOfficer, .integrity, .auditor, .owner]

    static let entry = Field<TrackEntry, TrackRecord>("entry", seenBy: readers) { $0.record }
    static let source = Field<TrackEntry, String?>("source", seenBy: readers) { $0.source }
    static let known = Field<KnownEntry, KnownPast>("known", seenBy: readers) { $0.known }
    static let knownSource = Field<KnownEntry, String>("source", seenBy: readers) { $0.source }

    static let rows = [
        SightRow("track record", entry), SightRow("track record", source), SightRow("known past", known),
        SightRow("known past", knownSource),
    ]
}

/// Entries of a record in words, for whom they are for.
struct TrackLines: Sendable {
    struct Line: Sendable {
        let kind: String
        let title: String
        /// Family and level, or the level alone.
        let scope: String
        let period: String
        let source: String
        let href: String
        let label: String
    }

    struct Known: Sendable {
        let scope: String
        let kinds: String
        let since: String
        let source: String
        let action: String
        let label: String
    }

    let entries: [Line]
    let isEmpty: Bool
    let known: [Known]
    let isUnknown: Bool

    /// - Parameters:
    ///   - correct: where an entry is put right.
    ///   - withdraw: where a word on how far records go is taken back.
    init(
        _ entries: [TrackEntry], _ known: [KnownEntry], as relations: Set<Relation>,
        _ words: Words.Catalogue, correct: (Int64) -> String = { _ in "" },
        withdraw: (Int64) -> String = { _ in "" }
    ) {
        self.entries = entries.compactMap { entry in
            let seen = Seen(entry, as: relations)
            guard let record = seen[TrackSight.entry] else { return nil }
            let open = record.kind == .barred ? "track.for-life" : "track.running"
            return Line(
                kind: words["track.kind.\(record.kind.rawValue)"], title: record.title,
                scope: [record.family, words["track.level.\(record.level.rawValue)"]].filter { !$0.isEmpty }
                    .joined(separator: " · "),
                period: "\(record.from) — \(record.until?.text ?? words[open])",
                source: (seen[TrackSight.source] ?? nil) ?? words["track.no-source"],
                href: correct(entry.fact), label: "\(words["track.correct"])：\(record.title)")
        }
        isEmpty = self.entries.isEmpty
        self.known = known.compactMap { entry in
            let seen = Seen(entry, as: relations)
            guard let known = seen[TrackSight.known] else { return nil }
            let scope =
                switch known.scope {
                case .family(let family): words.filled("track.of-family", ["family": family])
                case .level(let level):
                    words.filled("track.of-level", ["level": words["track.level.\(level.rawValue)"]])
                }
            return Known(
                scope: scope,
                kinds: known.kinds.map { words["track.kind.\($0.rawValue)"] }.joined(
                    separator: words["track.and"]),
                since: known.since?.text ?? words["track.always"], source: seen[TrackSight.knownSource] ?? "",
                action: withdraw(entry.fact),
                label: "\(words["track.withdraw"])：\(scope)")
        }
        isUnknown = self.known.isEmpty
    }
}
