import Crypto
import Foundation
import Lifecycle
import Store

/// A pair of texts with what they have in common, seen from the one that was handed in later.
struct FoundPair: Sendable {
    let id: String
    let application: ReuseAbout
    let source: ReuseAbout
    let relation: ReuseRelation
    let measure: ReuseMeasure
    let matches: [ReuseMatch]

    /// - Parameter matches: seen from `one`.
    init?(_ one: ReuseAbout, _ other: ReuseAbout, _ matches: [ReuseMatch]) {
        let isTurned = other.isLater(than: one)
        let (later, earlier) = isTurned ? (other, one) : (one, other)
        guard let application = later.source.application, let side = later.side else { return nil }
        let seen = isTurned ? matches.map(\.turned) : matches
        self.application = later
        source = earlier
        id = Self.id(application, earlier.source)
        relation = earlier.side.map { ReuseRelation(side, $0) } ?? .archive
        measure = ReuseMeasure(seen, weights: later.weights, sourceWeights: earlier.weights)
        self.matches = seen.sorted {
            ($0.containment, $0.longest, $1.section, $1.sourceSection)
                > ($1.containment, $1.longest, $0.section, $0.sourceSection)
        }
    }

    /// The same however often, and on whichever machine, the two are compared.
    static func id(_ application: ID<Application>, _ source: ReuseSource) -> String {
        let name = "\(application.rawValue)\n\(source.kind.rawValue)\n\(source.id)"
        return String(Canonical.hex(SHA256.hash(data: Data(name.utf8))).prefix(16))
    }
}

/// What was found, in the tables that pages read.
enum ReuseFindings {
    /// Puts what was found for one application in place of all that was known of it.
    ///
    /// - Parameter texts: how many other texts it was compared with.
    static func replace(
        _ application: ReuseAbout, _ pairs: [FoundPair], _ files: [ReuseFile], texts: Int, at now: Instant,
        _ store: Transaction
    ) throws {
        guard let id = application.source.application else { return }
        try forget(id, store)
        for pair in pairs { try put(pair, at: now, store) }
        try put(files, of: id, store)
        try put(application, texts: texts, at: now, store)
    }

    private static func forget(_ id: ID<Application>, _ store: Transaction) throws {
        let mine: SQL = "application = \(id)"
        let theirs: SQL = "source = \(id) AND source_kind = 'application'"
        for condition in [mine, theirs] {
            try store.run(
                "DELETE FROM reuse_part WHERE pair IN (SELECT id FROM reuse_pair WHERE \(sql: condition))")
            try store.run("DELETE FROM reuse_pair WHERE \(sql: condition)")
        }
    }

    static func put(_ pair: FoundPair, at now: Instant, _ store: Transaction) throws {
        try store.run(
            """
            INSERT INTO reuse_pair (id, application, call, submission, source_kind, source, source_submission,
              relation, containment, reverse, longest, passages, found_at)
            VALUES (\(pair.id), \(pair.application.source.id), \(pair.application.call),
              \(pair.application.submission), \(pair.source.source.kind), \(pair.source.source.id),
              \(pair.source.submission), \(pair.relation), \(pair.measure.containment),
              \(pair.measure.reverse), \(pair.measure.longest), \(pair.measure.passages), \(now))
            ON CONFLICT (id) DO UPDATE SET submission = excluded.submission,
              source_submission = excluded.source_submission, relation = excluded.relation,
              containment = excluded.containment, reverse = excluded.reverse, longest = excluded.longest,
              passages = excluded.passages, found_at = excluded.found_at
            """)
        try store.run("DELETE FROM reuse_part WHERE pair = \(pair.id)")
        for (place, match) in pair.matches.enumerated() {
            try store.run(
                """
                INSERT INTO reuse_part (pair, place, section, source_section, containment, reverse, longest,
                  passages)
                VALUES (\(pair.id), \(place), \(match.section), \(match.sourceSection),
                  \(parts(match.containment)), \(parts(match.reverse)), \(match.longest),
                  \(try text(match.passages)))
                """)
        }
    }

    static func put(_ files: [ReuseFile], of id: ID<Application>, _ store: Transaction) throws {
        try store.run("DELETE FROM reuse_file WHERE application = \(id)")
        for file in files {
            try store.run(
                """
                INSERT INTO reuse_file (application, hash, problem, text)
                VALUES (\(id), \(file.hash), \(file.problem), \(file.text)) ON CONFLICT DO NOTHING
                """)
        }
    }

    static func put(_ about: ReuseAbout, texts: Int, at now: Instant, _ store: Transaction) throws {
        try store.run(
            """
            INSERT INTO reuse_check (application, submission, at, texts)
            VALUES (\(about.source.id), \(about.submission), \(now), \(texts))
            ON CONFLICT (application) DO UPDATE SET submission = excluded.submission, at = excluded.at,
              texts = excluded.texts
            """)
    }

    /// Takes away what an earlier reading found and the one of `now` did not.
    static func forgetAll(but now: Instant, _ store: Transaction) throws {
        try store.run(
            "DELETE FROM reuse_part WHERE pair IN (SELECT id FROM reuse_pair WHERE found_at <> \(now))")
        try store.run("DELETE FROM reuse_pair WHERE found_at <> \(now)")
    }

    private static func parts(_ share: Double) -> Int { Int((share * 10_000).rounded()) }

    private static func text(_ passages: [ReuseMatch.Passage]) throws -> String {
        let numbers = passages.map { [$0.a.lowerBound, $0.a.upperBound, $0.b.lowerBound, $0.b.upperBound] }
        return String(decoding: try JSONEncoder().encode(numbers), as: UTF8.self)
    }

    static func passages(_ text: String) throws -> [ReuseMatch.Passage] {
        try JSONDecoder().decode([[Int]].self, from: Data(text.utf8)).compactMap { numbers in
            guard numbers.count == 4, 0 <= numbers[0], numbers[0] < numbers[1], 0 <= numbers[2],
                numbers[2] < numbers[3]
            else { return nil }
            return ReuseMatch.Passage(a: numbers[0]..<numbers[1], b: numbers[2]..<numbers[3])
        }
    }
}

extension ReuseSource.Kind: SQLBindable {}
extension ReuseRelation: SQLBindable {}
extension ReuseVerdict: SQLBindable {}
