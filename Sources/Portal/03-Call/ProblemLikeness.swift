import Lifecycle
import Store
import TextReuse

/// Problems that speak of what one speaks of: by rare terms they share, and by passages that stand in both.
struct LikeProblem: Sendable {
    let record: ProblemRecord
    /// What both say, longest first.
    let shared: [String]
    /// Passages in common, and characters of the longest.
    let passages: Int
    let longest: Int
}

enum ProblemLikeness {
    static let most = 10
    /// The rarest terms lead; what hundreds share tells no two apart.
    private static let leading = 80
    private static let compared = 30
    /// Below it two problems share a word or two, and no subject.
    private static let leastWeight = 12
    /// Characters in a row that are more than a turn of phrase.
    private static let passage = 16

    /// - Parameter problem: the one to compare the others with; its own words must be this viewer's to see.
    static func of(_ problem: ProblemRecord, _ store: Transaction) throws -> [LikeProblem] {
        let text = Self.text(of: problem)
        let terms = Likeness.terms(of: text)
        let all =
            try store.value(
                "SELECT COUNT(*) FROM problem WHERE at <= \(Instant(milliseconds: .max))", as: Int.self) ?? 0
        struct Held: Decodable, Sendable {
            let term: String
            let holders: Int
        }
        let held = try store.rows(
            """
            SELECT term, COUNT(*) AS holders FROM problem_term WHERE term IN \(list: terms.sorted())
            GROUP BY term
            """, as: Held.self
        ).filter { $0.holders > 1 && Likeness.weight($0.holders, of: all) > 0 }
            .sorted { ($0.holders, $0.term) < ($1.holders, $1.term) }.prefix(leading)
        struct Hit: Decodable, Sendable {
            let problem: ID<Problem>
            let term: String
        }
        let hits = try store.rows(
            """
            SELECT problem, term FROM problem_term WHERE term IN \(list: held.map(\.term))
              AND problem <> \(problem.id)
            """, as: Hit.self)
        let weights = Dictionary(
            uniqueKeysWithValues: held.map { ($0.term, Likeness.weight($0.holders, of: all)) })
        var shared: [ID<Problem>: Set<String>] = [:]
        for hit in hits { shared[hit.problem, default: []].insert(hit.term) }
        let best = shared.map { id, terms in
            (id: id, weight: terms.reduce(0) { $0 + weights[$1, default: 0] })
        }.filter { $0.weight >= leastWeight }
            .sorted { ($1.weight, $0.id.rawValue) < ($0.weight, $1.id.rawValue) }.prefix(compared)
        let records = Dictionary(
            uniqueKeysWithValues: try ProblemQueries.some(best.map(\.id), store).map { ($0.id, $0) })
        let comparison = Comparison(sharing: Sharing(minSpan: passage), sampling: .close)
        return Array(
            best.compactMap { hit -> LikeProblem? in
                guard let record = records[hit.id] else { return nil }
                let overlap = compare(comparison, text, Self.text(of: record))
                return LikeProblem(
                    record: record,
                    shared: Likeness.runs(in: text, sharing: shared[hit.id] ?? [], most: 8),
                    passages: overlap?.spans.count ?? 0, longest: overlap?.longest ?? 0)
            }.prefix(most))
    }

    private static func compare(_ comparison: Comparison, _ one: String, _ other: String) -> Overlap? {
        Array(one.utf8).withUnsafeBytes { a in
            Array(other.utf8).withUnsafeBytes { b in comparison(a, b) }
        }
    }

    private static func text(of problem: ProblemRecord) -> String {
        problem.answers.filter { [.line, .prose, .keywords].contains($0.kind) }.map(\.value)
            .joined(separator: "\n")
    }
}
