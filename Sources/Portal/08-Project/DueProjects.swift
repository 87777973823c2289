import Lifecycle
import Store

/// Projects whose term is over, by university. That they were concluded, and when, is no fact of the house yet: where
/// terms are over, how many were concluded in time is not known, and is said not to be.
enum DueProjects {
    static func record(of indicator: QuotaIndicator, in earlier: EarlierRounds, _ store: Transaction) throws
        -> UnitRecord?
    {
        guard indicator == .completion else { return nil }
        let bodies = try store.values(
            """
            SELECT body FROM call WHERE programme = \(earlier.programme) AND id <> \(earlier.besides)
              AND closes_at < \(earlier.before) ORDER BY closes_at DESC, id
            """, as: String.self)
        let over = try bodies.map(Calls.decode).filter { call in
            call.projectEnd.map { $0 < earlier.before.day } ?? false
        }.prefix(earlier.most)
        var readings: [String: QuotaReading] = [:]
        for call in over {
            let universities = try store.values(
                """
                SELECT DISTINCT university FROM application WHERE call = \(call.id) AND EXISTS (
                  SELECT 1 FROM contract WHERE contract.application = application.id
                    AND contract.agreed_at IS NOT NULL)
                """, as: String.self)
            for university in universities { readings[university] = .unknown(.notRecorded) }
        }
        return UnitRecord(readings, otherwise: .nothingDue)
    }
}
