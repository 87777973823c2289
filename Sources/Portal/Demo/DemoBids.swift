import Lifecycle
import Store

/// Two of the cast say what they would like to review, so that bids stand somewhere in the demo.
enum DemoBids {
    static func give(
        in call: Call, _ programme: Programme, at: Instant, _ house: House, _ cast: DemoCast
    ) throws {
        for (turn, key) in ["expert", "expert-2"].enumerated() {
            let person = cast.person(key)
            try house.changeNow(by: person, at: at) { change in
                guard
                    let (_, expert) = try BidQueries.bidding(in: call.id, person, at: at, house, change.store)
                else { return }
                let items = try BidQueries.items(
                    in: call.id, expert, programme: programme, change.store
                ).items
                var said: [ID<Application>: Willingness?] = [:]
                for (place, item) in items.prefix(9).enumerated() {
                    let answer = Willingness.allCases[(place + turn) % Willingness.allCases.count]
                    said.updateValue(answer, forKey: item.application)
                }
                try BidActs.give(said, in: call.id, by: person, change, house)
            }
        }
    }
}
