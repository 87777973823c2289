import Foundation
import Lifecycle
import Store

/// Writing a review: draft, look once more, submit.
enum WritingRoutes {
    /// What one needs to show the form.
    private struct Desk: Sendable {
        let record: AssignmentRecord
        let open: OpenCase
        let application: Application
        let draft: ReviewDraft?
        let earlier: [String: String]
    }

    private static func opened(_ ask: Ask, _ store: Transaction) throws -> Desk {
        let expert = try ask.signedIn()
        let record = try ReviewActs.mine(ask.id("assignment"), expert, store)
        guard record.state == .accepted else { throw Refused("review.not-accepted") }
        let open = try OpenCase.find(record.application, for: ask.viewer, as: [.expert], ask.house, store)
        guard let application = try ApplicationSubmitted.find(fact: open.record.fact, store)?.application
        else { throw Missing() }
        let draft = try ReviewDrafts.find(record.id, store)
        return Desk(
            record: record, open: open, application: application, draft: draft,
            earlier: draft == nil && record.sentBack != nil ? try earlier(record, store) : [:])
    }

    /// What was submitted before it was sent back, so that the expert need not type it again.
    private static func earlier(_ record: AssignmentRecord, _ store: Transaction) throws -> [String: String] {
        let texts = try store.values(
            """
            SELECT payload.body FROM fact JOIN payload ON payload.number = fact.number
            WHERE fact.subject_kind = 'application' AND fact.subject_id = \(record.application)
              AND fact.kind = \(ReviewSubmitted.kind) AND fact.actor = \(record.expert)
            ORDER BY fact.number DESC LIMIT 1
            """, as: String.self)
        guard let text = texts.first else { return [:] }
        let review = try JSONDecoder().decode(ReviewSubmitted.self, from: Data(text.utf8)).review
        var answers = ["grade": review.grade, "advice": review.advice, "comment": review.comment]
        for (id, comment) in review.comments { answers["comment-\(id)"] = comment }
        return answers
    }

    static func write(_ ask: Ask, _ record: AssignmentRecord) async throws -> Answer {
        let desk = try await ask.read { store in try opened(ask, store) }
        try await desk.open.note(.proposal, of: ProposalSight.members, ask)
        let page = WritingPage(
            desk.record, desk.open, application: desk.application,
            answers: desk.draft?.values ?? desk.earlier, version: desk.draft?.version ?? 0,
            savedAt: desk.draft?.savedAt, errors: [], theirs: [], ask: ask)
        return try await ask.page("review/write", page)
    }

    static func total(_ ask: Ask) async throws -> Answer {
        let page = try await ask.read { store in
            let desk = try opened(ask, store)
            return TotalPage(desk.draft?.values ?? [:], desk.open.review, ask.words)
        }
        return try await ask.page("review/total", page)
    }

    /// Saves the draft. Script sends it every few seconds; without script it is a button, and another goes on to
    /// the last look.
    static func save(_ ask: Ask) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("assignment", Assignment.self)
        let desk = try await ask.read { store in try opened(ask, store) }
        let instrument = desk.open.review
        let answers = try ReviewForm.reading(ask.form, with: instrument)
        let base = Int(ask.form.text("base")) ?? 0
        let saved = try await ask.house.database.write(.relaxed) { store in
            try ReviewDrafts.save(id, by: expert, base: base, answers: answers, at: ask.now, store)
        }
        let byScript = ask.headers["x-requested-with"] == "jiebang"
        switch saved {
        case .conflict(let current):
            let differing = ReviewForm.names(instrument).filter { answers[$0] != current.values[$0] }
            if byScript {
                return try .json(
                    ClashAnswer(
                        message: ask.words["review.write.conflict"], version: current.version,
                        fields: differing.map {
                            ClashAnswer.Field(
                                id: $0, label: ReviewForm.label($0, instrument, ask.words),
                                mine: answers[$0] ?? "", theirs: current.values[$0] ?? "")
                        }), status: 409)
            }
            return try await page(
                ask, desk, answers, version: current.version, savedAt: current.savedAt, errors: [],
                theirs: differing.map {
                    (ReviewForm.label($0, instrument, ask.words), current.values[$0] ?? "")
                }, status: 409)
        case .saved(let version):
            if byScript { return try .json(SavedAnswer(version: version, savedAt: ask.now.iso)) }
            guard ask.form["then"] == "confirm" else { return .see("/reviews/\(id)?done=review-saved") }
            if case .failure(let refused) = Review.reading(answers, with: instrument) {
                return try await page(
                    ask, desk, answers, version: version, savedAt: ask.now, errors: refused.refusals,
                    theirs: [], status: 422)
            }
            return .see("/reviews/\(id)/confirm")
        }
    }

    private static func page(
        _ ask: Ask, _ desk: Desk, _ answers: [String: String], version: Int, savedAt: Instant?,
        errors: [Refusal], theirs: [(label: String, text: String)], status: Int
    ) async throws -> Answer {
        let page = WritingPage(
            desk.record, desk.open, application: desk.application, answers: answers, version: version,
            savedAt: savedAt, errors: errors, theirs: theirs, ask: ask)
        return try await ask.page("review/write", page, status: status)
    }

    /// The last look: what is saved, and who will read which part of it.
    static func confirm(_ ask: Ask) async throws -> Answer {
        let desk = try await ask.read { store in try opened(ask, store) }
        guard let draft = desk.draft else { return .see("/reviews/\(desk.record.id)") }
        switch Review.reading(draft.values, with: desk.open.review) {
        case .failure(let refused):
            return try await page(
                ask, desk, draft.values, version: draft.version, savedAt: draft.savedAt,
                errors: refused.refusals, theirs: [], status: 422)
        case .success(let review):
            return try await ask.page(
                "review/own",
                OwnReviewPage(desk.record, desk.open, review, version: draft.version, ask: ask))
        }
    }

    /// Submits the draft that was looked at, and no other.
    static func submit(_ ask: Ask) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("assignment", Assignment.self)
        let base = Int(ask.form.text("base"))
        try await ask.change { change in
            _ = try ReviewActs.mine(id, expert, change.store)
            guard let draft = try ReviewDrafts.find(id, change.store) else {
                throw Refused("review.not-accepted")
            }
            guard draft.version == base else { throw Refused("review.changed") }
            try ReviewActs.submit(id, draft.values, by: expert, change, ask.house)
        }
        return .see("/reviews/\(id)?done=review-submitted")
    }
}
