import Lifecycle
import Store

/// The invented people and applications that ``PlanBench`` judges.
enum PlanBenchCity {
    static func person(_ number: Int) -> ID<Person> {
        // One in twenty applies twice: the limit of one application a person has something to find.
        ID("benchperson\(number % 20 == 19 ? number - 1 : number)")
    }
    static func application(_ number: Int) -> ID<Application> { ID("benchapplication\(number)") }

    /// The programme with as many rules for applications: one that counts across calls, one of each kind of demand, and
    /// then those of all programmes, over and over. Its form is that of a programme whose classes have ceilings.
    static func programme(like model: Programme, rules: Int, of plan: Plan) -> Programme {
        let day = opens.day
        let known = plan.programmes.flatMap(\.rules).filter { $0.scope == .application }
        var kinds: Set<String> = []
        let ordered =
            known.filter { rule in
                guard let demand = rule.version(on: day)?.demand else { return false }
                return kinds.insert(String(String(describing: demand).prefix { $0 != "(" })).inserted
            } + known
        let across = Rule(
            id: "across", label: Label("同类征集合计限报", "A limit over all calls"), scope: .application,
            versions: [
                RuleVersion(
                    from: Day(number: 0),
                    demand: .applicationsPerPersonInFamily(most: 1, family: model.family), standing: .demo,
                    cites: Citation(), verified: false)
            ])
        let others = (0..<(ordered.isEmpty ? 0 : max(rules - 1, 0))).map { place in
            let rule = ordered[place % ordered.count]
            return Rule(
                id: "\(rule.id)-\(place)", label: rule.label, scope: rule.scope, versions: rule.versions)
        }
        let priced = plan.programmes.first { programme in
            programme.rules.contains { $0.version(on: day)?.demand?.asksAmount == true }
        }
        var named: Set<String> = []
        return Programme(
            id: model.id, title: model.title, summary: model.summary, family: model.family,
            clauses: model.clauses, nature: model.nature, rules: [across] + others,
            form: (priced ?? model).form, procedure: model.procedure, review: model.review,
            funding: model.funding,
            parameters: plan.programmes.flatMap(\.parameters).filter { named.insert($0.id).inserted },
            defaults: model.defaults, cases: [], digest: "bench")
    }

    private static let opens = Instant(Day(number: 20_605), hour: 9)

    static func call(of programme: Programme) -> Call {
        var values: [String: String] = [:]
        for parameter in programme.parameters { values[parameter.id] = parameter.demo }
        return Call(
            id: ID("benchcall0000001"), programme: programme.id, digest: programme.digest, number: "BENCH",
            title: "bench", year: 2026, opens: opens, closes: Instant(Day(number: 20_634), hour: 16),
            guide: "bench", settings: Settings(values))
    }

    static func fill(
        _ database: Database, _ applications: Int, _ call: Call, _ programme: Programme
    ) throws {
        try database.writeNow { store in
            try universities(store)
            try calls(call, programme, store)
            var chance = SplitMix64(seed: 30)
            var fact: Int64 = 0
            for number in 0..<applications {
                let home = "bench\(chance.below(60))"
                let born = Day(number: 3_000 + chance.below(7_000))
                if number % 20 != 19 {
                    try someone(number, home, born, &fact, &chance, store)
                }
                try apply(application(number), "BENCH-\(number)", in: call.id, number, home, born, store)
                try draft(number, in: call.id, programme.form, &chance, store)
                if number % 10 == 0 {
                    try apply(
                        ID("benchother\(number)"), "OTHER-\(number)",
                        in: number % 20 == 0 ? other : elsewhere, number, home, born, store)
                    try ask(number, in: call.id, store)
                }
            }
        }
    }

    private static func universities(_ store: Transaction) throws {
        for place in 0..<60 {
            _ = try store.run(
                """
                INSERT INTO organisation (id, name, name_en, pinyin, kind, legal_entity, group_name)
                VALUES (\("bench\(place)"), 'bench', '', '', 'university', \("bench\(place)"),
                  \(place % 3 == 0 ? "中央在京" : place % 7 == 0 ? "民办" : "市属"))
                """)
        }
        // Of provincial projects nothing is known, of the research plan everything since a day.
        let known = KnownPast(
            .family("research-plan"), kinds: TrackRecord.Kind.allCases, since: Day(number: 16_000))
        _ = try store.run(
            """
            INSERT INTO known_past (fact, person, body, source)
            VALUES (0, '', \(try Canonical.json(known)), 'bench')
            """)
    }

