import Lifecycle
import Store

/// What an applicant's draft has in common with the applicant's own earlier applications and with published texts.
/// Nobody else's application is read for it, so that none can be learnt of (ADR 0016).
enum ReuseOwn {
    struct Found: Sendable {
        let title: String
        let isOwn: Bool
        let measure: ReuseMeasure
        let matches: [ReuseMatch]
        let texts: [String: String]
    }

    static func find(_ open: OpenDraft, _ house: House, _ store: Transaction) throws -> [Found] {
        let parts = open.programme.form.reuseParts(of: open.answers)
        let weights = Dictionary(parts.map { ($0.section, $0.weight) }, uniquingKeysWith: +)
        let templates = try ReuseWork.templates(of: open.draft.call, house.definitions, store)
        let comparing = ReuseComparing(templates: templates)
        struct Own: Decodable, Sendable {
            let id: ID<Application>
            let title: String
        }
        let own = try store.rows(
            """
            SELECT id, title FROM application WHERE owner = \(open.draft.owner) AND id <> \(open.draft.id)
            ORDER BY submitted_at DESC, id
            """, as: Own.self)
        var found: [Found] = []
        for application in own {
            guard let other = try ReuseReading.application(application.id, house.definitions, store) else {
                continue
            }
            let matches = comparing.matches(parts, with: other.parts)
            if !matches.isEmpty {
                found.append(
                    result(matches, application.title, isOwn: true, weights, other.about.weights, other.parts)
                )
            }
        }
        for (title, reading, matches) in try published(parts, open, house, store) {
            found.append(
                result(matches, title, isOwn: false, weights, reading.about.weights, reading.parts))
        }
        return found.sorted { $0.measure.containment > $1.measure.containment }
    }

    private static func result(
        _ matches: [ReuseMatch], _ title: String, isOwn: Bool, _ weights: [String: Int],
        _ others: [String: Int], _ parts: [ReusePart]
    ) -> Found {
        Found(
            title: title, isOwn: isOwn,
            measure: ReuseMeasure(matches, weights: weights, sourceWeights: others), matches: matches,
            texts: Dictionary(parts.map { ($0.section, $0.text) }) { first, _ in first })
    }

    private static func published(
        _ parts: [ReusePart], _ open: OpenDraft, _ house: House, _ store: Transaction
    ) throws -> [(String, ReuseReading, [ReuseMatch])] {
        let folder = ReuseLibrary.publishedFolder(in: house.options.data)
        guard ReuseLibrary.isThere(folder) else { return [] }
        let library = try ReuseLibrary(reading: folder)
        return try library.matches(parts, of: .application(open.draft.id)).compactMap { source, matches in
            // The index may be older than the table: what is no longer published is not shown.
            guard
                let title = try store.value(
                    "SELECT title FROM reuse_archive WHERE id = \(source.id) AND published", as: String.self),
                let reading = try ReuseReading.archive(source.id, store)
            else { return nil }
            return (title, reading, matches)
        }
    }
}

/// `/drafts/{id}/reuse`
struct ReuseOwnPage: Sendable {
    let head: DraftFrame
    let sources: [Source]
    let hasSources: Bool

    struct Source: Sendable {
        let title: String
        let kind: String
        let figures: String
        let passages: [Passage]
    }

    struct Passage: Sendable {
        let section: String
        let mine: String
        let other: String
    }

    init(_ open: OpenDraft, _ found: [ReuseOwn.Found], _ ask: Ask) {
        let words = ask.words
        head = DraftFrame(open, at: "submit", ask)
        let texts = Dictionary(
            open.programme.form.reuseParts(of: open.answers).map {
                ($0.section, Array($0.text.unicodeScalars))
            }
        ) { first, _ in first }
        sources = found.map { item in
            let others = item.texts.mapValues { Array($0.unicodeScalars) }
            return Source(
                title: item.title, kind: words[item.isOwn ? "reuse.own.mine" : "reuse.own.published"],
                figures: words.filled(
                    "reuse.own.figures",
                    [
                        "share": ReuseLine.percent(item.measure.containment),
                        "count": "\(item.measure.passages)",
                    ]),
                passages: item.matches.flatMap { match in
                    match.passages.map {
                        Passage(
                            section: open.programme.form.section(match.section)?.label.text(in: ask.language)
                                ?? "",
                            mine: Self.text(texts[match.section] ?? [], $0.a),
                            other: Self.text(others[match.sourceSection] ?? [], $0.b))
                    }
                })
        }
        hasSources = !sources.isEmpty
    }

    private static func text(_ scalars: [Unicode.Scalar], _ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range.clamped(to: 0..<scalars.count)])
        return String(view)
    }
}
