import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// The season with a call whose candidates are recommended by experts: open from 1 to 30 June.
struct NominationStage: RoundStage {
    let season: Season
    let programme: Programme
    let call: Call
    var round: DemoRound

    static let recommenders = ["recommender", "recommender-2", "recommender-3"]
    static let letter = [
        "capacity": "academician", "acquaintance": "在国际会议上多次讨论其工作，没有师生或合作关系。",
        "achievement": "QXletterZ：候选人独立提出了新的研究框架，解决了长期没有解决的问题，得到同行反复引用和验证。",
        "potential": "拟开展的研究问题重要、路线清楚，候选人有能力在五年内取得实质进展，并带出一支年轻队伍。",
        "advice": "strongly",
    ]
    static let notes = [
        "person": "经历清楚，能独立领导研究。",
        "frontier": "对学科前沿判断准确，知道难在哪里。", "design": "QXnotesZ：技术路线可行，关键步骤有备选。",
        "plans": "五年规划分三步，目标可以检验。",
    ]

    init() async throws {
        season = try await Season(experts: 40)
        programme = try #require(season.house.plan.programme("outstanding-young-scientists"))
        round = DemoRound(
            house: season.house, register: season.register, kind: .natural, chance: SplitMix64(seed: 31))
        call = try round.publish(
            programme, number: "2026-ZQ", title: "卓青试验通知", published: Self.at("2026-04-20"),
            opens: Self.at("2026-06-01"), closes: Self.at("2026-06-30", 16))
    }

    /// A candidate of the research office everybody plays, whose draft is written.
    mutating func candidate(_ number: Int, asking keys: [String] = []) throws -> DemoRound.Candidate {
        let home = try #require(season.register.universities.first { $0.institutionCode == "10011" })
        return try round.candidate(
            of: call, programme, at: home, number: number, asking: keys, season.now)
    }

    func invite(_ email: String, to candidate: DemoRound.Candidate) throws -> [String] {
        try codes(candidate.person) {
            try PartyActs.invite(email, as: .recommender, to: candidate.id, by: $0, $1, house)
        }
    }