    /// A call of the same family and year, and one of another year.
    private static let other: ID<Call> = ID("benchcall0000002")
    private static let elsewhere: ID<Call> = ID("benchcall0000003")

    private static func calls(_ call: Call, _ programme: Programme, _ store: Transaction) throws {
        _ = try store.run(
            """
            INSERT INTO programme_definition (digest, programme, adopted_at, definition)
            VALUES (\(programme.digest), \(programme.id), 0, \(try Canonical.json(programme)))
            """)
        for (id, number, year) in [
            (call.id, call.number, call.year), (other, "OTHER", call.year),
            (elsewhere, "EARLIER", call.year - 1),
        ] {
            _ = try store.run(
                """
                INSERT INTO call (id, programme, digest, number, title, year, opens_at, closes_at, version,
                  published_at, budget, body)
                VALUES (\(id), \(programme.id), \(programme.digest), \(number), 'bench', \(year), \(call.opens),
                  \(call.closes), 1, 0, 0, '')
                """)
        }
    }

    private static func someone(
        _ number: Int, _ home: String, _ born: Day, _ fact: inout Int64, _ chance: inout SplitMix64,
        _ store: Transaction
    ) throws {
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

    private static func apply(
        _ id: ID<Application>, _ name: String, in call: ID<Call>, _ number: Int, _ home: String, _ born: Day,
        _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            INSERT INTO application (id, call, programme, digest, number, owner, owner_name, university,
              university_name, born, title, discipline, amount, fact, version, first_submitted_at,
              submitted_at, step, step_kind, holder, state)
            VALUES (\(id), \(call), 'bench', 'bench', \(name),
              \(person(number)), 'bench', \(home), 'bench', \(born), 'bench', '11010', 0, 0, 1, 0, 0, 'endorse',
              'endorse', 'research-office', 'open')
            """)
    }

    /// Every section of the form that rules look at, its texts as long as people write.
    private static func draft(
        _ number: Int, in call: ID<Call>, _ form: ApplicationForm, _ chance: inout SplitMix64,
        _ store: Transaction
    ) throws {
        // Of somebody who applies twice, the second has an owner of its own here: one has one draft in a call.
        let owner = "benchperson\(number)"
        _ = try store.run(
            """
            INSERT INTO draft (id, call, owner, created_at, submitted)
            VALUES (\(application(number)), \(call), \(owner), 0, \(true))
            """)
        for section in form.sections
        where section.fields.contains(where: { $0.kind == .choice || $0.id == "amount" }) {
            var answers: [String: String] = [:]
            for field in section.fields {
                switch field.kind {
                case .choice: answers[field.id] = field.options.isEmpty ? "" : chance.pick(field.options).id
                case .money: answers[field.id] = "\(chance.below(2_000) * 1_000_000)"
                case .prose: answers[field.id] = String(repeating: "研究", count: 250)
                case .discipline: answers[field.id] = "11010"
                case .line, .count, .day, .time, .keywords, .flag: answers[field.id] = "1"
                }
            }
            _ = try store.run(
                """
                INSERT INTO draft_section (draft, section, version, answers, saved_at, saved_by)
                VALUES (\(application(number)), \(section.id), 1, \(Drafts.encode(answers)), 0, \(owner))
                """)
        }
    }

    private static func ask(_ number: Int, in call: ID<Call>, _ store: Transaction) throws {
        for place in 0..<3 {
            _ = try store.run(
                """
                INSERT INTO dossier_party (invitation, application, call, role, state, person, conflicted,
                  invited_at, answered_at)
                VALUES (\(number * 3 + place), \(application(number)), \(call), \(Role.recommender.rawValue),
                  'accepted', \(person(number)), \(false), 0, 0)
                """)
        }
    }
}
