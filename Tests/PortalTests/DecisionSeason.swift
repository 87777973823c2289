import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// The season after its reviews: a few applications of several universities wait for the decision.
final class DecisionSeason: Stage, Sendable {
    let season: Season
    let applications: [ID<Application>]
    var call: ID<Call> { season.call.id }

    private struct Kind: Hashable, Sendable {
        let count: Int
        let unreviewed: Int
        let officer: String
        let asking: Int
    }

    private static let played = Once<Kind, DecisionSeason>()

    /// - Parameters:
    ///   - unreviewed: how many stay in review.
    ///   - asking: how many universities put ten forward, one of which asks for an exception.
    init(
        applications count: Int = 6, unreviewed: Int = 0, asking: Int = 0,
        screenedBy officer: String = "programme-officer"
    ) async throws {
        let kind = Kind(count: count, unreviewed: unreviewed, officer: officer, asking: asking)
        let played = try await Self.played.made(kind) { try await DecisionSeason(playing: kind) }
        season = try await Season(copying: played.season)
        applications = played.applications
    }

    private init(playing kind: Kind) async throws {
        let (count, unreviewed, officer) = (kind.count, kind.unreviewed, kind.officer)
        season = try await Season(experts: 30)
        var round = DemoRound(
            house: season.house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 21))
        let lists = try round.applications(
            season.call, season.programme, count: count, asking: kind.asking, from: Self.at("2026-06-02"),
            prefix: 5)
        try round.endorseAll(lists, in: season.call, at: Self.at("2026-07-02"))
        let ids = lists.flatMap(\.applications)
        if officer == "programme-officer" {
            _ = try round.screen(ids, at: Self.at("2026-07-10"), rulings: kind.asking > 0 ? [.granted] : [])
        } else {
            let person = season.cast.person(officer)
            try season.house.changeNow(by: person, at: Self.at("2026-07-10")) {
                [house = season.house] change in
                for id in ids {
                    try ScreeningActs.screen(
                        id, passed: true, reason: "经核对符合要求", by: person, change, house)
                }
            }
        }
        try round.review(
            Array(ids.dropLast(unreviewed)), in: season.call, season.programme, at: Self.at("2026-07-15"),
            answered: 100)
        applications = ids
        season.move(to: Self.at("2026-07-27"))
    }

    /// Best first.
    func ranking() throws -> [ID<Application>] {
        let call = call
        return try read { try DecisionActs.ranking(of: call, $0).map(\.row.application) }
    }

    func balance(_ account: Account) throws -> Money { try read { try Bookkeeping.balance(of: account, $0) } }

    func step(_ id: ID<Application>) throws -> String {
        try read {
            try $0.value(
                "SELECT step_kind || '/' || state FROM application WHERE id = \(id)", as: String.self)
        } ?? ""
    }

    /// Everything balances, and nothing but the treasury owes.
    func checkLedger(_ note: String = "") throws {
        let (sum, least) = try read { store in
            (
                try store.value("SELECT SUM(balance) FROM account_balance", as: Int64.self) ?? 0,
                try store.value(
                    "SELECT MIN(balance) FROM account_balance WHERE account <> 'treasury'", as: Int64.self)
                    ?? 0
            )
        }
        #expect(sum == 0, "\(note)")
        #expect(least >= 0, "\(note)")
    }

    /// Proposes the first `count` of the ranking, and lets the leader sign.
    func decide(funding count: Int) throws {
        let call = call
        let (officer, leader) = (person("programme-officer"), person("commission-leader"))
        let top = Set(try ranking().prefix(count))
        #expect(
            try codes(by: officer) { change, house in
                var choices: [ID<Application>: DecisionActs.Choice] = [:]
                for (_, row) in try DecisionActs.ranking(of: call, change.store) {
                    choices[row.application] = DecisionActs.Choice(
                        funded: top.contains(row.application), amount: Money(yuan: 50_000),
                        departure: "同分项目按学科布局择优")
                }
                try DecisionActs.propose(choices, in: call, by: officer, change, house)
            } == [])
        #expect(
            try codes(by: leader) { change, house in
                try DecisionActs.sign(call, by: leader, change, house)
            } == [])
    }

    /// Opens the notice of everything decided.
    func publicise() throws -> ID<Notice> {
        let (call, officer) = (call, person("programme-officer"))
        let notice = ID<Notice>("notice0000000000")
        #expect(
            try codes(by: officer) { change, house in
                try NoticeActs.open(call, id: notice, by: officer, change, house)
            } == [])
        return notice
    }

    /// Moves past the notice and closes it.
    func close(_ notice: ID<Notice>) throws {
        season.move(to: try read { try NoticeActs.find(notice, $0).endsAt }.adding(seconds: 60))
        let officer = person("programme-officer")
        #expect(
            try codes(by: officer) { change, house in
                try NoticeActs.close(notice, by: officer, change, house)
            } == [])
    }

    /// All three parties agree.
    func contract(_ id: ID<Application>) throws {
        for (party, person) in [
            (Role.applicant, try owner(id)), (.researchOffice, try office(id)),
            (.programmeOfficer, person("programme-officer")),
        ] {
            #expect(
                try codes(by: person) { change, house in
                    try ContractActs.agree(id, as: party, by: person, change, house)
                } == [])
        }
    }

    /// Another application at the first one's university, which its list left out.
    func addUnendorsed() async throws -> ID<Application> {
        var round = DemoRound(
            house: season.house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 22))
        let first = applications[0]
        let code = try read {
            try $0.value(
                """
                SELECT organisation.code FROM application
                JOIN organisation ON organisation.id = application.university WHERE application.id = \(first)
                """, as: String.self)
        }
        guard let home = season.register.universities.first(where: { $0.institutionCode == code }) else {
            throw Missing()
        }
        let at = Self.at("2026-06-20")
        let (house, register, call, programme) = (
            season.house, season.register, season.call, season.programme
        )
        return try house.database.writeNow { store in
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            var chance = SplitMix64(seed: 23)
            let person = try register.addApplicant(
                at: home, born: Season.day("1993-01-01"), senior: false, number: 99_999, change,
                using: &chance)
            return try round.apply(call, programme, by: person, at: at, store: change)
        }
    }
}
