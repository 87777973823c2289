import Lifecycle
import Store

/// `/reviews/{assignment}/case`: where an expert champions a proposal that others are against.
enum ChampionRoutes {
    static func add(to routes: Routes) {
        routes.get("/reviews/{assignment}/case") { ask in try await show(ask) }
        routes.post("/reviews/{assignment}/case") { ask in
            let expert = try ask.signedIn()
            let id = ask.id("assignment", Assignment.self)
            let text = ask.form.text("case")
            do {
                try await ask.change { change in
                    try ChampionActs.write(id, text, by: expert, change, ask.house)
                }
            } catch let refused as Refused {
                return try await show(ask, typed: (text, refused.refusals))
            }
            return .see("/reviews/\(id)/case?done=proposal-championed")
        }
    }

    private static func show(
        _ ask: Ask, typed: (text: String, refusals: [Refusal])? = nil
    ) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("assignment", Assignment.self)
        let page = try await ask.read { store in
            let desk = try ChampionActs.desk(id, expert, ask.house, store)
            let open = try OpenCase.find(
                desk.assignment.application, for: ask.viewer, as: [.expert], ask.house, store)
            return ChampionPage(desk, open, typed: typed, ask: ask)
        }
        return try await ask.page("review/champion", page, status: typed == nil ? 200 : 422)
    }
}
