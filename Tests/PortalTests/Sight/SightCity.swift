import Foundation
import Lifecycle
import PublicDraw
import Store

@testable import Portal

/// A season with something real behind every address: calls at every stage at one and the same moment, and in
/// their dossiers words that stand nowhere else, by which a page gives away what it shows (see ``Canary``).
struct SightCity: Sendable {
    let season: Season
    let lint: TemplateLint
    var people: [String: ID<Person>] = [:]
    /// The dossiers and drafts by name.
    var cases: [String: ID<Application>] = [:]
    var calls: [String: ID<Call>] = [:]
    var assignments: [String: ID<Assignment>] = [:]
    var plans: [String: ID<AssignmentPlan>] = [:]
    var seats: [String: ID<AppraiserSeat>] = [:]
    var objections: [String: ID<Objection>] = [:]
    var attachments: [String: String] = [:]
    var draws: [String: ID<Draw>] = [:]
    var jobs: [String: ID<Job>] = [:]
    var invitation = ""
    /// To recommend the candidate of the draft "nomination": asked, and not answered.
    var partyInvitation: Int64 = 0
    var proposal: Int64 = 0
    /// An entry of the record of "subject", and a word on how far back it goes.
    var track: Int64 = 0
    var knownPast: Int64 = 0
    /// A word on how far back everybody's records go.
    var generalPast: Int64 = 0
    /// The fact of the laboratory's first appraisal, whose opinion is a paper.
    var opinion: Int64 = 0
    /// Of each kind of fact, the first whose body or reason carries a canary.
    var facts: [Int64] = []
    /// What "screened-2" has in common with "paid", and a job of the programme officer's.
    var pair = ""
    /// The same with a text of the archive.
    var archived = ""
    var job = ID<Job>("")
    var pool = Pool()
    /// A proposed definition.
    var definition: Int64 = 0

    var house: House { season.house }

    static let home = "10011"
    static let now = at("2026-08-05")

    static func at(_ day: String, _ hour: Int = 10, _ minute: Int = 0) -> Instant {
        Instant(Season.day(day), hour: hour, minute: minute)
    }

    /// Built once: the walk only reads it, and the walk of forms comes last.
    private static let shared = Task {
        let city = try await SightCity()
        return (city, asBuilt: try await Season(copying: city.season))
    }
    static func built() async throws -> SightCity { try await shared.value.0 }

    /// The house as it was before anybody walked through it: nobody may change it.
    static func asBuilt() async throws -> House { try await shared.value.asBuilt.house }

    init() async throws {
        let lint = try TemplateLint()
        self.lint = lint
        season = try await Season(experts: 3) { template, page in lint.rendered(template, page) }
        var maker = try Maker(season)
        try maker.registerPeople()
        try await maker.playFinishedRound()
        try maker.playAdoption()
        try await maker.playOpenNotice()
        try maker.playPendingProposal()
        try await maker.playReview()
        try await maker.playMatching()
        try maker.playScreening()
        try maker.playAppraisal()
        try maker.playExceptions()
        try await maker.playOpenCall()
        pool = try maker.playPool()
        try maker.playNominations()
        try maker.playHouse()
        try maker.playDraws()
        try maker.playBids()
        try maker.playJobs()
        pool.topics["race"] = try maker.playRace()
        try maker.playMeetings()
        try maker.playChampions()
        try maker.playJointDraft()
        try maker.playRapid()
        definition = try maker.proposeDefinition()
        people = maker.people
        cases = maker.cases
        calls = maker.calls
        assignments = maker.assignments
        plans = maker.plans
        seats = maker.seats
        objections = maker.objections
        attachments = maker.attachments
        draws = maker.draws
        jobs = maker.jobs
        invitation = maker.invitation
        partyInvitation = maker.partyInvitation
        proposal = maker.proposal
        (track, knownPast) = (maker.track, maker.knownPast)
        generalPast = try season.house.database.readNow { try KnownEntry.general($0).first?.fact ?? 0 }
        opinion = try season.house.database.readNow { store in
            try store.value("SELECT MIN(fact) FROM appraisal_result", as: Int64.self) ?? 0
        }
        season.move(to: Self.now)
        pair = try maker.playReuse()
        archived = FoundPair.id(maker.dossier("screened-2"), ReuseSource(.archive, "qx-archive"))
        job = try maker.ask()
        let season = season
        try Sealer(database: season.house.database, keys: season.house.keys, now: { season.now }).seal()
        facts = try season.house.database.readNow { store in
            try store.values(
                """
                SELECT MIN(fact.number) AS number FROM fact
                LEFT JOIN payload ON payload.number = fact.number LEFT JOIN reason ON reason.number = fact.number
                WHERE payload.body LIKE '%QX%' OR reason.text LIKE '%QX%' GROUP BY fact.kind ORDER BY number
                """, as: Int64.self)
                // Under seal, where the first of its kind is opened.
                + (try store.values(
                    """
                    SELECT written_fact FROM appraiser_seat
                    WHERE written_fact IS NOT NULL AND closed_fact IS NULL ORDER BY written_fact
                    """, as: Int64.self))
        }
    }

    func person(_ key: String) -> ID<Person> { people[key] ?? season.cast.person(key) }
    func dossier(_ key: String) -> ID<Application> { cases[key] ?? ID("") }
    func call(_ key: String) -> ID<Call> { calls[key] ?? ID("") }
    func draw(_ key: String) -> ID<Draw> { draws[key] ?? ID("") }
    func job(_ key: String) -> ID<Job> { jobs[key] ?? ID("") }

