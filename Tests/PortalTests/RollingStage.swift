import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store
import Testing

/// A programme no folder holds: applications taken in at any time, with an officer's grounds, a pledge and nobody asked
/// to review. Written from the shared one by replacing files, as somebody with a notice would.
struct RollingStage: RoundStage {
    let season: Season
    let programme: Programme
    let call: Call
    var round: DemoRound

    static let procedure = """
        steps:
          - {step: write, kind: draft, label: {zh: 填写并提交, en: Write}, by: applicant, after: [], within: callClosing, standing: demo}
          - step: support
            kind: statement
            statement: support
            label: {zh: 学校意见, en: The university's word}
            by: research-office
            after: [write]
            within: {hours: 48}
            apartFrom: [write]
            standing: demo
          - step: user
            kind: statement
            statement: user
            label: {zh: 用户需求, en: The user's need}
            by: final-user
            after: [write]
            within: {days: 5}
            standing: demo
          - step: grounds
            kind: statement
            statement: grounds
            label: {zh: 委托理由, en: Grounds}
            by: programme-officer
            after: [support, user]
            within: {days: 10}
            apartFrom: [write, support, user]
            returnsTo: [write]
            standing: demo
          - {step: decide, kind: decide, label: {zh: 集体决定, en: Decision}, by: commission-leader, after: [grounds], within: {workingDays: 5}, apartFrom: [grounds], standing: demo}
          - {step: plate, kind: statement, statement: plate, label: {zh: 挂牌, en: Plate}, by: programme-officer, after: [decide], within: none, why: 由主管安排, standing: demo}
        """

    static let statements = """
        statements:
          - id: support
            label: {zh: 学校支持意见, en: Support}
            seenBy: [applicant, commission]
            pledge: true
            standing: demo
            fields: [{id: means, kind: prose, least: 5, most: 500, label: {zh: 支持条件, en: Means}}]
          - id: user
            label: {zh: 最终用户的需求, en: The user's need}
            seenBy: [applicant, commission]
            standing: demo
            fields: [{id: need, kind: prose, least: 5, most: 500, label: {zh: 需求, en: Need}}]
          - id: grounds
            label: {zh: 立项理由, en: Grounds}
            verdict: [done, returned, refused]
            seenBy: [commission]
            grounds: true
            standing: demo
            fields:
              - id: type
                kind: choice
                label: {zh: 理由类型, en: Kind of reason}
                options: [{id: sole, label: {zh: 唯一优势, en: Sole capability}}, {id: urgent, label: {zh: 应急, en: Emergency}}]
              - {id: alternatives, kind: prose, least: 5, most: 500, label: {zh: 考虑过的其他承担者, en: Alternatives considered}}
          - id: plate
            label: {zh: 挂牌记录, en: Plate}
            seenBy: [applicant, commission]
            standing: demo
            fields: [{id: hung, kind: day, label: {zh: 挂牌日期, en: Hung on}}]
        """

