import Lifecycle
import Store

/// Putting problems in, and what became of them.
enum ProblemRoutes {
    /// What a form of this many characters takes at most, percent-encoded and in Chinese.
    private static let largest = 128 << 10

    static func add(to routes: Routes) {
        routes.get("/problems") { ask in
            let after = ListPlace(text: ask.query.text("after"))
            let page = try await ask.read { store in
                try ask.viewer.person.map { try ProblemQueries.own($0, after: after, store) }
                    ?? Paged([], size: 0, isFirst: true) { _ in [] }
            }
            return try await ask.page("pool/mine", ProblemsPage(page, ask))
        }
        routes.get("/problems/new") { ask in try await form(ask, typed: nil, refusals: []) }
        routes.post("/problems/new", limit: largest) { ask in try await putIn(ask) }
        // Says only what the proposer was told already; the secret cannot be guessed.
        routes.get("/problems/receipt/{token}") { ask in
            let token = ask.parameter("token")
            let page = try await ask.read { store in
                guard let record = try ProblemQueries.find(receipt: token, store) else { throw Missing() }
                let topics = try TopicQueries.from(record.id, store).filter { $0.state == .ready }
                return ProblemReceiptPage(
                    Seen(record, as: [.owner]), into: try ProblemMerges.root(of: record.id, store),
                    topics: topics, token: token, ask)
            }
            return try await ask.page("pool/receipt", page)
        }
        routes.get("/problems/{problem}") { ask in try await show(ask, refusals: []) }
        ProblemOfficeRoutes.add(to: routes)
    }

    private static func form(
        _ ask: Ask, typed: ProblemTyped?, refusals: [Refusal], status: Int = 200
    ) async throws -> Answer {
        guard let form = ask.house.plan.problemForm else { throw Refused("problem.no-form") }
        return try await ask.page(
            "pool/new", ProblemFormPage(form, typed: typed, refusals: refusals, ask), status: status)
    }

    private static func putIn(_ ask: Ask) async throws -> Answer {
        guard let form = ask.house.plan.problemForm else { throw Refused("problem.no-form") }
        let typed = ProblemTyped(ask.form, form.fields)
        let answers = typed.answers(form)
        let secret = Canonical.hex(ask.house.world.secretBytes(32))
        let citizen =
            ask.viewer.person == nil
            ? ProblemActs.Citizen(
                contact: ContactLeft(name: typed.name, contact: typed.contact), secret: secret) : nil
        let refusals = ProblemActs.obstacles(answers, form) + (citizen?.contact.obstacles ?? [])
        guard refusals.isEmpty else {
            return try await self.form(ask, typed: typed, refusals: refusals, status: 422)
        }
        // Only what would be taken in counts, so that mending a form costs nobody their turn.
        let name = Attempts.Name.problem(ask.viewer.person?.rawValue ?? ask.address)
        let now = ask.house.world.now()
        guard try await ask.house.database.write(.relaxed, { try Attempts.begin([name], at: now, $0) }) else {
            let many = Refusal("problem.too-many", ["most": "\(name.allowed)"])
            return try await self.form(ask, typed: typed, refusals: [many], status: 429)
        }
        let id = ask.house.world.id(Problem.self)
        _ = try await ask.change { change in
            try ProblemActs.putIn(answers, id: id, citizen: citizen, change, ask.house)
        }
        return .see(
            citizen == nil
                ? "/problems/\(id)?done=problem-put-in" : "/problems/receipt/\(secret)?done=problem-put-in")
    }

    /// The page of one problem, with what an act that was refused had to say.
    static func show(_ ask: Ask, refusals: [Refusal]) async throws -> Answer {
        let id = ask.id("problem", Problem.self)
        let (page, isOwn) = try await ask.read { store in
            let seen = try ProblemSight.find(id, for: ask.viewer, store)
            return (
                PoolPage(id, seen, try ProblemPicture.of(id, seen, ask.viewer, store), refusals, ask),
                seen.relations.contains(.owner)
            )
        }
        // Who put it in stands there too, by name or by how to be reached.
        if !isOwn, page.hasContact || page.proposer != nil {
            try await Reads.note(.contact, about: .problem(id), ask)
        }
        return try await ask.page("pool/show", page, status: refusals.isEmpty ? 200 : 422)
    }
}
