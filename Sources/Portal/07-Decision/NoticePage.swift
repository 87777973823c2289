import Lifecycle

/// `/notices`.
struct NoticesPage: Sendable {
    let notices: [Item]
    let isEmpty: Bool
    let q: String
    let states: [Choice]
    let years: [Choice]
    let sorts: [Choice]
    let filtered: Bool
    let count: String
    let pager: Pager

    struct Item: Sendable {
        let href: String
        let number: String
        let title: String
        let period: String
        let count: String
        let state: String
        let stateKind: String
        let isClosed: Bool
        let isRunning: Bool
        let ends: String
        let endsISO: String
        let now: String
    }

    init(_ page: Paged<Notices.Outline>, count: Int, _ filter: NoticeFilter, years: [Int], _ ask: Ask) {
        let words = ask.words
        q = filter.words
        states = Choice.any(
            words["table.any"],
            NoticeFilter.State.allCases.map { ($0.rawValue, words["notice.state.\($0.rawValue)"]) },
            chosen: filter.state?.rawValue ?? "")
        self.years = Choice.any(
            words["table.any"], years.map { ("\($0)", "\($0)") },
            chosen: filter.year.map(String.init) ?? "")
        let orders: [Sorting<NoticeSort>] = [
            NoticeFilter.latest, Sorting(.ends), Sorting(.ends, descending: true), Sorting(.number),
        ]
        sorts = orders.map {
            Choice(
                value: $0.text, label: words["notice.sort.\($0.key.rawValue)\($0.descending ? "Down" : "")"],
                chosen: $0 == filter.sorting)
        }
        filtered = !filter.isEmpty
        self.count = words.filled("notice.listCount", ["n": "\(count)"])
        pager = Pager(page, filter.address, count: self.count, words)
        notices = page.rows.map { notice in
            let state = NoticeWords.state(closed: notice.closedAt, ends: notice.endsAt, ask.now)
            return Item(
                href: "/notices/\(notice.id)", number: notice.callNumber, title: notice.callTitle,
                period: ask.words.filled(
                    "notice.period",
                    ["from": notice.openedAt.day.text, "to": notice.endsAt.day.text]),
                count: ask.words.filled("notice.count", ["count": "\(notice.count)"]),
                state: ask.words["notice.state.\(state.word)"], stateKind: state.kind,
                isClosed: state.word != "running", isRunning: state.word == "running",
                ends: ask.due(notice.endsAt), endsISO: notice.endsAt.iso, now: ask.now.iso)
        }
        isEmpty = notices.isEmpty
    }
}

enum NoticeWords {
    static func state(closed: Instant?, ends: Instant, _ now: Instant) -> (word: String, kind: String) {
        if closed != nil { return ("closed", "neutral") }
        return now <= ends ? ("running", "info") : ("ended", "warn")
    }
}

/// `/notices/{notice}`: the list, the period and its ground, and how to object.
struct NoticePage: Sendable {
    let number: String
    let title: String
    let state: String
    let stateKind: String
    let period: String
    let isRunning: Bool
    let ends: String
    let endsISO: String
    let now: String
    let daysText: String
    let counted: String
    let ground: String
    let hasGround: Bool
    let standing: String
    let standingKind: String
    let unpublishedText: String
    let hasUnpublished: Bool
    let count: String
    let givesMoney: Bool
    let total: String
    let rows: [Row]
    let races: [RaceBlock]
    let hasRaces: Bool
    /// Where something was not chosen by the ranking: by which rule.
    let route: RouteNote?
    let isClosed: Bool
    let outcome: String
    let closedAt: String
    let mayHandle: Bool
    let officeHref: String

    struct RouteNote: Sendable {
        let cite: String
        let standing: String
        let standingKind: String
    }

    struct Row: Sendable {
        let number: String
        let title: String
        let applicant: String
        let university: String
        let amount: String
        let objectHref: String
        let mayObject: Bool
        let overturned: Bool
        /// Its amount is the first money of a race and no whole grant.
        let isLane: Bool
        /// Chosen by the route for proposals that experts disagree about.
        let isChampioned: Bool
        /// From the problem to this project; nil where it bid for no topic.
        let chainHref: String?
    }

    init(_ notice: PublicNotice, _ ask: Ask) {
        let words = ask.words
        let record = notice.record
        let state = NoticeWords.state(closed: record.closedAt, ends: record.endsAt, ask.now)
        number = notice.callNumber
        title = notice.callTitle
        self.state = words["notice.state.\(state.word)"]
        stateKind = state.kind
        period = words.filled(
            "notice.period", ["from": record.openedAt.day.text, "to": record.endsAt.day.text])
        let running = state.word == "running"
        isRunning = running
        ends = ask.due(record.endsAt)
        endsISO = record.endsAt.iso
        now = ask.now.iso
        daysText = words.filled("notice.days", ["days": "\(notice.days)"])
        counted = notice.counted.map { "\($0.text)" }.joined(separator: "、")
        hasGround = notice.ground != nil
        ground = notice.ground?.cites.text(in: ask.language) ?? ""
        let standing = notice.ground?.standing ?? .demo
        standingKind = standing.rawValue
        self.standing = words["rule.standing.\(standing.rawValue)"]
        hasUnpublished = !notice.unpublished.isEmpty
        unpublishedText = words.filled(
            "notice.unpublished",
            ["years": notice.unpublished.map(String.init).joined(separator: "、")])
        count = words.filled("notice.count", ["count": "\(notice.lines.count)"])
        givesMoney = notice.givesMoney
        total = notice.lines.reduce(Money.zero) { $0 + $1.amount }.wanText
        isClosed = record.closedAt != nil
        let closed = record.closedAt != nil
        races = notice.races.compactMap { RaceBlock($0, on: notice.lines, ask) }
        hasRaces = !races.isEmpty
        let lanes = Set(notice.races.flatMap(\.race.lanes))
        rows = notice.lines.map { line in
            let seen = Seen(line, as: [])
            return Row(
                number: seen[NoticeSight.number] ?? "", title: seen[NoticeSight.title] ?? "",
                applicant: seen[NoticeSight.applicant] ?? "",
                university: seen[NoticeSight.university] ?? "",
                amount: seen[NoticeSight.amount]?.wanText ?? "",
                objectHref: "/notices/\(record.id)/objections/\(line.application)", mayObject: running,
                overturned: closed && line.overturned, isLane: lanes.contains(line.application),
                isChampioned: seen[NoticeSight.route].flatMap { $0 } != nil,
                chainHref: seen[NoticeSight.topic].map { "/topics/\($0)/chain" })
        }
        route = notice.nonConsensus.map {
            RouteNote(
                cite: $0.cites.text(in: ask.language),
                standing: words["rule.standing.\($0.standing.rawValue)"],
                standingKind: $0.standing.rawValue)
        }
        outcome =
            notice.objections == 0
            ? words["notice.noObjections"]
            : words.filled(
                "notice.outcome",
                [
                    "count": "\(notice.objections)", "upheld": "\(notice.upheld)",
                    "rejected": "\(notice.objections - notice.upheld)",
                ])
        closedAt = record.closedAt?.text ?? ""
        mayHandle =
            ask.viewer.holds(.programmeOfficer) || ask.viewer.holds(.commissionLeader)
            || ask.viewer.holds(.auditor) || ask.viewer.holds(.integrity)
        officeHref = "/notices/\(record.id)/office"
    }
}
