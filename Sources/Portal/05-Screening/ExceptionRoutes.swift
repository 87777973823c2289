import Lifecycle
import Store

/// Deciding on exceptions: what waits, and the page of one.
enum ExceptionRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/exceptions") { ask in try await list(ask) }
        routes.get("/cases/{id}/exceptions/{rule}") { ask in try await show(ask, typed: nil, errors: []) }
        routes.post("/cases/{id}/exceptions/{rule}") { ask in try await decide(ask) }
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        guard ask.viewer.roles.contains(where: \.mayExcept) else { throw Missing() }
        let asked = ask.query.text("call")
        let after = ask.query.text("after")
        let page = try await ask.read { store in
            let queues = try ExceptionQueries.queues(for: ask.viewer, store)
            let id = asked.isEmpty ? queues.first?.call : ID<Call>(asked)
            guard let id else {
                return ExceptionListPage(([], nil), after: "", queues: queues, call: nil, ask)
            }
            let (call, programme) = try Calls.found(id, ask.house, store)
            return ExceptionListPage(
                try ExceptionQueries.waiting(in: call.id, after: after, programme, for: ask.viewer, store),
                after: after, queues: queues, call: call, ask)
        }
        return try await ask.page("exception/list", page)
    }

    /// The dossier, its verdict and exception, for whom the rule names; missing for everybody else.
    private static func open(_ ask: Ask, _ store: Transaction) throws -> OpenException {
        let id = ask.id("id", Application.self)
        let open = try OpenCase.find(id, for: ask.viewer, ask.house, store)
        let verdicts = try EligibilityFacts.verdicts(
            for: open.record.owner, in: open.call, open.programme, besides: id, ask.house, store)
        guard let verdict = verdicts.first(where: { $0.rule == ask.parameter("rule") }),
            let role = verdict.exceptionBy, let relation = Relation(official: role),
            open.seen.relations.contains(relation),
            let record = try open.exceptions(ask.house, store).first(where: { $0.rule == verdict.rule })
        else { throw Missing() }
        return OpenException(open: open, verdict: verdict, role: role, record: record)
    }

    private static func show(_ ask: Ask, typed: ExceptionForm?, errors: [String]) async throws -> Answer {
        let found = try await ask.read { store in try open(ask, store) }
        let page = ExceptionPage(found, typed: typed, errors: errors, ask)
        try await found.open.note(.dossier, of: ProposalSight.verdicts, ask)
        return try await ask.page("exception/show", page, status: errors.isEmpty ? 200 : 422)
    }

    private static func decide(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let form = ExceptionForm(ask.form)
        let person = try ask.signedIn()
        do {
            try await ask.change { change in
                let found = try open(ask, change.store)
                guard let granted = form.granted else { throw Refused("exception.no-result") }
                try ExceptionActs.decide(
                    found.verdict.rule, of: id, granted: granted, reason: form.reason, by: person,
                    as: found.role,
                    change, ask.house)
            }
        } catch let refused as Refused {
            return try await show(ask, typed: form, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/cases/\(id)?done=exception-decided")
    }
}
