package import Lifecycle
import Store

extension DemoRound {
    /// People who have written everything and only have to submit, spread over the municipal universities.
    ///
    /// For trying what happens when many submit at once; the demo city itself has none.
    package mutating func drafts(_ call: Call, _ programme: Programme, count: Int, at: Instant) throws {
        var round = self
        let house = house
        let homes = register.universities.filter { $0.group == "市属" }
        let cutoff = call.settings.day("youthCutoff") ?? Day(number: 7_000)
        try house.database.writeNow { store in
            let change = Change(
                store: store, at: at, actor: nil, world: house.world, projections: house.projections)
            for number in 0..<count {
                let person = try round.register.addApplicant(
                    at: homes[number % homes.count], born: cutoff.adding(30 + round.chance.below(1_800)),
                    senior: false, number: 90_000 + number, change, using: &round.chance)
                let draft = try round.begin(call, by: person, at: at, change)
                try round.fill(
                    draft, programme, sections: programme.form.sections.count, by: person, at: at, change)
            }
        }
        self = round
    }
}
