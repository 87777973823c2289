package import Lifecycle
package import Store

/// What `plan check` holds against a house: whether the calls that run could go over to a folder's definitions, and
/// whether those that a waiting proposal names still can. It asks what the act asks (``CallMoving``).
package enum DefinitionCheck {
    /// One call, and what keeps it from going over.
    package struct Finding: Sendable {
        /// Empty where the call is none of any programme's that runs.
        package let programme: String
        /// Number of the fact that proposed it; nil for the folder's definition.
        package let proposal: Int64?
        /// The call's.
        package let number: String
        /// Whether somebody says that it goes over; else it keeps what it pinned, and nobody is stranded.
        package let isStated: Bool
        package let refusals: [Refusal]
    }

    /// - Parameter numbers: of the calls that are stated to go over to the folder's definitions.
    package static func findings(
        for programmes: [Programme], moving numbers: [String], _ house: House, _ store: Transaction
    ) throws -> [Finding] {
        let now = house.now
        var found: [Finding] = []
        var unmet = Set(numbers)
        for programme in programmes {
            for call in try CallMoving.running(programme.id, at: now, store) {
                let isStated = unmet.remove(call.number) != nil
                guard call.digest != programme.digest else { continue }
                let refusals = try CallMoving.obstacles(call, to: programme, at: now, house, store)
                guard !refusals.isEmpty else { continue }
                found.append(
                    Finding(
                        programme: programme.id, proposal: nil, number: call.number, isStated: isStated,
                        refusals: refusals))
            }
        }
        found += try unmet.sorted().map { number in
            let isCall = try store.value("SELECT 1 FROM call WHERE number = \(number)", as: Int.self) != nil
            return Finding(
                programme: "", proposal: nil, number: number, isStated: true,
                refusals: [Refusal(isCall ? "definition.not-running" : "definition.no-call")])
        }
        return try found + proposed(at: now, house, store)
    }

    private static func proposed(at now: Instant, _ house: House, _ store: Transaction) throws -> [Finding] {
        try DefinitionQueries.waiting(store).flatMap { record -> [Finding] in
            guard let new = try house.definitions.programme(record.digest, store) else { return [] }
            let running = try CallMoving.running(record.programme, at: now, store)
            return try record.movingCalls().compactMap { id in
                let call = running.first { $0.id == id }
                let refusals =
                    try call.map { try CallMoving.obstacles($0, to: new, at: now, house, store) }
                    ?? [Refusal("definition.not-running")]
                guard !refusals.isEmpty else { return nil }
                return Finding(
                    programme: record.programme, proposal: record.fact, number: call?.number ?? id.rawValue,
                    isStated: true, refusals: refusals)
            }
        }
    }
}
