import Foundation
import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// The season with one laboratory that was ripe, was screened and comes to its first appraisal, and experts of three kinds.
struct AppraisalStage: Stage {
    let season: Season
    let call: Call
    let dossier: ID<Application>
    let programme: Programme
    /// By name: `s1` … of the sciences, `i1` … of industry, `v1` … of investment.
    let experts: [String: ID<Person>]

    static let began = Instant(Season.day("2026-07-16"), hour: 10)

    /// - Parameters:
    ///   - id: of the programme.
    ///   - changes: what to put for what in files of the programme.
    init(
        of id: String = "beijing-laboratory",
        changing changes: [(file: String, replace: String, with: String)] = []
    ) async throws {
        season = try await Season(
            experts: 3, plan: changes.isEmpty ? nil : try Self.plan(of: id, changing: changes))
        let (house, register) = (season.house, season.register)
        programme = try #require(house.plan.programme(id))
        var round = DemoRound(
            house: house, register: register, kind: .natural, chance: SplitMix64(seed: 51))
        call = try round.publish(
            programme, number: "2026-BL", title: "北京实验室建设",
            published: Instant(Season.day("2026-04-20"), hour: 9),
            opens: Instant(Season.day("2026-06-01"), hour: 9),
            closes: Instant(Season.day("2026-12-30"), hour: 16))
        let applicant = season.cast.person("applicant")
        let partner = Self.partner
        try house.changeNow(by: nil, at: Season.start) { change in
            try PeopleActs.register(
                Organisation(
                    id: partner.organisation, name: "共建企业（虚构）", nameEn: "A partner", pinyin: "gongjian qiye",
                    kind: .firm), change)
            try register.register(partner, as: .partner, change)
        }
        dossier = try house.database.writeNow { [call, programme] store in
            let change = Change(
                store: store, at: Season.start, actor: nil, world: house.world, projections: house.projections
            )
            if programme.partyRule(.partner) != nil {
                return try round.apply(
                    call, programme, by: applicant, with: [partner.id], at: Season.start, store: change)
            }
            let draft = try round.begin(call, by: applicant, at: Season.start, change)
            try round.fill(
                draft, programme, sections: programme.form.sections.count, by: applicant, at: Season.start,
                change)
            if let section = programme.form.sections.first(where: { $0.fields.contains { $0.kind == .count } }
            ) {
                try Self.count(in: section, of: draft, by: applicant, store)
            }
            let own = Change(
                store: store, at: Season.start, actor: applicant, world: house.world,
                projections: house.projections)
            _ = try ApplicationActs.submit(try Drafts.find(draft, of: applicant, store), own, house)
            return draft
        }
        try round.ripen(dossier, programme, at: Instant(Season.day("2026-06-22"), hour: 9))
        try round.screen([dossier], at: Instant(Season.day("2026-07-15"), hour: 10))
        experts = try Self.register(season)
        season.move(to: Self.began)
    }

    /// Numbers are what the demo's text leaves open.
    private static func count(
        in section: ApplicationForm.Section, of draft: ID<Application>, by person: ID<Person>,
        _ store: Transaction
    ) throws {
        let words = "（演示）近三年的合同、许可和作价投资都有登记，口径写明在附表里，可以逐项核对。"
        let answers = section.fields.map { ($0.id, $0.kind == .count ? "3" : words) }
        _ = try Drafts.save(
            draft, section: section.id, base: 1,
            answers: Dictionary(answers, uniquingKeysWith: { first, _ in first }), by: person,
            at: Season.start, store)
    }

    /// Who speaks for the firm that joins.
    private static let partner = Person(
        id: ID("ap-partner"), name: "共建负责人", pinyin: "gongjian", email: "partner@ap.example",
        organisation: ID("ap-partner-firm"), demo: true)

    /// Experts of universities, of a firm and of a fund; `home` belongs to the applicant's own university.
    private static func register(_ season: Season) throws -> [String: ID<Person>] {
        let codes = Array(DemoTopics.disciplineCodes(of: .natural).prefix(30))
        var experts: [String: ID<Person>] = [:]
        let rows: [(String, ExpertKind, ID<Organisation>)] =
            (1...8).map { ("s\($0)", .science, DemoRegister.university("10002")) }
            + (1...4).map { ("i\($0)", .industry, DemoRegister.industry) }
            + (1...4).map { ("v\($0)", .investment, DemoRegister.investment) }
            + [("home", .science, DemoRegister.university("10011"))]
        try season.house.changeNow(by: nil, at: Season.start) { change in
            for (key, kind, organisation) in rows {
                let person = Person(
                    id: ID("ap-\(key)"), name: "论证\(key)", pinyin: "lunzheng \(key)",
                    email: "\(key)@ap.example", organisation: organisation, demo: true)
                try season.register.register(person, as: .expert, change)
                try season.register.register(
                    Expert(
                        person: person.id, disciplines: codes, keywords: [], loadMax: 9, kinds: [kind]),
                    change)
                experts[key] = person.id
            }
        }
        return experts
    }

