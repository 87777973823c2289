import Lifecycle

/// `/office/plan/what-if/{call}`: a closed round under other rules.
struct WhatIfPage: Sendable {
    let title: String
    let number: String
    let action: String
    let summary: String
    let day: String
    let wrongDay: String?
    let days: [Choice]
    /// The definitions to choose from; none where there is only the call's own.
    let sources: [Source]
    let hasSources: Bool
    /// The page of the proposal whose rules are asked.
    let proposal: String?
    let isUnchanged: Bool
    let unrecorded: String?
    let differing: String?
    let figures: [Figure]
    /// Rules that come out differently for somebody.
    let rules: [RuleBlock]
    /// All others, folded away.
    let sameRules: [RuleBlock]
    let hasSameRules: Bool
    let sameRulesTitle: String
    let universities: [Balance]
    let hasUniversities: Bool
    let classes: [Balance]

    struct Choice: Sendable {
        let href: String
        let label: String
        let current: Bool
    }

    struct Source: Sendable {
        let value: String
        let label: String
        let digest: String
        let checked: Bool
    }

    struct Figure: Sendable {
        let kind: String
        let value: String
        let label: String
    }

    struct Side: Sendable {
        let day: String
        let label: String
        let unstated: Bool
        /// Missing where the rule did not exist on the day.
        let ground: GroundWords?
    }

    struct RuleBlock: Sendable {
        let id: String
        let title: String
        let scope: String
        let badge: String
        let state: String
        let sides: [Side]
        let counts: [Count]
        let flips: [Flip]
        let hasFlips: Bool
        let flipsTitle: String
        let more: String?
    }

    struct Count: Sendable {
        let from: String
        let fromKind: String
        let to: String
        let toKind: String
        let count: String
        let changed: Bool
    }

    struct Flip: Sendable {
        let subject: String
        let from: String
        let to: String
    }

    struct Balance: Sendable {
        let name: String
        let applications: String
        let lost: String
        let gained: String
        let lists: String
        let hasLists: Bool
    }

    /// Flips of one rule that are named on the page; the command names them all.
    static let mostNamed = 100

    /// - Parameter offered: the definition whose rules are asked.
    init(
        _ answer: WhatIf, _ call: Call, _ sources: WhatIfSources, offered: Programme, _ form: WhatIfForm,
        _ ask: Ask
    ) {
        let words = ask.words
        let relations = WhatIfSight.relations(of: ask.viewer)
        title = call.title
        number = call.number
        action = "/office/plan/what-if/\(call.id)"
        summary = words.filled(
            "what-if.summary",
            ["n": "\(answer.applications)", "before": answer.before.text, "after": answer.after.text])
        day = answer.after.text
        wrongDay = form.wrongDay.map { words.filled("what-if.wrongDay", ["typed": $0]) }
        let chosen = form.source == .inForce && sources.inForce == nil ? WhatIfSource.pinned : form.source
        self.sources = Source.all(sources, chosen, words)
        hasSources = self.sources.count > 1
        proposal = if case .proposal(let fact) = chosen { "/office/plan/proposals/\(fact)" } else { nil }
        let path = action
        let suffix = chosen == .pinned ? "" : "&rules=\(chosen.text)"
        days = Set(offered.rules.flatMap { $0.versions.map(\.from) }).sorted().map {
            Choice(href: "\(path)?day=\($0.text)\(suffix)", label: $0.text, current: $0 == answer.after)
        }
        isUnchanged = answer.isUnchanged
        unrecorded =
            answer.unrecorded == 0
            ? nil : words.filled("what-if.unrecorded", ["n": "\(answer.unrecorded)"])
        differing =
            answer.differing.isEmpty
            ? nil : words.filled("what-if.differing", ["n": "\(answer.differing.count)"])
        let failing = answer.universities.count { !$0.listFails.isEmpty }
        figures = [
            Figure(
                kind: "bad", value: "\(answer.turns.count { $0.to == .stopped })",
                label: words["what-if.stopped"]),
            Figure(
                kind: "good", value: "\(answer.turns.count { $0.from == .stopped })",
                label: words["what-if.freed"]),
            Figure(kind: "warn", value: "\(failing)", label: words["what-if.listsFail"]),
            Figure(kind: "", value: "\(answer.unknownBefore.count)", label: words["what-if.unstatedBefore"]),
        ]
        var names: [String: String] = [:]
        for one in answer.universities { names[one.id] = one.name }
        let labels = Dictionary(
            answer.rules.map { ($0.id, ($0.after ?? $0.before)?.label.text(in: words.language) ?? $0.id) },
            uniquingKeysWith: { first, _ in first })
        func blocks(changed: Bool) -> [RuleBlock] {
            answer.rules.filter { !$0.flips.isEmpty == changed }.map {
                RuleBlock($0, answer, names, relations, words)
            }
        }
        rules = blocks(changed: true)
        sameRules = blocks(changed: false)
        hasSameRules = !sameRules.isEmpty
        sameRulesTitle = words.filled("what-if.sameRules", ["n": "\(sameRules.count)"])
        universities = answer.universities.filter {
            $0.lost + $0.gained > 0 || !$0.listFails.isEmpty || !$0.listPasses.isEmpty
        }.map { Balance($0, labels, words) }
        hasUniversities = !universities.isEmpty
        classes = answer.classes.map { Balance($0, labels, words) }
    }
}

