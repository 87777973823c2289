package import Lifecycle
import Store

/// The demo city, played through the house's own acts: one call decided, one in review, one open.
package struct DemoCity: Sendable {
    package struct Size: Sendable, Codable {
        /// Applications over all calls.
        package var applications: Int
        package var experts: Int
        /// Drafts in the open call that only have to be submitted, besides the applications.
        package var drafts: Int
        package init(applications: Int, experts: Int, drafts: Int = 0) {
            self.applications = applications
            self.experts = experts
            self.drafts = drafts
        }
        package static let full = Size(applications: 600, experts: 300)
        package static let small = Size(applications: 40, experts: 40)
    }

    package let register: DemoRegister
    package let decided: Call
    package let inReview: Call
    package let open: Call

    /// Seeds an empty house. Deterministic for the size, the day and the plan, but for salts and the names that are
    /// drawn beside the seed's own chance (problems, topics, draws, the calls that let a topic).
    package static func seed(_ house: House, size: Size = .full) throws {
        try DemoSeeding.finish(try DemoSeeding.ask(size, house), house)
    }

    /// How many steps there are.
    static let steps = 20

    /// Plays the city, step by step.
    ///
    /// - Parameter today: the day it counts from, also where it goes on another day.
    static func play(_ size: Size, on today: Day, _ steps: DemoSteps) throws -> DemoCity {
        let house = steps.house
        guard let programme = house.plan.roundProgramme(.humanities) else { throw Missing() }
        func day(_ offset: Int, hour: Int = 9) -> Instant { Instant(today.adding(offset), hour: hour) }

        let begun = try steps.make("people.register") {
            var chance = SplitMix64(seed: 2026)
            let register = try Self.register(house, size, at: day(-400), using: &chance)
            return Begun(register: register.known, chance: chance)
        }
        let register = try DemoRegister(begun.register)
        let cast = register.cast
        var round = DemoRound(house: house, register: register, kind: .humanities, chance: begun.chance)

        let decided = try round.make("round-before.publish", steps) { round in
            try round.publish(
                programme, number: "\(today.year - 1)-SY", title: "科研计划一般项目（人文社科类）上一轮（演示）",
                published: day(-340), opens: day(-300), closes: day(-270, hour: 16))
        }
        let first = try round.make("round-before.apply", steps) { round in
            let lists = try round.applications(
                decided, programme, count: size.applications * 2 / 5, asking: 2, from: day(-290), prefix: 0)
            try round.endorseAll(lists, in: decided, at: day(-265))
            return lists.flatMap(\.applications)
        }
        let ids = try round.make("round-before.screen", steps) { round in
            try round.screen(first, at: day(-250), rulings: [.granted, .declined])
        }
        try steps.take("round-before.draw") {
            try DemoDraw.panel(
                for: decided, title: "上一轮会评专家组（演示）", places: 5, alternates: 2, at: day(-249), house, cast)
        }
        try round.take("round-before.review", steps) { round in
            try round.review(ids, in: decided, programme, at: day(-245), answered: 100)
        }
        try round.take("round-before.decide", steps) { round in
            try round.decide(decided, at: day(-215))
            try round.establish(decided, noticeAt: day(-213))
        }

        let inReview = try round.make("under-review.publish", steps) { round in
            try round.publish(
                programme, number: "\(today.year)-SY", title: "科研计划一般项目（人文社科类）本轮（演示）",
                published: day(-120), opens: day(-85), closes: day(-45, hour: 16))
        }
        // The last of them says what one of the first university's said a year before. It waits on the desk.
        let second = try round.make("under-review.apply", steps) { round in
            let lists = try round.applications(
                inReview, programme, count: size.applications * 2 / 5, asking: 1, copying: ids.first,
                from: day(-80), prefix: 1)
            try round.endorseAll(lists, in: inReview, at: day(-40))
            return lists.flatMap(\.applications)
        }
        let secondIDs = try round.make("under-review.screen", steps) { round in
            try round.screen(Array(second.dropLast()), at: day(-20), rulings: [.pending])
        }
        try steps.take("under-review.bids") {
            try DemoBids.give(in: inReview, programme, at: day(-19), house, cast)
        }
        try steps.take("under-review.draw") {
            try DemoDraw.panel(
                for: inReview, title: "本轮会评专家组（演示）", places: 5, alternates: 2, at: day(-18), house, cast,
                offices: round.register.officers)
        }
        try round.take("under-review.review", steps) { round in
            try round.review(secondIDs, in: inReview, programme, at: day(-12), answered: 80)
        }

        let open = try round.make("open.publish", steps) { round in
            try round.publish(
                programme, number: "\(today.year + 1)-SY", title: "科研计划一般项目（人文社科类）新一轮（演示）",
                published: day(-45), opens: day(-10), closes: day(20, hour: 16))
        }
        try round.take("open.apply", steps) { round in
            _ = try round.applications(
                open, programme, count: size.applications - size.applications * 4 / 5, from: day(-8),
                prefix: 2)
            try round.drafts(open, programme, count: size.drafts, at: day(-1))
        }
        try steps.take("topics.play") {
            try DemoPool(house: house, register: register).play(
                house.plan.programmes.first { $0.topicUse == .optional }, day: { day($0, hour: $1) })
        }
        try steps.take("nominations.play") { try Self.nominate(house, register, on: today) }
        try steps.take("laboratories.play") {
            try DemoLaboratory(house: house, register: register, today: today).play()
        }
        try steps.take("race.play") {
            try DemoRace(house: house, register: register, on: today).play()
        }
        try steps.take("texts.gather") { try Self.gather(house) }
        return DemoCity(register: register, decided: decided, inReview: inReview, open: open)
    }

    /// Texts that were handed in at one stroke are compared at one stroke, once the house is served.
    static func gather(_ house: House) throws {
        try house.changeNow(by: nil, at: house.now) { try ReuseActs.gather($0) }
    }

    private struct Begun: Codable {
        let register: DemoRegister.Known
        let chance: SplitMix64
    }

    private static func register(
        _ house: House, _ size: Size, at: Instant, using chance: inout SplitMix64
    ) throws -> DemoRegister {
        var random = chance
        let register = try house.database.writeNow { store in
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            var register = try DemoRegister(change, using: &random)
            try register.addExperts(size.experts, kind: .humanities, change, using: &random)
            return register
        }
        chance = random
        return register
    }
}