    func invitation(of key: String, to application: ID<Application>) throws -> Int64 {
        let email = DemoCast.email(of: key)
        return try #require(
            try house.database.readNow { store in
                try InvitedParty.all(of: application, store).last { $0.email == email }?.invitation
            })
    }

    func accept(_ key: String, _ application: ID<Application>, confirmed: Bool = true) throws -> [String] {
        let invitation = try invitation(of: key, to: application)
        return try codes(key) {
            try PartyActs.accept(invitation, by: $0, isConfirmed: confirmed, $1, house)
        }
    }

    func submit(_ candidate: DemoRound.Candidate) throws -> [String] {
        try codes(candidate.person) { _, change in
            try ApplicationActs.submit(
                try Drafts.find(candidate.id, of: candidate.person, change.store), change, house)
        }
    }

    func write(
        _ key: String, _ step: String, of application: ID<Application>, _ answers: [String: String],
        _ outcome: StatementForm.Outcome = .done, reason: String = ""
    ) throws -> [String] {
        try codes(key) {
            try StatementActs.make(
                StatementActs.Written(answers: answers, outcome: outcome, reason: reason), at: step,
                of: application, by: $0, $1, house)
        }
    }

    func step(_ application: ID<Application>) throws -> String {
        try house.database.readNow { store in
            try store.value(
                "SELECT step || '/' || state FROM application WHERE id = \(application)", as: String.self)
        } ?? ""
    }

    /// Three accept, the nomination is submitted, and the call closes.
    mutating func submitted(_ number: Int = 1) throws -> DemoRound.Candidate {
        let candidate = try candidate(number, asking: Self.recommenders)
        for key in Self.recommenders { #expect(try accept(key, candidate.id) == []) }
        #expect(try submit(candidate) == [])
        return candidate
    }

    private struct Interviewer: Decodable, Sendable {
        let person: ID<Person>
        let entity: ID<Organisation>
    }

    /// Who handed in a first review of the candidate.
    func reviewers(of application: ID<Application>) throws -> [ID<Person>] {
        try house.database.readNow { store in
            try store.values(
                """
                SELECT expert FROM assignment WHERE application = \(application) AND state = 'submitted'
                ORDER BY expert
                """, as: ID<Person>.self)
        }
    }

    /// Experts whom nothing keeps from hearing the candidate; who reviewed is kept from it.
    func interviewers(of application: ID<Application>, _ count: Int = 3) throws -> [ID<Person>] {
        let reviewers = try reviewers(of: application)
        return try house.database.readNow { store in
            let parties = try Parties.withRivals(application, store)
            let experts = try store.rows(
                """
                SELECT person.id AS person, organisation.legal_entity AS entity FROM expert
                JOIN person ON person.id = expert.person JOIN organisation ON organisation.id = person.organisation
                ORDER BY person.id
                """, as: Interviewer.self)
            return Array(
                experts.filter {
                    parties.reasonsAgainstReview(by: $0.person, of: $0.entity).isEmpty
                        && !reviewers.contains($0.person)
                }.map(\.person).prefix(count))
        }
    }

    static let meeting = ID<Meeting>("interview")

    /// An officer calls a panel together over the candidate.
    ///
    /// - Parameter majority: where it votes as well, which the programme's own interviews do not.
    func summon(
        _ panel: [ID<Person>], over application: ID<Application>,
        as id: ID<Meeting> = NominationStage.meeting, majority: Int? = nil
    ) throws -> [String] {
        let terms = try MeetingActs.terms(call, programme)
        let meeting = Meeting(
            id: id, call: call.id, title: "卓青面谈", at: season.now, place: "第二会议室", chair: panel[0],
            panel: panel,
            agenda: [application], quorum: terms.quorum, majority: majority ?? terms.majority,
            notes: terms.notes,
            hears: terms.hears)
        let officer = person("programme-officer")
        return try codes("programme-officer") { _, change in
            try MeetingActs.call(meeting, by: officer, change, house)
        }
    }

    /// What an officer does in a meeting.
    func lead(_ act: (ID<Person>, Change) throws -> Void) throws -> [String] {
        let officer = person("programme-officer")
        return try codes("programme-officer") { _, change in try act(officer, change) }
    }

    /// The candidate is heard by three, and what was said is written down.
    func interviewed(_ application: ID<Application>) throws {
        let panel = try interviewers(of: application)
        #expect(try summon(panel, over: application) == [])
        let heard = try lead { officer, change in
            try MeetingActs.open(Self.meeting, present: panel, by: officer, change)
            try MeetingActs.begin(Self.meeting, application, by: officer, change, house)
            try MeetingActs.hear(Self.meeting, by: officer, change)
            try MeetingActs.dismiss(Self.meeting, by: officer, change)
            try MeetingActs.count(Self.meeting, notes: Self.notes, by: officer, change, house)
        }
        #expect(heard == [])
    }

    /// On from three letters to an interview that is to be held.
    mutating func reviewed(_ application: ID<Application>) throws {
        for key in Self.recommenders {
            #expect(try write(key, "recommend", of: application, Self.letter) == [])
        }
        try endorsed([application])
        try round.screen([application], at: Self.at("2026-07-10"))
        try round.review([application], in: call, programme, at: Self.at("2026-07-15"), answered: 100)
        season.move(to: Self.at("2026-08-01"))
    }

    /// On from three letters to the officer's desk.
    func endorsed(_ ids: [ID<Application>]) throws {
        let home = try #require(season.register.universities.first { $0.institutionCode == "10011" })
        season.move(to: Self.at("2026-07-02"))
        try round.endorse(ids, of: home, in: call, at: season.now)
    }
}
