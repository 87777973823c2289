package import Lifecycle

/// What an officer chose in the ranking, as typed.
package struct RoundForm: Sendable {
    package let funded: Set<ID<Application>>
    /// Which are proposed now, for or against, where applications come one by one; the others wait. A round proposes
    /// all.
    package let lines: Set<ID<Application>>
    /// Yuan, as typed.
    package let amounts: [ID<Application>: String]
    package let reasons: [ID<Application>: String]
    /// Which are to be funded by the route for proposals that experts disagree about.
    package let routed: Set<ID<Application>>

    package init(
        funded: Set<ID<Application>>, amounts: [ID<Application>: String], reasons: [ID<Application>: String],
        lines: Set<ID<Application>> = [], routed: Set<ID<Application>> = []
    ) {
        self.funded = funded
        self.lines = lines.union(funded)
        self.amounts = amounts
        self.reasons = reasons
        self.routed = routed
    }

    /// The same with the lanes of races funded, each with its race's first money.
    package func including(_ races: [Race]) -> RoundForm {
        var (funded, amounts) = (funded, amounts)
        for race in races {
            for lane in race.lanes {
                funded.insert(lane)
                amounts[lane] = race.terms.firstMoney.plainYuan
            }
        }
        return RoundForm(funded: funded, amounts: amounts, reasons: reasons, lines: lines, routed: routed)
    }

    /// Fields `fund`, `line` and `route` (ids), `amount-<id>` and `why-<id>`. What is ticked for the route alone is refused.
    package init(_ form: FormFields) {
        var funded: Set<ID<Application>> = []
        var lines: Set<ID<Application>> = []
        var routed: Set<ID<Application>> = []
        var amounts: [ID<Application>: String] = [:]
        var reasons: [ID<Application>: String] = [:]
        for (name, value) in form.pairs {
            if name == "fund" {
                funded.insert(ID(value))
            } else if name == "line" {
                lines.insert(ID(value))
            } else if name == "route" {
                routed.insert(ID(value))
            } else if name.hasPrefix("amount-") {
                amounts[ID(String(name.dropFirst(7)))] = value.trimmed
            } else if name.hasPrefix("why-") {
                reasons[ID(String(name.dropFirst(4)))] = value.trimmed
            }
        }
        self.init(funded: funded, amounts: amounts, reasons: reasons, lines: lines, routed: routed)
    }

    /// An earlier proposal, to go on from after it was sent back.
    package init(_ selection: Selection) {
        var amounts: [ID<Application>: String] = [:]
        var reasons: [ID<Application>: String] = [:]
        for line in selection.lines {
            if line.funded { amounts[line.application] = line.amount.plainYuan }
            reasons[line.application] = line.departure
        }
        self.init(
            funded: Set(selection.lines.filter(\.funded).map(\.application)), amounts: amounts,
            reasons: reasons, lines: Set(selection.lines.map(\.application)),
            routed: Set(selection.routed.map(\.application)))
    }

    /// From the top of the ranking down as far as money and places go, or until nobody is for funding any more; a tie goes
    /// in whole or stays out. Lanes of races come before all others.
    package init(
        filling ranking: [(place: Int, row: RankedApplication)], budget: Money, most: Money?,
        places: Int? = nil, givesMoney: Bool = true, advisedAgainst: Set<ID<Application>> = [],
        races: [Race] = []
    ) {
        var funded: Set<ID<Application>> = []
        let lanes = Set(races.flatMap(\.lanes))
        var left = races.reduce(budget) { left, race in
            race.lanes.reduce(left) { left, _ in left - race.terms.firstMoney }
        }
        let others = ranking.filter { !lanes.contains($0.row.application) }
        for tie in Dictionary(grouping: others, by: \.place).sorted(by: { $0.key < $1.key }) {
            let cost = tie.value.reduce(Money.zero) {
                $0 + (givesMoney ? Self.usual($1.row, most: most) : .zero)
            }
            if let places, lanes.count + funded.count + tie.value.count > places { break }
            guard cost <= left, !tie.value.contains(where: { advisedAgainst.contains($0.row.application) })
            else { break }
            left = left - cost
            funded.formUnion(tie.value.map(\.row.application))
        }
        self = RoundForm(funded: funded, amounts: [:], reasons: [:]).including(races)
    }

    /// What is asked for, up to what the call grants at most.
    package static func usual(_ row: RankedApplication, most: Money?) -> Money {
        most.map { min(row.requested, $0) } ?? row.requested
    }
}

/// A form set against the ranking and the budget.
package struct Reckoning: Sendable {
    package let selection: Selection
    package let choices: [ID<Application>: DecisionActs.Choice]
    /// Amounts that could not be read.
    package let unreadable: Set<ID<Application>>
    package let departures: Set<ID<Application>>
    package let left: Money

    /// - Parameter cases: facts of the cases that stand.
    package init(
        _ form: RoundForm, _ ranking: [(place: Int, row: RankedApplication)], budget: Money, most: Money?,
        isRolling: Bool = false, givesMoney: Bool = true, cases: [ID<Application>: [Int64]] = [:]
    ) {
        var choices: [ID<Application>: DecisionActs.Choice] = [:]
        var unreadable: Set<ID<Application>> = []
        var lines: [Selection.Line] = []
        for (place, row) in ranking where !isRolling || form.lines.contains(row.application) {
            let id = row.application
            let funded = form.funded.contains(id)
            var amount = givesMoney ? RoundForm.usual(row, most: most) : .zero
            if givesMoney, let typed = form.amounts[id], !typed.isEmpty {
                if let read = Money(yuanText: typed) {
                    amount = read
                } else if funded {
                    unreadable.insert(id)
                    amount = .zero
                }
            }
            let reason = form.reasons[id].flatMap { $0.isEmpty ? nil : $0 }
            let byRoute = form.routed.contains(id)
            choices[id] = DecisionActs.Choice(
                funded: funded, amount: amount, departure: reason, byRoute: byRoute)
            lines.append(
                Selection.Line(
                    application: id, place: place, meanHundredths: row.meanHundredths, funded: funded,
                    amount: funded ? amount : .zero, departure: reason,
                    route: byRoute ? Selection.Route(.nonConsensus, cases: cases[id] ?? []) : nil))
        }
        selection = Selection(lines: lines)
        self.choices = choices
        self.unreadable = unreadable
        departures = selection.departures
        left = budget - selection.total
    }
}
