/// A call for applications under one programme.
package struct Call: Sendable, Codable, Hashable {
    package let id: ID<Call>
    package let programme: String
    /// The definition it pins; later versions of the programme do not touch it.
    package let digest: String
    /// Such as `2026-SY`; application numbers begin with it.
    package let number: String
    package let title: String
    package let year: Int
    package let opens: Instant
    package let closes: Instant
    /// The guide's text (指南).
    package let guide: String
    /// The programme's parameters, filled; and borrowed defaults the call changed.
    package let settings: Settings
    /// How many applications each university may put forward, by organisation id; absent means the
    /// `quotaEach` of the settings.
    package let quotas: [String: Int]
    /// What applicants choose from, in the order of the page; see ``topicIDs``. Nil where the call lets no topics.
    package let topics: [ID<Topic>]?
    /// Who funds it together with the commission; nil where the commission funds it alone. See ``JointRules``.
    package let funder: ID<Organisation>?
    /// Who answers for it; nil where its programme asks for nobody. See ``Programme/ownerParameter``.
    package let owner: CallOwner?
    /// By what its experts grade, where that is not the programme's scale; see ``review(of:)``.
    package let scale: ReviewScale?

    package init(
        id: ID<Call>, programme: String, digest: String, number: String, title: String, year: Int,
        opens: Instant,
        closes: Instant, guide: String, settings: Settings, quotas: [String: Int] = [:],
        topics: [ID<Topic>]? = nil, funder: ID<Organisation>? = nil, owner: CallOwner? = nil,
        scale: ReviewScale? = nil
    ) {
        self.id = id
        self.programme = programme
        self.digest = digest
        self.number = number
        self.title = title
        self.year = year
        self.opens = opens
        self.closes = closes
        self.guide = guide
        self.settings = settings
        self.quotas = quotas
        self.topics = topics
        self.funder = funder
        self.owner = owner
        self.scale = scale
    }

    package var topicIDs: [ID<Topic>] { topics ?? [] }

    package enum Phase: String, Sendable, CaseIterable {
        case announced
        case open
        case closed
    }

    package func phase(at now: Instant) -> Phase {
        if now < opens { return .announced }
        return now <= closes ? .open : .closed
    }

    /// A number that the programme borrows by default and this call may have changed.
    package func number(_ id: String, in programme: Programme) -> Int? {
        settings.count(id) ?? programme.defaults.first { $0.id == id }?.value
    }

    /// Whether applicants may look, before they submit, at what their draft has in common with their own earlier
    /// applications and with published texts. Not, where the programme says nothing.
    package func showsOwnReuse(in programme: Programme) -> Bool {
        number("showOwnReuse", in: programme) == 1
    }

    /// The same call with every borrowed ground for recusal that does not bind in it said by the call itself, so that
    /// what a definition leaves open is never read out of silence: see ``RecusalTerms``.
    package func statingRecusal(in programme: Programme) -> Call {
        var settings = settings
        for id in [RecusalTerms.sameEntityID, RecusalTerms.rivalID] where number(id, in: programme) == 0 {
            settings.values[id] = "0"
        }
        return changing(settings: settings)
    }

    package func quota(for university: ID<Organisation>) -> Int? {
        quotas[university.rawValue] ?? settings.count("quotaEach")
    }

    /// The same call with these quotas, by organisation id.
    package func allotting(_ quotas: [String: Int]) -> Call { changing(quotas: quotas) }

    /// The same call with what is named changed. Whatever else a call says, it goes on saying.
    func changing(digest: String? = nil, settings: Settings? = nil, quotas: [String: Int]? = nil) -> Call {
        Call(
            id: id, programme: programme, digest: digest ?? self.digest, number: number, title: title,
            year: year, opens: opens, closes: closes, guide: guide, settings: settings ?? self.settings,
            quotas: quotas ?? self.quotas, topics: topics, funder: funder, owner: owner, scale: scale)
    }

    package var budget: Money { settings.money("roundBudget") ?? .zero }

    package var projectStart: Day? { settings.day("projectStart") }

    /// The last day of a project under this call; nil where the call does not say.
    package var projectEnd: Day? {
        guard let start = projectStart, let years = settings.count("projectYears") else { return nil }
        return start.adding(years: years).adding(-1)
    }

    /// The programme's procedure with this call's number of reviews and time for screening.
    package func procedure(of programme: Programme) -> Procedure {
        Procedure(
            steps: programme.procedure.steps.map { step in
                switch step.kind {
                case .review: number("reviewers", in: programme).map(step.needing) ?? step
                case .screen:
                    // Where applications come and go one by one, each has its own days.
                    number("screeningDays", in: programme).map {
                        step.due(programme.isRolling ? .term(.days($0)) : .afterClosing(.days($0)))
                    } ?? step
                case .draft, .endorse, .appraise, .meet, .decide, .publicise, .contract, .preparePayment,
                    .approvePayment, .pay, .statement:
                    step
                }
            })
    }

    /// Everything that keeps it from being published at `now`; empty when it may be.
    package func obstacles(in programme: Programme, at now: Instant) -> [Refusal] {
        var found: [Refusal] = []
        if title.trimmedCount < 4 { found.append(Refusal("call.title")) }
        if number.isEmpty { found.append(Refusal("call.number")) }
        if guide.trimmedCount < 20 { found.append(Refusal("call.guide")) }
        if closes <= opens {
            found.append(Refusal("call.order", ["opens": opens.text, "closes": closes.text]))
        }
        for parameter in programme.parameters where !isFilled(parameter) {
            found.append(Refusal("call.parameter", ["label": parameter.label.zh, "id": parameter.id]))
        }
        switch programme.topicUse {
        case .none where !topicIDs.isEmpty: found.append(Refusal("call.topics-none"))
        case .required where topicIDs.isEmpty: found.append(Refusal("call.topics-required"))
        case .none, .optional, .required: break
        }
        found +=
            outOfBounds(programme) + contradictions + jointObstacles(programme) + lateMilestones(programme)
            + scaleObstacles(programme)
        if let rule = programme.defaults.first(where: { $0.id == "guideDays" }),
            let days = number("guideDays", in: programme)
        {
            let earliest = Instant(now.day.adding(days))
            if opens < earliest {
                found.append(
                    Refusal(
                        "call.guide-days", ["days": "\(days)", "earliest": earliest.text],
                        citation: rule.cites))
            }
        }
        return found
    }

    /// Numbers with which the call could not be carried out.
    private func outOfBounds(_ programme: Programme) -> [Refusal] {
        var found: [Refusal] = []
        func check(_ value: Int?, _ bounds: Bounds?, _ label: Label, _ field: String) {
            guard let value, let bounds, !bounds.contains(value) else { return }
            found.append(
                Refusal(
                    "call.bounds",
                    [
                        "label": label.zh, "least": "\(bounds.least)", "most": "\(bounds.most)",
                        "field": field,
                    ]))
        }
        for parameter in programme.parameters {
            let value =
                switch parameter.kind {
                // Whole yuan, rounded away from what is allowed: 0.50 is less than 1.
                case .money: settings.money(parameter.id).map { Int($0.rawValue / 100) }
                case .count: settings.count(parameter.id)
                case .day, .flag, .text, .owner: nil as Int?
                }
            check(value, parameter.bounds, parameter.label, "p-\(parameter.id)")
        }
        for item in programme.defaults {
            check(number(item.id, in: programme), item.bounds, item.label, "d-\(item.id)")
        }
        return found
    }

    /// What is possible by itself and impossible together.
    private var contradictions: [Refusal] {
        var found: [Refusal] = []
        if let grant = settings.money("grantAmount"), let budget = settings.money("roundBudget"),
            grant > budget
        {
            found.append(
                Refusal("call.grant-over-budget", ["grant": grant.wanText, "budget": budget.wanText]))
        }
        if settings.count("quotaEach") == 0, !quotas.values.contains(where: { $0 > 0 }) {
            found.append(Refusal("call.quota-nobody"))
        }
        if let start = projectStart, closes > opens, start < closes.day {
            found.append(
                Refusal("call.start-before-close", ["start": start.text, "closes": closes.day.text]))
        }
        return found
    }

    /// A milestone that a project of this call's term does not live to see.
    private func lateMilestones(_ programme: Programme) -> [Refusal] {
        guard programme.givesMoney, let start = projectStart, let end = projectEnd else { return [] }
        return programme.funding.milestones.filter { $0.due(from: start, to: end) > end.adding(1) }.map {
            Refusal(
                "call.milestone-late", ["label": $0.label.zh, "when": $0.when.zh, "end": end.text],
                citation: programme.funding.cites)
        }
    }

    private func isFilled(_ parameter: Parameter) -> Bool {
        switch parameter.kind {
        case .day: settings.day(parameter.id) != nil
        case .money: settings.money(parameter.id) != nil
        case .count: settings.count(parameter.id) != nil
        case .flag: settings.flag(parameter.id) != nil
        case .text: !(settings.values[parameter.id] ?? "").isEmpty
        case .owner: owner != nil
        }
    }
}

