import Foundation
import Lifecycle
import Store

@testable import Portal

/// The season with three applications: the cast's applicant's, one of another university that copies it, and one
/// that has nothing in common with either.
struct ReuseStage: Sendable {
    let season: Season
    let original: ID<Application>
    let copy: ID<Application>
    let stranger: ID<Application>
    let copier: ID<Person>

    var house: House { season.house }
    var data: String { season.house.options.data }
    var pair: String { FoundPair.id(copy, .application(original)) }

    static let passage = """
        城市更新把老街区的居民推到新的住处，也把他们共同记得的事情推到边缘。本研究从三条胡同的口述访谈出发，追问搬迁之后的邻里怎样讲\
        述从前的公共生活，哪些地点被反复提起，哪些人被慢慢忘记，并比较不同年龄的讲述者在时间顺序和用词上的差别，由此说明社区记忆并不\
        随房屋一起消失，而是在新的空间里被重新安排。
        """
    static let hostile = "<script>alert('x')</script>&amp;{{page}}"
    static let own = "本文另写一段与他人毫不相干的话，说明资料从何处来，访谈怎样进行，以及为什么选这几条街巷而不是别处。"

    private static let played = Task { try await ReuseStage { _, _ in } }

    init() async throws {
        let played = try await Self.played.value
        season = try await Season(copying: played.season)
        (original, copy, stranger, copier) = (
            played.original, played.copy, played.stranger, played.copier
        )
    }

    /// - Parameter prepare: done to the copier's draft before anything is submitted.
    init(prepare: (House, ID<Application>) throws -> Void) async throws {
        season = try await Season(experts: 3)
        let (season, house) = (season, season.house)
        let homes = season.register.universities.filter { $0.group == "市属" && $0.institutionCode != "10011" }
        var chance = SplitMix64(seed: 12)
        let people = try house.database.writeNow { store in
            let change = Change(
                store: store, at: Season.start, actor: nil, world: house.world, projections: house.projections
            )
            return try (0..<2).map { number in
                try season.register.addApplicant(
                    at: homes[number], born: Season.day("1994-04-02"), senior: false, number: number, change,
                    using: &chance)
            }
        }
        copier = people[0]
        original = try Self.begin(
            season, by: season.cast.person("applicant"),
            ["significance": "\(Self.own)\(Self.hostile)\n\(Self.passage)\n末尾的话。"])
        copy = try Self.begin(
            season, by: people[0],
            ["significance": "开头另起一段。\n\(Self.passage)\(Self.hostile)", "method": Self.passage])
        stranger = try Self.begin(season, by: people[1], [:])
        try prepare(house, copy)
        let minute: Int64 = 60
        for (place, (id, person)) in [
            (original, season.cast.person("applicant")), (copy, people[0]), (stranger, people[1]),
        ].enumerated() {
            try Self.submit(season, id, by: person, at: Season.start.adding(seconds: Int64(place) * minute))
        }
        season.move(to: Season.start.adding(seconds: 3600))
    }

    /// A draft with distinct text in every section but those given.
    static func begin(
        _ season: Season, by person: ID<Person>, in call: ID<Call>? = nil, _ answers: [String: String]
    ) throws -> ID<Application> {
        let house = season.house
        let form = season.programme.form
        var chance = SplitMix64(seed: UInt64(person.rawValue.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) }))
        let code = DemoTopics.disciplineCodes(of: .humanities)[0]
        var values = [
            "title": "与众不同的题目", "discipline": code, "keywords": "甲词、乙词、丙词", "amount": "30000",
        ]
        for section in form.sections {
            for field in section.fields where field.kind == .prose {
                // Characters at random: nothing of it stands anywhere else.
                let words = (0..<120).map { _ in
                    Character(Unicode.Scalar(UInt32(0x4E00 + chance.below(0x5000))) ?? "字")
                }
                values[field.id] = String(words)
            }
        }
        values.merge(answers) { $1 }
        return try house.changeNow(by: person, at: Season.start) { change in
            let id = try Drafts.start(
                call ?? season.call.id, by: person, id: change.world.id(), at: change.at, change.store)
            for section in form.sections {
                let (read, _) = form.reading(values, section: section)
                _ = try Drafts.save(
                    id, section: section.id, base: 0, answers: read, by: person, at: change.at, change.store)
            }
            return id
        }
    }

    static func submit(_ season: Season, _ id: ID<Application>, by person: ID<Person>, at: Instant) throws {
        let house = season.house
        _ = try house.changeNow(by: person, at: at) { change in
            try ApplicationActs.submit(try Drafts.find(id, of: person, change.store), change, house)
        }
    }

    /// Runs every job that waits.
    ///
    /// - Returns: what failed.
    @discardableResult
    func runJobs() throws -> [String] {
        let failed = Failures()
        let runner = JobRunner(house)
        while try runner.runNext(report: { failed.add("\($0.kind): \($1)") }) {}
        return failed.all
    }

    func value<Value: Decodable>(_ sql: SQL, as type: Value.Type = Value.self) throws -> Value? {
        try house.database.readNow { try $0.value(sql, as: type) }
    }

    func path(_ id: ID<Application>, _ rest: String = "") -> String { "/cases/\(id)/reuse\(rest)" }
}
