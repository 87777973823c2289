import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store
import Testing

/// A city whose plan holds one more programme, written in YAML from a notice of one page that was made up for this:
/// `Tests/Fixtures/night-school/notice.md`. No line of Swift knows it.
struct UnseenStage: RoundStage {
    let season: Season
    let programme: Programme
    let call: Call
    var round: DemoRound

    static let home = "10011"

    static var fixture: String {
        URL(fileURLWithPath: Season.planFolder).deletingLastPathComponent()
            .appendingPathComponent("Tests/Fixtures/night-school").path
    }

    /// The repository's plan with the folder in it; the notice stays outside.
    static func folder() throws -> TestFolder {
        let folder = try TestFolder("unseen", copying: Season.planFolder)
        let home = "\(folder.path)/programmes/night-school"
        try FileManager.default.copyItem(atPath: fixture, toPath: home)
        try FileManager.default.removeItem(atPath: "\(home)/notice.md")
        return folder
    }

    init() async throws {
        let folder = try Self.folder()
        season = try await Season(experts: 30, plan: try PlanFolder.load(folder.path))
        programme = try #require(season.house.plan.programme("night-school"))
        round = DemoRound(
            house: season.house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 41))
        call = try round.publish(
            programme, number: "2026-YX", title: "社区夜校微课题（虚构）", published: Self.at("2026-04-20"),
            opens: Self.at("2026-06-01"), closes: Self.at("2026-06-30", 16))
    }

    /// Somebody of the municipal university everybody plays, with a draft of the class written; the neighbourhood's
    /// person, one of the cast, is asked, and accepts.
    mutating func candidate(_ number: Int, class chosen: String, user: String) throws -> DemoRound.Candidate {
        let home = try #require(season.register.universities.first { $0.institutionCode == Self.home })
        let candidate = try round.candidate(
            of: call, programme, at: home, number: number, asking: [], season.now)
        let (house, now) = (house, season.now)
        try house.database.writeNow { store in
            var answers = try #require(try Drafts.sections(candidate.id, store)["basics"]).values
            answers["class"] = chosen
            _ = try Drafts.save(
                candidate.id, section: "basics", base: 1, answers: answers, by: candidate.person, at: now,
                store)
        }
        #expect(
            try codes(candidate.person) {
                try PartyActs.invite(
                    DemoCast.email(of: user), as: .finalUser, to: candidate.id, by: $0, $1, house)
            } == [])
        try round.agree(user, to: candidate.id, now)
        return candidate
    }

    func submit(_ candidate: DemoRound.Candidate) throws -> [String] {
        try codes(candidate.person) { _, change in
            _ = try ApplicationActs.submit(
                try Drafts.find(candidate.id, of: candidate.person, change.store), change, house)
        }
    }

    func write(
        _ key: String, _ step: String, of application: ID<Application>, _ answers: [String: String]
    ) throws -> [String] {
        try codes(person(key)) {
            try StatementActs.make(
                StatementActs.Written(answers: answers), at: step, of: application, by: $0, $1, house)
        }
    }

    func endorse(_ list: [ID<Application>]) throws -> [String] {
        try codes(person("research-office")) { _, change in
            try ApplicationActs.endorse(
                list, of: DemoRegister.university(Self.home), in: call.id, by: person("research-office"),
                change, house)
        }
    }

    /// What keeps a list from being put forward now.
    func lacking(_ list: [ID<Application>]) throws -> [Refusal] {
        let (house, call, office, now) = (house, call.id, person("research-office"), season.now)
        return try house.database.readNow { store in
            try ApplicationActs.listObstacles(
                list, of: DemoRegister.university(Self.home), in: call, by: office, at: now, house, store)
        }
    }

    func step(_ application: ID<Application>) throws -> String {
        try house.database.readNow { store in
            try store.value(
                "SELECT step || '/' || state FROM application WHERE id = \(application)", as: String.self)
        } ?? ""
    }
}