    static func files() throws -> [String: String] {
        let folder = "\(Season.planFolder)/programmes/outstanding-young-scientists"
        var files: [String: String] = [:]
        for name in ["cases", "form", "funding", "programme", "rules"] {
            files["\(name).yaml"] = try String(contentsOfFile: "\(folder)/\(name).yaml", encoding: .utf8)
        }
        let head = try #require(files["programme.yaml"])
        let party = """
            parties:
              - role: final-user
                invitedBy: programme-officer
                least: 1
                most: 2
                conflicted: true
                describes: {zh: 将使用成果的单位指定的人, en: Whom the body that will use the result names}
                standing: demo
                cites: {source: demo}
                verified: false
            """
        let start = try #require(head.range(of: "parties:\n")).lowerBound
        let end = try #require(head.range(of: "parameters:\n")).lowerBound
        files["programme.yaml"] = (head[..<start] + party + "\n" + head[end...])
            .replacingOccurrences(of: "outstanding-young-scientists", with: "rolling-test")
            .replacingOccurrences(of: "letting: recommendation", with: "letting: open-competition")
            .replacingOccurrences(of: "intake: round", with: "intake: rolling")
        // Nobody recommends here, so nobody's field is asked for; nor are there classes.
        for (name, first) in [
            ("rules.yaml", "  - id: municipal-platform"), ("cases.yaml", "  - name: 第一代：三名推荐人的"),
        ] {
            let text = try #require(files[name])
            files[name] = String(text[..<(try #require(text.range(of: first)).lowerBound)])
        }
        files["procedure.yaml"] = procedure
        files["statements.yaml"] = statements
        return files
    }

    init() async throws {
        season = try await Season(experts: 3)
        let programme = try PlanFolder.programme(files: try Self.files())
        self.programme = programme
        _ = try season.house.changeNow(by: nil, at: NominationStage.at("2026-01-06")) { change in
            try change.append(
                ProgrammeAdopted(programme: programme), about: Subject(kind: "programme", id: programme.id))
        }
        round = DemoRound(
            house: season.house, register: season.register, kind: .natural, chance: SplitMix64(seed: 37))
        call = try round.publish(
            programme, number: "2026-DX", title: "随时受理试验", published: NominationStage.at("2026-04-20"),
            opens: NominationStage.at("2026-06-01"), closes: NominationStage.at("2026-12-30", 16))
    }

    /// One of the repository's own programmes, with two more leaders beside the cast's.
    init(of id: String) async throws {
        season = try await Season(experts: 3)
        programme = try #require(season.house.plan.programme(id))
        round = DemoRound(
            house: season.house, register: season.register, kind: .natural, chance: SplitMix64(seed: 38))
        call = try round.publish(
            programme, number: "2026-QT", title: "其他组织方式试验", published: NominationStage.at("2026-04-20"),
            opens: NominationStage.at("2026-06-01"), closes: NominationStage.at("2026-12-30", 16))
        try season.house.changeNow(by: nil, at: Season.start) { [season] change in
            for leader in Self.moreLeaders {
                try season.register.register(
                    Person(
                        id: leader, name: "负责人\(leader.rawValue)", pinyin: "fuzeren",
                        email: "\(leader.rawValue)@jiebang.example", organisation: season.register.commission,
                        demo: true), as: .commissionLeader, change)
            }
        }
    }

    static let moreLeaders: [ID<Person>] = [ID("leader-2"), ID("leader-3")]

    func write(
        _ key: String, _ step: String, of application: ID<Application>, _ answers: [String: String],
        _ outcome: StatementForm.Outcome = .done, reason: String = "", signed: Bool = false
    ) throws -> [String] {
        try write(
            by: season.cast.person(key), step, of: application, answers, outcome, reason: reason,
            signed: signed)
    }

    func write(
        by person: ID<Person>, _ step: String, of application: ID<Application>, _ answers: [String: String],
        _ outcome: StatementForm.Outcome = .done, reason: String = "", signed: Bool = false
    ) throws -> [String] {
        try codes(person) {
            try StatementActs.make(
                StatementActs.Written(
                    answers: answers, outcome: outcome, reason: reason, isSigned: signed), at: step,
                of: application, by: $0, $1, house)
        }
    }

    mutating func submitted(_ number: Int) throws -> DemoRound.Candidate {
        let home = try #require(season.register.universities.first { $0.institutionCode == "10011" })
        let candidate = try round.candidate(
            of: call, programme, at: home, number: number, asking: [], season.now)
        try round.act(candidate.person, season.now) { _, change in
            _ = try ApplicationActs.submit(
                try Drafts.find(candidate.id, of: candidate.person, change.store), change, house)
        }
        return candidate
    }

    /// The user is asked and accepts, and all three statements are in.
    func grounded(_ id: ID<Application>) throws {
        #expect(
            try codes("programme-officer") {
                try PartyActs.invite(
                    DemoCast.email(of: "recommender"), as: .finalUser, to: id, by: $0, $1, house)
            } == [])
        let invitation = try #require(
            try house.database.readNow { store in try InvitedParty.all(of: id, store).last?.invitation })
        #expect(
            try codes("recommender") {
                try PartyActs.accept(invitation, by: $0, isConfirmed: true, $1, house)
            } == [])
        #expect(try write("recommender", "user", of: id, ["need": "需要在一年内投入使用。"]) == [])
        #expect(
            try write("research-office", "support", of: id, ["means": "提供场地和经费配套。"], signed: true) == [])
        #expect(
            try write(
                "programme-officer", "grounds", of: id, ["type": "sole", "alternatives": "另有两家，均不具备条件。"])
                == [])
    }

    func step(_ application: ID<Application>) throws -> String {
        try house.database.readNow { store in
            try store.value(
                "SELECT step || '/' || state FROM application WHERE id = \(application)", as: String.self)
        } ?? ""
    }
}
