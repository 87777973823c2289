import Lifecycle
import Store

/// Where programme officers write, check, publish and amend calls.
enum OfficeCallRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/calls") { ask in try await list(ask) }
        routes.get("/office/calls/new") { ask in try await new(ask) }
        routes.post("/office/calls/new") { ask in try await begin(ask) }
        routes.get("/office/calls/{call}") { ask in try await edit(ask) }
        routes.post("/office/calls/{call}") { ask in try await save(ask) }
        routes.post("/office/calls/{call}/quotas") { ask in try await takeQuotas(ask) }
        routes.post("/office/calls/{call}/amend") { ask in try await amend(ask) }
        routes.post("/office/calls/{call}/publish") { ask in try await publish(ask) }
        routes.post("/office/calls/{call}/discard") { ask in try await discard(ask) }
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let page = try await ask.read { store in
            let programmes = try ask.house.definitions.inForce(store)
            let titles = Dictionary(uniqueKeysWithValues: programmes.map { ($0.id, $0.title) })
            let drafts = try CallDrafts.all(store)
            return OfficeCallsPage(
                drafts,
                try CallQueries.page(CallFilter(after: ask.query.text("after")), at: ask.now, store).page,
                published: Set(
                    try store.values(
                        "SELECT id FROM call WHERE id IN \(list: drafts.map(\.id))", as: ID<Call>.self)),
                titles: titles, ask)
        }
        return try await ask.page("call/office", page)
    }

    private static func new(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let programmes = try await ask.read { try ask.house.definitions.inForce($0) }
        return try await ask.page("call/new", NewCallPage(programmes, ask))
    }

    private static func begin(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let person = try ask.signedIn()
        let programmes = try await ask.read { try ask.house.definitions.inForce($0) }
        guard let programme = programmes.first(where: { $0.id == ask.form.text("programme") }) else {
            return try await ask.page("call/new", NewCallPage(programmes, failed: true, ask), status: 422)
        }
        let id = ask.house.world.id(Call.self)
        try await ask.house.database.write(.relaxed) { store in
            try CallDrafts.begin(
                id, programme: programme.id, values: CallForm.blank(programme, at: ask.now), by: person,
                at: ask.now, store)
        }
        return .see("/office/calls/\(id)?done=call-begun")
    }

    private static func edit(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let id: ID<Call> = ask.id("call")
        enum Found: Sendable {
            case draft(CallFormPage)
            case published(PublishedCallPage)
        }
        let found = try await ask.read { store -> Found in
            if try CallDrafts.find(id, store) == nil {
                guard let call = try Calls.find(id, store) else { throw Missing() }
                let version = try CallQueries.versions(id, store).first?.version ?? 1
                let inForce = try ask.house.definitions.inForce(call.programme, store)
                return .published(PublishedCallPage(call, inForce: inForce, version: version, ask))
            }
            let (draft, programme, amends) = try CallDrafts.opened(id, ask.house, store)
            let form = CallForm(programme: programme, values: draft.values)
            return .draft(try page(draft, form, amends: amends, theirs: nil, ask, store))
        }
        switch found {
        case .draft(let page): return try await ask.page("call/edit", page)
        case .published(let page): return try await ask.page("call/published", page)
        }
    }

    /// The form with what stands in the way of publishing it and what the formula for quotas says.
    private static func page(
        _ draft: CallDraft, _ form: CallForm, amends: Bool, theirs: CallDraft?, _ ask: Ask,
        _ store: Transaction
    ) throws -> CallFormPage {
        let programme = form.programme
        let reading = try form.reading(
            id: draft.id, digest: programme.digest, at: ask.now, ask.house, store)
        let quotas = try QuotaReckoning(reading.call, programme, at: ask.now, ask.house, store)
        return CallFormPage(
            draft, form, problems: reading.problems, amends: amends,
            topics: try TopicQueries.letable(to: draft.id, at: ask.now, store),
            quotas: QuotaProposalWords(quotas, of: programme, ask.words),
            joint: try joint(draft, reading.call, programme, theirs: theirs, store),
            owners: programme.ownerParameter == nil
                ? [] : try OwnerChoice.options(ask.words, at: ask.now, store),
            theirs: theirs, ask)
    }

    /// Where the draft stands with who funds it too; nil where the programme knows nobody else.
    private static func joint(
        _ draft: CallDraft, _ call: Call, _ programme: Programme, theirs: CallDraft?, _ store: Transaction
    ) throws -> JointState.Record? {
        guard programme.joint != nil else { return nil }
        return JointState.Record(
            funders: try JointFunders.all(store), asked: try AskedCall.find(draft.id, store),
            word: try JointWord.of(draft.id, text: JointFunders.text(of: call, in: programme), store),
            version: (theirs ?? draft).version)
    }

    private static func save(_ ask: Ask) async throws -> Answer {
        try await keep(ask) { form, _, _ in (form.values, "call-saved") }
    }

    /// Saves what was typed, with the formula's quotas in the place of those of the universities it speaks of.
    private static func takeQuotas(_ ask: Ask) async throws -> Answer {
        try await keep(ask) { form, id, store in
            guard form.programme.quotaFormula != nil else { throw Missing() }
            let call = try form.reading(
                id: id, digest: form.programme.digest, at: ask.now, ask.house, store
            ).call
            let quotas = try QuotaReckoning(call, form.programme, at: ask.now, ask.house, store)
            // Without a base there is nothing to take over; what was typed is kept, and the page says what is missing.
            guard quotas.formula != nil else { return (form.values, "call-saved") }
            let taken = try form.takingOver(quotas.lines, store)
            return (form.values.merging(["quotas": taken]) { $1 }, "quotas-taken")
        }
    }

    /// - Parameter values: what is kept of what was typed, and the key of what is then said to be done.
    private static func keep(
        _ ask: Ask,
        values: @escaping @Sendable (CallForm, ID<Call>, Transaction) throws -> ([String: String], String)
    ) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let person = try ask.signedIn()
        let id: ID<Call> = ask.id("call")
        let base = Int(ask.form.text("base")) ?? 0
        let (clash, done) = try await ask.house.database.write(.relaxed) {
            store -> (CallFormPage?, String) in
            let (draft, programme, amends) = try CallDrafts.opened(id, ask.house, store)
            let typed = CallForm(programme: programme, values: CallForm.typed(ask.form, programme))
            let (kept, done) = try values(typed, id, store)
            let form = CallForm(programme: programme, values: kept)
            switch try CallDrafts.save(id, base: base, values: form.values, by: person, at: ask.now, store) {
            case .saved: return (nil, done)
            case .conflict(let theirs):
                return (try page(draft, form, amends: amends, theirs: theirs, ask, store), done)
            }
        }
        if let clash { return try await ask.page("call/edit", clash, status: 409) }
        return .see("/office/calls/\(id)?done=\(done)")
    }

    private static func amend(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let person = try ask.signedIn()
        let id: ID<Call> = ask.id("call")
        try await ask.house.database.write(.relaxed) { store in
            let (call, programme) = try Calls.found(id, ask.house, store)
            var codes: [String: String] = [:]
            for university in try CallQueries.universities(Array(call.quotas.keys), store) {
                codes[university.id] = university.code
            }
            try CallDrafts.begin(
                id, programme: call.programme,
                values: CallForm.values(
                    of: call, programme, codes: codes,
                    owner: try call.owner.map { try OwnerChoice.typed($0, ask.words, store) }),
                by: person, at: ask.now, store)
        }
        return .see("/office/calls/\(id)?done=call-amending")
    }

    private static func publish(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let id: ID<Call> = ask.id("call")
        let base = Int(ask.form.text("base")) ?? 0
        try await ask.change { change in
            let (draft, programme, _) = try CallDrafts.opened(id, ask.house, change.store)
            guard draft.version == base else { throw Refused("call.draft-moved") }
            let form = CallForm(programme: programme, values: draft.values)
            let reading = try form.reading(
                id: id, digest: programme.digest, at: change.at, ask.house, change.store)
            guard reading.problems.isEmpty else { throw Refused(reading.problems.map(\.refusal)) }
            try CallActs.publish(reading.call, reasons: reading.reasons, change, ask.house)
            try CallDrafts.remove(id, change.store)
        }
        return .see("/calls/\(id)?done=call-published")
    }

    private static func discard(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let id: ID<Call> = ask.id("call")
        try await ask.house.database.write(.relaxed) { store in
            guard try CallDrafts.find(id, store) != nil else { throw Missing() }
            try CallDrafts.remove(id, store)
        }
        return .see("/office/calls?done=call-discarded")
    }
}
