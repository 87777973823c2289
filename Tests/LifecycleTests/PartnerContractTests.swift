import Foundation
import Lifecycle
import Testing

/// What partners bring and get: shares that make no more than the whole, and sums that make the grant.
@Suite struct PartnerContractTests {
    private let contribution = PartyRule.Contribution(
        statement: "partnership", body: "body", type: "type", brings: "money", share: "percent")
    private let form = StatementForm(
        id: "partnership", label: Label("确认书", "Confirmation"),
        fields: [
            ApplicationForm.Field(
                id: "type", kind: .choice, label: Label("类型", "Kind"),
                options: [.init(id: "firm", label: Label("企业", "Firm"))]),
            ApplicationForm.Field(id: "percent", kind: .count, label: Label("转拨比例", "Share")),
        ], seenBy: [], standing: .demo, cites: nil, verified: false)

    @Test func `the statement that would pass the whole grant is refused, with what is left`() {
        func refusal(_ own: String, _ others: [String]) -> Refusal? {
            contribution.obstacle(
                to: ["percent": own], beside: others.map { ["percent": $0] }, in: form)
        }
        let over = refusal("31", ["40", "30"])
        #expect(over?.code == "statement.shares")
        #expect(over?.values["left"] == "30")
        #expect(over?.values["field"] == "percent")
        #expect(refusal("1", ["60", "40"])?.values["left"] == "0")
        #expect(refusal("101", []) != nil)
        #expect(refusal("30", ["40", "30"]) == nil)
        #expect(refusal("0", ["100"]) == nil)
        #expect(refusal("100", []) == nil)
        let silent = PartyRule.Contribution(
            statement: "partnership", body: "body", type: "type", brings: "money", share: nil)
        #expect(silent.obstacle(to: ["percent": "100"], beside: [["percent": "100"]], in: form) == nil)
    }

    @Test func `what was said is read by its fields, and what was erased brings nothing`() {
        let brought = contribution.read(
            ["body": "某公司", "type": "firm", "money": "120000", "percent": "20"], by: form)
        #expect(
            brought
                == Brought(body: "某公司", type: Label("企业", "Firm"), brings: Money(fen: 120_000), percent: 20))
        #expect(contribution.read([:], by: form).brings == .zero)
        #expect(contribution.read([:], by: form).percent == 0)
    }

    private func contract(_ amount: Money, _ percents: [Int]) -> Contract {
        let start = Day(number: 20_000)
        var left = amount
        let instalments = percents.enumerated().map { place, percent in
            let part = place == percents.count - 1 ? left : amount.percent(percent)
            left = left - part
            return Contract.Instalment(
                id: "i\(place)", label: Label("第\(place)笔", "no. \(place)"), amount: part, upon: "contract")
        }
        return Contract(
            number: "1", title: "题", amount: amount, start: start, end: start.adding(years: 1), lumpSum: true,
            milestones: [], instalments: instalments, outcomes: "")
    }

    private func joining(_ shares: [Int?]) -> [Contract.Joining] {
        shares.enumerated().map { place, share in
            Contract.Joining(
                statement: Int64(place),
                Brought(
                    body: "单位\(place)", type: Label("企业", "Firm"), brings: Money(fen: Int64(place)),
                    percent: share))
        }
    }

    @Test func `nobody joining leaves the contract as it was, and its body too`() throws {
        let plain = contract(Money(yuan: 100), [60, 40])
        #expect(plain.joined(by: []) == plain)
        #expect(plain.kept == plain.amount)
        let text = String(decoding: try JSONEncoder().encode(plain), as: UTF8.self)
        #expect(!text.contains("partners"))
        #expect(try JSONDecoder().decode(Contract.self, from: Data(text.utf8)) == plain)
        let joined = plain.joined(by: joining([20, nil]))
        let again = try JSONDecoder().decode(Contract.self, from: try JSONEncoder().encode(joined))
        #expect(again == joined)
    }

    @Test func `the last takes what rounding leaves where the shares make the whole, else the lead`() {
        let whole = contract(Money(fen: 1000), [100]).joined(by: joining([33, 33, 34, 0]))
        #expect(whole.partners?.map(\.passedOn.rawValue) == [330, 330, 340, 0])
        let rounded = contract(Money(fen: 101), [100]).joined(by: joining([33, 33, 34, 0]))
        #expect(rounded.partners?.map(\.passedOn.rawValue) == [33, 33, 35, 0])
        #expect(rounded.kept == .zero)
        let part = contract(Money(fen: 101), [100]).joined(by: joining([33, 33]))
        #expect(part.partners?.map(\.passedOn.rawValue) == [33, 33])
        #expect(part.kept == Money(fen: 35))
    }

    @Test func `the parts make the whole, of the grant and of each instalment`() {
        var chance = SplitMix64(seed: UInt64.random(in: 0...UInt64.max))
        let seed = chance
        for _ in 0..<3_000 {
            let amount = Money(fen: Int64(chance.below(chance.below(2) == 0 ? 400 : 900_000_000)))
            var left = 100
            var shares: [Int?] = []
            for _ in 0..<chance.below(6) {
                let share = chance.below(left + 1)
                left -= share
                shares.append(chance.below(8) == 0 ? nil : share)
            }
            if chance.below(3) == 0 { shares.append(100 - shares.reduce(0) { $0 + ($1 ?? 0) }) }
            let first = chance.below(101)
            let it = contract(amount, chance.below(2) == 0 ? [100] : [first, 100 - first]).joined(
                by: joining(shares))
            let partners = it.partners ?? []
            let passed = partners.reduce(Money.zero) { $0 + $1.passedOn }
            #expect(passed + it.kept == amount, "\(seed) \(amount) \(shares)")
            #expect(it.kept >= .zero, "\(seed) \(amount) \(shares)")
            for partner in partners {
                let parts = it.instalments.map { it.passing(of: $0.id, to: partner) }
                #expect(parts.reduce(.zero, +) == partner.passedOn, "\(seed) \(amount) \(shares)")
                #expect(parts.allSatisfy { $0 >= .zero }, "\(seed) \(amount) \(shares)")
            }
        }
    }
}
