import Lifecycle

/// `/rounds`: ranking, the officer's proposal.
enum RoundRoutes {
    static func add(to routes: Routes) {
        routes.get("/rounds") { ask in
            try require(ask)
            let outlines = try await ask.read { store in
                let all = try Rounds.outlines(for: ask.viewer, store)
                if ask.viewer.roles.isDisjoint(with: readers) {
                    let own = Set(try JointFunders.calls(of: ask.viewer, store))
                    return all.filter { own.contains($0.id) }
                }
                return all
            }
            return try await ask.page("round/list", RoundsPage(outlines, at: ask.now, ask.words))
        }
        routes.get("/rounds/{call}") { ask in
            let picture = try await picture(ask)
            var form: RoundForm?
            if ask.query["fill"] == "rank" {
                form = RoundForm(
                    filling: picture.ranking, budget: picture.outline.money.left, most: picture.most,
                    places: picture.places, givesMoney: picture.givesMoney,
                    advisedAgainst: picture.advisedAgainst, races: picture.proposedRaces)
            }
            return try await ask.page("round/round", RoundPage(picture, form: form, ask))
        }
        // Reckons without writing anything, so that the page works without script.
        routes.post("/rounds/{call}/reckon") { ask in
            try ask.require(.programmeOfficer)
            let picture = try await picture(ask)
            return try await ask.page(
                "round/round", RoundPage(picture, form: RoundForm(ask.form), ask))
        }
        routes.post("/rounds/{call}/propose") { ask in
            try ask.require(.programmeOfficer)
            let picture = try await picture(ask)
            let form = RoundForm(ask.form)
            let reckoning = Reckoning(
                form, picture.ranking, budget: picture.outline.money.left, most: picture.most,
                isRolling: picture.programme.isRolling, givesMoney: picture.givesMoney,
                cases: picture.caseFacts)
            guard ask.form["confirmed"] == "yes" else {
                let refusals =
                    reckoning.selection.obstacles(
                        budget: picture.outline.money.left, most: picture.most, places: picture.places,
                        givesMoney: picture.givesMoney)
                    + reckoning.selection.obstacles(
                        races: picture.proposedRaces, isWhole: !picture.programme.isRolling)
                    + reckoning.selection.obstacles(nonConsensus: picture.routeGround)
                    + (picture.unfinished.isEmpty
                        ? []
                        : [Refusal("selection.unfinished", ["count": "\(picture.unfinished.count)"])])
                    + (picture.programme.isRolling
                        ? reckoning.selection.lines.isEmpty ? [Refusal("selection.none-proposed")] : []
                        : reckoning.selection.lines.contains(where: \.funded)
                            ? [] : [Refusal("selection.none-chosen")])
                guard refusals.isEmpty else {
                    return try await ask.page(
                        "round/round", RoundPage(picture, form: form, refusals: refusals, ask), status: 422)
                }
                return try await ask.page("round/confirm", ProposalPage(picture, form, reckoning, ask))
            }
            let call = picture.outline.id
            let person = try ask.signedIn()
            do {
                try await ask.change { change in
                    _ = try DecisionActs.propose(
                        reckoning.choices, in: call, by: person, change, ask.house)
                }
            } catch let refused as Refused {
                return try await ask.page(
                    "round/round", RoundPage(picture, form: form, refusals: refused.refusals, ask),
                    status: 422)
            }
            return .see("/rounds/\(call)?done=selection-proposed")
        }
    }

    private static let readers: Set<Role> = [.programmeOfficer, .commissionLeader, .auditor, .integrity]

    /// Officials; and who signs for another funder, of whose calls ``picture(_:)`` finds none but their own.
    private static func require(_ ask: Ask) throws {
        guard !ask.viewer.roles.isDisjoint(with: readers.union([.jointFunder])) else { throw Missing() }
    }

    static func picture(_ ask: Ask) async throws -> RoundPicture {
        try require(ask)
        let call = ask.id("call", Call.self)
        let picture = try await ask.read { store in
            if ask.viewer.roles.isDisjoint(with: readers),
                try !JointFunders.signs(ask.viewer, for: call, store)
            {
                throw Missing()
            }
            return try RoundPicture.read(call, ask, store)
        }
        try await picture.noteReading(ask)
        return picture
    }
}
