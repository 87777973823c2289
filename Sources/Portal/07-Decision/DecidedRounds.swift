import Lifecycle
import Store

/// What earlier rounds say of universities: how much of what they put forward was funded, and what reviews gave it.
enum DecidedRounds {
    private struct Round: Decodable, Sendable {
        let id: ID<Call>
        let number: String
        let digest: String
    }

    private struct Row: Decodable, Sendable {
        let university: String
        let putForward: Int
        let funded: Int
        let reviewed: Int
        let hundredths: Int
    }

    static func record(
        of indicator: QuotaIndicator, in earlier: EarlierRounds, _ definitions: Definitions,
        _ store: Transaction
    ) throws -> UnitRecord? {
        switch indicator {
        case .success: try success(earlier, store)
        case .quality: try quality(earlier, definitions, store)
        case .completion: nil
        }
    }

    private static func success(_ earlier: EarlierRounds, _ store: Transaction) throws -> UnitRecord {
        var tallies = Tallies()
        let rounds = try decided(earlier, store)
        for round in rounds {
            for row in try rows(of: round, atLeast: 0, store) {
                tallies.add(
                    row.funded, of: row.putForward, cases: row.putForward, in: round.number,
                    to: row.university)
            }
        }
        return UnitRecord(tallies.readings, otherwise: rounds.isEmpty ? .noRound : .nothingForward)
    }

    /// Points above the worst review there could be, of as many as the best would have: so that rounds reviewed with
    /// different instruments add up.
    private static func quality(
        _ earlier: EarlierRounds, _ definitions: Definitions, _ store: Transaction
    ) throws -> UnitRecord {
        var tallies = Tallies()
        let rounds = try decided(earlier, store)
        for round in rounds {
            guard let programme = try definitions.programme(round.digest, store),
                let review = try Calls.find(round.id, store)?.review(of: programme),
                let worst = review.fewestPoints
            else { continue }
            for row in try rows(of: round, atLeast: worst * 100, store) where row.reviewed > 0 {
                tallies.add(
                    row.hundredths - row.reviewed * worst * 100, of: row.reviewed * review.range * 100,
                    cases: row.reviewed, in: round.number, to: row.university)
            }
        }
        return UnitRecord(tallies.readings, otherwise: rounds.isEmpty ? .noRound : .nothingFunded)
    }

    /// Rounds in which nothing that was put forward waits for its decision any more, newest first: one that is half
    /// decided would count against whoever is decided last.
    private static func decided(_ earlier: EarlierRounds, _ store: Transaction) throws -> [Round] {
        try store.rows(
            """
            SELECT call.id, call.number, call.digest FROM call
            WHERE call.programme = \(earlier.programme) AND call.id <> \(earlier.besides)
              AND call.closes_at < \(earlier.before)
              AND EXISTS (SELECT 1 FROM decision WHERE decision.call = call.id AND decision.at <= \(earlier.before))
              AND NOT EXISTS (
                SELECT 1 FROM application LEFT JOIN decision ON decision.application = application.id
                WHERE application.call = call.id AND application.list_rank IS NOT NULL
                  AND ((decision.application IS NULL AND application.state = 'open')
                    OR (decision.funded AND decision.confirmed_at IS NULL AND decision.overturned_at IS NULL)))
            ORDER BY call.closes_at DESC, call.id LIMIT \(earlier.most)
            """, as: Round.self)
    }

    /// - Parameter least: a mean below it, in hundredths of a point, is that of a proposal that nobody reviewed.
    private static func rows(of round: Round, atLeast least: Int, _ store: Transaction) throws -> [Row] {
        try store.rows(
            """
            SELECT application.university AS university, COUNT(*) AS put_forward,
              COUNT(*) FILTER (WHERE decision.funded AND decision.overturned_at IS NULL) AS funded,
              COUNT(*) FILTER (WHERE decision.funded AND decision.overturned_at IS NULL
                AND decision.mean_hundredths >= \(least)) AS reviewed,
              COALESCE(SUM(decision.mean_hundredths) FILTER (WHERE decision.funded
                AND decision.overturned_at IS NULL AND decision.mean_hundredths >= \(least)), 0) AS hundredths
            FROM application LEFT JOIN decision ON decision.application = application.id
            WHERE application.call = \(round.id) AND application.list_rank IS NOT NULL
            GROUP BY application.university
            """, as: Row.self)
    }

    /// Adds rounds up, university by university.
    private struct Tallies {
        private var all: [String: QuotaTally] = [:]

        mutating func add(_ part: Int, of whole: Int, cases: Int, in round: String, to university: String) {
            let so = all[university] ?? QuotaTally(part: 0, whole: 0)
            all[university] = QuotaTally(
                part: so.part + part, whole: so.whole + whole, cases: so.cases + cases,
                rounds: so.rounds + [round])
        }

        var readings: [String: QuotaReading] { all.mapValues { .counted($0) } }
    }
}