    /// Words of canaries that the house made by itself: a dossier's number, a code of a draw and its salt.
    func made() throws -> [String: String] {
        let (dossier, draw) = (dossier("unfunded"), draw("held"))
        return try house.database.readNow { store in
            [
                "unfunded": try store.value(
                    "SELECT number FROM application WHERE id = \(dossier)", as: String.self) ?? "",
                "code": try store.value(
                    "SELECT code FROM draw_entry WHERE draw = \(draw) AND outcome = 'drawn'", as: String.self)
                    ?? "",
                "salt": try store.value(
                    "SELECT salt FROM draw_entry WHERE draw = \(draw) AND outcome = 'drawn'", as: String.self)
                    ?? "",
            ]
        }
    }
}

/// Plays the city's rounds. Every step is an act of the person whose it is.
struct Maker {
    let season: Season
    var people: [String: ID<Person>] = [:]
    var cases: [String: ID<Application>] = [:]
    var calls: [String: ID<Call>] = [:]
    var assignments: [String: ID<Assignment>] = [:]
    var plans: [String: ID<AssignmentPlan>] = [:]
    var seats: [String: ID<AppraiserSeat>] = [:]
    var objections: [String: ID<Objection>] = [:]
    var attachments: [String: String] = [:]
    var draws: [String: ID<Draw>] = [:]
    var jobs: [String: ID<Job>] = [:]
    var invitation = ""
    var partyInvitation: Int64 = 0
    var proposal: Int64 = 0
    var track: Int64 = 0
    var knownPast: Int64 = 0
    private var round: DemoRound

    var house: House { season.house }

