import Lifecycle
import Store
import Testing

@testable import Portal

/// The season with a call that lets one topic: three bids that came out close, and one far behind, wait for the officer.
final class RaceStage: Stage, Sendable {
    let season: Season
    let played: DemoRace.Played

    private static let once = Once<Int, RaceStage>()

    init() async throws {
        let played = try await Self.once.made(0) { try await RaceStage(playing: ()) }
        season = try await Season(copying: played.season)
        self.played = played.played
    }

    private init(playing: Void) async throws {
        season = try await Season(experts: 3)
        // Once everything of the play is over: notices and gates come after.
        season.move(to: Instant(Season.day("2026-06-10"), hour: 10))
        played = try #require(try DemoRace(house: season.house, register: season.register).play())
    }

    var call: ID<Call> { played.call }
    var lanes: [ID<Application>] { Array(played.bids.prefix(3)) }
    var far: ID<Application> { played.bids[3] }
    var compare: String { "/rounds/\(played.call)/topics/\(played.topic)" }

    static let difference = "三条路线的测量原理各不相同：近红外光谱、声学共振和机器视觉，误差来源也不同。"
    static let grounds = "三条路线各有长处，精度、速度和成本难以事先分出高下，并行一年再作取舍。"

    /// The form that an officer sends to propose the race of all three.
    func form(_ more: [String: String] = [:], lanes: [ID<Application>]? = nil) -> [(String, String)] {
        var values = [
            "gate": "2028-01-01", "assessor": DemoRace.assessor, "grant": "1200000", "first": "360000",
            "difference": Self.difference, "grounds": Self.grounds,
        ]
        values.merge(more) { $1 }
        return values.map { ($0.key, $0.value) } + (lanes ?? self.lanes).map { ("lane", $0.rawValue) }
    }

    func propose() async throws {
        let answer = try await browser(as: "programme-officer").post(
            "\(compare)/race", form(), from: compare, follow: false)
        #expect(answer.status == 303, "\(answer.text.suffix(3000))")
    }

    /// Races that wait for a signature.
    func proposed() throws -> [Race] {
        let call = call
        return try read { store in try Races.proposed(in: call, store).map(\.race) }
    }

    /// Proposes the selection with the lanes as the race says, or as `amount` says.
    func select(_ amount: Money = Money(yuan: 360_000), lanes: [ID<Application>]? = nil) throws -> [String] {
        let (call, funded, officer) = (call, Set(lanes ?? self.lanes), person("programme-officer"))
        return try codes(by: officer) { change, house in
            var choices: [ID<Application>: DecisionActs.Choice] = [:]
            for (_, row) in try DecisionActs.ranking(of: call, change.store) {
                choices[row.application] = DecisionActs.Choice(
                    funded: funded.contains(row.application), amount: amount, departure: nil)
            }
            try DecisionActs.propose(choices, in: call, by: officer, change, house)
        }
    }

    func sign() throws -> [String] {
        let (call, leader) = (call, person("commission-leader"))
        return try codes(by: leader) { try DecisionActs.sign(call, by: leader, $0, $1) }
    }

    /// Opens the notice; its address.
    func publicise() throws -> String {
        let (call, officer) = (call, person("programme-officer"))
        #expect(
            try codes(by: officer) {
                try NoticeActs.open(call, id: ID("notice0000000001"), by: officer, $0, $1)
            } == [])
        return "/notices/notice0000000001"
    }

    func close() throws {
        season.move(to: season.now.adding(seconds: 20 * 86_400))
        let officer = person("programme-officer")
        #expect(
            try codes(by: officer) {
                try NoticeActs.close(ID("notice0000000001"), by: officer, $0, $1)
            } == [])
    }

    /// From the race's proposal to the drafts of its contracts.
    func established() async throws {
        try await propose()
        #expect(try select() == [])
        #expect(try sign() == [])
        _ = try publicise()
        try close()
    }

    /// A lane's pledge, and the agreement of all three parties.
    func contract(_ lane: ID<Application>) throws {
        let owner = try owner(lane)
        #expect(
            try codes(by: owner) { change, house in
                guard let viewer = try Viewer.find(owner, at: change.at, change.store) else {
                    throw Missing()
                }
                try StatementActs.make(
                    StatementActs.Written(
                        answers: [
                            "promise": "按题目指标和节点完成，一年内通过阶段考核。", "tested": "true", "failure": "如实报告原因，停止使用余款。",
                        ],
                        isSigned: true), at: "pledge", of: lane, by: viewer, change, house)
            } == [])
        for (party, person) in [
            (Role.applicant, owner), (.researchOffice, try office(lane)),
            (.programmeOfficer, person("programme-officer")),
        ] {
            #expect(
                try codes(by: person) {
                    try ContractActs.agree(lane, as: party, by: person, $0, $1)
                } == [], "\(party)")
        }
    }

    func balance(_ account: Account) throws -> Money { try read { try Bookkeeping.balance(of: account, $0) } }
}
