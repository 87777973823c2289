import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// A house on the disk with the seeded round of 2021, built once for all tests, which only read it.
struct WhatIfCity: Sendable {
    let folder: String
    let house: House
    let call: Call

    private static let shared = Task { try await WhatIfCity() }
    static func built() async throws -> WhatIfCity { try await shared.value }

    private static let rounds = "\(Season.planFolder)/rounds"
    /// The round as it was recorded, committed; `JIEBANG_WRITE=1` writes it anew.
    static let roundPath = "\(rounds)/2021-SY.json"
    /// What the rules of 2022 make of it, committed.
    static let expectedPath = "\(rounds)/2021-SY.as-of-2021-05-20.json"

    private init() async throws {
        folder = JournalCity.temporaryFolder()
        try DurableFile.makeFolder(folder)
        house = try await House.open(
            database: try Database.open(path: "\(folder)/jiebang.sqlite"), plan: try Season.plan.get(),
            options: House.Options(
                data: folder, demo: true, passwordCost: PasswordCost(passes: 1, kibibytes: 64)))
        call = try DemoPastRound.seed(house)
    }

    func round() throws -> RecordedRound {
        try house.database.readNow { try WhatIfRounds.round(of: call, at: house.now, $0) }
    }

    func rules() throws -> [Rule] {
        try house.database.readNow { try Calls.programme(of: call, house, $0).rules }
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

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
}
