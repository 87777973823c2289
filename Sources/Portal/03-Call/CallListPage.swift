import Lifecycle
import Store

/// `/calls`: what is out, with its filters in the address.
struct CallListPage: Sendable {
    let q: String
    let phases: [Choice]
    let programmes: [Choice]
    let years: [Choice]
    let filtered: Bool
    let count: String
    let calls: [Item]
    let hasCalls: Bool
    let sorts: [Choice]
    let pager: Pager

    struct Choice: Sendable {
        let value: String
        let label: String
        let selected: Bool
    }

    struct Item: Sendable {
        let href: String
        let title: String
        let number: String
        let programme: String
        let budget: String
        let isClosed: Bool
        let badge: String
        let phase: String
        let isOpen: Bool
        let opens: String
        let closes: String
        let closesISO: String
        let now: String
    }

    init(
        _ page: Paged<CallRow>, count: Int, titles: [String: Label], choices: CallQueries.Choices,
        filter: CallFilter, _ ask: Ask
    ) {
        let words = ask.words
        let spell = CallWords(words: words)
        q = filter.words
        phases =
            [Choice(value: "", label: words["call.any"], selected: filter.phase == nil)]
            + Call.Phase.allCases.map {
                Choice(value: $0.rawValue, label: spell.phase($0), selected: filter.phase == $0)
            }
        programmes =
            [Choice(value: "", label: words["call.any"], selected: filter.programme.isEmpty)]
            + choices.programmes.map {
                Choice(
                    value: $0.id, label: $0.title.text(in: ask.language), selected: filter.programme == $0.id)
            }
        years =
            [Choice(value: "", label: words["call.any"], selected: filter.year == nil)]
            + choices.years.map { Choice(value: "\($0)", label: "\($0)", selected: filter.year == $0) }
        filtered = !filter.isEmpty
        self.count = words.filled("call.count", ["n": "\(count)"])
        calls = page.rows.map { row in
            let phase = row.phase(at: ask.now)
            return Item(
                href: "/calls/\(row.id)", title: row.title, number: row.number,
                programme: titles[row.digest]?.text(in: ask.language) ?? row.programme,
                budget: spell.money(row.budget), isClosed: phase == .closed, badge: spell.badge(phase),
                phase: spell.phase(phase), isOpen: phase == .open, opens: row.opensAt.text,
                closes: row.closesAt.text, closesISO: row.closesAt.iso, now: ask.now.iso)
        }
        hasCalls = !calls.isEmpty
        let orders: [Sorting<CallSort>] = [
            Sorting(.phase), Sorting(.closes), Sorting(.closes, descending: true),
            Sorting(.opens, descending: true),
            Sorting(.number), Sorting(.budget, descending: true),
        ]
        sorts = orders.map {
            Choice(
                value: $0.text, label: words["call.sort.\($0.key.rawValue)\($0.descending ? "Down" : "")"],
                selected: $0 == filter.sorting)
        }
        pager = Pager(page, filter.address(), count: self.count, words)
    }
}
