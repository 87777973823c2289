import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// The season at screening, with a list of ten of which one is by a professor to whom the rule “in principle”
/// speaks, and lists of others.
struct ExceptionSeason: Stage, Sendable {
    static let rule = "not-senior-at-forty"
    static let screening = DecisionSeason.at("2026-07-10")

    let season: Season
    /// Asks for an exception.
    let asking: ID<Application>
    let lists: [DemoRound.List]

    /// A young one of the same list.
    var young: ID<Application> { lists[0].applications[0] }

    private struct Kind: Hashable, Sendable {
        let endorsed: Bool
        let endorser: String?
    }

    private static let played = Once<Kind, ExceptionSeason>()

    /// - Parameters:
    ///   - endorsed: stops before the university's list goes when false.
    ///   - endorser: who puts the first list forward; nil for the university's own office.
    init(endorsed: Bool = true, endorsedBy endorser: String? = nil) async throws {
        let kind = Kind(endorsed: endorsed, endorser: endorser)
        let played = try await Self.played.made(kind) { try await ExceptionSeason(playing: kind) }
        season = try await Season(copying: played.season)
        (asking, lists) = (played.asking, played.lists)
    }

    private init(playing kind: Kind) async throws {
        season = try await Season(experts: 30)
        var round = DemoRound(
            house: season.house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 31))
        lists = try round.applications(
            season.call, season.programme, count: 12, asking: 1, from: DecisionSeason.at("2026-06-02"),
            prefix: 5)
        asking = try #require(
            try season.house.database.readNow {
                try $0.value("SELECT application FROM exception_request", as: ID<Application>.self)
            })
        season.move(to: DecisionSeason.at("2026-07-02"))
        guard kind.endorsed else { return }
        if let endorser = kind.endorser {
            let person = season.cast.person(endorser)
            let (list, call) = (lists[0], season.call.id)
            try season.house.changeNow(by: person, at: season.now) { [house = season.house] change in
                try ApplicationActs.endorse(
                    list.applications, of: DemoRegister.university(list.university.institutionCode), in: call,
                    by: person, change, house)
            }
            try round.endorseAll(Array(lists.dropFirst()), in: season.call, at: season.now)
        } else {
            try round.endorseAll(lists, in: season.call, at: season.now)
        }
        season.move(to: Self.screening)
    }

    var office: ID<Person> { season.register.officers[lists[0].university.institutionCode] ?? ID("") }

    func owner() throws -> ID<Person> { try owner(asking) }

    /// Decides as the cast's person, in the role.
    func decide(
        _ rule: String = ExceptionSeason.rule, of application: ID<Application>? = nil, granted: Bool = true,
        reason: String = "理由成立，予以例外", by key: String = "commission-leader",
        as role: Role = .commissionLeader
    ) throws -> [String] {
        let (person, dossier) = (season.cast.person(key), application ?? asking)
        return try codes(by: person) { change, house in
            try ExceptionActs.decide(
                rule, of: dossier, granted: granted, reason: reason, by: person, as: role, change, house)
        }
    }

    func screen(passed: Bool, reason: String = "", by key: String = "programme-officer") throws -> [String] {
        let (person, dossier) = (season.cast.person(key), asking)
        return try codes(by: person) { change, house in
            try ScreeningActs.screen(
                dossier, passed: passed, reason: reason, by: person, change, house)
        }
    }

    func findings() throws -> ScreeningActs.Findings {
        try house.database.readNow { [house, asking] store in
            try ScreeningActs.findings(asking, house, store)
        }
    }

    /// Standing and number of rulings: a refusal changes neither.
    func state() throws -> String {
        try house.database.readNow { [asking] store in
            let step = try store.value(
                "SELECT step_kind || '/' || state FROM application WHERE id = \(asking)", as: String.self)
            let rulings = try store.value("SELECT COUNT(*) FROM exception_ruling", as: Int.self)
            return "\(step ?? "") \(rulings ?? -1)"
        }
    }
}
