import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store
import Testing

/// The season with a call whose applicants may ask partners in: open from 1 to 30 June. A firm and a hospital have
/// people in the register.
struct PartnerStage: RoundStage {
    let season: Season
    let programme: Programme
    let call: Call
    var round: DemoRound

    static let home = "10011"
    static let partners = ["firm", "hospital", "institute"]

    init() async throws {
        season = try await Season(experts: 30)
        programme = try #require(
            season.house.plan.programmes.first { programme in
                programme.partyRule(.partner)?.contributes != nil && programme.nonConsensus != nil
            })
        round = DemoRound(
            house: season.house, register: season.register, kind: .natural, chance: SplitMix64(seed: 53))
        call = try round.publish(
            programme, number: "2026-HZ", title: "合作单位试验", published: Self.at("2026-04-20"),
            opens: Self.at("2026-06-01"), closes: Self.at("2026-06-30", 16))
        let names = [("京衡智造", Organisation.Kind.firm), ("安和医院", .institute), ("某研究所", .institute)]
        try season.house.changeNow(by: nil, at: Season.start) { [season] change in
            for (key, (name, kind)) in zip(Self.partners, names) {
                let body = Organisation(
                    id: ID("partner-\(key)"), name: "\(name)（虚构）", nameEn: key, pinyin: key, kind: kind)
                try PeopleActs.register(body, change)
                try season.register.register(
                    Person(
                        id: Self.person(of: key), name: "\(name)负责人", pinyin: key, email: Self.email(of: key),
                        organisation: body.id, demo: true), as: .partner, change)
            }
            // As many as a small round needs to be reviewed.
            let codes = DemoTopics.disciplineCodes(of: .natural)
            for (place, university) in ["10003", "10006", "10008"].enumerated() {
                let expert = Person(
                    id: ID("partner-expert-\(place)"), name: "专家\(place)", pinyin: "zhuanjia",
                    email: "partner-expert-\(place)@jiebang.example",
                    organisation: DemoRegister.university(university), titleLevel: "正高", demo: true)
                try season.register.register(expert, as: .expert, change)
                try season.register.register(
                    Expert(
                        person: expert.id, disciplines: Array(codes.prefix(20)), keywords: [], loadMax: 12),
                    change)
            }
        }
    }

    static func person(of key: String) -> ID<Person> { ID("partner-person-\(key)") }
    static func email(of key: String) -> String { "\(key)@partner.example" }

    /// What a partner says; money in yuan.
    static func answers(
        _ percent: Int, money: String = "120000", type: String = "firm", body: String = "京衡智造公司"
    )
        -> [String: String]
    {
        [
            "body": body, "type": type, "tasks": "承担样机试制和应用验证，QXtasksZ。", "means": "提供中试线和两名工程师。",
            "money": money, "percent": "\(percent)",
        ]
    }

    mutating func candidate(_ number: Int, asking keys: [String]) throws -> DemoRound.Candidate {
        let home = try #require(season.register.universities.first { $0.institutionCode == Self.home })
        let candidate = try round.candidate(
            of: call, programme, at: home, number: number, asking: [], season.now)
        for key in keys { #expect(try invite(key, to: candidate) == []) }
        return candidate
    }

    func invite(_ key: String, to candidate: DemoRound.Candidate) throws -> [String] {
        try codes(candidate.person) {
            try PartyActs.invite(Self.email(of: key), as: .partner, to: candidate.id, by: $0, $1, house)
        }
    }

    func invitation(of key: String, to application: ID<Application>) throws -> Int64 {
        try #require(
            try house.database.readNow { store in
                try InvitedParty.all(of: application, store).last { $0.email == Self.email(of: key) }?
                    .invitation
            })
    }

    func accept(_ key: String, _ application: ID<Application>) throws -> [String] {
        let invitation = try invitation(of: key, to: application)
        return try codes(Self.person(of: key)) {
            try PartyActs.accept(invitation, by: $0, isConfirmed: true, $1, house)
        }
    }

    func decline(_ key: String, _ application: ID<Application>) throws -> [String] {
        let invitation = try invitation(of: key, to: application)
        return try codes(Self.person(of: key)) {
            try PartyActs.decline(invitation, by: $0, reason: "另有安排", $1, house)
        }
    }

    func submit(_ candidate: DemoRound.Candidate) throws -> [String] {
        try codes(candidate.person) { _, change in
            _ = try ApplicationActs.submit(
                try Drafts.find(candidate.id, of: candidate.person, change.store), change, house)
        }
    }

    /// Each of those asked accepts, and the application is in.
    mutating func submitted(_ number: Int, with keys: [String]) throws -> DemoRound.Candidate {
        let candidate = try candidate(number, asking: keys)
        for key in keys { #expect(try accept(key, candidate.id) == []) }
        #expect(try submit(candidate) == [])
        return candidate
    }

    func say(
        _ key: String, of application: ID<Application>, _ answers: [String: String],
        _ outcome: StatementForm.Outcome = .done, reason: String = ""
    ) throws -> [String] {
        try codes(Self.person(of: key)) {
            try StatementActs.make(
                StatementActs.Written(answers: answers, outcome: outcome, reason: reason), at: "join",
                of: application, by: $0, $1, house)
        }
    }

    func endorse(_ list: [ID<Application>]) throws -> [String] {
        let office = person("research-office")
        return try codes("research-office") { _, change in
            try ApplicationActs.endorse(
                list, of: DemoRegister.university(Self.home), in: call.id, by: office, change, house)
        }
    }

    func step(_ application: ID<Application>) throws -> String {
        try house.database.readNow { store in
            try store.value(
                "SELECT step || '/' || state FROM application WHERE id = \(application)", as: String.self)
        } ?? ""
    }

    /// From the university's list to a contract that was drawn up.
    mutating func funded(_ id: ID<Application>, _ amount: Money) throws {
        try round.screen([id], at: Self.at("2026-07-08"))
        let officer = person("programme-officer")
        for place in 0..<3 {
            let (assignment, expert) = (
                house.world.id(Assignment.self), ID<Person>("partner-expert-\(place)")
            )
            _ = try house.changeNow(by: officer, at: Self.at("2026-07-09")) { [house] change in
                try ReviewActs.assign(expert, to: id, id: assignment, by: officer, change, house)
            }
            try house.changeNow(by: expert, at: Self.at("2026-07-12")) { [house, programme] change in
                try ReviewActs.accept(assignment, by: expert, change)
                try ReviewActs.submit(
                    assignment, ChampionPlay.answers("AA", programme.review), by: expert, change, house)
            }
        }
        season.move(to: Self.at("2026-07-20"))
        try fund([id], amount, in: call.id)
        let (call, notice) = (call.id, ID<Notice>("noticepartners00"))
        #expect(
            try codes("programme-officer") { _, change in
                try NoticeActs.open(call, id: notice, by: officer, change, house)
            } == [])
        let ends = try house.database.readNow { store in try NoticeActs.find(notice, store).endsAt }
        season.move(to: ends.adding(seconds: 60))
        #expect(
            try codes("programme-officer") { _, change in
                try NoticeActs.close(notice, by: officer, change, house)
            } == [])
    }

    func agreed(_ candidate: DemoRound.Candidate) throws {
        for (party, person) in [
            (Role.applicant, candidate.person), (.researchOffice, person("research-office")),
            (.programmeOfficer, person("programme-officer")),
        ] {
            #expect(
                try codes(person) { _, change in
                    try ContractActs.agree(candidate.id, as: party, by: person, change, house)
                } == [])
        }
    }
}
