package import Lifecycle
package import Store

/// What a programme's formula says of each university that a call admits, beside what the call allots.
///
/// Until a call is out it is reckoned from the facts of earlier rounds as they stand; once it is out from what was
/// looked at when it was published, whatever was decided meanwhile.
package struct QuotaReckoning: Sendable {
    package struct University: Sendable, Decodable {
        package let id: String
        package let name: String
        package let nameEn: String
        package let code: String?
        package let groupName: String?
        package let level: String?
    }

    package struct Line: Sendable {
        package let university: University
        package let verdict: QuotaVerdict
        /// Nil where the call says nothing.
        package let granted: Int?
        /// Whether a fact says the same already.
        let isKept: Bool

        package var departs: Bool { verdict.isKnown && granted != verdict.quota }
    }

    let call: Call
    /// Nil where the programme has none, or the call does not say from what to begin.
    package let formula: QuotaFormula?
    /// In the order of the universities' names.
    package let lines: [Line]

    package init(
        _ call: Call, _ programme: Programme, at now: Instant, _ house: House, _ store: Transaction
    ) throws {
        self.call = call
        guard let formula = programme.quotaFormula, let base = call.settings.count(formula.base) else {
            self.formula = nil
            lines = []
            return
        }
        self.formula = formula
        let universities = try Self.admitted(to: call, programme, store)
        var kept: [String: QuotaSet] = [:]
        let histories: [String: QuotaHistory]
        if try Calls.find(call.id, store) == nil {
            histories = try Self.histories(of: universities, formula, call, at: now, house, store)
        } else {
            for university in universities {
                kept[university.id] = try QuotaGround.find(call.id, of: ID(university.id), store)?.body
            }
            histories = kept.mapValues(\.verdict.history)
        }
        lines = universities.map { university in
            let verdict = formula.verdict(base: base, for: histories[university.id] ?? QuotaHistory())
            let granted = call.quota(for: ID(university.id))
            let fact = kept[university.id]
            return Line(
                university: university, verdict: verdict, granted: granted,
                isKept: fact.map { $0.verdict == verdict && $0.granted == granted } ?? false)
        }
    }

    /// The formula's quotas of the universities it knows something of, by organisation id.
    package var proposed: [String: Int] {
        Dictionary(
            lines.filter(\.verdict.isKnown).map { ($0.university.id, $0.verdict.quota) }
        ) { first, _ in first }
    }

    /// Universities whose group and level no rule of the programme turns away.
    private static func admitted(to call: Call, _ programme: Programme, _ store: Transaction) throws
        -> [University]
    {
        let rules = programme.rules.filter { rule in
            switch rule.version(on: call.rulesDay)?.demand {
            case .organisationGroup, .organisationLevel: true
            default: false
            }
        }
        let all = try store.rows(
            """
            SELECT id, name, name_en, code, group_name, level FROM organisation WHERE kind = 'university'
            ORDER BY pinyin, id
            """, as: University.self)
        return all.filter { university in
            rules.allSatisfy { rule in
                rule.verdict(
                    on: call.rulesDay,
                    applicant: Applicant(group: university.groupName, level: university.level),
                    settings: call.settings, callYear: call.year, projectEnd: call.projectEnd
                ).result != .unmet
            }
        }
    }

    private static func histories(
        of universities: [University], _ formula: QuotaFormula, _ call: Call, at now: Instant,
        _ house: House, _ store: Transaction
    ) throws -> [String: QuotaHistory] {
        let rounds = EarlierRounds(
            programme: call.programme, besides: call.id, before: now, most: formula.rounds)
        var records: [QuotaIndicator: UnitRecord] = [:]
        for term in formula.terms {
            for slice in house.slices where records[term.indicator] == nil {
                records[term.indicator] = try slice.unitRecord(store, term.indicator, rounds)
            }
        }
        let before = try store.value(
            """
            SELECT body FROM call WHERE programme = \(call.programme) AND id <> \(call.id) AND closes_at < \(now)
            ORDER BY closes_at DESC, id LIMIT 1
            """, as: String.self
        ).map(Calls.decode)
        return Dictionary(
            universities.map { university in
                let readings = records.mapValues { $0.readings[university.id] ?? $0.otherwise }
                return (
                    university.id,
                    QuotaHistory(readings, previous: before?.quota(for: ID(university.id)))
                )
            }
        ) { first, _ in first }
    }

    private static let leastReason = 5
    private static let mostNamed = 5

    /// Quotas that are not the formula's, without a reason. What a fact says already needs no second one.
    func obstacles(_ reasons: [String: String]) -> [Refusal] {
        let silent = lines.filter { line in
            let id = line.university.id
            return line.departs && !line.isKept
                && (reasons[id] ?? "").trimmedCount < Self.leastReason
        }
        guard !silent.isEmpty else { return [] }
        let names = silent.prefix(Self.mostNamed).map {
            "\($0.university.name) \($0.granted.map(String.init) ?? "—")≠\($0.verdict.quota)"
        }
        return [
            Refusal(
                "call.quota-departs",
                [
                    "n": "\(silent.count)", "least": "\(Self.leastReason)",
                    "names": names.joined(separator: "、") + (silent.count > Self.mostNamed ? "…" : ""),
                ], citation: formula?.cites)
        ]
    }

    /// A fact for each university of which something is known and that has none that says the same already.
    func append(version: Int, reasons: [String: String], _ change: Change, as role: Role) throws {
        for line in lines where line.verdict.isKnown && !line.isKept {
            guard let granted = line.granted else { continue }
            let university = ID<Organisation>(line.university.id)
            try change.append(
                QuotaSet(
                    call: call.id, version: version, university: university, verdict: line.verdict,
                    granted: granted),
                about: .quota(call.id, of: university), as: role,
                reason: line.departs ? reasons[line.university.id] : nil)
        }
    }
}
