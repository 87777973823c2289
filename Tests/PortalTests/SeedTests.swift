import Foundation
import Lifecycle
import Portal
import Store
import Testing

@Test func `a small demo city plays from call to payment through the acts`() async throws {
    let data = try TestFolder.left("seed")
    let house = try await House.open(
        database: try Database.inMemory(), plan: try Season.plan.get(),
        options: House.Options(data: data, demo: true), shipped: try await Season.shipped)
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

@Test(arguments: ["research-plan-humanities-general", "research-plan-natural-general"])
func `every programme runs from call to first payment without a line of Swift of its own`(id: String)
    async throws
{
    let season = try await Season(experts: 40)
    let programme = try #require(season.house.plan.programme(id))
    var round = DemoRound(
        house: season.house, register: season.register,
        kind: programme.nature == .natural ? .natural : .humanities, chance: SplitMix64(seed: 3))
    let call = try round.publish(
        programme, number: "T-1", title: "试验通知", published: Instant(Season.day("2026-04-01"), hour: 9),
        opens: Instant(Season.day("2026-06-01"), hour: 9), closes: Instant(Season.day("2026-06-20"), hour: 16)
    )
    let lists = try round.applications(
        call, programme, count: 6, from: Instant(Season.day("2026-06-05")), prefix: 0)
    try round.endorseAll(lists, in: call, at: Instant(Season.day("2026-06-24"), hour: 10))
    let ids = lists.flatMap(\.applications)
    try round.screen(ids, at: Instant(Season.day("2026-07-01"), hour: 10))
    try round.review(ids, in: call, programme, at: Instant(Season.day("2026-07-02"), hour: 10), answered: 100)
    try round.decide(call, at: Instant(Season.day("2026-07-20"), hour: 10))
    try round.establish(call, noticeAt: Instant(Season.day("2026-07-21"), hour: 10))
    let paid = try season.house.database.readNow { store in
        try store.value("SELECT COUNT(*) FROM payment", as: Int.self) ?? 0
    }
    #expect(paid > 0)
}
