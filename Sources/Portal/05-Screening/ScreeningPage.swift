package import Lifecycle

/// The tab of one dossier.
package struct ScreeningPage: Sendable {
    package let head: CaseFrame
    package let action: String
    /// Nothing to show yet: the step has not been decided and the viewer does not decide it.
    package let isPending: Bool
    package let outcome: Outcome?
    package let shows: Bool
    package let proposalKind: String
    package let proposal: String
    package let hasProposal: Bool
    package let isComplete: Bool
    package let gaps: [Gap]
    let verdicts: [VerdictWords]
    let continues: [ContinuationLine]
    let hasContinues: Bool
    package let form: Form?
    package let hasErrors: Bool
    package let errors: [String]

    package struct Gap: Sendable {
        package let section: String
        package let text: String
    }

    package struct Outcome: Sendable {
        package let passed: Bool
        package let overturned: Bool
        package let officer: String
        package let at: String
        package let reason: String
        package let hasReason: Bool
    }

    package struct Form: Sendable {
        package let passChecked: Bool
        package let failChecked: Bool
        package let reason: String
        package let needsReason: Bool
    }

    package init(
        _ open: OpenCase, record: ScreeningRecord?, recorded: ApplicationScreened?,
        exceptions: [ExceptionRecord], continues: [ContinuationLine],
        findings: ScreeningActs.Findings?, decides: Bool,
        typed: ScreeningForm?, errors: [String],
        ask: Ask
    ) {
        let words = ask.words
        head = open.head(tab: "screening", ask)
        action = "/cases/\(open.record.id)/screening"
        let seen = record.map { Seen($0, as: open.seen.relations) }
        outcome = seen.flatMap { seen -> Outcome? in
            guard let passed = seen[ScreeningSight.passed] else { return nil }
            let reason = seen[ScreeningSight.reason] ?? ""
            return Outcome(
                passed: passed, overturned: seen[ScreeningSight.overturned] ?? false,
                officer: seen[ScreeningSight.officer] ?? "—", at: seen[ScreeningSight.at]?.text ?? "",
                reason: reason, hasReason: !reason.isEmpty)
        }
        isPending = outcome == nil && !decides
        self.continues = continues
        hasContinues = !continues.isEmpty
        shows = !isPending
        let live = decides ? findings : nil
        let shown = live?.verdicts ?? (outcome == nil ? [] : recorded?.verdicts ?? [])
        let beside = CaseExceptions(open, exceptions, ask)
        verdicts = shown.map { VerdictWords($0, beside: beside[$0.rule], words: words) }
        let language = ask.language
        if let live {
            gaps = live.incomplete.map { problem in
                Gap(
                    section: open.programme.form.section(problem.section)?.label.text(in: language) ?? "",
                    text: words.filled(
                        "refusal.answer.\(problem.code)",
                        problem.values.merging(["label": problem.label.text(in: language)]) { old, _ in old })
                )
            }
        } else {
            gaps = (outcome == nil ? [] : recorded?.incomplete ?? []).map { id in
                let section = open.programme.form.sections.first { $0.fields.contains { $0.id == id } }
                return Gap(
                    section: section?.label.text(in: language) ?? "",
                    text: open.programme.form.field(id)?.label.text(in: language) ?? id)
            }
        }
        isComplete = gaps.isEmpty
        let proposed =
            live?.proposal
            ?? recorded.map {
                ScreeningProposal(
                    verdicts: $0.verdicts, incomplete: $0.incomplete, rulings: $0.rulings ?? [])
            }
        proposalKind = proposed.map(Self.kind) ?? ""
        proposal = proposed.map { words["screening.proposal.\($0.rawValue)"] } ?? ""
        hasProposal = proposed != nil && shows
        // Nothing to decide before whoever may except has decided.
        form = live.flatMap { findings in
            findings.proposal == .wait
                ? nil
                : Form(
                    passChecked: typed.map { $0.passed == true } ?? (findings.proposal == .pass),
                    failChecked: typed.map { $0.passed == false } ?? (findings.proposal == .fail),
                    reason: typed?.reason ?? "", needsReason: findings.proposal != .pass)
        }
        self.errors = errors
        hasErrors = !errors.isEmpty
    }

    /// The badge's variant.
    package static func kind(_ proposal: ScreeningProposal) -> String {
        switch proposal {
        case .pass: "good"
        case .fail: "bad"
        case .look: "warn"
        case .wait: "info"
        }
    }
}

