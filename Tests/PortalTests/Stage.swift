import Lifecycle
import Store
import Testing

@testable import Portal

/// A season that has been played to some point: who takes part, what is read, what an act is refused with.
protocol Stage {
    var season: Season { get }
}

extension Stage {
    var house: House { season.house }

    static func at(_ day: String, _ hour: Int = 10) -> Instant { Instant(Season.day(day), hour: hour) }

    func person(_ key: String) -> ID<Person> { season.cast.person(key) }
    func browser(as key: String) throws -> Browser { try season.browser(as: key) }

    /// A browser of anybody in the register.
    func browser(of person: ID<Person>) throws -> Browser {
        let browser = Browser(house)
        try browser.signIn(person, house)
        return browser
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) throws -> Value {
        try house.database.readNow(body)
    }

    func owner(_ id: ID<Application>) throws -> ID<Person> {
        try #require(
            try read { try $0.value("SELECT owner FROM application WHERE id = \(id)", as: ID<Person>.self) })
    }

    /// The officer of the university's research office.
    func office(_ id: ID<Application>) throws -> ID<Person> {
        let code = try read {
            try $0.value(
                """
                SELECT organisation.code FROM application
                JOIN organisation ON organisation.id = application.university WHERE application.id = \(id)
                """, as: String.self)
        }
        return try #require(season.register.officers[code ?? ""])
    }

    /// Runs an act, and says the codes it was refused with; empty when it went through.
    func codes(
        by person: ID<Person>?, _ body: @escaping @Sendable (Change, House) throws -> Void
    ) throws -> [String] {
        try refusals {
            try house.changeNow(by: person, at: house.now) { [house] change in try body(change, house) }
        }
    }
}

/// The codes something was refused with; empty when it went through, `missing` when it was not found.
func refusals(of body: () throws -> Void) throws -> [String] {
    do {
        try body()
        return []
    } catch let refused as Refused {
        return refused.refusals.map(\.code)
    } catch is Missing {
        return ["missing"]
    }
}

/// A stage whose acts are done through the demo's round.
protocol RoundStage: Stage {
    var round: DemoRound { get }
}

extension RoundStage {
    func codes(_ person: ID<Person>, _ body: (Viewer, Change) throws -> Void) throws -> [String] {
        try refusals { try round.act(person, season.now) { viewer, change in try body(viewer, change) } }
    }

    func codes(_ key: String, _ body: (Viewer, Change) throws -> Void) throws -> [String] {
        try codes(person(key), body)
    }

    /// The officer proposes to fund each dossier with so much, and the leader signs.
    func fund(_ applications: [ID<Application>], _ amount: Money, in call: ID<Call>) throws {
        let choice = DecisionActs.Choice(funded: true, amount: amount, departure: nil)
        let choices = Dictionary(uniqueKeysWithValues: applications.map { ($0, choice) })
        let (officer, leader) = (person("programme-officer"), person("commission-leader"))
        #expect(
            try codes("programme-officer") { _, change in
                try DecisionActs.propose(choices, in: call, by: officer, change, house)
            } == [])
        #expect(
            try codes("commission-leader") { _, change in
                try DecisionActs.sign(call, by: leader, change, house)
            } == [])
    }
}
