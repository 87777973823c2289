import Lifecycle

/// `/cases/{id}/adoption`: whether the result was taken up, and saying so.
enum AdoptionRoutes {
    static func add(to routes: Routes) {
        routes.get("/cases/{id}/adoption") { ask in try await show(ask) }
        routes.post("/cases/{id}/adoption") { ask in
            let id = ask.id("id", Application.self)
            _ = try ask.signedIn()
            let form = ask.form
            let said = AdoptionActs.Said(
                AdoptionRecorded.Extent(rawValue: form.text("extent")),
                organisation: form.text("organisation"), place: form.text("place"),
                since: form.text("since"), evidence: form.text("evidence"), corrects: form.text("corrects"))
            do {
                try await ask.change { change in
                    _ = try AdoptionActs.record(said, of: id, by: ask.viewer, change, ask.house)
                }
            } catch let refused as Refused {
                return try await show(ask, typed: said, refusals: refused.refusals)
            }
            return .see("/cases/\(id)/adoption?done=adoption-recorded")
        }
    }

    private static func show(
        _ ask: Ask, typed: AdoptionActs.Said? = nil, refusals: [Refusal] = []
    ) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let page = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: AdoptionSight.readers, ask.house, store)
            return AdoptionPage(
                open, try AdoptionRecord.all(of: [id], store),
                obstacle: try AdoptionActs.obstacle(open, ask.viewer, store), typed: typed,
                refusals: refusals, ask)
        }
        return try await ask.page("contract/adoption", page, status: refusals.isEmpty ? 200 : 422)
    }
}
