import Dispatch
package import Lifecycle
import Store
import Synchronization

/// Measures eligibility: many applications under many rules with limits across calls, and one person's live verdicts.
///
/// People, records and applications are put straight into projected tables of a database of its own; what is measured
/// is the reading and the judging that pages do, ``EligibilityFacts/applicants(_:in:_:_:_:)``, and nothing else: many at
/// a time, as a list is read, and then one by one, as a draft is. One person in ten applies in another call of the family
/// too, and one in twenty twice in this; each draft says what it chooses and asks for, and one in ten asked somebody in.
package enum PlanBench {
    package struct Result: Sendable, Encodable {
        package let applications: Int
        package let rules: Int
        package let threads: Int
        /// Reading the facts of each application and judging it by every rule.
        package let seconds: Double
        /// Of these, judging alone, on one thread.
        package let judgingSeconds: Double
        package let verdicts: Int
        package let met: Int
        package let unmet: Int
        package let unknown: Int
        /// One application's verdicts in a snapshot of their own, in milliseconds.
        package let liveMedian: Double
        package let liveHigh: Double
        package let liveSamples: Int
    }

    /// - Parameters:
    ///   - slices: the house's, which tell of what became of people's applications.
    ///   - folder: exists and is empty.
    package static func run(
        applications: Int, rules: Int, threads: Int, plan: Plan, slices: [Slice], folder: String,
        progress: (String) -> Void
    ) throws -> Result {
        let database = try Database.open(path: "\(folder)/bench.sqlite")
        defer { try? database.close() }
        _ = try Migrator(try House.migrations()).migrate(database)
        guard let model = plan.programmes.first else { throw Missing() }
        let programme = PlanBenchCity.programme(like: model, rules: rules, of: plan)
        let call = PlanBenchCity.call(of: programme)
        progress("fill")
        try PlanBenchCity.fill(database, applications, call, programme)
        let clock = ContinuousClock()

        progress("judge")
        let definitions = Definitions()
        let counts = Mutex<[Verdict.Result: Int]>([:])
        let failure = Mutex<(any Error)?>(nil)
        let time = clock.measure {
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                do {
                    let own = try database.readNow { store in
                        try judge(
                            thread, of: threads, applications, call, programme,
                            EligibilityGround(slices, definitions, store), store)
                    }
                    counts.withLock { $0.merge(own) { $0 + $1 } }
                } catch {
                    failure.withLock { $0 = error }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }

        progress("judging alone")
        let applicants = try database.readNow { store in
            try EligibilityFacts.applicants(
                (0..<min(applications, 1_000)).map(asked), in: call, programme,
                try EligibilityGround(slices, definitions, store), store)
        }
        let alone = try database.readNow { store in
            clock.measure {
                for number in 0..<applications {
                    let verdicts = EligibilityFacts.verdicts(
                        on: applicants[number % applicants.count], in: call, programme, store)
                    precondition(verdicts.count == programme.rules.count)
                }
            }
        }

        progress("one by one")
        var live: [Duration] = []
        for sample in 0..<min(applications, 500) {
            let number = sample * (applications / min(applications, 500))
            let one = try clock.measure {
                _ = try database.readNow { store in
                    try EligibilityFacts.applicants(
                        [asked(number)], in: call, programme,
                        try EligibilityGround(slices, definitions, store), store
                    ).map { EligibilityFacts.verdicts(on: $0, in: call, programme, store) }
                }
            }
            live.append(one)
        }
        live.sort()
        let found = counts.withLock { $0 }
        return Result(
            applications: applications, rules: programme.rules.count, threads: threads,
            seconds: time / .seconds(1), judgingSeconds: alone / .seconds(1),
            verdicts: found.values.reduce(0, +), met: found[.met] ?? 0, unmet: found[.unmet] ?? 0,
            unknown: found[.unknown] ?? 0, liveMedian: live[live.count / 2] / .milliseconds(1),
            liveHigh: live[live.count * 95 / 100] / .milliseconds(1), liveSamples: live.count)
    }

    private static func judge(
        _ thread: Int, of threads: Int, _ applications: Int, _ call: Call, _ programme: Programme,
        _ ground: EligibilityGround, _ store: Transaction
    ) throws -> [Verdict.Result: Int] {
        var counts: [Verdict.Result: Int] = [:]
        let numbers = Array(stride(from: thread, to: applications, by: threads))
        for start in stride(from: 0, to: numbers.count, by: many) {
            let applicants = try EligibilityFacts.applicants(
                numbers[start..<min(start + many, numbers.count)].map(asked), in: call, programme, ground,
                store)
            for applicant in applicants {
                for verdict in EligibilityFacts.verdicts(on: applicant, in: call, programme, store) {
                    counts[verdict.result, default: 0] += 1
                }
            }
        }
        return counts
    }

    /// Read at once.
    private static let many = 200

    private static func asked(_ number: Int) -> EligibilityFacts.Asked {
        EligibilityFacts.Asked(PlanBenchCity.person(number), PlanBenchCity.application(number))
    }
}

extension PlanBench {
    /// Seconds that ten thousand dossiers take through the first programme; nil where the plan grants nothing.
    package static func simulate(_ plan: Plan) -> Double? {
        guard let programme = plan.programmes.first, let assumptions = plan.assumptions else { return nil }
        let time = ContinuousClock().measure {
            _ = Simulation(programme, assumptions, calendar: plan.calendar, seed: 1, dossiers: 10_000).run()
        }
        return time / .seconds(1)
    }
}
