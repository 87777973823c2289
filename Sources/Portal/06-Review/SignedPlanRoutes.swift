import Lifecycle
import Store

/// `/matchings`: what was signed, for everybody to check.
enum SignedPlanRoutes {
    private static let proof = "signed.tlog-proof"

    static func add(to routes: Routes) {
        routes.get("/matchings") { ask in
            let records = try await ask.read { store in
                try PlanQueries.signed(after: ListPlace(text: ask.query.text("after")), store)
            }
            return try await ask.page("plan/signed-list", SignedPlanListPage(records, ask))
        }
        routes.get("/matchings/{plan}") { ask in
            let record = try await ask.read { store in try PlanQueries.signed(ask.id("plan"), store) }
            return try await ask.page("plan/signed", SignedPlanPage(record, ask))
        }
        routes.get("/matchings/{plan}/{file}") { ask in try await file(ask) }
    }

    private static func file(_ ask: Ask) async throws -> Answer {
        let name = ask.parameter("file")
        do {
            let bytes = try await ask.read { store -> [UInt8] in
                let record = try PlanQueries.signed(ask.id("plan"), store)
                if name == proof { return Array(try FactProof.make(record.fact, store).utf8) }
                guard SignedPlanPage.isOpen(record.signed, ask.viewer),
                    record.signed.published[name] != nil
                else { throw Missing() }
                return try PlanQueries.bytes(of: name, in: record.signed.plan, isPublic: true, store)
            }
            if name == proof {
                return .download(bytes, name: proof, type: "text/plain; charset=utf-8")
            }
            return .planFile(bytes, name)
        } catch FactProof.Refused.notSealed {
            throw Refused("journal.not-sealed")
        }
    }
}
