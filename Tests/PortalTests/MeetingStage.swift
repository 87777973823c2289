import Foundation
import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// A round that was reviewed and waits for a panel to meet: a general project with one step more.
struct MeetingStage: RoundStage {
    let season: Season
    let call: Call
    let applications: [ID<Application>]
    /// Six experts.
    let panel: [ID<Person>]
    let officer: ID<Person>
    let leader: ID<Person>
    let round: DemoRound

    private static let general = "research-plan-humanities-general"

    /// - Parameter beside: whether a letter is written while the panel is to meet. It stands first in the procedure.
    static func files(beside: Bool = false) throws -> [String: String] {
        var files = try Season.plan.get().definitions["research-plan-humanities-general"] ?? [:]
        files["procedure.yaml"] = files["procedure.yaml"]?.replacing(
            "  - step: decide\n",
            with: """
                  - step: meeting
                    kind: meet
                    label: {zh: 会议评审, en: Panel meeting}
                    by: programme-officer
                    after: [review]
                    within: {days: 30}
                    apartFrom: [write, endorse]
                    standing: demo
                  - step: decide

                """
        ).replacing(
            "after: [review]\n    within: {workingDays: 15}\n    apartFrom: [screen]",
            with: "after: [meeting]\n    within: {workingDays: 15}\n    apartFrom: [screen, meeting]")
        if beside { write(&files) }
        files["programme.yaml", default: ""] += """

            defaults:
              - id: meetingQuorum
                label: {zh: 有效票数, en: Votes needed}
                value: 4
                standing: demo
                cites: {source: demo}
                verified: false
                least: 2
                most: 99
              - id: meetingMajority
                label: {zh: 支持比例, en: Per cent in favour}
                value: 51
                standing: demo
                cites: {source: demo}
                verified: false
                least: 51
                most: 100

            """
        return files
    }

    private static func write(_ files: inout [String: String]) {
        files["programme.yaml"] = files["programme.yaml"]?.replacing(
            "id: \(general)\n", with: "id: letters-and-meetings\n")
        files["procedure.yaml"] = files["procedure.yaml"]?.replacing(
            "  - step: meeting\n",
            with: """
                  - step: letter
                    kind: statement
                    statement: letter
                    label: {zh: 学校说明, en: A letter}
                    by: research-office
                    after: [review]
                    within: {days: 60}
                    standing: demo
                  - step: meeting

                """)
        files["statements.yaml"] = """
            statements:
              - id: letter
                label: {zh: 学校说明, en: A letter}
                seenBy: [expert, commission]
                standing: demo
                cites: {source: demo}
                verified: false
                fields:
                  - {id: words, kind: prose, least: 10, most: 1000, label: {zh: 说明, en: Words}}

            """
    }

    init(beside: Bool = false) async throws {
        let base = try Season.plan.get()
        let files = try Self.files(beside: beside)
        let programme = try PlanFolder.programme(files: files)
        let plan = Plan(
            clauses: base.clauses, tasks: [], units: base.units, calendar: base.calendar,
            // A season is of a programme without papers: where this one has some, the other stands beside it.
            programmes: [programme] + base.programmes.filter { beside && $0.id == Self.general },
            definitions: (base.definitions.filter { beside && $0.key == Self.general }).merging([
                programme.id: files
            ]) { $1 })
        season = try await Season(experts: 40, plan: plan)
        let house = season.house
        var round = DemoRound(
            house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 5))
        call = try round.publish(
            programme, number: "M-1", title: "会议评审试验通知",
            published: Instant(Season.day("2026-04-01"), hour: 9),
            opens: Instant(Season.day("2026-06-01"), hour: 9),
            closes: Instant(Season.day("2026-06-20"), hour: 16))
        let lists = try round.applications(
            call, programme, count: 6, from: Instant(Season.day("2026-06-05")), prefix: 0)
        try round.endorseAll(lists, in: call, at: Instant(Season.day("2026-06-24"), hour: 10))
        applications = lists.flatMap(\.applications)
        try round.screen(applications, at: Instant(Season.day("2026-07-01"), hour: 10))
        try round.review(
            applications, in: call, programme, at: Instant(Season.day("2026-07-02"), hour: 10), answered: 100)
        season.move(to: Instant(Season.day("2026-07-15"), hour: 9))
        officer = season.cast.person("programme-officer")
        leader = season.cast.person("commission-leader")
        // Whom nothing is known against in any dossier: a conflict is made where a story wants one.
        let applications = applications
        panel = try house.database.readNow { store in
            let parties = try applications.map { try Parties.withRivals($0, store) }
            let experts = try store.rows(
                """
                SELECT person.id AS person, organisation.legal_entity AS entity FROM expert
                JOIN person ON person.id = expert.person JOIN organisation ON organisation.id = person.organisation
                ORDER BY person.id
                """, as: ExpertRow.self)
            return Array(
                experts.filter { expert in
                    parties.allSatisfy {
                        $0.reasonsAgainstReview(by: expert.person, of: expert.entity).isEmpty
                    }
                }.map(\.person).prefix(6))
        }
        self.round = round
    }

    private struct ExpertRow: Decodable, Sendable {
        let person: ID<Person>
        let entity: ID<Organisation>
    }

    func meeting(
        _ id: String = "meeting000000000", panel: [ID<Person>]? = nil, agenda: [ID<Application>]? = nil
    ) -> Meeting {
        Meeting(
            id: ID(id), call: call.id, title: "人文社科会议评审", at: season.now, place: "第一会议室",
            chair: self.panel[0], panel: panel ?? self.panel, agenda: agenda ?? applications, quorum: 4,
            majority: 51)
    }

    /// What refuses an act; empty where it was done.
    func codes(_ person: ID<Person>, _ act: (Change) throws -> Void) throws -> [String] {
        try refusals { try house.changeNow(by: person, at: season.now) { try act($0) } }
    }

    func step(_ application: ID<Application>) throws -> String? {
        try house.database.readNow {
            try $0.value("SELECT step FROM application WHERE id = \(application)", as: String.self)
        }
    }
}
