import Foundation
import Lifecycle
import Store

/// What was written at the steps of a dossier, and writing it.
enum StatementRoutes {
    static func add(to routes: Routes) {
        routes.get("/statements") { ask in
            _ = try ask.signedIn()
            let page = try await ask.read { store in
                let waiting = try StatementQueries.waiting(
                    for: ask.viewer, after: ListPlace(text: ask.query.text("after")), store)
                return StatementListPage(
                    waiting,
                    waiting.rows.compactMap { row in
                        // A conflict declared since keeps it from the list too.
                        guard
                            let open = try? OpenCase.find(row.application, for: ask.viewer, ask.house, store)
                        else { return nil }
                        return (row, open)
                    }, ask)
            }
            return try await ask.page("statement/waiting", page)
        }
        routes.get("/cases/{id}/statements") { ask in try await list(ask) }
        routes.get("/cases/{id}/statements/{step}") { ask in try await show(ask, typed: nil, refusals: []) }
        routes.post("/cases/{id}/statements/{step}") { ask in try await make(ask) }
        routes.post("/cases/{id}/statements/{step}/criteria") { ask in try await find(ask) }
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let (page, reads) = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, ask.house, store)
            guard open.standing.steps.contains(where: { $0.step.statement != nil }) else { throw Missing() }
            let page = CaseStatementsPage(
                open, try StatementRecord.all(of: id, store), try InvitedParty.all(of: id, store),
                counts: try StatementCount.all(of: id, store),
                findings: try CriterionFinding.all(of: id, store), ask)
            let isOwn = !open.seen.relations.isDisjoint(with: [.owner, .teamMember])
            let showsAddress = !PartySight.email.seenBy.isDisjoint(with: open.seen.relations)
            return (page, !isOwn && (page.showsWords || showsAddress))
        }
        if reads { try await Reads.note(.statements, about: .application(id), ask) }
        return try await ask.page("statement/list", page)
    }

    private static func show(
        _ ask: Ask, typed: StatementActs.Written?, said: CriterionActs.Said? = nil, refusals: [Refusal],
        status: Int = 200
    ) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let page = try await ask.read { store -> StatementPage in
            let open = try OpenCase.find(id, for: ask.viewer, ask.house, store)
            let step = ask.parameter("step")
            let checklist = try StatementPage.Checklist(step, open, said, ask.viewer, store)
            do {
                let (form, state) = try StatementActs.turn(step, open, ask.viewer)
                try StatementActs.requireFree(state.step, open, ask.viewer, store)
                return StatementPage(
                    open, state.step, form, typed: typed, checklist: checklist, refusals: refusals, ask)
            } catch let refused as Refused {
                guard let state = open.standing.steps.first(where: { $0.step.id == step }),
                    let form = open.programme.statement(of: state.step)
                else { throw Missing() }
                // Who has no part in the step learns nothing of its form here.
                guard StatementTurn.isTheirs(state.step.by, open, ask.viewer) else { throw Missing() }
                return StatementPage(
                    open, state.step, form, typed: typed, checklist: checklist,
                    refusals: checklist == nil ? refused.refusals : refusals, isShut: true, ask)
            }
        }
        return try await ask.page("statement/write", page, status: status)
    }

    private static func make(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        _ = try ask.signedIn()
        var answers: [String: String] = [:]
        for pair in ask.form.pairs where !StatementForm.reserved.contains(pair.name) {
            answers[pair.name] = pair.value
        }
        let written = StatementActs.Written(
            answers: answers, outcome: StatementForm.Outcome(rawValue: ask.form.text("outcome")) ?? .done,
            reason: ask.form.text("reason"), isSigned: ask.form["signed"] == "yes")
        do {
            let step = ask.parameter("step")
            try await ask.change { change in
                _ = try StatementActs.make(written, at: step, of: id, by: ask.viewer, change, ask.house)
            }
        } catch let refused as Refused {
            return try await show(ask, typed: written, refusals: refused.refusals, status: 422)
        }
        return .see("/cases/\(id)/statements?done=statement-made")
    }

    private static func find(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        _ = try ask.signedIn()
        let said = CriterionActs.Said(
            ask.form.text("criterion"), CriterionFound.State(rawValue: ask.form.text("state")),
            ask.form.text("words"), attachment: ask.form.text("attachment"))
        let step = ask.parameter("step")
        do {
            try await ask.change { change in
                _ = try CriterionActs.find(said, at: step, of: id, by: ask.viewer, change, ask.house)
            }
        } catch let refused as Refused {
            return try await show(ask, typed: nil, said: said, refusals: refused.refusals, status: 422)
        }
        return .see("/cases/\(id)/statements/\(step)?done=criterion-found")
    }
}
