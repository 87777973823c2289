import Foundation
import Lifecycle
import Portal
import Store
import Testing

@Test func `a small demo city plays from call to payment through the acts`() async throws {
    let data = FileManager.default.temporaryDirectory.appendingPathComponent("seed-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let house = try await House.open(
        database: try Database.inMemory(), plan: try Season.plan.get(),
        options: House.Options(data: data, demo: true))
    let city = try DemoCity.seed(house, size: .small)
    let paid = try house.database.readNow { store in
        try store.value("SELECT COUNT(*) FROM payment WHERE state = 'paid'", as: Int.self) ?? 0
    }
    #expect(paid > 0)
    let balances = try house.database.readNow { store in
        try store.value("SELECT SUM(balance) FROM account_balance", as: Int64.self)
    }
    #expect(balances == 0)
    #expect(city.open.phase(at: house.now) == .open)
}
