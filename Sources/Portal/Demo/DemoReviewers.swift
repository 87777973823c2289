package import Lifecycle
package import Store

/// Chooses reviewers for the demo as an officer would by hand: nearest discipline, then least load, nobody in
/// conflict. The optimiser is another matter.
package enum DemoReviewers {
    /// At most `count` experts who can be asked, best first; fewer where there are not enough.
    package static func choose(
        _ count: Int, for application: ID<Application>, at now: Instant, _ house: House, _ store: Transaction
    ) throws -> [ID<Person>] {
        var free = try Candidates.of(application, nearOnly: true, at: now, house, store)
            .filter(\.obstacles.isEmpty)
        if free.count < count {
            free = try Candidates.of(application, at: now, house, store).filter(\.obstacles.isEmpty)
        }
        return free.sorted {
            ($0.nearness, $0.expert.load, $0.expert.person.rawValue)
                < ($1.nearness, $1.expert.load, $1.expert.person.rawValue)
        }.prefix(count).map(\.expert.person)
    }
}
