import Lifecycle

@testable import Portal

extension Maker {
    /// A rapid response that is open, for which the leader answers; nobody has bid yet.
    mutating func playRapid() throws {
        guard let programme = house.plan.programme("rapid-response") else { return }
        var round = DemoRound(
            house: house, register: season.register, kind: .natural, chance: SplitMix64(seed: 4_312))
        calls["rapid"] = try round.publish(
            programme, number: "2026-YJ", title: "应急攻关（演示）", published: SightCity.at("2026-08-04"),
            opens: SightCity.at("2026-08-04", 11), closes: SightCity.at("2026-08-20", 16)
        ).id
    }
}
