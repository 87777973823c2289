import Dispatch
package import Lifecycle
import Store
import Synchronization

/// Measures eligibility: many applications under many rules with limits across calls, and one person's live verdicts.
///
/// People, records and applications are put straight into projected tables of a database of its own; what is measured
/// is the reading and the judging that pages do, ``EligibilityFacts/applicants(_:in:_:_:)``, and nothing else: many at
/// a time, as a list is read, and then one by one, as a draft is.
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
        let programme = programme(like: model, rules: rules, of: plan)
        let call = call(of: programme)
        progress("fill")
        try fill(database, applications, call)
        let clock = ContinuousClock()

        progress("judge")
        let counts = Mutex<[Verdict.Result: Int]>([:])
        let failure = Mutex<(any Error)?>(nil)
        let time = clock.measure {
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                do {
                    let own = try database.readNow { store in
                        try judge(thread, of: threads, applications, call, programme, slices, store)
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
                (0..<min(applications, 1_000)).map(asked), in: call.id,
                try EligibilityGround(slices, store), store)
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
                        [asked(number)], in: call.id, try EligibilityGround(slices, store), store
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
        _ slices: [Slice], _ store: Transaction
    ) throws -> [Verdict.Result: Int] {
        var counts: [Verdict.Result: Int] = [:]
        let ground = try EligibilityGround(slices, store)
        let numbers = Array(stride(from: thread, to: applications, by: threads))
        for start in stride(from: 0, to: numbers.count, by: many) {
            let applicants = try EligibilityFacts.applicants(
                numbers[start..<min(start + many, numbers.count)].map(asked), in: call.id, ground, store)
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
        EligibilityFacts.Asked(person(number), application(number))
    }

    /// The programme with as many rules for applications: those of all programmes, over and over.
    private static func programme(like model: Programme, rules: Int, of plan: Plan) -> Programme {
        let known = plan.programmes.flatMap(\.rules).filter { $0.scope == .application }
        let many = (0..<(known.isEmpty ? 0 : rules)).map { place in
            let rule = known[place % known.count]
            return Rule(
                id: "\(rule.id)-\(place)", label: rule.label, scope: rule.scope, versions: rule.versions)
        }
        return Programme(
            id: model.id, title: model.title, summary: model.summary, family: model.family,
            clauses: model.clauses, nature: model.nature, rules: many, form: model.form,
            procedure: model.procedure, review: model.review, funding: model.funding,
            parameters: model.parameters, defaults: model.defaults, cases: [], digest: "bench")
    }

    private static func call(of programme: Programme) -> Call {
        var values: [String: String] = [:]
        for parameter in programme.parameters { values[parameter.id] = parameter.demo }
        return Call(
            id: ID("benchcall0000001"), programme: programme.id, digest: programme.digest, number: "BENCH",
            title: "bench", year: 2026, opens: Instant(Day(number: 20_605), hour: 9),
            closes: Instant(Day(number: 20_634), hour: 16), guide: "bench", settings: Settings(values))
    }

    private static func person(_ number: Int) -> ID<Person> {
        // One in twenty applies twice: the limit of one application a person has something to find.
        ID("benchperson\(number % 20 == 19 ? number - 1 : number)")
    }
    private static func application(_ number: Int) -> ID<Application> { ID("benchapplication\(number)") }

    private static func fill(_ database: Database, _ applications: Int, _ call: Call) throws {
        try database.writeNow { store in
            for place in 0..<60 {
                _ = try store.run(
                    """
                    INSERT INTO organisation (id, name, name_en, pinyin, kind, legal_entity, group_name)
                    VALUES (\("bench\(place)"), 'bench', '', '', 'university', \("bench\(place)"),
                      \(place % 3 == 0 ? "中央在京" : place % 7 == 0 ? "民办" : "市属"))
                    """)
            }
            var chance = SplitMix64(seed: 30)
            // Of provincial projects nothing is known, of the research plan everything since a day.
            let known = KnownPast(
                .family("research-plan"), kinds: TrackRecord.Kind.allCases, since: Day(number: 16_000))
            _ = try store.run(
                """
                INSERT INTO known_past (fact, person, body, source)
                VALUES (0, '', \(try Canonical.json(known)), 'bench')
                """)
            var fact: Int64 = 0
            for number in 0..<applications {
                let home = "bench\(chance.below(60))"
                let born = Day(number: 3_000 + chance.below(7_000))
                if number % 20 != 19 {
                    let teaches: Bool? = chance.below(50) == 0 ? nil : chance.below(20) != 0
                    _ = try store.run(
                        """
                        INSERT INTO person (id, name, pinyin, email, organisation, born, title_level,
                          full_time_teacher, service_until, demo)
                        VALUES (\(person(number)), 'bench', 'bench', \("b\(number)@bench.example"), \(home), \(born),
                          \(chance.below(8) == 0 ? "正高" : "中级"), \(teaches), \(born.adding(years: 60)), \(true))
                        """)
                    for _ in 0..<chance.below(4) {
                        fact += 1
                        let from = Day(number: 16_000 + chance.below(4_400))
                        let until: Day? = chance.below(3) == 0 ? nil : from.adding(700)
                        _ = try store.run(
                            """
                            INSERT INTO track_record (fact, person, kind, family, level, title, from_day, until_day)
                            VALUES (\(fact), \(person(number)), \(chance.pick(TrackRecord.Kind.allCases).rawValue),
                              \(chance.below(3) == 0 ? "other" : "research-plan"), \(chance.pick(TrackRecord.Level.allCases).rawValue),
                              'bench', \(from), \(until))
                            """)
                    }
                }
                _ = try store.run(
                    """
                    INSERT INTO application (id, call, programme, digest, number, owner, owner_name, university,
                      university_name, born, title, discipline, amount, fact, version, first_submitted_at,
                      submitted_at, step, step_kind, holder, state)
                    VALUES (\(application(number)), \(call.id), 'bench', 'bench', \("BENCH-\(number)"),
                      \(person(number)), 'bench', \(home), 'bench', \(born), 'bench', '', 0, 0, 1, 0, 0, 'endorse',
                      'endorse', 'research-office', 'open')
                    """)
            }
        }
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
