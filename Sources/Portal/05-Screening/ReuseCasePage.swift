import Lifecycle
import Store

/// `/cases/{id}/reuse`: what an application has in common with other texts.
struct ReuseCasePage: Sendable {
    let head: CaseFrame
    let checked: String
    let isChecked: Bool
    let isWaiting: Bool
    let mayCheck: Bool
    let checkAction: String
    let worst: Lines
    let rest: Lines
    let more: String
    let hasLines: Bool
    let hasMore: Bool
    let isClean: Bool
    let files: [File]
    let hasFiles: Bool
    let continues: [ContinuationLine]
    let hasContinues: Bool

    struct File: Sendable {
        let name: String
        let problem: String
    }

    struct Lines: Sendable {
        let lines: [ReuseLine]
    }

    /// So many are shown; the rest, which share less, are folded.
    private static let shown = 10

    init(_ open: OpenCase, _ ask: Ask, _ store: Transaction) throws {
        let (words, id) = (ask.words, open.record.id)
        head = open.head(tab: "reuse", ask)
        let check = try ReuseQueries.check(of: id, store)
        isChecked = check != nil
        isWaiting = try ReuseQueries.isWaiting(open.record, store)
        checked =
            check.map {
                words.filled("reuse.case.checked", ["time": $0.at.text, "count": "\($0.texts)"])
            } ?? words["reuse.case.unchecked"]
        mayCheck = open.seen.relations.contains(.programmeOfficer)
        checkAction = "/cases/\(id)/reuse/check"
        let lines = try ReuseQueries.pairs(of: id, store).map { record in
            guard let pair = try OpenPair.find(record, from: id, for: ask.viewer, store) else {
                return ReuseLine(hiddenFrom: nil, words)
            }
            return ReuseLine(pair, round: try .of(pair, store), words)
        }
        worst = Lines(lines: Array(lines.prefix(Self.shown)))
        rest = Lines(lines: Array(lines.dropFirst(Self.shown)))
        more = words.filled("reuse.case.more", ["count": "\(rest.lines.count)"])
        hasLines = !lines.isEmpty
        hasMore = !rest.lines.isEmpty
        isClean = isChecked && lines.isEmpty
        files = try ReuseQueries.unread(of: id, store).map {
            File(name: $0.name, problem: ReuseFile.words($0.problem, words))
        }
        hasFiles = !files.isEmpty
        continues = try ContinuationLine.all(
            of: open, try ApplicationSubmitted.find(fact: open.record.fact, store)?.application, ask, store)
        hasContinues = !continues.isEmpty
    }
}

/// `/office/reuse`: what was found in a call, the worst first.
struct ReuseListPage: Sendable {
    let calls: [Choice]
    let hasCalls: Bool
    let call: String
    let relations: [Choice]
    let states: [Choice]
    let lines: [ReuseLine]
    let hasLines: Bool
    let count: String
    let next: String?
    let isWaiting: Bool
    let mayRebuild: Bool

    struct Choice: Sendable {
        let value: String
        let href: String
        let label: String
        let current: Bool
    }

    init(_ filter: ReuseQueries.Filter, _ ask: Ask, _ store: Transaction) throws {
        let (words, person) = (ask.words, try ask.signedIn())
        let found = try ReuseQueries.calls(store)
        // Whoever comes without a choice has screening to do.
        let desk = try ScreeningQueries.queues(for: person, store).map(\.call)
        let chosen =
            found.first { $0.id.rawValue == filter.call } ?? found.first { desk.contains($0.id) }
            ?? found.first
        calls = found.map {
            Choice(
                value: $0.id.rawValue, href: filter.href(call: $0.id.rawValue), label: $0.title,
                current: $0.id == chosen?.id)
        }
        hasCalls = !found.isEmpty
        call = chosen?.id.rawValue ?? ""
        relations =
            [Choice(value: "", href: "", label: words["reuse.list.all"], current: filter.relation == nil)]
            + ReuseRelation.allCases.map {
                Choice(
                    value: $0.rawValue, href: "", label: words["reuse.relation.\($0.rawValue)"],
                    current: $0 == filter.relation)
            }
        states =
            [Choice(value: "", href: "", label: words["reuse.list.all"], current: filter.state == nil)]
            + ReuseQueries.Filter.State.allCases.map {
                Choice(
                    value: $0.rawValue, href: "", label: words["reuse.list.state.\($0.rawValue)"],
                    current: $0 == filter.state)
            }
        let records = try chosen.map {
            try ReuseQueries.worst(in: $0.id, filter, for: person, store)
        }
        let shown = (records ?? []).prefix(ReuseQueries.pageSize)
        lines = try shown.map { record in
            if let pair = try OpenPair.find(record, from: record.application, for: ask.viewer, store) {
                return ReuseLine(pair, round: try .of(pair, store), words)
            }
            let mine = try DossierSight.find(record.application, for: ask.viewer, store).seen
            return ReuseLine(
                hiddenFrom: ReuseLine.OpenCaseSide(
                    number: mine[DossierSight.number] ?? "", title: mine[DossierSight.title] ?? ""), words)
        }
        hasLines = !lines.isEmpty
        let tally = try chosen.map { try ReuseQueries.tally(in: $0.id, for: person, store) }
        count = words.filled(
            "reuse.list.count", ["count": "\(tally?.pairs ?? 0)", "open": "\(tally?.open ?? 0)"])
        let (call, isMore) = (self.call, (records ?? []).count > shown.count)
        next = isMore ? shown.last.map { filter.href(call: call, after: $0.id) } : nil
        isWaiting = try ReuseQueries.isRebuilding(store)
        mayRebuild = ask.viewer.holds(.programmeOfficer)
    }
}
