import Lifecycle
import Store

/// `/joint/{call}`: where another organisation reads the call that it is to fund too, and says yes or no.
enum JointRoutes {
    static func add(to routes: Routes) {
        routes.get("/joint/{call}") { ask in try await show(ask) }
        routes.post("/joint/{call}/agree") { ask in
            try ask.require(.jointFunder)
            let (id, text) = (ask.id("call", Call.self), ask.form.text("text"))
            try await ask.change { change in
                try JointActs.agree(id, text: text, by: ask.viewer, change, ask.house)
            }
            return .see("/joint/\(id)?done=call-joined")
        }
        routes.post("/joint/{call}/refuse") { ask in
            try ask.require(.jointFunder)
            let (id, text) = (ask.id("call", Call.self), ask.form.text("text"))
            let reason = ask.form.text("reason")
            do {
                try await ask.change { change in
                    try JointActs.refuse(
                        id, text: text, reason: reason, by: ask.viewer, change, ask.house)
                }
            } catch let refused as Refused where refused.refusals.allSatisfy({ $0.code == "reason.short" }) {
                return try await show(ask, reason: reason, refused.refusals)
            }
            return .see("/joint/\(id)?done=call-not-joined")
        }
        routes.post("/office/calls/{call}/ask-joint") { ask in
            try ask.require(.programmeOfficer)
            let id: ID<Call> = ask.id("call")
            let base = Int(ask.form.text("base")) ?? 0
            try await ask.house.database.write(.relaxed) { store in
                try JointActs.ask(id, base: base, at: ask.now, ask.house, store)
            }
            return .see("/office/calls/\(id)?done=joint-asked")
        }
    }

    private static func show(_ ask: Ask, reason: String = "", _ refusals: [Refusal] = []) async throws
        -> Answer
    {
        try ask.require(.jointFunder)
        let id: ID<Call> = ask.id("call")
        let page = try await ask.read { store in
            let (asked, call, programme) = try JointActs.asked(
                id, of: ask.viewer, at: ask.now, ask.house, store)
            return JointPage(
                call, programme, asked, try JointWord.of(id, text: asked.text, store),
                funder: try JointFunders.find(asked.funder, store), reason: reason, refusals: refusals, ask)
        }
        return try await ask.page("joint/show", page, status: refusals.isEmpty ? 200 : 422)
    }
}
