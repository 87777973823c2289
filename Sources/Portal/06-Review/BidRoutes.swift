import Lifecycle
import Store

/// `/bids/{call}`: an expert says of a call's applications how willing they are to review each.
enum BidRoutes {
    static func add(to routes: Routes) {
        routes.get("/bids/{call}") { ask in try await show(ask, errors: []) }
        routes.post("/bids/{call}") { ask in try await give(ask) }
        routes.post("/bids/{call}/conflict") { ask in try await conflict(ask) }
    }

    private static func show(_ ask: Ask, errors: [String]) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("call", Call.self)
        let after = ask.query.text("after")
        let page = try await ask.read { store in
            guard let (call, record) = try BidQueries.bidding(in: id, expert, at: ask.now, ask.house, store)
            else { throw Missing() }
            let (_, programme) = try Calls.found(id, ask.house, store)
            let (items, next) = try BidQueries.items(
                in: id, record, programme: programme, after: after, store)
            return BidPage(call, items, after: after, next: next, errors: errors, ask)
        }
        if page.hasRows { try await Reads.note(.bids, about: Subject(kind: "bids", id: id.rawValue), ask) }
        return try await ask.page("review/bids", page, status: errors.isEmpty ? 200 : 422)
    }

    private static func give(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "bids-given") { call, person, change in
            try BidActs.give(try BidForm.said(ask.form), in: call, by: person, change, ask.house)
        }
    }

    /// The button names the application; what the relation is stands in the field beside it.
    private static func conflict(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "conflict-declared") { call, person, change in
            let application = ask.form.text("application")
            try BidActs.declareConflict(
                ID(application), nature: ask.form.text(BidForm.nature + application), in: call, by: person,
                change, ask.house)
        }
    }

    private static func act(
        _ ask: Ask, done: String, _ body: @escaping @Sendable (ID<Call>, ID<Person>, Change) throws -> Void
    ) async throws -> Answer {
        let person = try ask.signedIn()
        let call = ask.id("call", Call.self)
        do {
            try await ask.change { change in try body(call, person, change) }
        } catch let refused as Refused {
            return try await show(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        let after = ask.query.text("after")
        let place = after.isEmpty ? "" : "after=\(after.percentEncoded)&"
        return .see("/bids/\(call)?\(place)done=\(done)")
    }
}

/// Names of the fields.
enum BidForm {
    static let prefix = "bid-"
    static let nature = "nature-"
    static let none = "none"
    private static let most = 100

    /// What was chosen for each application of the page.
    static func said(_ form: FormFields) throws -> [ID<Application>: Willingness?] {
        var said: [ID<Application>: Willingness?] = [:]
        // A relation that was written and not declared must not look as if it had been.
        for (name, value) in form.pairs where name.hasPrefix(nature) && !value.trimmed.isEmpty {
            throw Refused("bid.undeclared")
        }
        for (name, _) in form.pairs where name.hasPrefix(prefix) && said.count < most {
            let chosen = form.text(name)
            let willingness = Willingness(rawValue: chosen)
            guard willingness != nil || chosen == none else { throw Refused("bid.choice") }
            said.updateValue(willingness, forKey: ID(String(name.dropFirst(prefix.count))))
        }
        return said
    }
}