    /// The repository's plan with something changed in one programme.
    private static func plan(
        of id: String, changing changes: [(file: String, replace: String, with: String)]
    ) throws -> Plan {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "plan-\(UUID().uuidString)"
        ).path
        try FileManager.default.copyItem(atPath: Season.planFolder, toPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for change in changes {
            let path = "\(folder)/programmes/\(id)/\(change.file)"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try #require(text.contains(change.replace), "\(change.file): \(change.replace)")
            try text.replacingOccurrences(of: change.replace, with: change.with).write(
                toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(PlanCheck.check(folder).filter(\.isError).map(\.description) == [])
        return try PlanFolder.load(folder)
    }

    func expert(_ key: String) -> ID<Person> { experts[key] ?? ID("") }
    func path(_ step: String) -> String { "/cases/\(dossier)/appraisals/\(step)" }

    func browser(of key: String) throws -> Browser {
        let browser = Browser(house)
        try browser.signIn(experts[key] ?? season.cast.person(key), house)
        return browser
    }

    var officer: ID<Person> { season.cast.person("programme-officer") }

    /// Runs an act, and says the codes it was refused with; empty when it went through.
    func codes(by person: ID<Person>?, _ body: (Change) throws -> Void) throws -> [String] {
        try refusals { try house.changeNow(by: person, at: season.now) { try body($0) } }
    }

    @discardableResult
    func seat(_ key: String, for lens: String, in step: String) throws -> ID<AppraiserSeat> {
        let id = ID<AppraiserSeat>("seat-\(step)-\(key)")
        #expect(
            try codes(by: officer) { change in
                try AppraisalActs.seat(
                    expert(key), for: lens, in: step, of: dossier, id: id, by: officer, change, house)
            } == [], "\(key) \(lens) \(step)")
        return id
    }

    func accept(_ key: String, in step: String) throws {
        let (id, person) = (ID<AppraiserSeat>("seat-\(step)-\(key)"), expert(key))
        #expect(
            try codes(by: person) { try AppraiserActs.accept(id, by: person, $0, house) } == [], "\(key)")
    }

    /// What a form would hold: one answer throughout.
    func form(
        _ answer: AppraisalAnswer, for lensID: String, in step: String, saying words: String = ""
    ) throws -> [String: String] {
        let instrument = try #require(
            programme.procedure.step(step).flatMap { programme.appraisal(of: $0) })
        let lens = try #require(instrument.lens(lensID))
        var form: [String: String] = [:]
        for conclusion in instrument.conclusions(of: lens) {
            form["answer-\(conclusion.id)"] = answer.rawValue
            form["grounds-\(conclusion.id)"] = "\(words)对这一结论的依据已经逐条核对。"
        }
        for criterion in lens.criteria { form["comment-\(criterion.id)"] = "\(words)材料齐全。" }
        return form
    }

    func write(
        _ key: String, _ answer: AppraisalAnswer, for lens: String, in step: String, saying words: String = ""
    ) throws {
        let (id, person) = (ID<AppraiserSeat>("seat-\(step)-\(key)"), expert(key))
        let form = try form(answer, for: lens, in: step, saying: words)
        #expect(
            try codes(by: person) { try AppraiserActs.write(id, form, by: person, $0, house) } == [],
            "\(key) \(step)")
    }

    /// Seats, accepts and hands in for each.
    func sit(_ step: String, _ panel: [(key: String, lens: String, answer: AppraisalAnswer)]) throws {
        for (key, lens, answer) in panel {
            try seat(key, for: lens, in: step)
            try accept(key, in: step)
            try write(key, answer, for: lens, in: step, saying: "\(key)说：")
        }
    }

    func close(_ step: String) throws {
        #expect(
            try codes(by: officer) { change in
                try AppraisalActs.close(step, of: dossier, by: officer, change, house)
            } == [])
    }

    /// Through the coordination, so that the appraisal in the large is open.
    func coordinated() throws {
        try sit("coordinate", [("s1", "science", .yes), ("s2", "science", .yes)])
        season.move(to: season.now.adding(seconds: 86_400))
        try close("coordinate")
        season.move(to: season.now.adding(seconds: 3_600))
    }

    func standing() throws -> Standing {
        try house.database.readNow { [house, call, programme, dossier] store in
            try Dossiers.standing(of: dossier, in: call, programme, house, store)
        }
    }

    func facts(_ kind: String) throws -> [Int64] {
        try house.database.readNow { store in
            try store.values("SELECT number FROM fact WHERE kind = \(kind) ORDER BY number", as: Int64.self)
        }
    }
}
