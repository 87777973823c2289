import Lifecycle
import Store

/// What the page of a call is made of.
struct CallView: Sendable {
    let call: Call
    let programme: Programme
    let versions: [CallQueries.Version]
    let universities: [CallQueries.Named]
    let outlook: Outlook?
    /// In the call's order.
    let topics: [TopicRecord]
    let calendar: WorkCalendar
    let funder: JointFunders.Funder?
}

/// `/calls/{call}`: everything that a call promises and demands, with where each demand comes from.
struct CallPage: Sendable {
    let id: String
    let title: String
    let number: String
    let programme: String
    /// The programme as it is now.
    let programmeHref: String
    let summary: String
    let clauses: String
    let badge: String
    let phase: String
    let isOpen: Bool
    let isAnnounced: Bool
    let isClosed: Bool
    let opens: String
    let opensISO: String
    let closes: String
    let closesISO: String
    let now: String
    let budget: String
    /// Who funds it too, and how much of it; nil where the commission funds it alone.
    let joint: String?
    let guide: [GuideBlock]
    let parameters: [Value]
    let rules: [CallRuleLine]
    let rulesDay: String
    let defaults: [CallDefaultLine]
    let quotaEach: String
    let quotas: [Quota]
    let hasQuotas: Bool
    let quotaCount: String
    let formula: QuotaFormulaWords?
    let procedure: ProcedureDrawing
    /// Steps whose terms run from the publication, with the moment each has to be done by.
    let clock: [ClockLine]
    let hasClock: Bool
    let checklists: [CallChecklist]
    /// By what rule each appraisal comes to its conclusion.
    let appraisals: [AppraisalRuleWords]
    let hasAppraisals: Bool
    let calendarGap: String?
    let letting: LettingWords
    let parties: [PartyRuleWords]
    let hasParties: Bool
    let versions: [VersionLine]
    let changed: Bool
    let apply: CallApply
    /// For an applicant: how the own university stands.
    let unit: UnitOutlookWords?
    let topics: [Topic]
    let hasTopics: Bool
    /// What statements of its dossiers make together, for anybody to read.
    let rolls: [Roll]
    let hasRolls: Bool

    struct Roll: Sendable {
        let href: String
        let label: String
    }

    struct Topic: Sendable {
        let href: String
        let number: String
        let title: String
        let text: TopicTextView
    }

    struct ClockLine: Sendable {
        let label: String
        let due: String
        let dueISO: String
        let isOver: Bool
    }

    struct Value: Sendable {
        let label: String
        let value: String
    }

    struct Quota: Sendable {
        let name: String
        let count: String
    }

    struct VersionLine: Sendable {
        let label: String
        let at: String
        let atISO: String
        let current: Bool
        let href: String
        let hasDiff: Bool
    }

    init(_ view: CallView, _ ask: Ask) {
        let words = ask.words
        let spell = CallWords(words: words)
        let (call, programme) = (view.call, view.programme)
        let phase = call.phase(at: ask.now)
        id = call.id.rawValue
        title = call.title
        number = call.number
        self.programme = programme.title.text(in: ask.language)
        programmeHref = ProgrammeAddress.of(programme.id)
        summary = programme.summary.text(in: ask.language)
        clauses = programme.clauses.map(\.rawValue).joined(separator: "、")
        badge = spell.badge(phase)
        self.phase = spell.phase(phase)
        isOpen = phase == .open
        isAnnounced = phase == .announced
        isClosed = phase == .closed
        opens = call.opens.text
        opensISO = call.opens.iso
        closes = call.closes.text
        closesISO = call.closes.iso
        now = ask.now.iso
        budget = spell.money(call.budget)
        joint = view.funder.map {
            words.filled(
                "joint.bears",
                [
                    "funder": $0.name(in: ask.language), "share": "\(call.jointShare(in: programme))",
                    "amount": spell.money(call.jointPart(of: call.budget, in: programme)),
                ])
        }
        guide = GuideBlock.blocks(call.guide)
        parameters = programme.parameters.map {
            Value(label: $0.label.text(in: ask.language), value: spell.value($0, of: call))
        }
        rulesDay = call.rulesDay.text
        rules = programme.rules.compactMap { CallRuleLine($0, on: call.rulesDay, words) }
        defaults = CallDefaultLine.all(of: call, programme, words)
        quotaEach = call.settings.count("quotaEach").map(String.init) ?? "—"
        quotas = view.universities.map { university in
            Quota(
                name: ask.language == .en && !university.nameEn.isEmpty ? university.nameEn : university.name,
                count: call.quotas[university.id].map(String.init) ?? "—")
        }
        hasQuotas = !quotas.isEmpty
        quotaCount = words.filled("call.quotaCount", ["n": "\(quotas.count)"])
        formula = programme.quotaFormula.map { QuotaFormulaWords($0, of: programme, words) }
        procedure = ProcedureDrawing(call.procedure(of: programme), standing: nil, words: words)
        clock = Self.clocked(view).map {
            ClockLine(
                label: $0.step.label.text(in: ask.language), due: ask.due($0.due), dueISO: $0.due.iso,
                isOver: ask.now > $0.due)
        }
        hasClock = !clock.isEmpty
        appraisals = programme.procedure.steps.compactMap { step in
            programme.appraisal(of: step).map { AppraisalRuleWords($0, at: step, words) }
        }
        hasAppraisals = !appraisals.isEmpty
        checklists = programme.checklists.map { CallChecklist($0, words) }
        letting = LettingWords(programme, words)
        parties = (programme.parties ?? []).map { PartyRuleWords($0, words) }
        hasParties = !parties.isEmpty
        let last = Self.clocked(view).map(\.due).max().map { max($0, call.closes) } ?? call.closes
        let gap = ask.calendarGap(until: last)
        calendarGap = gap.isEmpty ? nil : gap
        let newest = view.versions.first?.version
        versions = view.versions.map { version in
            VersionLine(
                label: words.filled("call.version", ["n": "\(version.version)"]), at: version.at.text,
                atISO: version.at.iso, current: version.version == newest,
                href: "/calls/\(call.id)/versions/\(version.version)", hasDiff: version.version > 1)
        }
        changed = view.versions.count > 1
        apply = CallApply(view.outlook, phase, ask)
        unit = UnitOutlookWords(
            view.outlook?.unit.map { Seen($0, as: [.owner]) }, of: programme, at: "#quota", words)
        topics = view.topics.map { record in
            let seen = Seen(record, as: [])
            return Topic(
                href: "/topics/\(record.id)", number: seen[TopicSight.number] ?? "",
                title: seen[TopicSight.title] ?? "",
                text: TopicTextView(seen[TopicSight.text], in: programme, words))
        }
        hasTopics = !topics.isEmpty
        rolls = (view.programme.statements ?? []).compactMap { form in
            form.roll.map {
                Roll(href: "/calls/\(view.call.id)/rolls/\(form.id)", label: $0.label.text(in: ask.language))
            }
        }
        hasRolls = !rolls.isEmpty
    }
}

