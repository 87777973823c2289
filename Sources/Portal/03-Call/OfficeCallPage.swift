import Lifecycle
import Store

/// `/office/calls`: drafts and published calls, for programme officers.
struct OfficeCallsPage: Sendable {
    let drafts: [Item]
    let hasDrafts: Bool
    let calls: [Item]
    let hasCalls: Bool
    let pager: Pager

    struct Item: Sendable {
        let href: String
        let title: String
        let number: String
        let programme: String
        let badge: String
        let state: String
        let opens: String
        let closes: String
        let version: String
        let saved: String
    }

    /// - Parameters:
    ///   - page: of the calls that are published.
    ///   - published: those of the drafts that amend a published call.
    init(
        _ drafts: [CallDraft], _ page: Paged<CallRow>, published: Set<ID<Call>>, titles: [String: Label],
        _ ask: Ask
    ) {
        let words = ask.words
        let spell = CallWords(words: words)
        self.drafts = drafts.map { draft in
            let amends = published.contains(draft.id)
            return Item(
                href: "/office/calls/\(draft.id)", title: draft.values["title"] ?? words["call.untitled"],
                number: draft.values["number"] ?? "—",
                programme: titles[draft.programme]?.text(in: ask.language) ?? draft.programme,
                badge: amends ? "warn" : "neutral",
                state: words[amends ? "call.state.amending" : "call.state.draft"], opens: "", closes: "",
                version: "", saved: draft.savedAt.text)
        }
        hasDrafts = !drafts.isEmpty
        calls = page.rows.map { row in
            let phase = row.phase(at: ask.now)
            return Item(
                href: "/office/calls/\(row.id)", title: row.title, number: row.number,
                programme: titles[row.programme]?.text(in: ask.language) ?? row.programme,
                badge: spell.badge(phase), state: spell.phase(phase), opens: row.opensAt.text,
                closes: row.closesAt.text, version: "\(row.version)", saved: "")
        }
        hasCalls = !calls.isEmpty
        pager = Pager(page, ListAddress("/office/calls"), words)
    }
}

/// `/office/calls/new`: which programme.
struct NewCallPage: Sendable {
    let programmes: [Choice]
    let chosen: Bool
    let failed: Bool

    struct Choice: Sendable {
        let id: String
        let title: String
        let summary: String
        let checked: Bool
    }

    init(_ programmes: [Programme], failed: Bool = false, _ ask: Ask) {
        self.programmes = programmes.enumerated().map { index, programme in
            Choice(
                id: programme.id, title: programme.title.text(in: ask.language),
                summary: programme.summary.text(in: ask.language), checked: index == 0)
        }
        chosen = !programmes.isEmpty
        self.failed = failed
    }
}

/// `/office/calls/{call}` of a published call that nobody is amending.
struct PublishedCallPage: Sendable {
    let id: String
    let title: String
    let number: String
    let version: String
    let phase: String
    let badge: String
    let closes: String
    /// Where to see what the definition has become since; nil where the call keeps the one in force.
    let diff: String?

    init(_ call: Call, inForce: Programme?, version: Int, _ ask: Ask) {
        let spell = CallWords(words: ask.words)
        id = call.id.rawValue
        title = call.title
        number = call.number
        self.version = ask.words.filled("call.version", ["n": "\(version)"])
        phase = spell.phase(call.phase(at: ask.now))
        badge = spell.badge(call.phase(at: ask.now))
        closes = call.closes.text
        diff = inForce.map { $0.digest != call.digest } == true ? "/office/plan/diff/\(call.id)" : nil
    }
}
