import Foundation
package import Lifecycle
package import Store

extension Subject {
    /// The quota of one university in one call.
    package static func quota(_ call: ID<Call>, of university: ID<Organisation>) -> Subject {
        Subject(kind: "quota", id: "\(call)-\(university)")
    }
}

/// On what ground a university's quota stands: the newest fact about it. Derived from the journal alone; there is no
/// table of it.
package struct QuotaGround: Sendable, Encodable {
    package let body: QuotaSet
    /// Why it is not the formula's; what stands in for it where it was erased.
    package let reason: String?

    package static func find(_ call: ID<Call>, of university: ID<Organisation>, _ store: Transaction) throws
        -> QuotaGround?
    {
        let subject = Subject.quota(call, of: university)
        guard
            let number = try store.value(
                """
                SELECT number FROM fact WHERE subject_kind = \(subject.kind) AND subject_id = \(subject.id)
                  AND kind = 'quota.set' ORDER BY number DESC LIMIT 1
                """, as: Int64.self), let row = try JournalRow.find(number, store),
            let text = row.body
        else { return nil }
        return QuotaGround(
            body: try JSONDecoder().decode(QuotaSet.self, from: Data(text.utf8)),
            reason: row.fact.reason?.text)
    }
}

extension QuotaGround {
    /// A title, the working line by line, and the reason where the quota departs: for the terminal.
    package func explained(_ words: Words.Catalogue) -> [String] {
        let working = QuotaWorking(body.verdict, words)
        var lines = ["\(words["quota.groundOf"]) \(body.granted)"]
        lines += working.lines.map { "    \($0.name) \($0.change)  \($0.reading)" }
        lines.append("    \(([working.sum] + working.limits).joined(separator: " · "))")
        lines.append("    \(words["quota.column.result"]) \(working.quota)")
        if body.departs { lines.append("    \(words["quota.reason"]) \(reason ?? words["quota.noReason"])") }
        return lines
    }
}

/// Who sees on what ground a quota stands: the university whose it is, and officials. No university sees another's.
package enum QuotaSight {
    private static let readers: Set<Relation> = [
        .researchOffice, .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]

    static let verdict = Field<QuotaGround, QuotaVerdict>("verdict", seenBy: readers) { $0.body.verdict }
    static let granted = Field<QuotaGround, Int>("granted", seenBy: readers) { $0.body.granted }
    static let reason = Field<QuotaGround, String?>("reason", seenBy: readers) { $0.reason }

    package static let rows = [
        SightRow("quota", verdict), SightRow("quota", granted), SightRow("quota", reason),
    ]
}