/// A rule as the day of the call has it.
struct CallRuleLine: Sendable {
    let label: String
    let scope: String
    let ground: GroundWords
    let soft: String?
    let unstated: Bool

    /// Nil for a rule that did not exist on the day.
    init?(_ rule: Rule, on day: Day, _ words: Words.Catalogue) {
        guard let version = rule.version(on: day) else { return nil }
        label = (version.label ?? rule.label).text(in: words.language)
        scope = words["rule.scope.\(rule.scope.rawValue)"]
        ground = GroundWords(version.standing, version.verified, version.cites, words)
        soft = version.exceptionBy.map {
            words.filled("rule.exceptionBy", ["role": words["role.\($0.rawValue)"]])
        }
        unstated = version.demand == nil
    }
}

/// What has to be there before an application goes on, for whoever thinks of one.
struct CallChecklist: Sendable {
    let title: String
    let ground: GroundWords
    let items: [String]

    init(_ form: StatementForm, _ words: Words.Catalogue) {
        title = form.label.text(in: words.language)
        ground = GroundWords(form.standing, form.verified, form.cites, words)
        items = form.criteria.map { $0.label.text(in: words.language) }
    }
}

/// A practice taken over from elsewhere, and whether this call changed it.
struct CallDefaultLine: Sendable {
    let label: String
    let value: String
    let isNumber: Bool
    let note: String
    let ground: GroundWords

    init(_ item: Default, in call: Call, _ words: Words.Catalogue) {
        label = item.label.text(in: words.language)
        let value = call.settings.count(item.id) ?? item.value
        self.value = "\(value)"
        isNumber = true
        note =
            value == item.value
            ? words["call.defaultKept"] : words.filled("call.defaultChanged", ["was": "\(item.value)"])
        ground = GroundWords(item.standing, item.verified, item.cites, words)
    }
}

extension CallDefaultLine {
    /// The numbers, and by what experts grade.
    static func all(of call: Call, _ programme: Programme, _ words: Words.Catalogue) -> [CallDefaultLine] {
        programme.defaults.map { CallDefaultLine($0, in: call, words) }
            + CallForm.scale(programme).map { CallDefaultLine($0, in: call, programme, words) }
    }

    private init(
        _ part: ReviewScale.Part, in call: Call, _ programme: Programme, _ words: Words.Catalogue
    ) {
        let review = programme.review
        let (before, now) = (part.of(review), part.of(call.review(of: programme)))
        let spell = CallWords(words: words)
        label = part.label.text(in: words.language)
        value = spell.scale(now)
        isNumber = false
        note =
            now == before
            ? words["call.defaultKept"] : words.filled("call.defaultChanged", ["was": spell.scale(before)])
        ground = GroundWords(review.standing, review.check, review.cites, words)
    }
}

/// What an applicant can do about the call now, and what the rules would say.
struct CallApply: Sendable {
    let signedOut: Bool
    /// Signed out, and there is something to sign in for.
    let maySignIn: Bool
    let isApplicant: Bool
    let mayApply: Bool
    let begun: String?
    /// What one can do there, in words.
    let goOn: String
    let stopped: Bool
    let verdicts: [VerdictWords]
    let hasVerdicts: Bool
    let otherRole: Bool

    init(_ outlook: Outlook?, _ phase: Call.Phase, _ ask: Ask) {
        signedOut = ask.viewer.person == nil
        maySignIn = signedOut && phase == .open
        isApplicant = ask.viewer.holds(.applicant)
        otherRole = !signedOut && !isApplicant
        begun = outlook?.begun
        goOn = ask.words[phase == .closed ? "call.lookOn" : "call.goOn"]
        verdicts = (outlook?.verdicts ?? []).map { VerdictWords($0, words: ask.words) }
        hasVerdicts = isApplicant && !verdicts.isEmpty
        stopped = (outlook?.verdicts ?? []).contains(where: \.stops) && begun == nil
        mayApply = isApplicant && phase == .open && !stopped && begun == nil
    }
}

extension CallPage {
    /// Steps whose terms run from the publication, and when each is due.
    private static func clocked(_ view: CallView) -> [(step: Step, due: Instant)] {
        guard let published = view.versions.map(\.at).min() else { return [] }
        return view.call.procedure(of: view.programme).steps.compactMap { step in
            guard case .afterPublication(let term)? = step.within else { return nil }
            return (step, term.end(from: published, in: view.calendar))
        }
    }
}
