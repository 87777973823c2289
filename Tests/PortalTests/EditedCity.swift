import Foundation
import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// A city whose plan was edited after its calls were published.
final class EditedCity {
    static let programme = "research-plan-humanities-general"

    let city: JournalCity
    let house: House
    /// The first call of ``programme``.
    let call: ID<Call>

    /// - Parameters:
    ///   - file: of the programme, or of what it shares with others.
    init(_ file: String = "programmes/\(programme)/rules.yaml", edit: (String) -> String) async throws {
        city = try await JournalCity.copy()
        let folder = "\(city.folder)/plan"
        try FileManager.default.copyItem(atPath: Season.planFolder, toPath: folder)
        let path = "\(folder)/\(file)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try edit(text).write(toFile: path, atomically: true, encoding: .utf8)
        house = try await House.open(
            database: try Database.open(path: "\(city.folder)/jiebang.sqlite"),
            plan: try PlanFolder.load(folder),
            options: House.Options(data: city.folder, demo: true))
        let programme = Self.programme
        call = try #require(
            try city.database.readNow {
                try $0.value("SELECT MIN(id) FROM call WHERE programme = \(programme)", as: ID<Call>.self)
            })
    }

    deinit { try? house.database.close() }

    func person(_ key: String) throws -> ID<Person> {
        let email = DemoCast.email(of: key)
        return try #require(
            try house.database.readNow {
                try $0.value("SELECT id FROM person WHERE email = \(email)", as: ID<Person>.self)
            })
    }

    func browser(as key: String) throws -> Browser {
        let browser = Browser(house)
        try browser.signIn(try person(key), house)
        return browser
    }

    /// The texts that the plan's folder has of the programme.
    var texts: [String: String] { house.plan.definitions[Self.programme] ?? [:] }

    /// An officer proposes these texts.
    ///
    /// - Returns: the number of the fact.
    func propose(_ files: [String: String], moving: [ID<Call>] = []) throws -> Int64 {
        let (officer, programme) = (try viewer("programme-officer", .programmeOfficer), Self.programme)
        return try house.changeNow(by: officer.person, at: house.now) { change in
            try DefinitionActs.propose(
                programme, files: files, moving: moving, grounds: "规则已由会议纪要确认，按此执行。", by: officer,
                change, house)
            return try #require(try DefinitionQueries.waiting(programme, change.store)?.fact)
        }
    }

    /// A leader brings it into force.
    func activate(_ proposal: Int64) throws {
        let leader = try viewer("commission-leader", .commissionLeader)
        try house.changeNow(by: leader.person, at: house.now) { change in
            try DefinitionActs.activate(
                proposal, reason: "已核对，同意启用。", by: leader, change, house)
        }
    }

    private func viewer(_ key: String, _ role: Role) throws -> Viewer {
        let person = try person(key)
        return Viewer(
            person: person, name: "",
            tenures: [
                Tenure(
                    person: person, role: role, organisation: ID("commission000000"), from: Season.start)
            ], legalEntity: nil)
    }

    func digestInForce() throws -> String? {
        try house.database.readNow { try house.definitions.inForce(Self.programme, $0)?.digest }
    }
}
