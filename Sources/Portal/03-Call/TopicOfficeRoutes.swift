import Lifecycle
import Store

/// Where officers make topics of problems.
enum TopicOfficeRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/topics") { ask in
            let person = try ask.signedIn()
            let isOfficial = DrawSight.isOfficial(ask.viewer)
            let after = ListPlace(text: ask.query.text("after"))
            let page = try await ask.read { store in
                try TopicDeskPage(
                    TopicQueries.desk(of: isOfficial ? nil : person, after: after, store), ask, store)
            }
            guard isOfficial || page.hasRows else { throw Missing() }
            return try await ask.page("topic/office", page)
        }
        routes.get("/office/topics/new") { ask in
            try ask.require(.programmeOfficer)
            let chosen = ask.query.all("problem").map { ID<Problem>($0) }
            return try await new(ask, chosen, typed: nil)
        }
        routes.post("/office/topics/new") { ask in
            try ask.require(.programmeOfficer)
            let chosen = ask.form.all("problem").map { ID<Problem>($0) }
            let typed = TopicForm(ask.form)
            let id = ask.house.world.id(Topic.self)
            do {
                try await ask.change { change in
                    let (text, unread) = try typed.reading(change.store)
                    let refusals = typed.refusals(text, unread: unread)
                    guard refusals.isEmpty else { throw Refused(refusals) }
                    try TopicActs.open(text, from: chosen, id: id, change)
                }
            } catch let refused as Refused {
                return try await new(ask, chosen, typed: typed, refusals: refused.refusals)
            }
            return .see("/topics/\(id)?done=topic-opened")
        }
        routes.get("/topics/{topic}/edit") { ask in
            try await edit(ask, typed: nil)
        }
        routes.post("/topics/{topic}/edit") { ask in
            try ask.require(.programmeOfficer)
            let id = ask.id("topic", Topic.self)
            let typed = TopicForm(ask.form)
            let form = ask.form
            do {
                try await ask.change { change in
                    guard try TopicQueries.find(id, change.store) != nil else { throw Missing() }
                    let (text, unread) = try typed.reading(change.store)
                    let refusals = typed.refusals(text, unread: unread)
                    guard refusals.isEmpty else { throw Refused(refusals) }
                    try TopicActs.revise(
                        id, text, base: Int(form.text("base")) ?? 0,
                        adopting: form.all("adopt").compactMap { Int64($0) }, reason: form.text("reason"),
                        change)
                }
            } catch let refused as Refused {
                return try await edit(ask, typed: typed, refusals: refused.refusals)
            }
            return .see("/topics/\(id)?done=topic-revised")
        }
        office(routes, "invite", done: "topic-invited") { id, form, _, change in
            try TopicActs.invite(id, address: form.text("address"), change)
        }
        office(routes, "ballot", done: "topic-put-to-vote") { id, form, officer, change in
            let addresses = (form["panel"] ?? "").split(whereSeparator: {
                $0.isWhitespace || ",，;；、".contains($0)
            }).map(String.init)
            try TopicActs.putToVote(
                id, addresses: addresses, quorum: Int(form.text("quorum").halfWidth) ?? 0, by: officer, change
            )
        }
        office(routes, "close", done: "topic-closed") { id, form, _, change in
            guard let outcome = TopicBallot.Outcome(rawValue: form.text("outcome")) else {
                throw Refused("topic.outcome")
            }
            try TopicActs.close(id, outcome, reason: form.text("reason"), change)
        }
    }

    private static func office(
        _ routes: Routes, _ verb: String, done: String,
        _ body: @escaping @Sendable (ID<Topic>, FormFields, ID<Person>, Change) throws -> Void
    ) {
        routes.post("/topics/{topic}/\(verb)") { ask in
            try ask.require(.programmeOfficer)
            let officer = try ask.signedIn()
            return try await TopicRoutes.act(ask, done: done) { id, change in
                try body(id, ask.form, officer, change)
            }
        }
    }

    private static func new(
        _ ask: Ask, _ chosen: [ID<Problem>], typed: TopicForm?, refusals: [Refusal] = []
    ) async throws -> Answer {
        let page = try await ask.read { store in
            let seen = try ProblemQueries.some(chosen, store).map {
                ($0.id, Seen($0, as: DrawSight.relations(ask.viewer)))
            }
            let form = typed ?? TopicForm(from: seen.map { $0.1[ProblemSight.answers] ?? [] })
            return TopicFormPage(
                form, heading: "topic.newTitle", action: "/office/topics/new", base: nil, problems: seen,
                suggestions: [], refusals: refusals, ask)
        }
        return try await ask.page("topic/edit", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func edit(
        _ ask: Ask, typed: TopicForm?, refusals: [Refusal] = []
    ) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let id = ask.id("topic", Topic.self)
        let page = try await ask.read { store in
            let (record, seen) = try TopicSight.find(id, for: ask.viewer, store)
            guard !record.state.isClosed else { throw Refused("topic.frozen") }
            let text = try record.text()
            let address = try text.user.person.flatMap {
                try store.value("SELECT email FROM person WHERE id = \($0)", as: String.self)
            }
            let problems = try ProblemQueries.some(TopicQueries.problems(id, store), store).map {
                ($0.id, Seen($0, as: seen.relations))
            }
            return TopicFormPage(
                typed ?? TopicForm(text, address: address ?? ""), heading: "topic.editTitle",
                action: "/topics/\(id)/edit", base: typed == nil ? record.version : nil, problems: problems,
                suggestions: try TopicQueries.suggestions(id, store).filter { $0.adopted == nil }.map {
                    ($0.fact, Seen($0, as: seen.relations))
                }, refusals: refusals, ask)
        }
        return try await ask.page("topic/edit", page, status: refusals.isEmpty ? 200 : 422)
    }
}
