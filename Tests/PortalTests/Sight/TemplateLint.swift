import Foundation

/// Holds every tag of a template against the page it is rendered with. Mustache prints nothing for a name that is
/// not there, nor for a computed property, and says nothing of it.
///
/// A tag inside a list, or inside something that may be absent, is known only once a page has had one: what no
/// page of the walk resolved has to be listed. Every other story's pages are looked at as well, as they come.
final class TemplateLint: @unchecked Sendable {
    // Everything below is touched under the lock only: pages come from several requests at once.
    private let lock = NSLock()
    private let templates: [String: [Node]]
    private var resolved: Set<Tag> = []
    private var wrong: Set<String> = []
    /// Templates rendered, with how often they were looked at.
    private var looked: [String: Int] = [:]
    /// Of each template with the partials it places.
    private let tags: [String: Set<Tag>]

    /// A tag where it stands.
    struct Tag: Hashable {
        let file: String
        let name: String
        let place: Int
    }

    indirect enum Node {
        case variable(name: String, place: Int)
        case section(name: String, place: Int, inverted: Bool, inner: [Node])
        case partial(String)
    }

    init() throws {
        var parsed: [String: [Node]] = [:]
        for (file, text) in try GuardDogTests.files(under: "Sources/Portal/Templates", ending: ".mustache") {
            parsed[String(file.dropLast(".mustache".count))] = try Self.parse(text, file)
        }
        // What every page carries around it is not the page's.
        parsed["frame"] = nil
        templates = parsed
        var tags: [String: Set<Tag>] = [:]
        for name in parsed.keys {
            tags[name] = Self.tags(of: name, parsed)
        }
        self.tags = tags
    }

    // MARK: - what was found

    /// Tags that name nothing the page holds.
    var unknown: [String] { lock.withLock { wrong.sorted() } }

    /// Tags of the page that no page of the walk resolved, by template.
    var unresolved: [String: Set<String>] {
        lock.withLock {
            let open = tags.values.reduce(into: Set<Tag>()) { $0.formUnion($1) }.subtracting(resolved)
            return Dictionary(grouping: open, by: \.file).mapValues { Set($0.map(\.name)) }
        }
    }

    // MARK: - looking

    /// Looks at the pages of all stories but the walk's.
    static let stories = Result { try TemplateLint() }

    /// - Returns: tags that name nothing this page holds and that were not told of before.
    @discardableResult
    func rendered(_ template: String, _ page: Any) -> [String] {
        lock.withLock {
            let known = wrong
            let count = looked[template] ?? 0
            looked[template] = count + 1
            // Pages alike say nothing new once every tag was met.
            if count > 3, let all = tags[template], all.isSubset(of: resolved) { return [] }
            guard let nodes = templates[template] else { return [] }
            visit(nodes, file: template, Scene(page: page, type: "\(type(of: page))"), [])
            return wrong.subtracting(known).sorted()
        }
    }

    private struct Scene {
        let page: Any
        let type: String
    }

    /// Stands in the stack where the page had nothing to show: what a tag inside would name is not known.
    private struct Nothing {}

    private enum Found {
        case value(Any)
        case absent
        case unknown
    }

    private func visit(_ nodes: [Node], file: String, _ scene: Scene, _ stack: [Any]) {
        for node in nodes {
            switch node {
            case .variable(let name, let place):
                _ = look(name, place, file, scene, stack)
            case .partial(let name):
                if let inner = templates[name] { visit(inner, file: name, scene, stack) }
            case .section(let name, let place, let inverted, let inner):
                let found = look(name, place, file, scene, stack)
                guard !inverted else {
                    visit(inner, file: file, scene, stack)
                    continue
                }
                switch found {
                case nil: visit(inner, file: file, scene, stack)
                case .absent, .unknown: visit(inner, file: file, scene, stack + [Nothing()])
                case .value(let value):
                    for next in Self.contexts(value, stack) { visit(inner, file: file, scene, next) }
                }
            }
        }
    }

