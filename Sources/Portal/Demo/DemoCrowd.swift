import Lifecycle
import Store

/// A crowd for measuring: many people and applications, made through the same acts as the demo city.
package enum DemoCrowd {
    package struct Size: Sendable {
        /// Applicants; each applies once in each call.
        package let applicants: Int
        package let calls: Int
        package let experts: Int
        package init(applicants: Int, calls: Int, experts: Int) {
            self.applicants = applicants
            self.calls = calls
            self.experts = experts
        }
    }

    /// Fills an empty house: every call submitted and endorsed, the first screened too. The last stays open.
    package static func seed(
        _ house: House, _ size: Size, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> DemoRegister {
        guard let programme = house.plan.programmes.first(where: { $0.nature == .humanities }) else {
            throw Missing()
        }
        let today = house.now.day
        func day(_ offset: Int, hour: Int = 9) -> Instant { Instant(today.adding(offset), hour: hour) }
        var chance = SplitMix64(seed: 100_000)
        var random = chance
        let register = try house.database.writeNow { store in
            let change = Change(
                store: store, at: day(-900), actor: nil, world: house.world, projections: house.projections)
            var register = try DemoRegister(change, using: &random)
            try register.addExperts(size.experts, kind: .humanities, change, using: &random)
            return register
        }
        chance = random
        var round = DemoRound(house: house, register: register, kind: .humanities, chance: chance)
        let people = try round.people(size.applicants, at: day(-890))
        for number in 0..<size.calls {
            let last = number == size.calls - 1
            let closes = last ? day(20, hour: 16) : day(-100 * (size.calls - number), hour: 16)
            let opens = last ? day(-10) : day(-100 * (size.calls - number) - 30)
            let call = try round.publish(
                programme, number: "C\(number)", title: "测量用通知 \(number + 1)",
                published: Instant(opens.day.adding(-40), hour: 9), opens: opens, closes: closes,
                changing: ["quotaEach": "100000"])
            for list in people {
                let made = try round.applyAll(
                    list.people, to: call, programme, at: opens.adding(seconds: 86_400))
                if !last {
                    try round.endorse(made, of: list.university, in: call, at: closes.adding(seconds: 86_400))
                    if number == 0 { try round.screen(made, at: closes.adding(seconds: 3 * 86_400)) }
                }
                progress("\(call.number) \(list.university.name) \(made.count)")
            }
        }
        return register
    }
}

extension DemoRound {
    struct Crowd {
        let university: UniversityRecord
        let people: [ID<Person>]
    }

    /// Young people spread evenly over the municipal universities.
    mutating func people(_ count: Int, at: Instant) throws -> [Crowd] {
        let homes = register.universities.filter { $0.group == "市属" }
        var round = self
        let house = house
        let crowds = try house.database.writeNow { store in
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            return try homes.enumerated().map { place, home in
                let share = count / homes.count + (place < count % homes.count ? 1 : 0)
                var people: [ID<Person>] = []
                for number in 0..<share {
                    let born = Day(number: 7_900 + round.chance.below(1_500))
                    people.append(
                        try round.register.addApplicant(
                            at: home, born: born, senior: false, number: number, change, using: &round.chance)
                    )
                }
                return Crowd(university: home, people: people)
            }
        }
        self = round
        return crowds
    }

    mutating func applyAll(
        _ people: [ID<Person>], to call: Call, _ programme: Programme, at: Instant
    ) throws -> [ID<Application>] {
        var round = self
        let house = house
        let made = try house.database.writeNow { store in
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            return try people.map { try round.apply(call, programme, by: $0, at: at, store: change) }
        }
        self = round
        return made
    }
}
