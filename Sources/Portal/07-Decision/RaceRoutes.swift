import Lifecycle

/// `/rounds/{call}/topics/{topic}`: comparing bids, and proposing a race between those that are close.
enum RaceRoutes {
    static func add(to routes: Routes) {
        routes.get("/rounds/{call}/topics/{topic}") { ask in
            let picture = try await picture(ask)
            return try await ask.page("race/bids", TopicBidsPage(picture, ask))
        }
        routes.post("/rounds/{call}/topics/{topic}/race") { ask in
            try ask.require(.programmeOfficer)
            let (call, topic) = (ask.id("call", Call.self), ask.id("topic", Topic.self))
            let person = try ask.signedIn()
            let form = RaceForm(ask.form)
            let race = ask.house.world.id(Race.self)
            do {
                try await ask.change { change in
                    _ = try RaceActs.propose(
                        try form.choice(), for: topic, in: call, id: race, by: person, change, ask.house)
                }
            } catch let refused as Refused {
                let page = TopicBidsPage(
                    try await picture(ask), form: form, refusals: refused.refusals, ask)
                return try await ask.page("race/bids", page, status: 422)
            }
            return .see("/rounds/\(call)/topics/\(topic)?done=race-proposed")
        }
        routes.post("/rounds/{call}/races/{race}/withdraw") { ask in
            try ask.require(.programmeOfficer)
            let (call, race) = (ask.id("call", Call.self), ask.id("race", Race.self))
            let person = try ask.signedIn()
            let reason = ask.form.text("reason")
            try await ask.change { change in
                try RaceActs.withdraw(race, in: call, by: person, reason: reason, change)
            }
            return .see("/rounds/\(call)?done=race-withdrawn")
        }
    }

    private static func picture(_ ask: Ask) async throws -> TopicBids {
        try ask.require(.programmeOfficer, .commissionLeader, .auditor, .integrity)
        let (call, topic) = (ask.id("call", Call.self), ask.id("topic", Topic.self))
        let picture = try await ask.read { store in try TopicBids.read(call, topic, ask, store) }
        if !picture.bids.isEmpty { try await Reads.note(.reviews, about: .call(call), ask) }
        return picture
    }
}
