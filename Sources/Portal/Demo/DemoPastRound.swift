package import Lifecycle
import Store

/// A round of 2021 in a house of its own, played through the house's own acts under the rules of that year: what
/// the rules of 2022 would have made of it is the question of ``WhatIf``. Its people and their past are invented and
/// seeded; nothing of it says how a real round went.
package enum DemoPastRound {
    package static let number = "2021-SY"
    /// A day on which the rules of 2022 are in force.
    package static let nextYear = Day(number: 18_767)  // 2021-05-20

    private static let universities = 12
    private static let startsService = 60

    /// Seeds an empty house; the same at every run but for salts.
    package static func seed(_ house: House) throws -> Call {
        guard let programme = house.plan.roundProgramme(.humanities) else {
            throw Missing()
        }
        var chance = SplitMix64(seed: 2021)
        func at(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 9) -> Instant {
            Instant(Day(year: year, month: month, day: day) ?? nextYear, hour: hour)
        }
        let register = try house.database.writeNow { store in
            let change = Change(
                store: store, at: at(2020, 8, 3), actor: nil, world: house.world,
                projections: house.projections)
            return try DemoRegister(change, using: &chance)
        }
        let call = try publish(programme, register, at: at(2020, 9, 21), house, using: &chance) {
            at($0, $1, $2, $3)
        }
        var round = DemoRound(house: house, register: register, kind: .humanities, chance: chance)
        var number = 0
        for (place, home) in register.universities.filter({ $0.group == "市属" }).prefix(universities)
            .enumerated()
        {
            var made: [(id: ID<Application>, owner: ID<Person>)] = []
            for invented in invented(at: place, using: &round.chance) {
                number += 1
                made.append(
                    try apply(
                        invented, number, at: home, call, programme, &round, register, house,
                        at: at(2020, 11, 3 + place)))
            }
            try putForward(made, at: place, home, call, register, house, at: at(2020, 12, 4))
        }
        return call
    }

    private static func publish(
        _ programme: Programme, _ register: DemoRegister, at published: Instant, _ house: House,
        using chance: inout SplitMix64, _ at: (Int, Int, Int, Int) -> Instant
    ) throws -> Call {
        var values: [String: String] = [:]
        for parameter in programme.parameters { values[parameter.id] = parameter.demo }
        values.merge([
            "youthCutoff": "1986-05-07", "ageDay": "2020-12-31", "projectStart": "2021-01-01",
            "quotaEach": "11",
        ]) { _, new in new }
        let call = Call(
            id: .random(using: &chance), programme: programme.id, digest: programme.digest, number: number,
            title: "科研计划一般项目（人文社科类）2021 年度（演示，人和事都是虚构的）", year: 2021,
            opens: at(2020, 11, 2, 9), closes: at(2020, 12, 1, 16),
            guide: "（演示指南）本轮为虚构的往年申报，用来说明规则改变会影响谁；没有依据的数字都是演示值。",
            settings: Settings(values))
        try house.changeNow(by: register.cast.person("programme-officer"), at: published) { change in
            try CallActs.publish(call, change, house)
        }
        return call
    }

    /// What of an applicant the rules of either year look at.
    private struct Invented {
        var born: Day
        var titleLevel = "中级"
        var fullTimeTeacher: Bool? = true
        var record: [TrackRecord] = []
    }

    /// Young lists; lists half of people in the late thirties, who still were young by the rules of 2021; lists of ten
    /// with one over forty, and some of these with one in the late thirties besides.
    private static func invented(at place: Int, using chance: inout SplitMix64) -> [Invented] {
        let young = Day(number: 6_100)  // 1986-09-14
        let count = place % 3 == 2 ? 10 : 5 + chance.below(6)
        return (0..<count).map { index in
            let late = place % 3 == 1 ? index % 2 == 1 : place % 6 == 5 && index == 0
            var one = Invented(
                born: late ? young.adding(-400 - chance.below(1_300)) : young.adding(chance.below(2_400)))
            // On each list of ten, one is over forty, which the rules of 2021 leave room for.
            if count == 10 && index == 9 {
                one.born = Day(number: 3_600 - chance.below(900))
                one.titleLevel = chance.below(2) == 0 ? "正高" : "副高"
            }
            switch chance.below(20) {
            case 0: one.fullTimeTeacher = false
            case 1: one.fullTimeTeacher = nil
            case 2: one.record = [entry(.led, from: (2018, 3), until: nil)]
            case 3: one.record = [entry(.led, from: (2012, 3), until: (2014, 12))]
            case 4: one.record = [entry(.closedLate, from: (2016, 3), until: (2019, 11))]
            case 5: one.record = [entry(.revoked, from: (2014, 3), until: (2016, 6))]
            case 6:
                one.record = [
                    entry(.led, "city-social-science-fund", .provincial, from: (2015, 1), until: (2017, 12))
                ]
            case 7:
                one.record = [
                    entry(.unfunded, from: (2019, 6), until: (2019, 6)),
                    entry(.unfunded, from: (2020, 2), until: (2020, 2)),
                ]
            case 8: one.record = [entry(.unfunded, from: (2019, 6), until: (2019, 6))]
            default: break
            }
            return one
        }
    }

    private static func entry(
        _ kind: TrackRecord.Kind, _ family: String = "research-plan", _ level: TrackRecord.Level = .city,
        from: (Int, Int), until: (Int, Int)?
    ) -> TrackRecord {
        func day(_ month: (Int, Int)) -> Day { Day(year: month.0, month: month.1, day: 1) ?? nextYear }
        return TrackRecord(
            person: ID(""), kind: kind, family: family, level: level, title: "旧项目（演示）", from: day(from),
            until: until.map(day))
    }

    private static func apply(
        _ invented: Invented, _ number: Int, at home: UniversityRecord, _ call: Call, _ programme: Programme,
        _ round: inout DemoRound, _ register: DemoRegister, _ house: House, at moment: Instant
    ) throws -> (id: ID<Application>, owner: ID<Person>) {
        var playing = round
        defer { round = playing }
        return try house.database.writeNow { store in
            let at = moment.adding(seconds: Int64(number * 60))
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            let name = DemoNames.name(using: &playing.chance)
            let person = Person(
                id: .random(using: &playing.chance), name: name.characters, pinyin: name.pinyin,
                email: name.email(at: "u\(home.institutionCode)", number: 3_000 + number),
                organisation: DemoRegister.university(home.institutionCode), born: invented.born,
                title: invented.titleLevel == "正高" ? "教授" : invented.titleLevel == "副高" ? "副教授" : "讲师",
                titleLevel: invented.titleLevel, degree: "博士", fullTimeTeacher: invented.fullTimeTeacher,
                serviceUntil: invented.born.adding(years: startsService), demo: true)
            try register.register(person, as: .applicant, change)
            for entry in invented.record {
                let own = TrackRecord(
                    person: person.id, kind: entry.kind, family: entry.family, level: entry.level,
                    title: entry.title, from: entry.from, until: entry.until)
                try change.append(TrackRecorded(own), about: .person(person.id))
            }
            let id = try playing.apply(call, programme, by: person.id, at: at, store: change)
            return (id, person.id)
        }
    }

    /// The first university leaves one out, at the second one is withdrawn, the third puts nothing forward.
    private static func putForward(
        _ made: [(id: ID<Application>, owner: ID<Person>)], at place: Int, _ home: UniversityRecord,
        _ call: Call, _ register: DemoRegister, _ house: House, at moment: Instant
    ) throws {
        guard let officer = register.officers[home.institutionCode], var last = made.last, place != 2 else {
            return
        }
        var list = made
        if place == 1 {
            last = list.removeLast()
            try house.changeNow(by: last.owner, at: call.closes.adding(seconds: -3_600)) { change in
                try ApplicationActs.withdraw(
                    last.id, by: last.owner, reason: "本人另有安排（演示）", change, house)
            }
        }
        if place == 0 { list.removeLast() }
        try house.changeNow(by: officer, at: moment) { change in
            try ApplicationActs.endorse(
                list.map(\.id), of: DemoRegister.university(home.institutionCode), in: call.id, by: officer,
                leavingOut: place == 0 ? "本校择优，未列入名单（演示）" : nil, change, house)
        }
    }
}
