import Lifecycle
import PublicDraw
import Store

/// A draw of the demo, played by its three people.
enum DemoDraw {
    /// No lottery there is, so that nobody takes an invented number for a published one.
    static let source = RandomSource(name: "演示摇号（虚构）", kind: .sorted(count: 6))
    static let value = "28 07 13 31 02 19"

    /// Universities that give chance where they are asked, by their ministry codes.
    private static let parties = ["10005", "10011", "10028"]

    /// Draws a panel for a call: asked for at `at`, frozen some hours later, held the day after the numbers came.
    ///
    /// - Parameter offices: research offices by the codes of their universities, three of which then give chance in place
    ///   of the source.
    @discardableResult
    static func panel(
        for call: Call, title: String, places: Int, alternates: Int, at: Instant, _ house: House,
        _ cast: DemoCast, offices: [String: ID<Person>] = [:]
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
        let givers = parties.compactMap { code in
            offices[code].map { (organisation: DemoRegister.university(code), office: $0) }
        }
        let opens =
            givers.isEmpty ? [] : try promise(id, givers, by: officer, at: at.adding(seconds: 3600), house)
        try house.changeNow(by: officer, at: at.adding(seconds: 3 * 3600)) { change in
            try DrawActs.keep(
                id, sources: givers.isEmpty ? [source] : [], notBefore: spoken, by: officer,
                as: .programmeOfficer, change, house)
        }
        for (giver, secret) in zip(givers, opens) {
            _ = try house.changeNow(by: giver.office, at: at.adding(seconds: 6 * 3600)) { change in
                try DrawActs.open(id, giver.organisation, secret: secret, change)
            }
        }
        try house.changeNow(by: third, at: Instant(at.day.adding(2), hour: 9)) { change in
            try DrawActs.hold(id, written: [source.name: value], by: third, as: .integrity, change)
        }
        return id
    }

    /// - Returns: the secrets.
    private static func promise(
        _ id: ID<Draw>, _ givers: [(organisation: ID<Organisation>, office: ID<Person>)],
        by officer: ID<Person>, at: Instant, _ house: House
    ) throws -> [String] {
        try house.changeNow(by: officer, at: at) { change in
            try DrawActs.invite(
                id, givers.map(\.organisation), quorum: max(2, givers.count - 1), openingHours: 24,
                until: at.adding(seconds: 86_400), by: officer, as: .programmeOfficer, change)
        }
        return try givers.map { giver in
            let secret = Canonical.hex(house.world.secretBytes(Contribution.secretByteCount))
            try house.changeNow(by: giver.office, at: at.adding(seconds: 3600)) { change in
                let name = try DrawQueries.parties(of: id, change.store).first {
                    $0.organisation == giver.organisation
                }?.name
                let hash = Contribution.hash(party: name ?? "", secret: secret)
                try DrawActs.promise(id, giver.organisation, hash: hash ?? "", change)
            }
            return secret
        }
    }
}
