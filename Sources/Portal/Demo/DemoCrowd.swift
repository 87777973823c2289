import Lifecycle
import Store

/// A crowd for measuring: the demo city, and beside it many people and applications made through the same acts.
package enum DemoCrowd {
    package struct Size: Sendable, Codable, Hashable {
        /// Applicants; each applies once in each call.
        package let applicants: Int
        package let calls: Int
        package let experts: Int
        /// People who have written everything in the open call and not submitted it: they save.
        package let drafts: Int
        /// People who are registered and do nothing.
        package let others: Int

        package init(applicants: Int, calls: Int, experts: Int, drafts: Int, others: Int) {
            self.applicants = applicants
            self.calls = calls
            self.experts = experts
            self.drafts = drafts
            self.others = others
        }
    }

    /// Fills an empty house: every call submitted and endorsed, the first screened too and, as far as the experts
    /// can bear it, under review. The last call stays open.
    static func play(_ size: Size, on today: Day, _ steps: DemoSteps) throws {
        let house = steps.house
        let cityExperts = min(size.experts, DemoCity.Size.full.experts)
        let city = try DemoCity.play(
            DemoCity.Size(applications: cityExperts * 2, experts: cityExperts), on: today, steps)
        guard let programme = house.plan.roundProgramme(.humanities) else {
            throw Missing()
        }
        func day(_ offset: Int, hour: Int = 9) -> Instant { Instant(today.adding(offset), hour: hour) }
        var round = DemoRound(
            house: house, register: city.register, kind: .humanities, chance: SplitMix64(seed: 100_000))
        round.loose = CrowdProse(round.kind, using: &round.chance)
        try round.take("crowd.experts", steps) { round in
            try round.moreExperts(size.experts - cityExperts, at: day(-390))
        }
        let people = try round.make("crowd.applicants", steps) { round in
            try round.people(size.applicants, at: day(-390), from: 200_000)
        }
        try round.take("crowd.others", steps) { round in
            _ = try round.people(size.others, at: day(-390), from: 300_000)
        }
        // The calls fill the year before, so that everybody in them holds a role by then.
        let apart = max(1, 300 / max(1, size.calls))
        for number in 0..<size.calls {
            let last = number == size.calls - 1
            let closes = last ? day(20, hour: 16) : day(-apart * (size.calls - 1 - number), hour: 16)
            let opens = last ? day(-10) : Instant(closes.day.adding(-30), hour: 9)
            let call = try round.make("calls.\(number).publish", steps) { round in
                try round.publish(
                    programme, number: "C\(number + 1)", title: "测量用通知 \(number + 1)（演示）",
                    published: Instant(opens.day.adding(-40), hour: 9), opens: opens, closes: closes,
                    changing: ["quotaEach": "100000"], departing: "测量用：不设限额（演示）")
            }
            var made: [ID<Application>] = []
            for (place, (home, those)) in zip(round.homes, people).enumerated() {
                made += try round.make("calls.\(number).\(place)", steps) { round in
                    let some = try round.applyAll(
                        those, to: call, programme, at: opens.adding(seconds: 86_400))
                    guard !last else { return [] }
                    try round.endorse(some, of: home, in: call, at: closes.adding(seconds: 86_400))
                    guard number == 0 else { return [] }
                    try round.screen(some, at: closes.adding(seconds: 3 * 86_400))
                    return some
                }
            }
            if number == 0, !last {
                // Three reviews a dossier, and an expert of the crowd takes at most nine.
                try round.take("calls.\(number).review", steps) { round in
                    try round.review(
                        Array(made.prefix(size.experts * 3)), in: call, programme,
                        at: closes.adding(seconds: 5 * 86_400), answered: 80)
                }
            }
            if last {
                try round.take("calls.\(number).drafts", steps) { round in
                    try round.drafts(call, programme, count: size.drafts, at: day(-1))
                }
            }
        }
        try steps.take("texts.again") { try DemoCity.gather(house) }
    }

    /// How many steps there are after the city's.
    static func steps(_ size: Size) throws -> Int {
        let homes = try DataFiles.universities().filter { $0.group == "市属" }.count
        return 3 + size.calls * (1 + homes) + (size.calls > 1 ? 1 : 0) + 1 + 1
    }
}

extension DemoCrowd {
    /// What was made.
    package struct Count: Sendable, Codable {
        package let applications: Int
        package let people: Int
        package let drafts: Int
        package let facts: Int
        package var seconds: Double = 0
    }

    package static func count(in house: House) throws -> Count {
        try house.database.readNow { store in
            func count(_ query: SQL) throws -> Int { try store.value(query) ?? 0 }
            return Count(
                applications: try count("SELECT COUNT(*) FROM application"),
                people: try count("SELECT COUNT(*) FROM person"),
                drafts: try count("SELECT COUNT(*) FROM draft WHERE NOT submitted"),
                facts: try count("SELECT COUNT(*) FROM fact"))
        }
    }
}

extension DemoRound {
    /// The municipal universities, over which people are spread.
    fileprivate var homes: [UniversityRecord] { register.universities.filter { $0.group == "市属" } }

    /// What a crowd does in one transaction, with the round's own chance.
    private mutating func together<Value>(
        at: Instant, _ work: (inout DemoRound, Change) throws -> Value
    ) throws -> Value {
        var round = self
        let house = house
        let value = try house.database.writeNow { store in
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            return try work(&round, change)
        }
        self = round
        return value
    }

    mutating func moreExperts(_ count: Int, at: Instant) throws {
        guard count > 0 else { return }
        try together(at: at) { round, change in
            var register = round.register
            try register.addExperts(count, kind: .humanities, change, using: &round.chance)
        }
    }

    /// Young people spread evenly over the municipal universities, in their order.
    ///
    /// - Parameter first: keeps addresses of people with the same name apart.
    mutating func people(_ count: Int, at: Instant, from first: Int) throws -> [[ID<Person>]] {
        let homes = homes
        return try together(at: at) { round, change in
            try homes.enumerated().map { place, home in
                let share = count / homes.count + (place < count % homes.count ? 1 : 0)
                var people: [ID<Person>] = []
                for number in 0..<share {
                    let born = Day(number: 7_900 + round.chance.below(1_500))
                    people.append(
                        try round.register.addApplicant(
                            at: home, born: born, senior: false, number: first + number, change,
                            using: &round.chance))
                }
                return people
            }
        }
    }

    mutating func applyAll(
        _ people: [ID<Person>], to call: Call, _ programme: Programme, at: Instant
    ) throws -> [ID<Application>] {
        try together(at: at) { round, change in
            var made: [ID<Application>] = []
            for person in people {
                // One in ten took passages from somebody.
                let source = made.count % 10 == 9 ? round.chance.pick(made) : nil
                made.append(
                    try round.apply(call, programme, by: person, at: at, copying: source, store: change))
            }
            return made
        }
    }
}
