import Lifecycle

/// A programme's rules by the periods in which anything was said of them: a row a rule, a column a period. What one
/// version said over several periods is one cell.
struct ProgrammeRuleTable: Sendable {
    let periods: [Period]
    let rows: [Row]
    let hasRows: Bool

    struct Period: Sendable {
        let label: String
        let isCurrent: Bool
    }

    struct Row: Sendable {
        let label: String
        let scope: String
        let cells: [Cell]
    }

    struct Cell: Sendable {
        /// Columns it goes over.
        let span: String
        /// Nil where no version reaches into the period.
        let version: ProgrammeRuleVersion?
        let isAbsent: Bool
    }

    init(_ programme: Programme, today: Day, _ words: Words.Catalogue) {
        let spans = Self.spans(of: programme.rules)
        periods = spans.map { span in
            let last = span.until.map { $0.adding(-1).text }
            return Period(
                label: last.map {
                    words.filled("programme.period", ["from": span.from.text, "until": $0])
                } ?? words.filled("programme.periodOpen", ["from": span.from.text]),
                isCurrent: span.from <= today && span.until.map { today < $0 } ?? true)
        }
        rows = programme.rules.map { rule in
            Row(
                label: rule.label.text(in: words.language), scope: words["rule.scope.\(rule.scope.rawValue)"],
                cells: Self.cells(of: rule, over: spans, in: programme, words))
        }
        hasRows = !rows.isEmpty
    }

    private struct Span {
        let from: Day
        /// The first day that is not in it any more; nil where it goes on.
        let until: Day?
    }

    /// Between any two days on which a version begins or ends, those in which there is one.
    private static func spans(of rules: [Rule]) -> [Span] {
        let versions = rules.flatMap(\.versions)
        let days = Set(versions.map(\.from) + versions.compactMap(\.until)).sorted()
        return days.indices.map { index in
            Span(from: days[index], until: index + 1 < days.count ? days[index + 1] : nil)
        }.filter { span in rules.contains { $0.version(on: span.from) != nil } }
    }

    private static func cells(
        of rule: Rule, over spans: [Span], in programme: Programme, _ words: Words.Catalogue
    ) -> [Cell] {
        var runs: [(version: RuleVersion?, count: Int)] = []
        for span in spans {
            let version = rule.version(on: span.from)
            if let last = runs.last, last.version == version {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((version, 1))
            }
        }
        return runs.map { run in
            Cell(
                span: "\(run.count)",
                version: run.version.map { ProgrammeRuleVersion($0, of: rule, in: programme, words) },
                isAbsent: run.version == nil)
        }
    }
}

/// What one notice said of a rule.
struct ProgrammeRuleVersion: Sendable {
    /// In words; empty where the notice did not say.
    let demand: String
    let isUnstated: Bool
    /// The rule's name in this period, where it had another.
    let name: String
    let hasName: Bool
    let soft: String
    let isSoft: Bool
    let ground: GroundWords
    let isVerified: Bool

    init(_ version: RuleVersion, of rule: Rule, in programme: Programme, _ words: Words.Catalogue) {
        let said = DemandWords(programme, words)
        demand = version.demand.map { (version.when.map(said.text) ?? "") + said.text($0) } ?? ""
        isUnstated = version.demand == nil
        let other = version.label.flatMap { $0 == rule.label ? nil : $0 }
        name = other?.text(in: words.language) ?? ""
        hasName = other != nil
        soft =
            version.exceptionBy.map {
                words.filled("rule.exceptionBy", ["role": words["role.\($0.rawValue)"]])
            } ?? ""
        isSoft = version.exceptionBy != nil
        ground = GroundWords(version.standing, version.verified, version.cites, words)
        isVerified = version.verified.isVerified
    }
}
