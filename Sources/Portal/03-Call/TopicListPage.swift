import Lifecycle
import Store

/// `/topics`: the list of challenges (榜单), for everybody.
struct TopicListPage: Sendable {
    let q: String
    let openOnly: Bool
    let filtered: Bool
    let count: String
    let topics: [Item]
    let hasTopics: Bool
    let pager: Pager

    struct Item: Sendable {
        let href: String
        let number: String
        let title: String
        let user: String
        let ceiling: String
        let published: String
        let state: String
        let badge: String
        let isOpen: Bool
        let callHref: String
        let closes: String
        let closesISO: String
        let now: String
    }

    init(
        _ page: Paged<TopicRecord>, count: Int, _ lettings: [ID<Topic>: [TopicQueries.Letting]], q: String,
        openOnly: Bool, _ ask: Ask
    ) {
        let words = ask.words
        self.q = q
        self.openOnly = openOnly
        filtered = !q.isEmpty || openOnly
        topics = page.rows.map { record -> Item in
            let seen = Seen(record, as: [])
            let letting = lettings[record.id]?.first
            let phase = letting?.phase(at: ask.now)
            return Item(
                href: "/topics/\(record.id)", number: seen[TopicSight.number] ?? "",
                title: seen[TopicSight.title] ?? "", user: seen[TopicSight.user] ?? "",
                ceiling: seen[TopicSight.ceiling].map(CallWords(words: words).money) ?? "",
                published: seen[TopicSight.closedAt]?.day.text ?? "",
                state: words["topic.letting.\(phase?.rawValue ?? "none")"],
                badge: phase.map(CallWords(words: words).badge) ?? "neutral", isOpen: phase == .open,
                callHref: letting.map { "/calls/\($0.call)" } ?? "", closes: letting?.closesAt.text ?? "",
                closesISO: letting?.closesAt.iso ?? "", now: ask.now.iso)
        }
        hasTopics = !topics.isEmpty
        self.count = words.filled("topic.count", ["n": "\(count)"])
        pager = Pager(
            page, ListAddress("/topics", [("q", q), ("open", openOnly ? "1" : "")]), count: self.count, words)
    }
}

/// `/office/topics`: all of them for officials, their own for those who take part.
struct TopicDeskPage: Sendable {
    let rows: [Row]
    let hasRows: Bool
    let isOfficer: Bool
    let pager: Pager

    struct Row: Sendable {
        let href: String
        let number: String
        let title: String
        let user: String
        let state: String
        let badge: String
        let version: String
        let opened: String
    }

    init(_ page: Paged<TopicRecord>, _ ask: Ask, _ store: Transaction) throws {
        let words = ask.words
        rows = try page.rows.compactMap { record in
            guard let seen = try TopicSight.seen(record, for: ask.viewer, store) else { return nil }
            let state = seen[TopicSight.state] ?? .refining
            return Row(
                href: "/topics/\(record.id)", number: seen[TopicSight.number] ?? "",
                title: seen[TopicSight.title] ?? "", user: seen[TopicSight.user] ?? "",
                state: words["topic.state.\(state.rawValue)"], badge: TopicWords.badge(state),
                version: seen[TopicSight.version].map(String.init) ?? "—", opened: record.openedAt.day.text)
        }
        hasRows = !rows.isEmpty
        isOfficer = ask.viewer.holds(.programmeOfficer)
        pager = Pager(page, ListAddress("/office/topics"), words)
    }
}
