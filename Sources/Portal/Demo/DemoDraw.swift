import Lifecycle
import PublicDraw
import Store

/// A draw of the demo, played by its three people.
enum DemoDraw {
    /// No lottery there is, so that nobody takes an invented number for a published one.
    static let source = RandomSource(name: "演示摇号（虚构）", kind: .sorted(count: 6))
    static let value = "28 07 13 31 02 19"

    /// Draws a panel for a call: asked for at `at`, frozen an hour later, held the day after the numbers came.
    @discardableResult
    static func panel(
        for call: Call, title: String, places: Int, alternates: Int, at: Instant, _ house: House,
        _ cast: DemoCast
    ) throws -> ID<Draw> {
        let id = house.world.id(Draw.self)
        let (leader, officer, third) = (
            cast.person("commission-leader"), cast.person("programme-officer"), cast.person("integrity")
        )
        try house.changeNow(by: leader, at: at) { change in
            _ = try DrawActs.ask(
                DrawAsked(
                    draw: id, purpose: .panel, about: .call(call.id), title: title, places: places,
                    alternates: alternates, byClass: false), by: leader, as: .commissionLeader, change)
        }
        let spoken = Instant(at.day.adding(1), hour: 21)
        try house.changeNow(by: officer, at: at.adding(seconds: 3600)) { change in
            try DrawActs.keep(
                id, sources: [source], notBefore: spoken, by: officer, as: .programmeOfficer, change, house)
        }
        try house.changeNow(by: third, at: Instant(at.day.adding(2), hour: 9)) { change in
            try DrawActs.hold(id, written: [source.name: value], by: third, as: .integrity, change)
        }
        return id
    }
}