extension WhatIfPage.Source {
    fileprivate static func all(
        _ sources: WhatIfSources, _ chosen: WhatIfSource, _ words: Words.Catalogue
    ) -> [Self] {
        func one(_ source: WhatIfSource, _ key: String, _ programme: Programme) -> Self {
            Self(
                value: source.text, label: words["what-if.source.\(key)"],
                digest: String(programme.digest.prefix(12)), checked: source == chosen)
        }
        return [one(.pinned, "pinned", sources.pinned)]
            + [sources.inForce].compactMap(\.self).map { one(.inForce, "inForce", $0) }
            + sources.proposed.map { one(.proposal($0.fact), "proposal", $0.programme) }
    }
}

extension WhatIfPage.RuleBlock {
    fileprivate init(
        _ rule: WhatIf.OfRule, _ answer: WhatIf, _ names: [String: String], _ relations: Set<Relation>,
        _ words: Words.Catalogue
    ) {
        id = rule.id
        title = (rule.after ?? rule.before)?.label.text(in: words.language) ?? rule.id
        scope = words["rule.scope.\(rule.scope.rawValue)"]
        let failing = rule.newlyUnmet.count
        badge = failing > 0 ? "bad" : rule.flips.isEmpty ? "muted" : "info"
        state =
            failing > 0
            ? words.filled("what-if.newlyUnmet", ["n": "\(failing)"])
            : rule.flips.isEmpty
                ? words["what-if.same"] : words.filled("what-if.changed", ["n": "\(rule.flips.count)"])
        sides = [
            WhatIfPage.Side(rule.before, answer.before, words),
            WhatIfPage.Side(rule.after, answer.after, words),
        ]
        func word(_ outcome: WhatIf.Outcome) -> String { words["what-if.outcome.\(outcome.rawValue)"] }
        counts = rule.counts.map {
            WhatIfPage.Count(
                from: word($0.from), fromKind: $0.from.rawValue, to: word($0.to), toKind: $0.to.rawValue,
                count: "\($0.count)", changed: $0.from != $0.to)
        }
        // What fails first; who is only known now comes last and is counted, not named.
        let named = rule.flips.filter { $0.to == .unmet || $0.from == .unmet }
        flips = named.prefix(WhatIfPage.mostNamed).compactMap { flip in
            let seen = Seen(flip, as: relations)
            guard let subject = seen[WhatIfSight.subject], let from = seen[WhatIfSight.from],
                let to = seen[WhatIfSight.to]
            else { return nil }
            return WhatIfPage.Flip(
                subject: rule.scope == .list
                    ? names[subject] ?? subject : "\(subject) · \(names[flip.university] ?? flip.university)",
                from: word(from), to: word(to))
        }
        hasFlips = !flips.isEmpty
        flipsTitle = words.filled("what-if.named", ["n": "\(named.count)"])
        more =
            named.count > WhatIfPage.mostNamed
            ? words.filled("what-if.more", ["n": "\(named.count - WhatIfPage.mostNamed)"]) : nil
    }
}

extension WhatIfPage.Side {
    fileprivate init(_ side: WhatIf.Side?, _ day: Day, _ words: Words.Catalogue) {
        self.day = day.text
        label = side?.label.text(in: words.language) ?? words["what-if.noRule"]
        unstated = side?.isStated == false
        ground = side.map { GroundWords($0.standing, $0.verified, $0.cites, words) }
    }
}

extension WhatIfPage.Balance {
    fileprivate init(_ balance: WhatIf.Balance, _ labels: [String: String], _ words: Words.Catalogue) {
        name = balance.name
        applications = "\(balance.applications)"
        lost = "\(balance.lost)"
        gained = "\(balance.gained)"
        let lists =
            balance.listFails.map { words.filled("what-if.listFails", ["rule": labels[$0] ?? $0]) }
            + balance.listPasses.map { words.filled("what-if.listPasses", ["rule": labels[$0] ?? $0]) }
        self.lists = lists.joined(separator: words.language == .zh ? "；" : "; ")
        hasLists = !lists.isEmpty
    }
}
