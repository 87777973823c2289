import Lifecycle

@testable import Portal

extension SightCity {
    static let race = ID<Race>("qx-race")
}

extension Maker {
    /// A race that is on: proposed, signed and on notice.
    ///
    /// - Returns: the topic of its bids.
    mutating func playRace() throws -> ID<Topic>? {
        guard let played = try DemoRace(house: house, register: season.register).play() else { return nil }
        calls["race"] = played.call
        cases["race"] = played.bids[0]
        let house = house
        let lanes = Array(played.bids.prefix(3))
        let choice = RaceActs.Choice(
            lanes: lanes, gate: Season.day("2028-01-01"), assessor: DemoRace.assessor,
            grant: Money(yuan: 1_200_000), firstMoney: Money(yuan: 360_000),
            difference: "QXdifferenceZ，三条路线的测量原理各不相同，误差来源也不同。",
            grounds: "QXraceGroundsZ，三条路线难以事先分出高下，并行一年再作取舍。")
        try act("programme-officer", SightCity.at("2026-06-11")) { change, officer in
            try RaceActs.propose(
                choice, for: played.topic, in: played.call, id: SightCity.race, by: officer, change, house)
            var choices: [ID<Application>: DecisionActs.Choice] = [:]
            for (_, row) in try DecisionActs.ranking(of: played.call, change.store) {
                choices[row.application] = DecisionActs.Choice(
                    funded: lanes.contains(row.application), amount: Money(yuan: 360_000), departure: nil)
            }
            try DecisionActs.propose(choices, in: played.call, by: officer, change, house)
        }
        try act("commission-leader", SightCity.at("2026-06-12")) { change, leader in
            try DecisionActs.sign(played.call, by: leader, change, house)
        }
        try act("programme-officer", SightCity.at("2026-06-15")) { change, officer in
            try NoticeActs.open(played.call, id: ID("qx-notice-race"), by: officer, change, house)
        }
        return played.topic
    }
}
