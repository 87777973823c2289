import Lifecycle

/// Plans of a call, and the form that makes another.
struct PlanListPage: Sendable {
    let call: String
    let base: String
    let back: String
    let lede: String
    let mayPlan: Bool
    let isBarred: Bool
    let canAsk: Bool
    let isTotal: Bool
    let isFair: Bool
    let isLeximin: Bool
    let floor: String
    let keepsInvited: Bool
    let gap: PlanGapNotice?
    let rules: [Rule]
    let rulesStanding: String
    let bids: String
    let wishes: [Wish]
    let hasWishes: Bool
    let plans: [Line]
    let hasPlans: Bool
    let canCompare: Bool
    let compareAction: String
    let hasErrors: Bool
    let errors: [String]

    struct Rule: Sendable {
        let label: String
        let value: String
    }

    struct Wish: Sendable {
        let number: String
        let name: String
        let wish: String
        let value: String
    }

    struct Line: Sendable {
        let id: String
        let href: String
        let at: String
        let by: String
        let figures: PlanFigures
        let isSigned: Bool
        let isFirst: Bool
        let isSecond: Bool
    }

    struct Picture: Sendable {
        let call: Call
        let rules: MatchingRules
        let needed: Int
        let under: Int
        let plans: [PlanRecord]
        let wishes: [WishRecord]
        let isBarred: Bool
        let bids: (count: Int, experts: Int)
        let gap: PlanGap?
    }

    init(_ picture: Picture, errors: [String], _ ask: Ask) throws {
        let words = ask.words
        let isOfficer = ask.viewer.holds(.programmeOfficer)
        call = picture.call.title
        base = "/office/assign/\(picture.call.id)"
        back = "/office/assign?call=\(picture.call.id.rawValue.percentEncoded)"
        lede = words.filled(
            "plan.list.lede", ["count": "\(picture.under)", "needed": "\(picture.needed)"])
        isBarred = picture.isBarred
        mayPlan = isOfficer && !picture.isBarred
        canAsk = mayPlan && picture.under > 0
        let objective = ask.form.text("objective")
        isFair = objective == "fair"
        isLeximin = objective == "leximin"
        isTotal = !isFair && !isLeximin
        floor = ask.form.text("floor")
        keepsInvited = ask.method == "GET" || ask.form.text("keeps") == "1"
        gap = isOfficer ? picture.gap.flatMap { PlanGapNotice($0, in: picture.call.id, words) } : nil
        let rules = picture.rules
        var lines = [
            ("discipline", "\(rules.discipline)"), ("field", "\(rules.field)"),
            ("keyword", "\(rules.keyword) × \(rules.keywordsMost)"), ("text", "\(rules.text)"),
            ("projects", "\(rules.projects)"), ("least", "\(rules.least)"),
        ]
        if let cap = rules.perUniversity { lines.append(("university", "\(cap)")) }
        if let bids = rules.bids {
            lines += [
                ("eager", "+\(bids.eager)"), ("willing", "+\(bids.willing)"),
                ("reluctant", bids.reluctant < 0 ? "−\(-bids.reluctant)" : "0"),
            ]
        }
        self.rules = lines.map { Rule(label: words["plan.rule.\($0.0)"], value: $0.1) }
        bids =
            rules.bids == nil
            ? words["plan.rules.no-bids"]
            : words.filled(
                "plan.rules.bids",
                ["count": "\(picture.bids.count)", "experts": "\(picture.bids.experts)"])
        rulesStanding = words["plan.rules.\(rules.standing.rawValue)"]
        wishes = picture.wishes.map {
            Wish(
                number: $0.number, name: $0.name, wish: words["plan.wish.\($0.wish.rawValue)"],
                value: PlanForm.value($0.application, $0.expert))
        }
        hasWishes = !wishes.isEmpty && !picture.isBarred
        let base = base
        plans = try picture.plans.enumerated().map { place, plan in
            Line(
                id: plan.id.rawValue, href: "\(base)/plans/\(plan.id)",
                at: "\(plan.madeAt.text) \(PlanWords.mark(plan.id))",
                by: plan.makerName, figures: PlanFigures(try plan.told(), plan.objective, words),
                isSigned: plan.signedAt != nil, isFirst: place == 1, isSecond: place == 0)
        }
        hasPlans = !plans.isEmpty
        canCompare = plans.count > 1
        compareAction = "\(base)/compare"
        self.errors = errors
        hasErrors = !errors.isEmpty
    }
}