/// The list of one call, and the choice of call.
package struct ScreeningListPage: Sendable {
    package let title: String
    package let queues: [Queue]
    package let hasQueues: Bool
    package let hasCall: Bool
    package let call: String
    package let rows: [Row]
    package let hasRows: Bool
    package let passing: Int
    package let hasPassing: Bool
    package let count: String
    package let next: String?

    package struct Queue: Sendable {
        package let href: String
        package let title: String
        package let count: String
        package let due: String
        package let current: Bool
    }

    package struct Row: Sendable {
        package let id: String
        package let number: String
        package let title: String
        package let applicant: String
        package let university: String
        package let due: String
        package let href: String
        package let kind: String
        package let proposal: String
        package let findings: String
        package let passes: Bool
        package let pick: String
    }

    package init(
        _ waiting: [ScreeningQueries.Waiting], queues: [ScreeningQueries.Queue], call: Call?, ask: Ask
    ) {
        let words = ask.words
        title = call?.title ?? words["screening.list.title"]
        self.queues = queues.map {
            Queue(
                href: "/office/screening?call=\($0.call.rawValue.percentEncoded)", title: $0.title,
                count: "\($0.count)", due: ask.due($0.due), current: $0.call == call?.id)
        }
        hasQueues = !queues.isEmpty
        hasCall = call != nil
        self.call = call?.id.rawValue ?? ""
        rows = waiting.map { item in
            let seen = Seen(item.record, as: [.programmeOfficer])
            let unmet = item.findings.verdicts.filter { $0.result != .met }
            var found = unmet.map {
                "\($0.label.text(in: ask.language))（\(words["rule.result.\($0.result.rawValue)"])）"
            }
            if !item.findings.incomplete.isEmpty {
                found.insert(
                    words.filled("screening.list.gaps", ["count": "\(item.findings.incomplete.count)"]), at: 0
                )
            }
            let number = seen[DossierSight.number] ?? ""
            return Row(
                id: item.record.id.rawValue, number: number, title: seen[DossierSight.title] ?? "",
                applicant: seen[DossierSight.ownerName] ?? "",
                university: seen[DossierSight.universityName] ?? "", due: ask.due(item.record.dueAt),
                href: "/cases/\(item.record.id)/screening",
                kind: ScreeningPage.kind(item.findings.proposal),
                proposal: words["screening.proposal.\(item.findings.proposal.rawValue)"],
                findings: found.joined(separator: "；"), passes: item.findings.proposal == .pass,
                pick: words.filled("screening.list.pick", ["number": number]))
        }
        hasRows = !rows.isEmpty
        passing = rows.count(where: \.passes)
        hasPassing = passing > 0
        let total = queues.first { $0.call == call?.id }?.count ?? rows.count
        count = words.filled(
            "screening.list.count",
            ["shown": "\(rows.count)", "total": "\(total)", "passing": "\(passing)"])
        next =
            waiting.count == ScreeningQueries.pageSize
            ? waiting.last.map {
                "/office/screening?call=\((call?.id.rawValue ?? "").percentEncoded)&after=\($0.record.number.percentEncoded)"
            } : nil
    }
}

/// What a batch will do, before it does it.
package struct ScreeningBatchPage: Sendable {
    package let call: String
    package let back: String
    package let lede: String
    package let ready: [Row]
    package let hasReady: Bool
    package let held: [Row]
    package let hasHeld: Bool
    package let ids: [String]
    package let button: String

    package struct Row: Sendable {
        package let number: String
        package let title: String
        package let university: String
        package let problems: [String]
    }

    package init(_ lines: [ScreeningActs.BatchLine], call: String, ask: Ask) {
        let words = ask.words
        self.call = call
        back = "/office/screening?call=\(call.percentEncoded)"
        func row(_ line: ScreeningActs.BatchLine) -> Row {
            let seen = Seen(line.record, as: [.programmeOfficer])
            return Row(
                number: seen[DossierSight.number] ?? "", title: seen[DossierSight.title] ?? "",
                university: seen[DossierSight.universityName] ?? "",
                problems: line.problems.map(words.sentence))
        }
        let good = lines.filter(\.problems.isEmpty)
        ready = good.map(row)
        hasReady = !ready.isEmpty
        held = lines.filter { !$0.problems.isEmpty }.map(row)
        hasHeld = !held.isEmpty
        ids = good.map(\.record.id.rawValue)
        lede = words.filled(
            "screening.batch.lede", ["count": "\(ready.count)", "held": "\(held.count)"])
        button = words.filled("screening.batch.go", ["count": "\(ready.count)"])
    }
}
