import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// A round of a programme with the route for proposals that experts disagree about, closed and reviewed by the same three:
/// of four proposals they agree about the first two and not about the others. In the order of the ranking.
struct ChampionPlay: Sendable {
    let call: Call
    let proposals: [ID<Application>]
    /// By proposal, in the order of the experts. The first expert marked at the top what the others were against.
    let assignments: [[ID<Assignment>]]

    /// Grade and advice of each expert.
    private static let marks: [[String]] = [
        ["AA", "AA", "BA"], ["BA", "BB", "BB"], ["AA", "CB", "DC"], ["AA", "DC", "DC"],
    ]
    private static let universities = ["10005", "10011", "10016", "10009"]

    private static func at(_ day: String, _ hour: Int = 10) -> Instant {
        Instant(Season.day(day), hour: hour)
    }

    /// - Parameter share: percent that another organisation bears; 0 where the commission funds the call alone.
    static func play(
        _ house: House, _ register: DemoRegister, by experts: [ID<Person>], jointly share: Int = 0
    ) throws -> Self {
        let programme = try #require(house.plan.programmes.first { $0.nonConsensus != nil })
        var round = DemoRound(
            house: house, register: register, kind: .natural, chance: SplitMix64(seed: 77))
        let call = try round.publish(
            programme, number: "2026-FG", title: "重点项目征集（试验）", published: at("2026-01-20"),
            opens: at("2026-03-01", 9), closes: at("2026-03-20", 16), changing: ["jointShare": "\(share)"],
            funder: share == 0 ? nil : DemoRegister.funder)
        var proposals: [ID<Application>] = []
        for (place, code) in universities.enumerated() {
            let home = try #require(register.universities.first { $0.institutionCode == code })
            let id = try house.database.writeNow { store in
                let change = Change(
                    store: store, at: at("2026-03-05"), actor: nil, world: house.world,
                    projections: house.projections)
                let person = try register.addApplicant(
                    at: home, born: Season.day("1988-05-0\(place + 1)"), senior: false,
                    number: 60_000 + place, change, using: &round.chance)
                return try round.apply(call, programme, by: person, at: change.at, store: change)
            }
            try round.endorse([id], of: home, in: call, at: at("2026-03-25"))
            proposals.append(id)
        }
        try round.screen(proposals, at: at("2026-04-10"))
        var assignments: [[ID<Assignment>]] = []
        for (id, marks) in zip(proposals, marks) {
            assignments.append(try review(id, marks, by: experts, programme, house, register))
        }
        return Self(call: call, proposals: proposals, assignments: assignments)
    }

    private static func review(
        _ application: ID<Application>, _ marks: [String], by experts: [ID<Person>], _ programme: Programme,
        _ house: House, _ register: DemoRegister
    ) throws -> [ID<Assignment>] {
        let officer = register.cast.person("programme-officer")
        return try zip(experts, marks).map { expert, marks in
            let id = house.world.id(Assignment.self)
            _ = try house.changeNow(by: officer, at: at("2026-04-12")) { change in
                try ReviewActs.assign(expert, to: application, id: id, by: officer, change, house)
            }
            try house.changeNow(by: expert, at: at("2026-04-20")) { change in
                try ReviewActs.accept(id, by: expert, change)
                try ReviewActs.submit(
                    id, answers(marks, programme.review), by: expert, change, house)
            }
            return id
        }
    }

    static func answers(_ marks: String, _ instrument: ReviewInstrument) -> [String: String] {
        var answers = [
            "grade": String(marks.prefix(1)), "advice": String(marks.suffix(1)),
            "comment": "所提问题与方法已逐项看过，意见如上；请申请人说明最先可以检验的一步，以及做不成时怎样尽早知道。",
        ]
        for criterion in instrument.criteria { answers["comment-\(criterion.id)"] = "看过，意见见总评。" }
        return answers
    }
}

/// The season with such a round, which waits for the officer.
final class ChampionStage: Stage, Sendable {
    let season: Season
    let played: ChampionPlay
    /// As ``ChampionPlay/assignments``.
    let experts: [ID<Person>]

    private static let once = Once<Int, ChampionStage>()

    /// - Parameter share: percent that another organisation bears.
    init(jointly share: Int = 0) async throws {
        let played = try await Self.once.made(share) { try await ChampionStage(playing: share) }
        season = try await Season(copying: played.season)
        self.played = played.played
        experts = played.experts
    }

    private init(playing share: Int) async throws {
        season = try await Season(experts: 3)
        let (house, register) = (season.house, season.register)
        let codes = DemoTopics.disciplineCodes(of: .natural)
        experts = try house.changeNow(by: nil, at: Instant(Season.day("2026-01-10"), hour: 9)) { change in
            try [("10003", "贺"), ("10006", "倪"), ("10008", "汤")].enumerated().map { place, expert in
                let person = Person(
                    id: ID("champion-expert-\(place + 1)"), name: "\(expert.1)独见",
                    pinyin: "du jian \(place)", email: "champion-\(place + 1)@jiebang.example",
                    organisation: DemoRegister.university(expert.0),
                    born: Day(year: 1972 + place, month: 4, day: 8), title: "教授", titleLevel: "正高",
                    degree: "博士", demo: true)
                try register.register(person, as: .expert, change)
                try register.register(
                    Expert(
                        person: person.id, disciplines: Array(codes.prefix(20)), keywords: [], loadMax: 12),
                    change)
                return person.id
            }
        }
        played = try ChampionPlay.play(house, register, by: experts, jointly: share)
        season.move(to: Instant(Season.day("2026-04-22"), hour: 10))
    }

    /// Long enough, and nowhere else.
    static let text = String(
        repeating: "此题若成，将改写对界面输运的通行看法；最大的风险在第一步的信号是否可分辨，半年之内即可看出对错。", count: 3)
    static let grounds = "意见分歧在于第一步能否分辨信号，半年可见分晓，值得一试"

    var call: ID<Call> { played.call.id }
    /// Experts disagree about it, and the first is for it; the next best after those they agree about.
    var apart: ID<Application> { played.proposals[2] }

    /// What refuses an act; empty where it was done.
    func codes(_ person: ID<Person>, _ act: (Change) throws -> Void) throws -> [String] {
        try refusals { try house.changeNow(by: person, at: season.now) { try act($0) } }
    }

    /// The expert's case for a proposal, or what refuses it.
    func champion(_ place: Int, by expert: Int, _ text: String = ChampionStage.text) throws -> [String] {
        let (id, person) = (played.assignments[place][expert], experts[expert])
        return try codes(person) { try ChampionActs.write(id, text, by: person, $0, house) }
    }

    /// The officer's selection of the proposals at these places, or what refuses it.
    func propose(_ ranked: [Int], byRoute: [Int], grounds: String? = ChampionStage.grounds) throws -> [String]
    {
        let officer = person("programme-officer")
        var choices: [ID<Application>: DecisionActs.Choice] = [:]
        for (place, id) in played.proposals.enumerated() {
            let isRouted = byRoute.contains(place)
            choices[id] = DecisionActs.Choice(
                funded: ranked.contains(place) || isRouted, amount: Money(yuan: 30_000),
                departure: isRouted ? grounds : nil, byRoute: isRouted)
        }
        return try codes(officer) {
            try DecisionActs.propose(choices, in: call, by: officer, $0, house)
        }
    }
}
