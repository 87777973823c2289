import Foundation
import Lifecycle
import Store

/// The steps of a seeding. Each is one transaction together with the word that it is done and what came of it, so
/// that nothing is half done or done twice, whenever the process ends.
final class DemoSteps {
    private let run: JobRun
    private let count: Int
    private var done: [Step]
    private var next = 0

    private struct Step: Codable {
        let name: String
        /// What came of it, as JSON: later steps go on from there.
        let made: String
    }

    /// - Parameter count: how many there are, to tell how far it is.
    init(_ run: JobRun, count: Int) throws {
        self.run = run
        self.count = count
        done = try run.job.reached.map { try JSONDecoder().decode([Step].self, from: Data($0.utf8)) } ?? []
    }

    var house: House { run.house }

    /// Does a step, or reads what came of it where it was done before.
    ///
    /// - Parameter name: its stage, and after a point what is done in it.
    func make<Made: Codable>(_ name: String, _ work: () throws -> Made) throws -> Made {
        defer { next += 1 }
        if next < done.count {
            let step = done[next]
            // Another version of the program seeds in other steps.
            guard step.name == name else { throw Refused("job.seed-changed", ["step": name]) }
            return try JSONDecoder().decode(Made.self, from: Data(step.made.utf8))
        }
        try run.tell(Int64(next), of: Int64(count), stage: String(name.prefix { $0 != "." }))
        return try run.house.database.together {
            let made = try work()
            let all = done + [Step(name: name, made: try Self.text(made))]
            try run.keep(try Self.text(all))
            done = all
            return made
        }
    }

    /// The same for work of which nothing is needed afterwards.
    func take(_ name: String, _ work: () throws -> Void) throws {
        _ = try make(name) {
            try work()
            return true
        }
    }

    private static func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}

extension DemoRound {
    private struct Made<Value: Codable>: Codable {
        let value: Value
        let chance: SplitMix64
    }

    /// One step of a seeding, with the round's own chance.
    mutating func make<Value: Codable>(
        _ name: String, _ steps: DemoSteps, _ work: (inout DemoRound) throws -> Value
    ) throws -> Value {
        var round = self
        let made = try steps.make(name) {
            let value = try work(&round)
            return Made(value: value, chance: round.chance)
        }
        chance = made.chance
        return made.value
    }

    mutating func take(
        _ name: String, _ steps: DemoSteps, _ work: (inout DemoRound) throws -> Void
    ) throws {
        _ = try make(name, steps) { round in
            try work(&round)
            return true
        }
    }
}
