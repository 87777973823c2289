import Lifecycle
import Testing

@Suite struct LedgerTests {
    @Test func `an account cannot give more than it holds, and nothing is written`() throws {
        var ledger = Ledger()
        let entry = try #require(
            Entry(from: .budget(call: "c"), to: .reserved(project: "p"), amount: Money(yuan: 1)))
        #expect(throws: Refused.self) { try ledger.book(entry) }
        #expect(ledger == Ledger())
    }

    @Test func `an entry of nothing, of less, or to the same account does not exist`() {
        #expect(Entry(from: .treasury, to: .budget(call: "c"), amount: .zero) == nil)
        #expect(Entry(from: .treasury, to: .budget(call: "c"), amount: Money(fen: -1)) == nil)
        #expect(Entry(from: .treasury, to: .treasury, amount: Money(fen: 1)) == nil)
    }

    @Test(arguments: [1, 2, 3, 20_260_520] as [UInt64])
    func `whatever is booked, the sum is zero and only the treasury is below it`(seed: UInt64) throws {
        var chance = SplitMix(seed: seed)
        let accounts: [Account] = [
            .treasury, .budget(call: "a"), .budget(call: "b"), .reserved(project: "p"),
            .obligated(project: "p"),
            .payable(project: "p"), .paid(project: "p"),
        ]
        var ledger = Ledger()
        var (booked, refused) = (0, 0)
        for _ in 0..<2000 {
            let from = try #require(accounts.randomElement(using: &chance))
            let to = try #require(accounts.randomElement(using: &chance))
            let amount = Money(fen: Int64.random(in: 0...1_000_000, using: &chance))
            guard let entry = Entry(from: from, to: to, amount: amount) else { continue }
            let before = ledger
            do {
                try ledger.book(entry)
                booked += 1
                #expect(ledger.balance(from) == before.balance(from) - amount)
                #expect(ledger.balance(to) == before.balance(to) + amount)
            } catch {
                refused += 1
                #expect(ledger == before)
            }
            #expect(ledger.sum == .zero)
            for account in accounts where account != .treasury { #expect(ledger.balance(account) >= .zero) }
        }
        #expect(booked > 100 && refused > 100)
    }
}
