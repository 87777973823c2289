import Foundation
import Lifecycle
import PlanFiles
import Store
import Synchronization
import Testing

@testable import Portal

/// The well-known small city every story starts from: all universities, the cast of the demo, a few experts,
/// and one call that is open. Each test has its own, on real SQL in memory: a copy of one that was seeded, or played
/// further, once for all.
final class Season: Sendable {
    let house: House
    let cast: DemoCast
    let register: DemoRegister
    let call: Call
    let programme: Programme
    private let clock: ClockBox
    private let folder: TestFolder

    /// 2026-06-10 10:00, a working Wednesday; the call opened on 1 June and closes on 30 June at 16:00.
    static let start = Instant(day("2026-06-10"), hour: 10)

    static func day(_ text: String) -> Day {
        guard let day = Day(text: text) else { preconditionFailure("not a day: \(text)") }
        return day
    }

    /// What the house takes for now.
    var now: Instant { house.now }

    /// Moves the house's time, as the demo's clock does; sessions go on, for they keep real time.
    func move(to instant: Instant) {
        house.clockOffset.withLock { $0 = instant.rawValue - clock.now.rawValue }
    }

    /// Lets real time pass, for sessions, codes and pauses.
    func pass(to instant: Instant) { clock.now = instant }
    func pass(seconds: Int64) { clock.now = clock.now.adding(seconds: seconds) }

    static var planFolder: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Plan").path
    }

    static let plan = Result { try PlanFolder.load(planFolder) }

    private struct Kind: Hashable, Sendable {
        let experts: Int
        let demo: Bool
    }

    private static let seeded = Once<Kind, Season>()

    /// - Parameters:
    ///   - written: where templates and words are written, to be read anew for each page.
    ///   - plan: another one than the repository's.
    ///   - watch: told of every page rendered, with its template.
    convenience init(
        experts: Int = 12, demo: Bool = true, written: String? = nil, plan: Plan? = nil,
        watch: (@Sendable (_ template: String, _ page: Any) -> Void)? = nil
    ) async throws {
        let kind = Kind(experts: experts, demo: demo)
        let seeded =
            if let plan {
                try await Season(seeding: kind, plan: plan)
            } else {
                try await Self.seeded.made(kind) {
                    try await Season(seeding: kind, plan: try Self.plan.get())
                }
            }
        try await self.init(copying: seeded, written: written, watch: watch)
    }

    /// A season that goes on where the other stands: with its database, files, keys and time, none of them shared.
    init(
        copying other: Season, written: String? = nil,
        watch: (@Sendable (_ template: String, _ page: Any) -> Void)? = nil
    ) async throws {
        clock = ClockBox(other.clock.now)
        folder = try TestFolder("season", copying: other.folder.path)
        let opened = try await Self.open(
            try Database.inMemory(copying: other.house.database), clock, folder,
            plan: other.house.plan, demo: other.house.options.demo, written: written)
        let lint = try TemplateLint.stories.get()
        house = opened.watched(
            watch ?? { template, page in
                for wrong in lint.rendered(template, page) { Issue.record("\(wrong)") }
            })
        let offset = other.house.clockOffset.withLock { $0 }
        house.clockOffset.withLock { $0 = offset }
        cast = other.cast
        register = other.register
        call = other.call
        programme = other.programme
    }

    private init(seeding kind: Kind, plan: Plan) async throws {
        clock = ClockBox(Season.start)
        folder = try TestFolder("season")
        let house = try await Self.open(try Database.inMemory(), clock, folder, plan: plan, demo: kind.demo)
        self.house = house
        var chance = SplitMix64(seed: 7)
        register = try house.database.writeNow { store in
            let change = Change(
                store: store, at: Instant(Self.day("2026-01-05"), hour: 9), actor: nil, world: house.world,
                projections: house.projections)
            var register = try DemoRegister(change, using: &chance)
            try register.addExperts(kind.experts, kind: .humanities, change, using: &chance)
            return register
        }
        cast = register.cast
        guard let programme = house.plan.roundProgramme(.humanities) else {
            throw Missing()
        }
        self.programme = programme
        var round = DemoRound(house: house, register: register, kind: .humanities, chance: chance)
        call = try round.publish(
            programme, number: "2026-SY", title: "科研计划一般项目（人文社科类）2026",
            published: Instant(Self.day("2026-04-20"), hour: 9),
            opens: Instant(Self.day("2026-06-01"), hour: 9),
            closes: Instant(Self.day("2026-06-30"), hour: 16))
    }

    private static let read = Task { try await House.Shipped.read() }

    /// What ships beside the binary, read once for all houses.
    static var shipped: House.Shipped { get async throws { try await read.value } }

    private static func open(
        _ database: Database, _ clock: ClockBox, _ folder: TestFolder, plan: Plan, demo: Bool,
        written: String? = nil
    ) async throws -> House {
        let options = House.Options(
            data: folder.path, demo: demo, written: written,
            passwordCost: PasswordCost(passes: 1, kibibytes: 64))
        // Who holds the house holds its folder: a story may keep no more of its season than that.
        let world = World(
            now: { withExtendedLifetime(folder) { clock.now } }, secretBytes: World.real.secretBytes)
        return try await House.open(
            database: database, plan: plan, world: world, options: options,
            shipped: written == nil ? shipped : nil)
    }
}

extension House {
    /// The same house, whose pages are watched.
    fileprivate func watched(_ watch: @escaping @Sendable (String, Any) -> Void) -> House {
        var pages = pages
        pages.watch = watch
        return House(
            database: database, plan: plan, shelf: shelf, pages: pages, world: world, slices: slices,
            options: options, keys: keys, disciplineNames: disciplineNames, definitions: definitions)
    }
}

final class ClockBox: Sendable {
    private let instant: Mutex<Instant>
    init(_ start: Instant) { instant = Mutex(start) }
    var now: Instant {
        get { instant.withLock { $0 } }
        set { instant.withLock { $0 = newValue } }
    }
}

extension Season {
    /// What the form of a call of the season's programme asks for beside its own fields: the demo values, money in yuan.
    var callSettings: [String: String] {
        var values: [String: String] = [:]
        for parameter in programme.parameters {
            let demo = parameter.demo ?? ""
            values["p-\(parameter.id)"] =
                parameter.kind == .money ? "\((Int64(demo) ?? 0) / 100)" : demo
        }
        for item in programme.defaults { values["d-\(item.id)"] = "\(item.value)" }
        return values
    }
}