    init(_ season: Season) throws {
        self.season = season
        round = DemoRound(
            house: season.house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 41))
        calls["finished"] = season.call.id
    }

    func person(_ key: String) -> ID<Person> { people[key] ?? season.cast.person(key) }
    func dossier(_ key: String) -> ID<Application> { cases[key] ?? ID("") }

    @discardableResult
    func act<Value>(
        _ key: String?, _ at: Instant, _ body: (Change, ID<Person>) throws -> Value
    ) throws -> Value {
        let actor = key.map(person)
        return try house.changeNow(by: actor, at: at) { try body($0, actor ?? ID("")) }
    }

    static let early = SightCity.at("2026-01-06")

    // MARK: - people

    mutating func registerPeople() throws {
        let university = DemoRegister.university(SightCity.home)
        let units = [
            ("school", "QXunitZ学院", university),
            ("reviewers", "QXreviewerUnitZ学院", DemoRegister.university("10027")),
        ]
        for (id, name, parent) in units {
            try act(nil, Self.early) { change, _ in
                try PeopleActs.register(
                    Organisation(
                        id: ID("qx-\(id)"), name: name, pinyin: "qx \(id)", kind: .school, parent: parent,
                        legalEntity: parent), change)
            }
        }
        let commission = season.register.commission
        try register("subject", "QXpersonZ", .applicant, ID("qx-school")) { person in
            Person(
                id: person.id, name: person.name, pinyin: person.pinyin, email: "qxemailz@jiebang.example",
                organisation: person.organisation, born: Season.day("1971-03-07"), title: "QXtitleOfPersonZ",
                titleLevel: "中级", degree: "QXdegreeZ", fullTimeTeacher: true,
                serviceUntil: Season.day("2061-11-23"), demo: true)
        }
        try register("owner", "QXownerZ", .applicant, university)
        try register("unfunded", "QXunfundedZ", .applicant, university) { person in
            Person(
                id: person.id, name: person.name, pinyin: person.pinyin, email: person.email,
                organisation: person.organisation, born: Season.day("1992-10-19"), title: "QXacademicZ",
                titleLevel: "中级", degree: "博士", fullTimeTeacher: true,
                serviceUntil: Season.day("2058-02-27"), demo: true)
        }
        for name in [
            "second", "third", "fourth", "fifth", "noticed", "noticed-2", "proposed", "proposed-2",
            "reviewed", "reviewed-2",
            "matched", "matched-2",
            "screened", "screened-2", "submitted", "returned", "nominee",
        ] {
            try register(name, "甲\(name)", .applicant, university)
        }
        for name in ["excepted", "excepted-2"] {
            try register(name, "甲\(name)", .applicant, university) { person in
                Person(
                    id: person.id, name: person.name, pinyin: person.pinyin, email: person.email,
                    organisation: person.organisation, born: Season.day("1974-04-02"), title: "教授",
                    titleLevel: "正高", degree: "博士", fullTimeTeacher: true,
                    serviceUntil: Season.day("2055-06-30"), demo: true)
            }
        }
        try register("decider", "QXdeciderZ", .commissionLeader, commission)
        try register("rival", "QXrivalZ", .applicant, university)
        try register("screener", "QXscreenerZ", .programmeOfficer, commission)
        try register("conflicted", "避某", .programmeOfficer, commission)
        // Becomes an expert after everything that draws or assigns experts was played.
        try register("bidder", "愿某", .expert, ID("qx-reviewers"))
        for (place, name) in ["reviewer", "reviewer-2", "reviewer-3", "kin"].enumerated() {
            let token = place == 0 ? "QXreviewerZ" : "QXreviewer\(place + 1)Z"
            try register(name, token, .expert, ID("qx-reviewers"))
            let expert = person(name)
            let codes = Array(DemoTopics.disciplineCodes(of: .humanities).prefix(40))
            let disciplines = house.disciplines
            try act(nil, Self.early) { change, _ in
                try PeopleActs.register(
                    Expert(person: expert, disciplines: codes, keywords: [], loadMax: 100),
                    among: disciplines, change)
            }
        }
        let other = season.register.universities.first {
            $0.group == "市属" && $0.institutionCode != SightCity.home
        }
        people["office-2"] = other.flatMap { season.register.officers[$0.institutionCode] }
    }

    private mutating func register(
        _ key: String, _ name: String, _ role: Role, _ organisation: ID<Organisation>,
        _ change: (Person) -> Person = { $0 }
    ) throws {
        let person = change(
            Person(
                id: ID("qx-\(key)"), name: name, pinyin: "qx \(key)", email: "\(key)@qx.example",
                organisation: organisation, born: Season.day("1994-05-02"), title: "讲师", titleLevel: "中级",
                degree: "博士", fullTimeTeacher: true, serviceUntil: Season.day("2055-06-30"), demo: true))
        people[key] = person.id
        try act(nil, Self.early) { change, _ in try season.register.register(person, as: role, change) }
    }

    // MARK: - rounds

    private mutating func publish(
        _ key: String, opens: String = "2026-06-01", closes: String = "2026-06-30",
        changing: [String: String] = [:]
    ) throws -> Call {
        let call = try round.publish(
            season.programme, number: "2026-\(key.uppercased())", title: "征集\(key)",
            published: SightCity.at("2026-04-20"), opens: SightCity.at(opens, 9),
            closes: SightCity.at(closes, 16), changing: changing)
        calls[key] = call.id
        return call
    }

    /// Writes a draft with a title of its own; `answers` replace what the generator wrote.
    private mutating func write(
        _ key: String, by owner: String, in call: Call, _ at: Instant, _ answers: [String: String] = [:]
    ) throws {
        let person = person(owner)
        var round = round
        let programme = season.programme
        let id = try act(owner, at) { change, _ in
            let id = try round.begin(call, by: person, at: at, change)
            try round.fill(
                id, programme, sections: programme.form.sections.count, by: person, at: at, change)
            for section in programme.form.sections {
                let saved = try Drafts.sections(id, change.store)[section.id]
                let own = answers.merging(["title": "口述史研究QX\(key)TitleZ"]) { given, _ in given }
                let values = (saved?.values ?? [:]).merging(
                    own.filter { name, _ in
                        section.fields.contains { $0.id == name }
                    }
                ) { $1 }
                _ = try Drafts.save(
                    id, section: section.id, base: saved?.version ?? 0, answers: values, by: person, at: at,
                    change.store)
            }
            return id
        }
        self.round = round
        cases[key] = id
    }

    private func submit(_ key: String, by owner: String, _ at: Instant) throws {
        let (id, house) = (dossier(key), house)
        try act(owner, at) { change, person in
            try ApplicationActs.submit(try Drafts.find(id, of: person, change.store), change, house)
        }
    }

    private func endorse(_ keys: [String], in call: Call) throws {
        let (ids, house) = (keys.map(dossier), house)
        try act("research-office", SightCity.at("2026-07-02")) { change, office in
            try ApplicationActs.endorse(
                ids, of: DemoRegister.university(SightCity.home), in: call.id, by: office, change, house)
        }
    }

    private func screen(_ keys: [String], by officer: String = "screener", reason: String, _ at: Instant)
        throws
    {
        let (ids, house) = (keys.map(dossier), house)
        try act(officer, at) { change, person in
            for id in ids {
                try ScreeningActs.screen(id, passed: true, reason: reason, by: person, change, house)
            }
        }
    }

    private mutating func ask(_ expert: String, _ key: String) throws -> ID<Assignment> {
        let (who, application, house) = (person(expert), dossier(key), house)
        let id = try act("programme-officer", SightCity.at("2026-07-15")) { change, officer in
            try ReviewActs.assign(
                who, to: application, id: house.world.id(), by: officer, change, house)
        }
        assignments["\(key)/\(expert)"] = id
        return id
    }

    private func answers(_ comment: String, grade: String = "A") -> [String: String] {
        ReviewStage.answers.merging([
            "grade": grade, "comment-value": "QX\(comment)CriterionZ，问题重要。",
            "comment": "QX\(comment)Z，本申请选题扎实，文献梳理全面，研究设计合理，建议说明样本选取的依据与访谈安排。",
        ]) { $1 }
    }

    private mutating func review(
        _ key: String, by expert: String, comment: String, grade: String = "A",
        at: Instant = SightCity.at("2026-07-20")
    ) throws {
        let id = try ask(expert, key)
        let (house, answers) = (house, answers(comment, grade: grade))
        try act(expert, at) { change, person in
            try ReviewActs.accept(id, by: person, change)
            try ReviewActs.submit(id, answers, by: person, change, house)
        }
    }

    private mutating func reviewAll(_ key: String, grade: String = "A") throws {
        for (place, expert) in ["reviewer", "reviewer-2", "reviewer-3"].enumerated() {
            try review(key, by: expert, comment: "\(key)Comment\(place + 1)", grade: grade)
        }
    }

    private func propose(_ call: Call, _ choices: [String: DecisionActs.Choice], _ at: Instant) throws {
        let byID = Dictionary(uniqueKeysWithValues: choices.map { (dossier($0.key), $0.value) })
        let house = house
        try act("programme-officer", at) { change, officer in
            try DecisionActs.propose(byID, in: call.id, by: officer, change, house)
        }
    }

    private func sign(_ call: Call, _ at: Instant) throws {
        let house = house
        try act("commission-leader", at) { change, leader in
            try DecisionActs.sign(call.id, by: leader, change, house)
        }
    }

    private func open(_ notice: String, of call: Call, _ at: Instant) throws {
        let house = house
        try act("programme-officer", at) { change, officer in
            try NoticeActs.open(call.id, id: ID(notice), by: officer, change, house)
        }
    }

    private mutating func object(
        to key: String, in notice: String, _ name: String, _ at: Instant, evidence: [AttachmentReference] = []
    ) throws {
        let (id, application, house) = (ID<Objection>("qx-objection-\(name)"), dossier(key), house)
        try act(nil, at) { change, _ in
            try NoticeActs.object(
                ObjectionStated(
                    name: "QX\(name)ObjectorZ", contact: "QX\(name)ContactZ",
                    text: "QX\(name)ObjectionZ，该项目与申请人三年前已结题的项目内容基本一致，请核查。"),
                evidence: evidence, to: application, in: ID(notice), as: id, change, house)
        }
        objections[name] = id
    }

    /// Puts a file on the disk whose name and content stand nowhere else.
    private func keep(_ name: String) async throws -> AttachmentReference {
        let text = "%PDF-1.7\nQX\(name)ContentZ\n%%EOF\n"
        let judged = try await AttachmentStore.judge([
            UploadedFile(field: "file", name: "QX\(name)FileZ.pdf", bytes: Array(text.utf8))
        ])
        try await AttachmentStore(folder: house.attachmentFolder).keep(judged)
        return judged[0].reference
    }

    private func attach(_ key: String, by owner: String, _ name: String) async throws -> String {
        let kept = try await keep(name)
        let id = dossier(key)
        try act(owner, Season.start) { change, _ in
            _ = try change.store.run(
                """
                INSERT INTO draft_attachment (draft, hash, name, size, type, added_at)
                VALUES (\(id), \(kept.hash), \(kept.name), \(kept.size), \(kept.type), \(Season.start))
                """)
        }
        return kept.hash
    }

    private func exclude(_ expert: String, from key: String, _ reason: String) throws {
        let (who, id) = (person(expert), dossier(key))
        try act(nil, Season.start) { change, _ in
            _ = try change.store.run(
                "INSERT INTO draft_exclusion (draft, person, reason) VALUES (\(id), \(who), \(reason))")
        }
    }

    private func go(on key: String, from words: String) throws {
        let id = dossier(key)
        try act(nil, Season.start) { change, _ in
            _ = try change.store.run(
                "INSERT INTO draft_continuation (draft, reference) VALUES (\(id), \(words))")
        }
    }

    // MARK: - the stages

    /// Decided, on notice, contracted, and the first project paid.
    mutating func playFinishedRound() async throws {
        let call = season.call
        let house = house
        try write(
            "paid", by: "owner", in: call, Season.start,
            ["outcomes": Self.outcomes, "significance": Self.copied])
        try write(
            "unfunded", by: "unfunded", in: call, Season.start,
            ["summary": Self.summary, "amount": "4321700"])
        try write("second", by: "second", in: call, Season.start)
        for key in ["third", "fourth", "fifth"] { try write(key, by: key, in: call, Season.start) }
        attachments["paid"] = try await attach("paid", by: "owner", "paid")
        try exclude("expert-3", from: "paid", "QXexclusionZ")
        try go(on: "paid", from: "QXcontinuesZ，校内课题")
        let (paid, email) = (dossier("paid"), DemoCast.email(of: "team-member"))
        try act("owner", Season.start) { change, _ in
            try Drafts.ask(email, task: "QXmemberTaskZ", to: paid, at: change.at, change.store)
        }
        try act("team-member", Season.start) { try ApplicationActs.consent(paid, by: $1, $0) }
        try submit("unfunded", by: "unfunded", SightCity.at("2026-06-11", 7, 53))
        try submit("paid", by: "owner", SightCity.at("2026-06-12"))
        let others = ["second", "third", "fourth", "fifth"]
        for key in others { try submit(key, by: key, SightCity.at("2026-06-12")) }
        try endorse(["paid", "unfunded"] + others, in: call)
        try screen(["paid"], reason: "QXscreeningZ，经核对原件属实。", SightCity.at("2026-07-10", 8, 41))
        try screen(["unfunded"] + others, reason: "经核对原件属实。", SightCity.at("2026-07-10"))
        for key in ["paid"] + others { try reviewAll(key) }
        try review(
            "unfunded", by: "reviewer", comment: "decided", grade: "C", at: SightCity.at("2026-07-20", 11, 17)
        )
        try review("unfunded", by: "reviewer-2", comment: "decidedOther", grade: "C")
        try review("unfunded", by: "reviewer-3", comment: "decidedThird", grade: "C")
        let yuan = { (amount: Int64) in
            DecisionActs.Choice(funded: true, amount: Money(yuan: amount), departure: nil)
        }
        try propose(
            call,
            [
                "paid": yuan(41_239), "second": yuan(40_000), "third": yuan(40_000),
                "fourth": yuan(40_000), "fifth": yuan(40_000),
                "unfunded": DecisionActs.Choice(
                    funded: false, amount: .zero, departure: "QXdepartureZ，学科布局的需要。"),
            ], SightCity.at("2026-07-21"))
        try sign(call, SightCity.at("2026-07-21", 15))
        try open("qx-notice-closed", of: call, SightCity.at("2026-07-22"))
        try object(to: "paid", in: "qx-notice-closed", "answered", SightCity.at("2026-07-23"))
        let objection = objections["answered"] ?? ID("")
        try act("programme-officer", SightCity.at("2026-07-24")) { change, officer in
            try NoticeActs.answer(
                objection, in: ID("qx-notice-closed"), upheld: false, text: "QXanswerZ，经核查内容不同。",
                by: officer, change, house)
        }
        try act("programme-officer", SightCity.at("2026-07-30", 8)) { change, officer in
            try NoticeActs.close(ID("qx-notice-closed"), by: officer, change, house)
        }
        // The third waits for its contract, the fourth for its instruction to pay.
        for key in ["paid", "second", "fourth", "fifth"] {
            for (party, who) in [
                (Role.applicant, key == "paid" ? "owner" : key), (.researchOffice, "research-office"),
                (.programmeOfficer, "programme-officer"),
            ] {
                let id = dossier(key)
                try act(who, SightCity.at("2026-07-30", 9, key == "paid" ? 13 : 40)) { change, person in
                    try ContractActs.agree(id, as: party, by: person, change, house)
                }
            }
        }
        let (second, fifth) = (dossier("second"), dossier("fifth"))
        let payments: [(String, Instant, (Change, ID<Person>) throws -> Void)] = [
            (
                "finance", SightCity.at("2026-07-31"),
                {
                    try PaymentActs.prepare(paid, id: ID("qx-payment-1"), by: $1, $0, house)
                }
            ),
            (
                "finance-approver", SightCity.at("2026-07-31", 14),
                {
                    try PaymentActs.reject(paid, reason: "QXrejectionZ，收款账号请再核对。", by: $1, $0, house)
                }
            ),
            (
                "finance", SightCity.at("2026-08-01"),
                {
                    try PaymentActs.prepare(paid, id: ID("qx-payment-2"), by: $1, $0, house)
                    try PaymentActs.prepare(second, id: ID("qx-payment-3"), by: $1, $0, house)
                    try PaymentActs.prepare(fifth, id: ID("qx-payment-4"), by: $1, $0, house)
                }
            ),
            (
                "finance-approver", SightCity.at("2026-08-02"),
                {
                    try PaymentActs.approve(paid, by: $1, $0, house)
                    try PaymentActs.approve(fifth, by: $1, $0, house)
                }
            ),
            (
                "finance", SightCity.at("2026-08-03", 16, 29),
                {
                    try PaymentActs.pay(paid, reference: "QXREFERENCEZ", by: $1, $0, house)
                }
            ),
        ]
        for (who, at, body) in payments { try act(who, at, body) }
    }

    static let outcomes = "QXoutcomesZ，形成研究报告一份、论文两篇，并整理口述访谈资料集一部，供教学与研究使用。"
    static let summary = String(repeating: "本研究以城市更新中的社区记忆为对象，", count: 5) + "QXsummaryZ，采用访谈与档案相结合的方法。"

    /// A notice that lies open, with an objection nobody has answered.
    mutating func playOpenNotice() async throws {
        let call = try publish("notice")
        for (key, owner) in [("noticed", "noticed"), ("noticed-2", "noticed-2")] {
            try write(key, by: owner, in: call, Season.start)
            try submit(key, by: owner, SightCity.at("2026-06-12"))
        }
        try endorse(["noticed", "noticed-2"], in: call)
        try screen(["noticed", "noticed-2"], reason: "经核对原件属实。", SightCity.at("2026-07-10"))
        for key in ["noticed", "noticed-2"] { try reviewAll(key) }
        let choice = DecisionActs.Choice(funded: true, amount: Money(yuan: 40_000), departure: nil)
        try propose(call, ["noticed": choice, "noticed-2": choice], SightCity.at("2026-07-31"))
        try sign(call, SightCity.at("2026-07-31", 15))
        try open("qx-notice-open", of: call, SightCity.at("2026-08-03"))
        let evidence = try await keep("evidence")
        attachments["evidence"] = evidence.hash
        try object(
            to: "noticed", in: "qx-notice-open", "waiting", SightCity.at("2026-08-04"), evidence: [evidence])
    }

    /// Reviewed, and proposed to the leader.
    mutating func playPendingProposal() throws {
        let call = try publish("pending")
        for (key, owner) in [("proposed", "proposed"), ("proposed-2", "proposed-2")] {
            try write(key, by: owner, in: call, Season.start)
            try submit(key, by: owner, SightCity.at("2026-06-12"))
        }
        try endorse(["proposed", "proposed-2"], in: call)
        try screen(["proposed", "proposed-2"], reason: "经核对原件属实。", SightCity.at("2026-07-10"))
        try reviewAll("proposed", grade: "B")
        try reviewAll("proposed-2")
        try propose(
            call,
            [
                "proposed": DecisionActs.Choice(
                    funded: true, amount: Money(yuan: 37_193), departure: "扶持急需的学科方向。"),
                "proposed-2": DecisionActs.Choice(
                    funded: false, amount: .zero, departure: "QXpendingReasonZ，学科布局的需要。"),
            ], SightCity.at("2026-08-01"))
    }

    /// One assignment in every state, before any decision.
    mutating func playReview() async throws {
        let call = try publish("review")
        for (key, owner) in [("reviewed", "rival"), ("reviewed-2", "reviewed-2")] {
            let said = key == "reviewed" ? ["significance": Self.copied] : [:]
            try write(key, by: owner, in: call, Season.start, said)
            if key == "reviewed" {
                attachments[key] = try await attach(key, by: owner, key)
            }
            try submit(key, by: owner, SightCity.at("2026-06-12"))
        }
        try endorse(["reviewed", "reviewed-2"], in: call)
        try screen(["reviewed", "reviewed-2"], reason: "经核对原件属实。", SightCity.at("2026-07-10"))
        try review("reviewed", by: "reviewer", comment: "undecided")
        let writing = try ask("expert", "reviewed")
        let drafted = answers("drafted")
        try act("expert", SightCity.at("2026-07-21")) { change, person in
            try ReviewActs.accept(writing, by: person, change)
            _ = try ReviewDrafts.save(
                writing, by: person, base: 0, answers: drafted, at: change.at, change.store)
        }
        _ = try ask("expert-2", "reviewed")
        let (declined, released) = (try ask("reviewer", "reviewed-2"), try ask("reviewer-3", "reviewed-2"))
        let house = house
        try act("reviewer", SightCity.at("2026-07-21")) {
            try ReviewActs.decline(declined, by: $1, reason: "QXdeclineZ", $0)
        }
        try act("programme-officer", SightCity.at("2026-07-22")) {
            try ReviewActs.release(released, by: $1, reason: "QXreleaseZ，程序需要。", $0, house)
        }
    }

    /// Two dossiers matched twice: the first plan is signed, the second was made before and waits.
    mutating func playMatching() async throws {
        let call = try publish("matched")
        for key in ["matched", "matched-2"] {
            let said = key == "matched-2" ? ["keywords": "口述史、QXkeywordZ、社区"] : [:]
            try write(key, by: key, in: call, Season.start, said)
            try submit(key, by: key, SightCity.at("2026-06-12"))
        }
        try endorse(["matched", "matched-2"], in: call)
        try screen(["matched", "matched-2"], reason: "经核对原件属实。", SightCity.at("2026-07-10"))
        let house = house
        season.move(to: SightCity.at("2026-07-15", 13))
        // One for each, so that whoever is known to review is known to be in a plan.
        for key in ["matched", "matched-2"] {
            let (application, expert) = (dossier(key), person("reviewer"))
            try act("programme-officer", SightCity.at("2026-07-15")) { change, officer in
                try PlanActs.wish(.lock, application, expert, in: call.id, by: officer, change, house)
            }
        }
        for key in ["signed", "waiting"] {
            try act("programme-officer", SightCity.at("2026-07-15")) { change, officer in
                _ = try PlanActs.ask(
                    call.id, objective: key == "signed" ? .total : .fair, floor: nil, keepsInvited: true,
                    by: officer, change, house)
            }
            try JobRunner(house).runNext("assignment-plan")
            plans[key] = try house.database.readNow { store in
                try store.value(
                    "SELECT id FROM assignment_plan WHERE call = \(call.id) AND objective = \(key == "signed" ? "total" : "fair")",
                    as: ID<AssignmentPlan>.self)
            }
        }
        let signed = plans["signed"] ?? ID("")
        try act("programme-officer", SightCity.at("2026-07-16")) { change, officer in
            _ = try PlanActs.sign(signed, by: officer, change, house)
        }
    }

    /// On the officers' desk.
    mutating func playScreening() throws {
        let call = try publish("screening")
        for key in ["screened", "screened-2"] {
            try write(
                key, by: key, in: call, Season.start,
                key == "screened-2" ? ["significance": Self.copied] : [:])
            try submit(key, by: key, SightCity.at("2026-06-12"))
        }
        try endorse(["screened", "screened-2"], in: call)
    }

    /// Two professors to whom a rule “in principle” speaks: one was excepted, one waits.
    mutating func playExceptions() throws {
        // The list is of these two alone, so that the call counts everybody as young.
        let call = try publish("exception", changing: ["youthCutoff": "1950-01-01"])
        let rule = "not-senior-at-forty"
        for (key, grounds) in [("excepted", "QXgroundsZ"), ("excepted-2", "QXwaitingGroundsZ")] {
            try write(key, by: key, in: call, Season.start)
            let id = dossier(key)
            try act(key, Season.start) { change, person in
                _ = try Drafts.save(
                    id, section: ApplicationForm.exceptions, base: 0,
                    answers: [rule: "\(grounds)，所在学科后继乏人，没有其他教师可以主持这一课题。"], by: person,
                    at: change.at, change.store)
            }
            try submit(key, by: key, SightCity.at("2026-06-12"))
        }
        try endorse(["excepted", "excepted-2"], in: call)
        let (excepted, house) = (dossier("excepted"), house)
        try act("decider", SightCity.at("2026-07-11", 9, 41)) { change, person in
            try ExceptionActs.decide(
                rule, of: excepted, granted: true, reason: "QXexceptionZ，理由成立。", by: person,
                as: .commissionLeader, change, house)
        }
    }

    /// A call that takes applications: one draft, one on its university's list, one sent back.
    mutating func playOpenCall() async throws {
        let call = try publish(
            "open", opens: "2026-07-20", closes: "2026-08-25", changing: ["showOwnReuse": "1"])
        let start = SightCity.at("2026-07-25")
        try write(
            "draft", by: "rival", in: call, start,
            ["summary": Self.draftSummary, "significance": Self.copied])
        attachments["draft"] = try await attach("draft", by: "rival", "draft")
        try exclude("expert-3", from: "draft", "QXdraftExclusionZ")
        try go(on: "draft", from: "QXdraftContinuesZ，校内课题")
        let (draft, email) = (dossier("draft"), DemoCast.email(of: "team-member"))
        try act("rival", start) { change, _ in
            try Drafts.ask(email, task: "QXaskedTaskZ", to: draft, at: change.at, change.store)
        }
        for key in ["submitted", "returned"] {
            try write(key, by: key, in: call, start)
            try submit(key, by: key, SightCity.at("2026-07-26"))
        }
        let (returned, house) = (dossier("returned"), house)
        try act("research-office", SightCity.at("2026-07-28")) {
            try ApplicationActs.sendBack(
                returned, by: $1, reason: "QXreturnZ，请补充摘要。", sections: ["basics"], $0, house)
        }
    }

    static let draftSummary = String(repeating: "本研究以城市更新中的社区记忆为对象，", count: 5) + "QXdraftSummaryZ，采用访谈的方法。"

    /// What belongs to no round: an unpublished call, a saved view, declarations, and the administrators' affairs.
    mutating func playHouse() throws {
        let at = SightCity.at("2026-08-04")
        let programme = season.programme
        calls["unpublished"] = ID("qx-call-draft")
        try act("programme-officer", at) { change, person in
            try CallDrafts.begin(
                ID("qx-call-draft"), programme: programme.id,
                values: CallForm.blank(programme, at: at).merging(["title": "QXcallDraftZ"]) { $1 },
                by: person, at: at, change.store)
            try SavedViews.save(
                "QXviewZ", ListAddress("/cases", [("q", "x")]), of: person, at: at, change.store)
        }
        try act("programme-officer", at) { [calls] change, _ in
            let tally = QuotaTally(part: 3, whole: 10, rounds: ["2025-SY"])
            let verdict = programme.quotaFormula?.verdict(
                base: 15, for: QuotaHistory([.success: .counted(tally)], previous: 10))
            guard let verdict, let call = calls["finished"] else { return }
            let university = DemoRegister.university(SightCity.home)
            try change.append(
                QuotaSet(
                    call: call, version: 1, university: university, verdict: verdict, granted: 14),
                about: .quota(call, of: university), as: .programmeOfficer, reason: "QXquotaReasonZ")
        }
        let keys = [
            "paid", "unfunded", "second", "third", "noticed", "reviewed", "proposed", "screened", "matched",
        ]
        for key in keys {
            let subject = Subject.application(dossier(key))
            try act("conflicted", at) { change, person in
                try ConflictActs.declare(
                    subject, nature: "QXnatureZ", by: person, as: .programmeOfficer, change)
            }
        }
        let (subject, audit, commission) = (
            person("subject"), person("audit-admin"), season.register.commission
        )
        proposal = try act("system-admin", at) { change, _ in
            try Administration.propose(.invite, .auditAdmin, of: audit, in: commission, change).fact
        }
        invitation = try act(nil, at) { change, _ in try Invitations.make(for: subject, change) }
        (track, knownPast) = try act("programme-officer", at) { change, _ in
            let entry = TrackRecord(
                person: subject, kind: .closedLate, family: "research-plan", level: .city, title: "QXtrackZ",
                from: Season.day("2019-01-01"), until: Season.day("2021-06-30"))
            let known = KnownPast(.family("research-plan"), kinds: [.led], since: Season.day("1979-02-13"))
            return (
                try change.append(
                    TrackRecorded(entry, source: "QXtrackSourceZ"), about: .person(subject),
                    as: .programmeOfficer
                ).number,
                try change.append(
                    PastKnown(known, of: subject, source: "QXknownSourceZ"), about: .person(subject),
                    as: .programmeOfficer
                ).number
            )
        }
    }

    // MARK: - bids

    /// Somebody near the field of everything under review whom nobody has asked yet.
    mutating func playBids() throws {
        let house = house
        let (expert, disciplines) = (person("bidder"), house.disciplines)
        let codes = Array(DemoTopics.disciplineCodes(of: .humanities).prefix(40))
        let (call, application) = (calls["matched"] ?? ID(""), dossier("matched"))
        try act(nil, SightCity.at("2026-08-03")) { change, _ in
            try PeopleActs.register(
                Expert(person: expert, disciplines: codes, keywords: [], loadMax: 100), among: disciplines,
                change)
        }
        try act("bidder", SightCity.at("2026-08-03")) { change, person in
            try BidActs.give([application: .eager], in: call, by: person, change, house)
        }
    }

    // MARK: - draws and jobs

    private static let chance = RandomSource(name: "摇号", kind: .sorted(count: 2))

    private mutating func ask(
        _ key: String, _ purpose: Draw.Purpose, by who: String, as role: Role, of call: String, title: String,
        places: Int, byClass: Bool = false
    ) throws {
        let (id, about) = (ID<Draw>("qx-draw-\(key)"), calls[call] ?? ID(""))
        try act(who, SightCity.at("2026-07-16")) { change, person in
            try DrawActs.ask(
                DrawAsked(
                    draw: id, purpose: purpose, about: .call(about), title: title, places: places,
                    alternates: 1, byClass: byClass), by: person, as: role, change)
        }
        draws[key] = id
    }

    private func keep(_ key: String, until: Instant) throws {
        let (id, house) = (draws[key] ?? ID(""), house)
        try act("programme-officer", SightCity.at("2026-07-17")) { change, person in
            try DrawActs.keep(
                id, sources: [Self.chance], notBefore: until, by: person, as: .programmeOfficer, change, house
            )
        }
    }

    /// Two universities are asked for chance, and the second promises.
    private func invite(_ key: String) throws -> (home: ID<Organisation>, other: ID<Organisation>) {
        let code = season.register.universities.first {
            $0.group == "市属" && $0.institutionCode != SightCity.home
        }
        let parties = (
            home: DemoRegister.university(SightCity.home),
            other: DemoRegister.university(code?.institutionCode ?? "")
        )
        let id = draws[key] ?? ID("")
        try act("programme-officer", SightCity.at("2026-07-16")) { change, person in
            try DrawActs.invite(
                id, [parties.home, parties.other], quorum: 2, openingHours: 4,
                until: SightCity.at("2026-12-30"), by: person,
                as: .programmeOfficer, change)
        }
        try promise(key, parties.other, by: "office-2")
        return parties
    }

    private func promise(_ key: String, _ party: ID<Organisation>, by office: String) throws {
        let id = draws[key] ?? ID("")
        try act(office, SightCity.at("2026-07-16")) { change, _ in
            let name = try change.store.value(
                "SELECT name FROM organisation WHERE id = \(party)", as: String.self)
            let hash = Contribution.hash(party: name ?? "", secret: Self.secret(office, key))
            try DrawActs.promise(id, party, hash: hash ?? "", change)
        }
    }

    /// No draw takes a secret of another.
    private static func secret(_ office: String, _ draw: String) -> String {
        let place = ["held", "lost", "chance"].firstIndex(of: draw) ?? 9
        return String(repeating: "\(place)\(office == "office-2" ? "b" : "a")", count: 32)
    }

    private func open(_ key: String, _ party: ID<Organisation>, by office: String) throws {
        let id = draws[key] ?? ID("")
        try act(office, SightCity.at("2026-07-17", 18)) { change, _ in
            _ = try DrawActs.open(id, party, secret: Self.secret(office, key), change)
        }
    }

    /// One draw that is held and had a recusal, one whose numbers are out, one that was only asked for, one for which
    /// too few universities opened, one for which they promise chance.
    mutating func playDraws() throws {
        // Related to a university of the call, so that the pool has somebody who may not be drawn.
        try act("kin", SightCity.at("2026-07-15")) { change, person in
            try ConflictActs.declare(
                .organisation(DemoRegister.university(SightCity.home)), nature: "曾在该校任职", by: person,
                as: .expert, change)
        }
        try ask(
            "held", .panel, by: "commission-leader", as: .commissionLeader, of: "review", title: "七月专家组",
            places: 1)
        let parties = try invite("held")
        try promise("held", parties.home, by: "research-office")
        try keep("held", until: SightCity.at("2026-07-18"))
        try open("held", parties.home, by: "research-office")
        try open("held", parties.other, by: "office-2")
        let (held, house) = (draws["held"] ?? ID(""), house)
        try act("integrity", SightCity.at("2026-07-19")) { change, person in
            try DrawActs.hold(
                held, written: [Self.chance.name: "7 5"], by: person, as: .integrity, change)
        }
        let drawn = try house.database.readNow { store in
            try store.value(
                "SELECT code FROM draw_entry WHERE draw = \(held) AND outcome = 'drawn'", as: String.self)
        }
        try act("commission-leader", SightCity.at("2026-07-20")) { change, person in
            try DrawActs.substitute(
                held, code: drawn ?? "", reason: "QXrecusalZ，另有任务", by: person, as: .commissionLeader, change)
        }
        try ask(
            "due", .inspection, by: "integrity", as: .integrity, of: "finished", title: "七月抽查", places: 2,
            byClass: true)
        try keep("due", until: SightCity.at("2026-07-18"))
        try ask(
            "lost", .panel, by: "commission-leader", as: .commissionLeader, of: "review", title: "揭示不足",
            places: 1)
        try promise("lost", try invite("lost").home, by: "research-office")
        try keep("lost", until: SightCity.at("2026-07-18"))
        try ask(
            "chance", .panel, by: "commission-leader", as: .commissionLeader, of: "review",
            title: "高校提供随机数", places: 1)
        _ = try invite("chance")
        try ask(
            "asked", .panel, by: "commission-leader", as: .commissionLeader, of: "screening",
            title: "QXaskedDrawZ", places: 1)
    }

    /// A job in every state.
    mutating func playJobs() throws {
        let states: [(String, SQL)] = [
            (
                "running",
                "state = 'running', turn = 2, started_at = asked_at, stage = 'solving', done = 3, total = 9"
            ),
            ("waiting", "state = 'waiting'"), ("cancelled", "state = 'cancelled', ended_at = asked_at"),
            (
                "done",
                "state = 'done', turn = 1, started_at = asked_at, ended_at = asked_at, outcome = '/calls'"
            ),
            (
                "failed",
                """
                state = 'failed', turn = 1, started_at = asked_at, ended_at = asked_at,
                failure = '{"lines":[{"code":"draw.pool-empty","values":{}}]}'
                """
            ),
        ]
        for (key, columns) in states {
            jobs[key] = try act("screener", SightCity.at("2026-08-04")) { change, person in
                let id = try JobActs.ask(
                    "load", about: Subject(kind: "job", id: key), title: "QXjobZ", input: "", by: person,
                    change)
                _ = try change.store.run("UPDATE job SET \(sql: columns) WHERE id = \(id)")
                return id
            }
        }
    }
}