    /// The stacks under which a section's inside is read.
    private static func contexts(_ value: Any, _ stack: [Any]) -> [[Any]] {
        guard let value = unwrapped(value) else { return [stack + [Nothing()]] }
        if value is Bool { return [stack] }
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .collection || mirror.displayStyle == .set {
            if mirror.children.isEmpty { return [stack + [Nothing()]] }
            return mirror.children.prefix(40).map { stack + [$0.value] }
        }
        return [stack + [value]]
    }

    /// Nil for words and the frame, which are not the page's.
    private func look(_ name: String, _ place: Int, _ file: String, _ scene: Scene, _ stack: [Any]) -> Found?
    {
        guard Self.isOfPage(name) else { return nil }
        let found = Self.find(name, scene.page, stack)
        switch found {
        case .value: resolved.insert(Tag(file: file, name: name, place: place))
        case .absent: break
        case .unknown: wrong.insert("\(file): {{\(name)}} is nothing that \(scene.type) holds")
        }
        return found
    }

    private static func isOfPage(_ name: String) -> Bool {
        !name.hasPrefix("w.") && !name.hasPrefix("frame.") && name != "w" && name != "frame"
    }

    private static func find(_ name: String, _ page: Any, _ stack: [Any]) -> Found {
        if name == "." { return stack.last.map { $0 is Nothing ? .absent : .value($0) } ?? .unknown }
        let parts = name.split(separator: ".").map(String.init)
        if parts[0] == "page" { return descend(parts.dropFirst(), from: page) }
        for object in stack.reversed() {
            if object is Nothing { return .absent }
            if let child = child(parts[0], of: object) { return descend(parts.dropFirst(), from: child) }
        }
        return .unknown
    }

    private static func descend(_ parts: ArraySlice<String>, from object: Any) -> Found {
        guard let part = parts.first else { return .value(object) }
        guard let value = unwrapped(object) else { return .absent }
        guard let child = child(part, of: value) else { return .unknown }
        return descend(parts.dropFirst(), from: child)
    }

