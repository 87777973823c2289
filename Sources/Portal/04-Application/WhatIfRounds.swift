import Foundation
package import Lifecycle
package import Store

/// Reads what a closed round's eligibility rested on, from the submissions as they were received.
package enum WhatIfRounds {
    private struct Row: Decodable, Sendable {
        let number: String
        let university: String
        let universityName: String
        let born: Day?
        let listRank: Int?
        let body: String?
    }

    /// What is asked of a submission's body; the rest is not looked at.
    private struct Submitted: Decodable {
        struct Inner: Decodable {
            let considered: Applicant?
            let verdicts: [Verdict]
        }
        let application: Inner
    }

    /// - Throws: ``Refused`` while the call still takes applications.
    package static func round(of call: Call, at now: Instant, _ store: Transaction) throws -> RecordedRound {
        guard call.phase(at: now) == .closed else {
            throw Refused("what-if.open", ["closes": call.closes.text])
        }
        let rows = try store.rows(
            """
            SELECT application.number, application.university, application.university_name, application.born,
              application.list_rank, payload.body FROM application
            LEFT JOIN payload ON payload.number = application.fact
            WHERE application.call = \(call.id)
              AND NOT EXISTS (SELECT 1 FROM fact WHERE fact.subject_kind = 'application'
                AND fact.subject_id = application.id AND fact.kind = 'application.withdrawn')
            ORDER BY application.number
            """, as: Row.self)
        let decoder = JSONDecoder()
        return RecordedRound(
            number: call.number, title: call.title, programme: call.programme,
            year: call.year, rulesDay: call.rulesDay, settings: call.settings, quotas: call.quotas,
            entries: try rows.map { row in
                // Of an erased submission nothing is left to judge but what the list says.
                let inner = try row.body.map {
                    try decoder.decode(Submitted.self, from: Data($0.utf8)).application
                }
                return RecordedRound.Entry(
                    number: row.number, university: row.university, universityName: row.universityName,
                    considered: inner?.considered?.nameless, born: row.born, rank: row.listRank,
                    recorded: Dictionary(
                        (inner?.verdicts ?? []).map { ($0.rule, $0.result) },
                        uniquingKeysWith: { first, _ in first }))
            })
    }

    /// Whether an application of the call is kept from the viewer: a round is read whole or not at all.
    static func isBarred(_ viewer: Viewer, from call: ID<Call>, _ store: Transaction) throws -> Bool {
        guard let free = try CaseScope(viewer, store).condition else { return false }
        return try store.value(
            "SELECT 1 FROM application WHERE call = \(call) AND NOT (\(sql: free)) LIMIT 1", as: Int.self)
            != nil
    }
}

extension Applicant {
    /// The same without whose record it is.
    fileprivate var nameless: Applicant {
        var copy = self
        copy.record = record?.map {
            TrackRecord(
                person: ID(""), kind: $0.kind, family: $0.family, level: $0.level, title: "", from: $0.from,
                until: $0.until)
        }
        return copy
    }
}
