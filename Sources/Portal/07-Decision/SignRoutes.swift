import Lifecycle

/// `/rounds/{call}/sign`: the leader signs, or sends the proposal back with a reason.
enum SignRoutes {
    static func add(to routes: Routes) {
        routes.get("/rounds/{call}/sign") { ask in
            let (picture, selection, record) = try await proposal(ask)
            return try await ask.page("round/sign", SignPage(picture, selection, record, ask))
        }
        routes.post("/rounds/{call}/sign") { ask in
            try ask.require(.commissionLeader)
            let call = ask.id("call", Call.self)
            let person = try ask.signedIn()
            guard let read = Int64(ask.form.text("proposal")) else { throw Refused("selection.changed") }
            try await ask.change { change in
                try DecisionActs.sign(call, proposal: read, by: person, change, ask.house)
            }
            return .see("/rounds/\(call)?done=selection-signed")
        }
        // Who funds the call too agrees first.
        routes.post("/rounds/{call}/join") { ask in
            try ask.require(.jointFunder)
            let call = ask.id("call", Call.self)
            guard let read = Int64(ask.form.text("proposal")) else { throw Refused("selection.changed") }
            try await ask.change { change in
                try DecisionActs.join(call, proposal: read, by: ask.viewer, change, ask.house)
            }
            return .see("/rounds/\(call)?done=selection-joined")
        }
        routes.post("/rounds/{call}/send-back") { ask in
            try ask.require(.commissionLeader, .jointFunder)
            let call = ask.id("call", Call.self)
            let isLeader = ask.viewer.holds(.commissionLeader)
            if !isLeader {
                let signs = try await ask.read { try JointFunders.signs(ask.viewer, for: call, $0) }
                guard signs else { throw Missing() }
            }
            let person = try ask.signedIn()
            let reason = ask.form.text("reason")
            guard let read = Int64(ask.form.text("proposal")) else { throw Refused("selection.changed") }
            do {
                try await ask.change { change in
                    try DecisionActs.sendBack(
                        call, proposal: read, by: person, as: isLeader ? .commissionLeader : .jointFunder,
                        reason: reason, change)
                }
            } catch let refused as Refused {
                let (picture, selection, record) = try await proposal(ask)
                return try await ask.page(
                    "round/sign",
                    SignPage(
                        picture, selection, record, reason: reason, refusals: refused.refusals, ask),
                    status: 422)
            }
            return .see("/rounds/\(call)?done=selection-sent-back")
        }
    }

    private static func proposal(_ ask: Ask) async throws -> (RoundPicture, Selection, SelectionRecord) {
        let picture = try await RoundRoutes.picture(ask)
        guard let record = picture.outline.selection, record.state == "proposed",
            let selection = picture.earlier
        else { throw Refused("selection.none") }
        return (picture, selection, record)
    }
}
