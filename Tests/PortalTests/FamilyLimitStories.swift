import Foundation
import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// A limit on one person's applications in all calls of a family of a year.
@Suite struct FamilyLimitStories {
    /// The programme of the season with its limit counted over the family.
    private static func across(_ season: Season) throws -> Programme {
        var files = try #require(season.house.plan.definitions[season.programme.id])
        let text = try #require(files["rules.yaml"])
        let edited = text.replacing(
            "{applicationsPerPerson: 1}", with: "{applicationsPerPerson: {most: 1, family: research-plan}}")
        try #require(edited != text)
        files["rules.yaml"] = edited
        return try PlanFolder.programme(files: files)
    }

    @Test func `an application in another call of the family and year counts until it is withdrawn`()
        async throws
    {
        let season = try await Season(experts: 0)
        let house = season.house
        let programme = try Self.across(season)
        try house.changeNow(by: nil, at: season.now) { change in
            _ = try change.append(
                ProgrammeAdopted(programme: programme), about: Subject(kind: "programme", id: programme.id))
        }
        var round = DemoRound(
            house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 53))
        func call(_ number: String, _ year: Int) throws -> Call {
            try round.publish(
                programme, number: number, title: "另一份征集",
                published: Instant(Season.day("\(year)-04-20"), hour: 9),
                opens: Instant(Season.day("\(year)-06-01"), hour: 9),
                closes: Instant(Season.day("\(year)-06-30"), hour: 16))
        }
        let here = try call("2026-KM", 2026)
        let earlier = try call("2025-KM", 2025)
        let home = try #require(season.register.universities.first { $0.institutionCode == "10011" })
        let (person, other, first) = try house.changeNow(by: nil, at: season.now) { change in
            func applicant(_ number: Int) throws -> ID<Person> {
                try season.register.addApplicant(
                    at: home, born: Season.day("1994-03-01"), senior: false, number: number, change,
                    using: &round.chance)
            }
            let (person, other) = (try applicant(97_001), try applicant(97_002))
            let first = try round.apply(
                season.call, season.programme, by: person, at: season.now, store: change)
            return (person, other, first)
        }
        func verdict(_ who: ID<Person>, in call: Call) throws -> Verdict {
            try house.database.readNow { store in
                let all = try EligibilityFacts.verdicts(
                    for: who, in: call, programme, besides: nil, house, store)
                return try #require(all.first { $0.rule == "one-application" })
            }
        }
        let counted = try verdict(person, in: here)
        #expect(counted.result == .unmet)
        #expect(counted.looked.contains { $0.value == "2026-SY" }, "\(counted.looked)")
        #expect(try verdict(other, in: here).result == .met)
        // Another year's call is another round.
        #expect(try verdict(person, in: earlier).result == .met)
        // The application that is judged is no other one.
        let own = try house.database.readNow { store in
            try EligibilityFacts.applicant(person, in: here, programme, besides: first, house, store)
        }
        #expect(own.familyApplications == [])
        try house.changeNow(by: person, at: season.now) { change in
            try ApplicationActs.withdraw(first, by: person, reason: "改投另一份征集", change, house)
        }
        #expect(try verdict(person, in: here).result == .met)
    }
}