extension DemoRound {
    package struct List: Sendable {
        package let university: UniversityRecord
        package let applications: [ID<Application>]
    }

    /// One senior applicant in so many may go forward: nine in ten of a list have to be young.
    private static let youngToOneSenior = 10

    /// Spreads `count` applications over the municipal universities.
    ///
    /// - Parameter asking: how many lists carry one application that asks for an exception. Such a list is long
    ///   enough to go forward all the same; half of `count` are spread over all universities in any case.
    /// - Parameter copying: an application of which the last one of the last list copies passages.
    package mutating func applications(
        _ call: Call, _ programme: Programme, count: Int, asking: Int = 0, copying: ID<Application>? = nil,
        from: Instant, prefix: Int
    ) throws -> [List] {
        let homes = register.universities.filter { $0.group == "市属" }
        let quotas = homes.map { call.quota(for: DemoRegister.university($0.institutionCode)) ?? 15 }
        var shares = [Int](repeating: 0, count: homes.count)
        for place in 0..<asking { shares[place] = Self.youngToOneSenior }
        for number in 0..<max(count - asking * Self.youngToOneSenior, count / 2) {
            var place = number < homes.count ? number : chance.below(homes.count)
            while shares[place] >= quotas[place] { place = (place + 1) % homes.count }
            shares[place] += 1
        }
        var lists: [List] = []
        var number = prefix * 10_000
        let last = shares.lastIndex { $0 > 0 }
        for (place, home) in homes.enumerated() where shares[place] > 0 {
            lists.append(
                List(
                    university: home,
                    applications: try list(
                        call, programme, home, shares[place], asks: place < asking,
                        copying: place == last ? copying : nil, from, &number)))
        }
        return lists
    }

    private mutating func list(
        _ call: Call, _ programme: Programme, _ home: UniversityRecord, _ count: Int, asks: Bool,
        copying: ID<Application>?, _ from: Instant,
        _ number: inout Int
    ) throws -> [ID<Application>] {
        var round = self
        let house = house
        var next = number
        let cutoff =
            call.settings.day("youthCutoff")
            ?? (call.settings.day("ageDay") ?? call.opens.day).adding(years: -35)
        let made = try house.database.writeNow { store -> [ID<Application>] in
            var made: [ID<Application>] = []
            for place in 0..<count {
                let at = from.adding(seconds: Int64(round.chance.below(7 * 86_400)))
                let change = Change(
                    store: store, at: at, actor: nil, world: house.world, projections: house.projections)
                // At most one in ten is older, so that the list can go forward: a professor in the late thirties,
                // or, on a list that asks for an exception, one to whom the rule “in principle” speaks.
                let older = place == (asks ? Self.youngToOneSenior - 1 : Self.youngToOneSenior)
                let born =
                    older
                    ? cutoff.adding(asks ? -4_000 : -900) : cutoff.adding(30 + round.chance.below(1_800))
                let person = try round.register.addApplicant(
                    at: home, born: born, senior: older, number: next, change, using: &round.chance)
                next += 1
                made.append(
                    try round.apply(
                        call, programme, by: person, at: at, copying: place == count - 1 ? copying : nil,
                        store: change))
            }
            return made
        }
        number = next
        self = round
        return made
    }

    package func endorseAll(_ lists: [List], in call: Call, at: Instant) throws {
        for list in lists { try endorse(list.applications, of: list.university, in: call, at: at) }
    }
}
