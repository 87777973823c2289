import Foundation
import Lifecycle
import Store

@testable import Portal

/// A call of fourteen applications at several universities under review, and sixty experts; nobody asked yet.
struct MatchingStage: Sendable {
    let season: Season
    let applications: [ID<Application>]

    static let at = Instant(Season.day("2026-07-20"), hour: 10)

    var house: House { season.house }
    var base: String { "/office/assign/\(season.call.id)" }

    private static let played = Task { try MatchingStage(playing: try await Season(experts: 60)) }

    init() async throws {
        let played = try await Self.played.value
        season = try await Season(copying: played.season)
        applications = played.applications
    }

    private init(playing season: Season) throws {
        self.season = season
        var round = DemoRound(
            house: season.house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 5))
        let lists = try round.applications(
            season.call, season.programme, count: 14, from: Instant(Season.day("2026-06-12"), hour: 9),
            prefix: 0)
        try round.endorseAll(lists, in: season.call, at: Instant(Season.day("2026-07-02"), hour: 10))
        applications = try round.screen(
            lists.flatMap(\.applications), at: Instant(Season.day("2026-07-10"), hour: 10))
        season.move(to: Self.at)
    }

    func officer() throws -> Browser { try season.browser(as: "programme-officer") }

    /// Asks for a plan, runs the job, and gives the address of what came of it.
    func plan(
        _ objective: String = "total", keeps: Bool = true, floor: String = "", by browser: Browser? = nil
    ) async throws -> String {
        let browser = try browser ?? officer()
        let asked = try await browser.post(
            "\(base)/plans",
            [("objective", objective), ("floor", floor)] + (keeps ? [("keeps", "1")] : []))
        guard asked.status == 200, asked.path.hasPrefix("/jobs/") else { throw Unexpected(asked.text) }
        try JobRunner(house).runNext("assignment-plan")
        let id = String(asked.path.dropFirst("/jobs/".count))
        let outcome = try house.database.readNow { store in
            try store.value("SELECT outcome FROM job WHERE id = \(id)", as: String.self)
        }
        guard let outcome else { throw Unexpected(try await browser.get(asked.path).text) }
        return outcome
    }

    struct Unexpected: Error, CustomStringConvertible {
        let description: String
        init(_ text: String) { description = text }
    }

    func id(of path: String) -> ID<AssignmentPlan> { ID(String(path.split(separator: "/").last ?? "")) }

    func pairs(of path: String) throws -> [PlanPairRecord] {
        try house.database.readNow { try PlanQueries.allPairs(in: id(of: path), $0) }
    }

    func summary(of path: String) throws -> AssignmentPlan.Summary {
        try house.database.readNow { try PlanQueries.find(id(of: path), $0).told() }
    }

    func sign(_ path: String, by browser: Browser? = nil) async throws -> Browser.Page {
        let browser = try browser ?? officer()
        return try await browser.post("\(path)/sign", [], from: path)
    }

    /// Writes into a folder of its own what an address hands out under each name.
    func downloaded(_ names: [String], from base: String, by browser: Browser) async throws -> String {
        let folder = try TestFolder.left("matching")
        for name in names {
            let file = try await browser.get("\(base)/\(name)")
            guard file.status == 200 else { throw Unexpected("\(name): \(file.status)") }
            try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        return folder
    }

    func facts(_ kind: FactKind) throws -> Int {
        try house.database.readNow { store in
            try store.value("SELECT COUNT(*) FROM fact WHERE kind = \(kind)", as: Int.self) ?? 0
        }
    }

    func active(_ application: ID<Application>) throws -> Set<ID<Person>> {
        try house.database.readNow { store in
            Set(try ReviewActs.of(application, store).filter(\.state.counts).map(\.expert))
        }
    }

    /// The assignments of an application that has all its experts.
    func complete() throws -> (application: ID<Application>, records: [AssignmentRecord]) {
        for application in applications {
            let records = try house.database.readNow { try ReviewActs.of(application, $0) }
            if records.count == 3 { return (application, records) }
        }
        throw Missing()
    }

    /// Somebody in conflict with the application, with points enough to be a candidate otherwise.
    func conflicted(with application: ID<Application>) throws -> ID<Person> {
        try house.database.readNow { store in
            let found = try Candidates.of(application, at: Self.at, house, store).first {
                $0.nearness <= .field && $0.obstacles.contains { $0.code == "conflict.same-entity" }
            }
            guard let found else { throw Missing() }
            return found.expert.person
        }
    }
}