extension Step {
    func needing(_ count: Int) -> Step { changed(needs: count, within: within) }
    func due(_ within: Deadline) -> Step { changed(needs: needs, within: within) }

    private func changed(needs: Int, within: Deadline?) -> Step {
        Step(
            id: id, kind: kind, label: label, by: by, after: after, within: within, apartFrom: apartFrom,
            needs: needs, each: isOfEach, parties: parties, returnsTo: returnsTo, statement: statement,
            appraisal: appraisal,
            mayWithhold: mayWithhold ?? false, hears: hears ?? false, cites: cites, standing: standing,
            verified: verified, line: line)
    }
}

extension String {
    /// Characters without white space.
    package var trimmedCount: Int { reduce(0) { $1.isWhitespace ? $0 : $0 + 1 } }

    /// Whether ``trimmedCount`` is at least that, without counting a long text to its end.
    package func isAtLeast(_ count: Int) -> Bool {
        var left = count
        for character in self {
            if left <= 0 { break }
            if !character.isWhitespace { left -= 1 }
        }
        return left <= 0
    }
}

package struct CallPublished: FactBody {
    package static let kind = FactKind("call.published")
    package let call: Call
    /// 1 at first; each amendment counts up.
    package let version: Int
    /// The round's money, made available (treasury → budget).
    package let entries: [Entry]
    package init(call: Call, version: Int, entries: [Entry]) {
        self.call = call
        self.version = version
        self.entries = entries
    }
}
