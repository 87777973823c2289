import Lifecycle
import Store

/// The public list of topics, and the page of each.
enum TopicRoutes {
    static func add(to routes: Routes) {
        routes.get("/topics") { ask in
            let words = String(ask.query.text("q").prefix(60))
            let openOnly = ask.query.text("open") == "1"
            let page = try await ask.read { store in
                let (page, count) = try TopicQueries.ready(
                    words, openOnly: openOnly, after: ListPlace(text: ask.query.text("after")), at: ask.now,
                    store)
                let lettings = try Dictionary(
                    uniqueKeysWithValues: page.rows.map { ($0.id, try TopicQueries.calls($0.id, store)) })
                return TopicListPage(page, count: count, lettings, q: words, openOnly: openOnly, ask)
            }
            return try await ask.page("topic/list", page)
        }
        routes.get("/topics/{topic}") { ask in try await show(ask, refusals: []) }
        routes.get("/topics/{topic}/versions/{version}") { ask in try await version(ask) }
        routes.post("/topics/{topic}/suggest") { ask in
            let person = try ask.signedIn()
            return try await act(ask, done: "topic-suggested") { id, change in
                try TopicActs.suggest(
                    id, part: TopicSuggested.Part(rawValue: ask.form.text("part")) ?? .whole,
                    text: ask.form.text("text"), by: person, change)
            }
        }
        routes.post("/topics/{topic}/vote") { ask in
            let person = try ask.signedIn()
            return try await act(ask, done: "topic-voted") { id, change in
                guard let topic = try TopicQueries.find(id, change.store),
                    try TopicActs.isPanel(person, topic, change.store)
                else { throw Missing() }
                let supports: Bool
                switch ask.form.text("supports") {
                case "yes": supports = true
                case "no": supports = false
                default: throw Refused("topic.choice")
                }
                try TopicActs.vote(
                    id, supports: supports, reason: ask.form.text("reason"), by: person, change)
            }
        }
        TopicOfficeRoutes.add(to: routes)
    }

    /// Runs an act on a topic; a refusal comes back on its page, and an unseen topic is missing.
    static func act(
        _ ask: Ask, done: String, _ body: @escaping @Sendable (ID<Topic>, Change) throws -> Void
    ) async throws -> Answer {
        let id = ask.id("topic", Topic.self)
        do {
            try await ask.change { change in
                _ = try TopicSight.find(id, for: ask.viewer, change.store)
                try body(id, change)
            }
        } catch let refused as Refused {
            return try await show(ask, refusals: refused.refusals)
        }
        return .see("/topics/\(id)?done=\(done)")
    }

    static func show(_ ask: Ask, refusals: [Refusal]) async throws -> Answer {
        let id = ask.id("topic", Topic.self)
        let (page, namesPanel) = try await ask.read { store in
            let (record, seen) = try TopicSight.find(id, for: ask.viewer, store)
            let picture = try TopicPicture.of(record, seen, ask.viewer, store)
            return (TopicPage(seen, picture, refusals, ask), picture.namesOthers(than: ask.viewer))
        }
        if namesPanel { try await Reads.note(.topicPanel, about: .topic(id), ask) }
        return try await ask.page("topic/show", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func version(_ ask: Ask) async throws -> Answer {
        let id = ask.id("topic", Topic.self)
        guard let number = Int(ask.parameter("version")) else { throw Missing() }
        let page = try await ask.read { store in
            let (record, seen) = try TopicSight.find(id, for: ask.viewer, store)
            guard seen[TopicSight.version] != nil else { throw Missing() }
            let versions = try TopicQueries.versions(record.id, store)
            guard let version = versions.first(where: { $0.version == number }) else { throw Missing() }
            let earlier = versions.first { $0.version == number - 1 }
            return try TopicVersionPage(
                seen, Seen(version, as: seen.relations), number: number, at: version.at,
                earlier: earlier.map { Seen($0, as: seen.relations) }, id: id, ask.words)
        }
        return try await ask.page("topic/version", page)
    }
}
