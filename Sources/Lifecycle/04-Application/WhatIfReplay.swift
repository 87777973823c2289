extension WhatIf {
    /// Judges every application and every list twice: by the rules that applied, and by others.
    ///
    /// - Parameter pinned: the rules of the definition that the call pinned.
    package init(_ round: RecordedRound, pinned: [Rule], after: Rules) {
        let old = Rules(pinned, on: round.rulesDay)
        let pairs = Self.pairs(old, after)
        let lists = round.lists
        var fates = round.entries.map { _ in (before: Fate.free, after: Fate.free) }
        var differing: Set<Int> = []
        var failing: [String: (now: [String], before: [String])] = [:]
        var ruled: [OfRule] = []
        for pair in pairs {
            var tally = FlipTally()
            switch pair.scope {
            case .application:
                for (index, entry) in round.entries.enumerated() {
                    let verdicts = (
                        pair.old?.verdict(on: old.day, of: entry, in: round),
                        pair.new?.verdict(on: after.day, of: entry, in: round)
                    )
                    fates[index].before.take(verdicts.0)
                    fates[index].after.take(verdicts.1)
                    if entry.considered != nil, let then = entry.recorded[pair.id],
                        then != verdicts.0?.result
                    {
                        differing.insert(index)
                    }
                    tally.add(entry.number, entry.university, verdicts.0, verdicts.1)
                }
            case .list:
                for list in lists {
                    let verdicts = (
                        pair.old?.verdict(on: old.day, of: list.entries, at: list.university, in: round),
                        pair.new?.verdict(on: after.day, of: list.entries, at: list.university, in: round)
                    )
                    tally.add(list.university, list.university, verdicts.0, verdicts.1)
                    let fails = (verdicts.0?.result == .unmet, verdicts.1?.result == .unmet)
                    if fails.1 && !fails.0 { failing[list.university, default: ([], [])].now.append(pair.id) }
                    if fails.0 && !fails.1 {
                        failing[list.university, default: ([], [])].before.append(pair.id)
                    }
                }
            }
            ruled.append(
                OfRule(
                    id: pair.id, scope: pair.scope, before: pair.old.map { Side($0, on: old.day) },
                    after: pair.new.map { Side($0, on: after.day) }, counts: tally.counts, flips: tally.flips)
            )
        }
        self.round = round.number
        before = old.day
        self.after = after.day
        applications = round.entries.count
        unrecorded = round.entries.count { $0.considered == nil }
        self.differing = differing.sorted().map { round.entries[$0].number }
        rules = ruled
        turns = zip(round.entries, fates).compactMap { entry, fate in
            fate.before == fate.after
                ? nil
                : Turn(number: entry.number, university: entry.university, from: fate.before, to: fate.after)
        }
        var names: [String: String] = [:]
        for entry in round.entries { names[entry.university] = entry.universityName }
        universities = Self.balances(round, fates, failing, names) { $0.university }
        classes = Self.balances(round, fates, [:], [:]) { $0.considered?.group ?? "—" }
    }

    private struct Pair {
        let id: String
        let scope: Rule.Scope
        let old: Rule?
        let new: Rule?
    }

    /// Rules of one id and scope belong together.
    private static func pairs(_ old: Rules, _ new: Rules) -> [Pair] {
        func twin(of rule: Rule, in rules: [Rule]) -> Rule? {
            rules.first { $0.id == rule.id && $0.scope == rule.scope }
        }
        let kept = new.rules.map {
            Pair(id: $0.id, scope: $0.scope, old: twin(of: $0, in: old.rules), new: $0)
        }
        let gone = old.rules.filter { twin(of: $0, in: new.rules) == nil }.map {
            Pair(id: $0.id, scope: $0.scope, old: $0, new: nil)
        }
        return kept + gone
    }

    private static func balances(
        _ round: RecordedRound, _ fates: [(before: Fate, after: Fate)],
        _ failing: [String: (now: [String], before: [String])], _ names: [String: String],
        by key: (RecordedRound.Entry) -> String
    ) -> [Balance] {
        var counts: [String: (all: Int, lost: Int, gained: Int)] = [:]
        for (entry, fate) in zip(round.entries, fates) {
            var count = counts[key(entry)] ?? (0, 0, 0)
            count.all += 1
            if fate.after == .stopped && fate.before != .stopped { count.lost += 1 }
            if fate.before == .stopped && fate.after != .stopped { count.gained += 1 }
            counts[key(entry)] = count
        }
        return counts.keys.sorted().map { id in
            let count = counts[id] ?? (0, 0, 0)
            return Balance(
                id: id, name: names[id] ?? id, applications: count.all, lost: count.lost,
                gained: count.gained,
                listFails: failing[id]?.now ?? [], listPasses: failing[id]?.before ?? [])
        }
    }
}

/// The answers to one rule on both sides.
private struct FlipTally {
    var flips: [WhatIf.Flip] = []
    private var pairs: [WhatIf.Outcome: [WhatIf.Outcome: Int]] = [:]

    mutating func add(_ subject: String, _ university: String, _ old: Verdict?, _ new: Verdict?) {
        let (from, to) = (WhatIf.Outcome(old?.result), WhatIf.Outcome(new?.result))
        pairs[from, default: [:]][to, default: 0] += 1
        if from != to {
            flips.append(WhatIf.Flip(subject: subject, university: university, from: from, to: to))
        }
    }

    var counts: [WhatIf.Count] {
        WhatIf.Outcome.allCases.flatMap { from in
            WhatIf.Outcome.allCases.compactMap { to in
                pairs[from]?[to].map { WhatIf.Count(from: from, to: to, count: $0) }
            }
        }
    }
}

extension WhatIf.Fate {
    fileprivate mutating func take(_ verdict: Verdict?) {
        guard let verdict else { return }
        if verdict.stops { self = .stopped } else if verdict.isExceptable, self == .free { self = .asks }
    }
}

extension WhatIf.Side {
    fileprivate init(_ rule: Rule, on day: Day) {
        let version = rule.version(on: day)
        let nearest = version ?? rule.versions.last { $0.from <= day } ?? rule.versions.first
        self.init(
            label: version?.label ?? rule.label, cites: nearest?.cites ?? Citation(),
            standing: nearest?.standing ?? .demo, verified: nearest?.verified ?? false,
            isStated: version?.demand != nil, exceptionBy: version?.exceptionBy)
    }
}

extension Rule {
    fileprivate func verdict(on day: Day, of entry: RecordedRound.Entry, in round: RecordedRound) -> Verdict {
        verdict(
            on: day, applicant: entry.applicant, settings: round.settings, callYear: round.year,
            projectEnd: round.settings.projectEnd)
    }

    fileprivate func verdict(
        on day: Day, of list: [RecordedRound.Entry], at university: String, in round: RecordedRound
    ) -> Verdict {
        verdict(
            on: day, list: list.map(\.listed), quota: round.quota(for: university),
            settings: round.settings)
    }
}