    private static func child(_ name: String, of object: Any) -> Any? {
        guard let value = unwrapped(object) else { return nil }
        return Mirror(reflecting: value).children.first { $0.label == name }?.value
    }

    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return value }
        return mirror.children.first.flatMap { unwrapped($0.value) }
    }

    // MARK: - reading templates

    struct Malformed: Error { let what: String }

    /// The tags of a template in their nesting. Blocks and the parent template are transparent: what stands in
    /// them is rendered where they stand.
    static func parse(_ text: String, _ file: String) throws -> [Node] {
        var levels: [(name: String, place: Int, kind: Character, nodes: [Node])] = [("", 0, " ", [])]
        var place = 0
        for match in text.matches(of: /\{\{([#^\/>$<!]?)\s*([^}]*?)\s*\}\}/) {
            place += 1
            let name = String(match.2)
            switch match.1 {
            case "!": break
            case ">": levels[levels.count - 1].nodes.append(.partial(name))
            case "#", "^", "$", "<":
                levels.append((name, place, match.1.first ?? " ", []))
            case "/":
                guard levels.count > 1, let level = levels.popLast(), level.name == name else {
                    throw Malformed(what: "\(file): {{/\(name)}}")
                }
                switch level.kind {
                case "#", "^":
                    levels[levels.count - 1].nodes.append(
                        .section(
                            name: level.name, place: level.place, inverted: level.kind == "^",
                            inner: level.nodes))
                default: levels[levels.count - 1].nodes += level.nodes
                }
            default: levels[levels.count - 1].nodes.append(.variable(name: name, place: place))
            }
        }
        guard levels.count == 1 else {
            throw Malformed(what: "\(file): {{#\(levels[1].name)}} is not closed")
        }
        return levels[0].nodes
    }

    private static func tags(of file: String, _ all: [String: [Node]]) -> Set<Tag> {
        var found: Set<Tag> = []
        func note(_ nodes: [Node]) {
            for node in nodes {
                switch node {
                case .variable(let name, let place):
                    if isOfPage(name) {
                        found.insert(Tag(file: file, name: name, place: place))
                    }
                case .section(let name, let place, _, let inner):
                    if isOfPage(name) {
                        found.insert(Tag(file: file, name: name, place: place))
                    }
                    note(inner)
                case .partial(let name):
                    found.formUnion(tags(of: name, all))
                }
            }
        }
        note(all[file] ?? [])
        return found
    }

    /// Templates of which the walk does not resolve every tag: the tags, and why.
    static let unreached: [String: (tags: Set<String>, why: String)] = [
        "account/code": (["page.next"], "between password and code: SignInTests"),
        "definition/areas": (
            ["title", "changes", "subject", "badge", "kind", "what", "before", "after", "."],
            "a plan that was edited since: DefinitionStories"
        ),
        "definition/home": (["."], "a folder that was edited since: DefinitionForceStories"),
        "definition/proposal": (
            ["number", "title", "href", "hasShifts", "shifts", "."],
            "a call that goes over, or a refusal: DefinitionReachStories"
        ),
        "meeting/list": (["href", "title", "count"], "dossiers that wait for a meeting: MeetingStories"),
        "meeting/new": (
            [".", "id", "checked", "university", "title", "number"],
            "dossiers that wait for a meeting: MeetingStories"
        ),
        "meeting/show": (
            [
                "number", "title", "hasLeaving", "leaving", "name", "why", "isErased", "fields", "isProse",
                "label", "paragraphs", ".", "isEmpty", "value",
            ],
            "a second dossier on the agenda: MeetingStories; what was written of a candidate: InterviewStories"
        ),
        "meeting/tab": (
            [".", "place", "href", "at"], "a candidate who is to be heard, or was: InterviewStories"
        ),
        "call/show": (
            ["name", ".", "count", "label", "madeUpBy", "due", "dueISO", "isOver", "means", "href"],
            "quotas of single universities: CallStories; steps left out, a clock from the publication: RapidStories; a race: RaceStories"
        ),
        "call/edit": (
            [".", "id", "checked", "label", "value"],
            "an edit that clashes: CallStories; topics: TopicCallStories; who answers for it: RapidStories"
        ),
        "call/owed": (
            [
                ".", "number", "title", "owed", "label", "madeUpBy", "stateKind", "state", "hasDue", "due",
                "found", "foundKind",
            ], "a project decided on in a rapid response: RapidStories"
        ),
        "quota/proposal": (
            [
                "name", "code", "working", "lines", "isUnknown", "change", "reading", "sum", "limits", ".",
                "quota", "granted", "departs",
            ], "a university of which something is known: QuotaStories"
        ),
        "call/published": (["."], "a plan that was edited since: DefinitionStories"),
        "call/version": (["after", "label", "before"], "a call amended: CallStories"),
        "case/list": (["."], "a refused name of a view: CaseListTests"),
        "case/overview": (
            [
                "href", "title", "user", "isOwnUser", "ceiling", "chainHref", "hasDue", "due", "stateKind",
                "state", "label", "madeUpBy", "found", "foundKind", ".",
            ], "an application that bids for a topic: TopicCallStories; what is owed: RapidStories"
        ),
        "case/verdicts": (["."], "a rule looked at what the register lacks: CaseStories"),
        "draft/conflict": (["typed", "id"], "two windows: DraftStoryTests"),
        "draft/exclusions": (["code", "label"], "two experts of one name: DraftStoryTests"),
        "draft/ineligible": (
            ["page.callHref", "page.call", "page.eligibility"],
            "an applicant of a central university: DraftStoryTests"
        ),
        "draft/parties": (["."], "an invitation refused: NominationStories"),
        "draft/section": (["text", "href"], "a form with gaps: DraftStoryTests"),
        "draft/workspace": (["label", "href"], "a draft sent back: ListStoryTests"),
        "exception/list": (["."], "a second page of requests: ExceptionStories"),
        "list/confirm": ([".", "place", "number", "id", "title", "applicant"], "ListStoryTests"),
        "list/list": (["text", "href", "."], "a list in disorder: ListStoryTests"),
        "notice/notice": (
            ["cite", "standing", "standingKind"], "a project chosen by another route: ChampionStories"
        ),
        "notice/object": (["."], "a file that is refused: EvidenceTests"),
        "notice/roll": (
            [
                "title", "count", ".", "rows", "number", "invited", "applicant", "agreed", "university",
                "cells", "label", "value", "act", "correctHref",
                "fact", "hasProblems", "problems", "href", "text", "action",
                "replaces", "name", "organisation", "work", "controls", "agreement", "cancelHref",
            ],
            "somebody on it: RollStories; no more than so many: test_award.py; who is invited: InvitedStories"
        ),
        "party/invitation": (["."], "what is agreed and submitted, or refused: NominationStories"),
        "contract/contract": (
            [
                "indicators", "target", "number", "nodes", "label", "title", "proof", "href", "user", "due",
                "what", "promised", "test", "paysByTopic", ".",
            ], "what a topic fixes, and what another funder bears: test_open_challenge.py, JointStories"
        ),
        "contract/adoption": (["."], "a topic's project, and what was corrected: AdoptionStories"),
        "joint/show": (
            [".", "text", "href"], "an answer, and a reason that is too short: JointStories"
        ),
        "contract/partners": (
            ["lines", "body", "type", "endorsed", "brings", "share", "passedOn", "total", "keeps"],
            "a project with partners: PartnerStories"
        ),
        "contract/own": (
            [
                "body", "lead", "term", "endorsed", "brings", "share", "passedOn", "hasParts", "parts",
                "label", "upon", "yuan",
            ], "a partner at a contract that binds: PartnerStories"
        ),
        "payment/passing": (["body", "yuan"], "a project with partners: PartnerStories"),
        "people/half": (["page.code"], "a link for whoever can sign in: WayInTests"),
        "pool/receipt": (
            [".", "href"], "a citizen's problem that was settled, and the topic of one: MergeStories"
        ),
        "topic/chain": (
            [
                "href", "number", "title", "badge", "state", "note", "caseHref", ".", "applicant",
                "university", "amount", "agreed", "noticeHref", "uptakes", "text",
            ], "bids and projects of a topic: TopicCallStories; what is in use: AdoptionStories"
        ),
        "plan/compare": (
            [
                "isOnlyHere", "before", "after", "score", "number", "firstSum", "secondSum", ".", "title",
                "name",
            ], "two plans that differ: MatchingStories"
        ),
        "plan/gap": (
            ["action", "signedHref", "text", "title"], "a plan signed and invitations declined: GapStories"
        ),
        "plan/plan": (
            [
                "number", "count", "title", "why", ".", "href", "reason", "score", "hasGone", "tone",
                "compareHref",
                "hasCome", "signedHref", "organisation", "name", "rows", "more", "state", "text", "gone",
                "hasRows",
                "come",
            ], "empty places and barred pairs: MatchingStories; what fills them: GapStories"
        ),
        "pool/show": (
            ["hasPassages", "shared", "href", "passages", "state", "number", "badge", "title"],
            "problems that are alike: PoolStories"
        ),
        "review/bids": (["."], "a bid that is refused: BidStories"),
        "topic/edit": (["."], "a topic that is refused: TopicStories"),
        "appraisal/ended": (["page.number", "page.text"], "a seat that was given up: AppraisalStories"),
        "appraisal/invited": (["."], "a refused answer to an invitation: AppraisalRefusalStories"),
        "appraisal/list": (["."], "more panels than are listed: by hand"),
        "appraisal/panel": (["."], "a seat that is refused: AppraisalRefusalStories"),
        "appraisal/result": (["."], "a review after the contract that was against it: RapidStories"),
        "appraisal/tab": (
            [
                "text", "paper", "paperHref", "title", "opinions", "heading", "name", ".", "writtenAt",
                "answers", "label", "kind", "answer", "grounds", "comments", "paragraphs",
            ], "a step that was closed before: AppraisalStories; a panel that ended: TwoPanelStories"
        ),
        "appraisal/write": (
            ["name", "href", "text", "size", "task", "organisation"], "files and a team: by hand"
        ),
        "review/assign": (["."], "refusals of a choice: ReviewStories"),
        "review/invited": (["."], "a team: ReviewStories"),
        "reuse/list": (["."], "a call with more than a page of pairs: by hand"),
        "review/list": (["."], "a dossier with reviewers: ReviewStories"),
        "payment/payment": (["."], "a lane of a race: RaceStories"),
        "race/bids": (["."], "a race that cannot be proposed: RaceStories"),
        "round/round": (
            [".", "badge", "outcome", "tally", "short", "notesHref", "number"],
            "a race that waits for its signature: RaceStories; a panel's vote: MeetingStories, InterviewStories"
        ),
        "round/decision": (["."], "a project chosen by another route: ChampionStories"),
        "round/sign": (
            [".", "text", "href", "number"],
            "two organisations that fund, and a proposal sent back without a reason: JointStories, RoundTests; a dossier with appraisals: AppraisalStories"
        ),
        "round/championed": (
            [
                "place", "number", "title", "university", "disagreement", "grounds", "cases", "heading",
                "expert",
                "paragraphs", ".",
            ], "a selection by the route for non-consensus proposals: ChampionStories"
        ),
        "review/write": (
            ["text", "href", "task", ".", "organisation", "name"], "a team, and gaps: ReviewStories"
        ),
        "round/confirm": (
            [
                "page.number", "page.hidden", "page.title", "page.departures", "reason",
                "page.hasDepartures", "value", "title", "place", "page.total", "university", "amount",
                "page.givesMoney",
                "number", "page.funded", "page.left", "page.action", "what", "page.backAction", "name",
                "page.summary", "page.races", "page.hasRaces", "page.hasChampioned",
            ], "before a proposal is sent: RoundTests; with a race: test_race.py"
        ),
        "plan/application": (["."], "more experts than a table lists: MatchingStories"),
        "what-if/rule": (["."], "more flips than are named: by hand"),
        "call/checklist": (
            ["title", "items", ".", "ground"], "a call for what is set up when ripe: ChecklistStories"
        ),
        "statement/checklist": ([".", "title"], "an item that may still be looked at: ChecklistStories"),
        "statement/criterion": (
            [
                "id", "line", "label", "stateKind", "state", "finding", "isMet", "isMissing", "words",
                "hasFiles", "files", "hash", "selected", "name",
            ], "what is set up when ripe: ChecklistStories"
        ),
        "statement/finding": (
            [".", "file", "fileHref"], "an item with a file that shows it: ChecklistStories"
        ),
        "statement/list": (["."], "a statement that sends back: RollingStories"),
        "screening/batch": (
            [
                "page.back", "page.hasReady", "page.ids", "problems", "page.call", "page.hasHeld",
                "page.button", "university", "number", ".", "title", "page.held", "page.lede", "page.ready",
            ], "a batch that was chosen: ScreeningStories"
        ),
        "screening/list": (["."], "ScreeningStories"),
        "screening/tab": (["section", "text"], "gaps in an application: ScreeningStories"),
        "what-if/plan": ([".", "number"], "a plan that was edited since: DefinitionStories"),
        "what-if/what-if": (["."], "submissions that kept nothing: WhatIfTests"),
    ]
}
