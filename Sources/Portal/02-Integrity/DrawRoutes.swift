import Foundation
import Lifecycle
import PublicDraw
import Store

/// Draws by lot: for the public to repeat, for three officials to make.
enum DrawRoutes {
    /// What the page of a draw is made with beside the database.
    private struct Shelf: Sendable {
        let repeated = RepeatedDraws()
        let strata = StratumNames()
    }

    static func add(to routes: Routes) {
        let shelf = Shelf()
        routes.get("/draws") { ask in try await list(ask, errors: []) }
        routes.post("/draws") { ask in try await request(ask) }
        routes.get("/draws/{draw}") { ask in try await show(ask, shelf, errors: []) }
        routes.post("/draws/{draw}/invite") { ask in try await invite(ask, shelf) }
        routes.post("/draws/{draw}/promise", limit: 1 << 12) { ask in
            try await contribute(ask, shelf) { draw, organisation, change in
                try DrawActs.promise(draw, organisation, hash: ask.form.text("hash"), change)
                return "draw-promised"
            }
        }
        routes.post("/draws/{draw}/open", limit: 1 << 12) { ask in
            try await contribute(ask, shelf) { draw, organisation, change in
                try DrawActs.open(draw, organisation, secret: ask.form.text("secret"), change)
                    ? "draw-opened" : "draw-opened-late"
            }
        }
        routes.post("/draws/{draw}/keep") { ask in try await keep(ask, shelf) }
        routes.post("/draws/{draw}/hold") { ask in try await hold(ask, shelf) }
        routes.post("/draws/{draw}/substitute") { ask in try await substitute(ask, shelf) }
        routes.get("/draws/{draw}/commitment.json") { ask in
            try await document(ask, named: "commitment") { $0.commitment }
        }
        routes.get("/draws/{draw}/transcript.json") { ask in
            try await document(ask, named: "transcript") { $0.transcript }
        }
        routes.get("/draws/{draw}/commitment.tlog-proof") { ask in try await proof(ask) }
        routes.get("/draws/{draw}/names.csv") { ask in try await names(ask) }
        routes.get("/draws/{draw}/verify_draw.py") { ask in
            _ = try await ask.read { store in try find(ask, store) }
            let path = "\(House.resources)/Data/verify_draw.py"
            guard let bytes = FileManager.default.contents(atPath: path) else { throw Missing() }
            return .download(Array(bytes), name: "verify_draw.py", type: "text/x-python; charset=utf-8")
        }
    }

    /// The draw, if the viewer may know of it.
    private static func find(_ ask: Ask, _ store: Transaction) throws -> DrawRecord {
        let draw = try DrawQueries.find(ask.id("draw"), store)
        guard try DrawQueries.isKnown(draw.id, to: ask.viewer, store) else { throw Missing() }
        return draw
    }

    private static func list(_ ask: Ask, errors: [String]) async throws -> Answer {
        let isOfficial = DrawSight.isOfficial(ask.viewer)
        let page = try await ask.read { store in
            DrawListPage(
                try DrawQueries.page(
                    committedOnly: !isOfficial,
                    offices: ask.viewer.organisations(as: .researchOffice),
                    after: ListPlace(text: ask.query.text("after")), store),
                calls: isOfficial ? try DrawQueries.calls(store) : [], errors: errors, ask: ask)
        }
        return try await ask.page("draw/list", page, status: errors.isEmpty ? 200 : 422)
    }

    private static func show(_ ask: Ask, _ shelf: Shelf, errors: [String]) async throws -> Answer {
        let id = ask.id("draw", Draw.self)
        let isOfficial = DrawSight.isOfficial(ask.viewer)
        let page = try await ask.read { store in
            let draw = try find(ask, store)
            let canKeep = DrawTasks.mayFreeze(draw, ask.viewer, at: ask.now)
            let mayInvite = DrawTasks.mayInvite(draw, ask.viewer, at: ask.now)
            let chance = DrawChance(
                draw, try DrawQueries.parties(of: id, store),
                inviting: mayInvite ? try DrawQueries.universities(at: ask.now, store) : [], ask)
            return try DrawPage(
                draw, chance, entries: try DrawQueries.entries(of: id, store),
                barred: isOfficial ? try DrawQueries.barred(ask.viewer.person, store) : [],
                pool: canKeep ? try DrawQueries.pool(draw, at: ask.now, ask.house, store) : [],
                call: try store.value(
                    "SELECT title FROM call WHERE id = \(draw.aboutId)", as: String.self) ?? "",
                repeated: shelf.repeated, strata: shelf.strata, errors: errors, ask: ask)
        }
        if isOfficial { try await Reads.note(.draw, about: Draw.subject(id), ask) }
        return try await ask.page("draw/draw", page, status: errors.isEmpty ? 200 : 422)
    }

