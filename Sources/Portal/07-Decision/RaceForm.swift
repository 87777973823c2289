import Lifecycle

/// What an officer fills in to propose a race, as typed.
struct RaceForm: Sendable {
    var lanes: Set<ID<Application>>
    var gate: String
    var assessor: String
    /// Yuan.
    var grant: String
    var firstMoney: String
    var difference: String
    var grounds: String

    /// Fields `lane` (ids), `gate`, `assessor`, `grant`, `first`, `difference`, `grounds`.
    init(_ form: FormFields) {
        lanes = Set(form.pairs.filter { $0.name == "lane" }.map { ID($0.value) })
        gate = form.text("gate")
        assessor = form.text("assessor")
        grant = form.text("grant")
        firstMoney = form.text("first")
        difference = form.text("difference")
        grounds = form.text("grounds")
    }

    /// A first look: the best that are near each other, as many as may race, at what all of them asked for.
    init(_ picture: TopicBids, _ limits: RaceLimits) {
        let scored = picture.bids.filter { $0.isWaiting && $0.isScored }
        let best = scored.first?.meanHundredths ?? 0
        let near = scored.filter { limits.isNear($0.meanHundredths, to: best) }.prefix(limits.lanesMost)
        lanes = near.count >= limits.lanesLeast ? Set(near.map(\.id)) : []
        gate = limits.gate.text
        assessor = ""
        let asked = near.compactMap { $0.seen[DossierSight.amount] }.min()
        let most = [asked, limits.most, limits.ceiling].compactMap(\.self).min() ?? .zero
        grant = most.plainYuan
        firstMoney = most.percent(limits.firstPercent).plainYuan
        difference = ""
        grounds = ""
    }

    /// What was typed as the act takes it; an amount that cannot be read is nothing.
    ///
    /// - Throws: `Refused` where the day of the gate cannot be read.
    func choice() throws -> RaceActs.Choice {
        guard let day = Day(text: gate) else { throw Refused("race.gate-day") }
        return RaceActs.Choice(
            lanes: Array(lanes), gate: day, assessor: assessor, grant: Money(yuanText: grant) ?? .zero,
            firstMoney: Money(yuanText: firstMoney) ?? .zero, difference: difference, grounds: grounds)
    }
}