    private static func request(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        guard DrawSight.isOfficial(ask.viewer) else { throw Missing() }
        let id = ask.house.world.id(Draw.self)
        do {
            let asked = try DrawForm.asked(ask.form, id: id)
            guard let role = asked.purpose.roles(for: .ask).first(where: ask.viewer.holds) else {
                throw Missing()
            }
            _ = try await ask.change { change in try DrawActs.ask(asked, by: person, as: role, change) }
        } catch let refused as Refused {
            return try await list(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/draws/\(id)?done=draw-asked")
    }

    /// Runs one part of a draw in the role that may; a refusal comes back on the page.
    private static func act(
        _ ask: Ask, _ shelf: Shelf, _ part: Draw.Part, done: String,
        _ body: @escaping @Sendable (DrawRecord, ID<Person>, Role, Change) throws -> Void
    ) async throws -> Answer {
        let person = try ask.signedIn()
        let id = ask.id("draw", Draw.self)
        do {
            try await ask.change { change in
                let draw = try find(ask, change.store)
                guard let role = draw.purpose.roles(for: part).first(where: ask.viewer.holds) else {
                    throw Missing()
                }
                try body(draw, person, role, change)
            }
        } catch let refused as Refused {
            return try await show(ask, shelf, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/draws/\(id)?done=\(done)")
    }

    private static func keep(_ ask: Ask, _ shelf: Shelf) async throws -> Answer {
        try await act(ask, shelf, .keep, done: "draw-kept") { draw, person, role, change in
            try DrawActs.keep(
                draw.id, sources: try DrawForm.sources(ask.form),
                notBefore: Instant(text: ask.form.text("not-before")), by: person, as: role, change, ask.house
            )
        }
    }

    private static func invite(_ ask: Ask, _ shelf: Shelf) async throws -> Answer {
        try await act(ask, shelf, .keep, done: "draw-invited") { draw, person, role, change in
            let asked = DrawForm.invitation(ask.form)
            try DrawActs.invite(
                draw.id, asked.parties, quorum: asked.quorum, openingHours: asked.openingHours,
                until: asked.until, by: person, as: role, change)
        }
    }

    /// What a research office does for its university.
    ///
    /// - Parameter body: gives the words that say what was done.
    private static func contribute(
        _ ask: Ask, _ shelf: Shelf,
        _ body: @escaping @Sendable (ID<Draw>, ID<Organisation>, Change) throws -> String
    ) async throws -> Answer {
        _ = try ask.signedIn()
        let (id, organisation) = (ask.id("draw", Draw.self), ID<Organisation>(ask.form.text("party")))
        guard ask.viewer.holds(.researchOffice, in: organisation) else { throw Missing() }
        do {
            let done = try await ask.change { change in try body(id, organisation, change) }
            return .see("/draws/\(id)?done=\(done)")
        } catch let refused as Refused {
            return try await show(ask, shelf, errors: refused.refusals.map(ask.words.sentence))
        }
    }

    private static func hold(_ ask: Ask, _ shelf: Shelf) async throws -> Answer {
        try await act(ask, shelf, .hold, done: "draw-held") { draw, person, role, change in
            guard let text = draw.commitment else { throw Refused("draw.not-kept") }
            try DrawActs.hold(
                draw.id, written: DrawForm.written(ask.form, try Commitment(document: text)), by: person,
                as: role,
                change)
        }
    }

    private static func substitute(_ ask: Ask, _ shelf: Shelf) async throws -> Answer {
        try await act(ask, shelf, .ask, done: "draw-substituted") { draw, person, role, change in
            try DrawActs.substitute(
                draw.id, code: ask.form.text("code"), reason: ask.form.text("reason"), by: person, as: role,
                change)
        }
    }

    private static func document(
        _ ask: Ask, named name: String, _ read: @escaping @Sendable (DrawRecord) -> String?
    ) async throws -> Answer {
        let text = try await ask.read { store in read(try find(ask, store)) }
        guard let text else { throw Missing() }
        return .download(Array(text.utf8), name: "\(name).json", type: "application/json; charset=utf-8")
    }

    /// Whom every code stands for, as far as the official may know.
    private static func names(_ ask: Ask) async throws -> Answer {
        guard DrawSight.isOfficial(ask.viewer) else { throw Missing() }
        let id = ask.id("draw", Draw.self)
        let words = ask.words
        let relations = DrawSight.relations(ask.viewer)
        let rows = try await ask.read { store in
            guard try find(ask, store).committedAt != nil else { throw Missing() }
            let barred = try DrawQueries.barred(ask.viewer.person, store)
            return try DrawQueries.entries(of: id, store).map { record in
                let isBarred = record.subjectKind == "application" && barred.contains(record.subjectId)
                let one = Seen(record, as: isBarred ? [] : relations)
                return [
                    "\(record.number)", record.code, one[DrawSight.name] ?? words["draw.recused"],
                    one[DrawSight.detail] ?? "", one[DrawSight.salt] ?? "",
                ]
            }
        }
        try await Reads.note(.draw, about: Draw.subject(id), ask)
        let head = ["number", "code", "name", "detail", "salt"].map { words["draw.\($0)"] }
        return .download(CSVText.file([head] + rows), name: "names.csv", type: "text/csv; charset=utf-8")
    }

    /// That the commitment stood in the journal before the sources had values: the fact opened, for everybody.
    private static func proof(_ ask: Ask) async throws -> Answer {
        do {
            let text = try await ask.read { store -> String in
                guard let fact = try find(ask, store).committedFact else { throw Missing() }
                return try FactProof.make(fact, store)
            }
            return .download(
                Array(text.utf8), name: "commitment.tlog-proof", type: "text/plain; charset=utf-8")
        } catch FactProof.Refused.notSealed {
            throw Refused("journal.not-sealed")
        }
    }
}
