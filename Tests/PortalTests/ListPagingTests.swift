import Lifecycle
import Store
import Testing

@testable import Portal

/// The pages of every long list: together they hold each row once, in an order that its reverse turns round, and a
/// place that somebody made up neither fails nor shows what the list does not.
///
/// Rows of the projected tables alone, with many ties in whatever they are ordered by.
struct ListPagingTests {
    private static let now = Instant(milliseconds: 1_780_000_000_000)
    private static let hostile = [
        "", "|", "||", "x", "1", "x|y", "1|2|3", "0|0|0|0", "-1|-1|-1", "'; DROP TABLE person", "~1~0|~",
        "9223372036854775807|9223372036854775807", "9999999999999999999999|1", "\u{0}|\u{FFFF}", "NaN|1|1|1",
    ]

    private static let filled = Once<Int, Database>()

    private func database() async throws -> Database {
        try Database.inMemory(
            copying: try await Self.filled.made(0) {
                let database = try Database.inMemory()
                _ = try Migrator(try House.migrations()).migrate(database)
                let seed = UInt64.random(in: 0 ... .max)
                print("rows of the long lists: seed \(seed)")
                var chance = SplitMix64(seed: seed)
                try database.writeNow { store in try Self.fill(store, &chance) }
                return database
            })
    }

    /// From the first page on, until there is no next.
    private func walk<Row>(_ page: (ListPlace) throws -> Paged<Row>) throws -> [Row] {
        var (found, after): ([Row], ListPlace) = ([], ListPlace([]))
        for number in 0..<500 {
            let page = try page(after)
            #expect(page.isFirst == (number == 0))
            found += page.rows
            // As it comes back from an address.
            guard let next = page.next else { return found }
            after = ListPlace(text: next.text)
        }
        Issue.record("the pages never end")
        return found
    }

    // MARK: - places and orders

    @Test func `a place comes back from an address as it was, whatever its keys hold`() {
        let seed = UInt64.random(in: 0 ... .max)
        var chance = SplitMix64(seed: seed)
        let letters = ["|", "~", "0", "1", "京", "", " ", "%", "&"]
        for _ in 0..<2_000 {
            let keys = (0..<(1 + chance.below(4))).map { _ in
                (0..<chance.below(6)).map { _ in letters[chance.below(letters.count)] }.joined()
            }
            // One empty key is no place: no order has such a column.
            guard keys != [""] else { continue }
            #expect(ListPlace(text: ListPlace(keys).text).keys == keys, "seed \(seed)")
        }
    }

    @Test(arguments: [1, 3, 50, 400], [false, true])
    func `an order of numbers and words loses and doubles nothing`(size: Int, descending: Bool) async throws {
        struct Line: Decodable, Sendable {
            let id: String
            let openedAt: Int64
        }
        let database = try await database()
        let order = ListOrder([.number("opened_at"), .text("id")], descending: descending)
        let found = try walk { after in
            try database.readNow { store in
                try store.page("SELECT id, opened_at FROM topic", in: order, after: after, size: size) {
                    (line: Line) in ["\(line.openedAt)", line.id]
                }
            }
        }
        let all = try database.readNow { store in
            try store.rows("SELECT id, opened_at FROM topic ORDER BY opened_at, id", as: Line.self).map(\.id)
        }
        #expect(found.map(\.id) == (descending ? all.reversed() : all))
    }

    // MARK: - the lists

    @Test(
        arguments: PeopleSort.allCases,
        ["", "q=ren", "role=expert", "organisation=u3", "q=ren3&role=applicant"])
    func `people, by name and by unit`(sort: PeopleSort, query: String) async throws {
        let database = try await database()
        func all(_ sort: String) throws -> [ID<Person>] {
            let filter = PeopleFilter(try FormParsing.urlencoded(Array("\(query)&sort=\(sort)".utf8)))
            return try walk { after in
                try database.readNow { store in
                    try PeopleQueries.people(filter.beginning(after: after), size: 7, at: Self.now, store)
                }
            }.map(\.id)
        }
        let up = try all(sort.rawValue)
        #expect(try all("-\(sort.rawValue)") == up.reversed())
        #expect(Set(up).count == up.count)
        let one = try database.readNow { store in
            try PeopleQueries.people(
                PeopleFilter(try FormParsing.urlencoded(Array(query.utf8))), size: 1_000, at: Self.now, store)
        }
        #expect(Set(up) == Set(one.rows.map(\.id)) && !up.isEmpty)
    }

    @Test(arguments: PaymentState.allCases, ["number", "payee", "amount", "due", "acted"])
    func `payments of each state in each order`(state: PaymentState, sort: String) async throws {
        let database = try await database()
        func all(_ sort: String, _ more: String = "") throws -> [PaymentLine] {
            let query = "state=\(state.rawValue)&sort=\(sort)\(more)"
            var filter = PaymentFilter(try FormParsing.urlencoded(Array(query.utf8)))
            return try walk { after in
                filter.after = after
                return try database.readNow { store in
                    try Payments.page(state, filter, for: .anyone, size: 9, store)
                }
            }
        }
        let up = try all(sort)
        #expect(try all("-\(sort)").map(\.id) == up.map(\.id).reversed())
        let totals = try database.readNow {
            try Payments.totals(PaymentFilter(FormFields()), for: .anyone, $0)
        }
        let total = try #require(totals.first { $0.state == state })
        #expect(up.count == total.count && up.count > 20)
        #expect(up.reduce(Money.zero) { $0 + $1.amount } == total.amount)
        #expect(Set(up.map { [$0.application.rawValue, $0.id] }).count == up.count)
        // What a filter finds is a part of all, and its own count.
        let few = try all(sort, "&least=1&most=3&call=c1&from=2026-05-01&until=2026-06-10")
        #expect(few.allSatisfy { (100...300).contains($0.amount.rawValue) })
        let narrow = PaymentFilter(
            try FormParsing.urlencoded(
                Array("least=1&most=3&call=c1&from=2026-05-01&until=2026-06-10".utf8)))
        let counted = try database.readNow { try Payments.totals(narrow, for: .anyone, $0) }
        #expect((counted.first { $0.state == state }?.count ?? 0) == few.count)
    }

    @Test(arguments: CallSort.allCases)
    func `calls in each order`(sort: CallSort) async throws {
        let database = try await database()
        func all(_ sort: String, later: Int64 = 0) throws -> [String] {
            var now = Self.now
            return try walk { after in
                let filter = CallFilter(FormFields([("sort", sort), ("after", after.text)]))
                // Calls open and close while somebody reads.
                defer { now = now.adding(seconds: later) }
                return try database.readNow { try CallQueries.page(filter, at: now, $0).page }
            }.map(\.number)
        }
        let up = try all(sort.rawValue)
        #expect(up.count == 230 && Set(up).count == 230)
        #expect(try all("-\(sort.rawValue)") == up.reversed())
        #expect(try all(sort.rawValue, later: 86_400) == up)
    }

    @Test(arguments: NoticeSort.allCases)
    func `notices in each order, and each in one state`(sort: NoticeSort) async throws {
        let database = try await database()
        func all(_ query: String) throws -> [ID<Notice>] {
            let typed = try FormParsing.urlencoded(Array(query.utf8))
            return try walk { after in
                let filter = NoticeFilter(FormFields(typed.pairs + [(name: "after", value: after.text)]))
                return try database.readNow { try Notices.page(filter, at: Self.now, $0).page }
            }.map(\.id)
        }
        let up = try all("sort=\(sort.rawValue)")
        #expect(up.count == 260 && Set(up).count == 260)
        #expect(try all("sort=-\(sort.rawValue)") == up.reversed())
        let states = try NoticeFilter.State.allCases.flatMap {
            try all("sort=\(sort.rawValue)&state=\($0.rawValue)")
        }
        #expect(states.count == 260 && Set(states) == Set(up))
        #expect(try all("year=0").isEmpty && all("year=-9999999999").isEmpty)
    }

    @Test func `topics, to everybody and at the desk`() async throws {
        let database = try await database()
        let ready = try walk { after in
            try database.readNow {
                try TopicQueries.ready("", openOnly: false, after: after, at: Self.now, $0).page
            }
        }
        let open = try walk { after in
            try database.readNow {
                try TopicQueries.ready("", openOnly: true, after: after, at: Self.now, $0).page
            }
        }
        #expect(Set(ready.map(\.id)).count == ready.count && ready.allSatisfy { $0.state == .ready })
        // What can be bid for stands first.
        #expect(ready.prefix(open.count).map(\.id) == open.map(\.id) && open.count > 3)
        let desk = try walk { after in
            try database.readNow { try TopicQueries.desk(of: nil, after: after, $0) }
        }
        #expect(desk.count == 240 && Set(desk.map(\.id)).count == 240)
        #expect(desk.filter { $0.state == .ready }.count == ready.count)
    }

    @Test func `entries of the ledger, also where a page ends between two of one fact`() async throws {
        let database = try await database()
        for size in [1, 2, 7, 100] {
            let found = try walk { after in
                try database.readNow { try LedgerPage.entries(after: after, size: size, $0) }
            }
            #expect(found.count == 300 && Set(found.map { [Int($0.fact), $0.line] }).count == 300)
        }
    }

    @Test func `signed plans, each once and the newest first`() async throws {
        let database = try await database()
        for size in [1, 7, 50] {
            let found = try walk { after in
                try database.readNow { try PlanQueries.signed(after: after, size: size, $0) }
            }
            #expect(found.count == 120 && Set(found.map(\.signed.plan)).count == 120)
            #expect(found.map(\.signedAt) == found.map(\.signedAt).sorted(by: >))
        }
    }

    @Test func `statements that wait, by deadline, each once`() async throws {
        let database = try await database()
        let owner = Viewer(person: ID("p1"), name: "人", tenures: [], legalEntity: nil)
        for size in [1, 7, 50] {
            let found = try walk { after in
                try database.readNow {
                    try StatementQueries.waiting(for: owner, after: after, size: size, $0)
                }
            }
            #expect(found.count == 261 && Set(found.map { [$0.application.rawValue, $0.step] }).count == 261)
            let due = found.map { $0.dueAt?.rawValue ?? .max }
            #expect(due == due.sorted())
        }
        let nobody = try database.readNow {
            try StatementQueries.waiting(for: .anyone, after: ListPlace([]), $0)
        }
        #expect(nobody.rows.isEmpty && nobody.next == nil)
        // The to-do counts all of them, and not a page.
        let tasks = try database.readNow { try StatementQueries.tasks(for: owner, $0) }
        #expect(tasks.map(\.count).sorted() == [1, 130, 130])
        #expect(Set(tasks.map(\.href)) == ["/statements", "/cases/a399/statements/single"])
        let waiting = try database.readNow {
            try $0.value("SELECT MIN(due_at) FROM open_step WHERE step <> 'single'", as: Instant.self)
        }
        #expect(tasks.compactMap(\.due).min() == waiting)
    }

    // MARK: - what is no list

    @Test(arguments: [0, 1, 239, 240, 241])
    func `a to-do lists the first and says how many more stand on the desk`(most: Int) async throws {
        struct Line: Decodable, Sendable {
            let id: String
        }
        let found: Foremost<Line> = try await database().readNow {
            try $0.foremost("id", from: "topic", by: "opened_at, id", most: most)
        }
        func task(_ line: Line) -> PendingTask {
            PendingTask(verb: "topic-vote", title: line.id, href: "/topics/\(line.id)", due: nil)
        }
        let tasks = found.tasks(desk: "/office/topics", task)
        let listed = tasks.filter { !$0.isRest }
        #expect(found.total == 240 && listed.count == min(most, 240))
        #expect(Set(listed.map(\.href)).count == listed.count)
        if most < 240 {
            let rest = try #require(tasks.last)
            #expect(rest.isRest && rest.count == 240 - most && rest.href == "/office/topics")
            #expect(tasks.count == most + 1)
        } else {
            #expect(tasks.count == 240)
        }
        // The same of what was read whole.
        let all = Foremost((0..<240).map { Line(id: "\($0)") }, most: most).tasks(desk: "/x", task)
        #expect(all.map(\.count) == tasks.map(\.count) && all.map(\.isRest) == tasks.map(\.isRest))
    }

    @Test func `whoever narrows the list of applications can choose any call, and any topic by its call`()
        async throws
    {
        let database = try await database()
        func choices(_ query: [(name: String, value: String)], most: Int) throws -> CaseChoices {
            try database.readNow {
                try CaseChoices(CaseFilter(FormFields(query)), .anyone, mostTopics: most, $0)
            }
        }
        let ofFirst = try database.readNow {
            try $0.values("SELECT topic FROM call_topic WHERE call = 'c0' ORDER BY topic", as: String.self)
        }
        let all = try choices([], most: 1_000)
        #expect(all.calls.count == 230 && !all.hasOlderTopics && all.topics.count > 4)
        let exact = try choices([], most: all.topics.count)
        #expect(!exact.hasOlderTopics && exact.topics.map(\.id) == all.topics.map(\.id))
        let few = try choices([], most: 3)
        #expect(few.hasOlderTopics && few.topics.map(\.id) == all.topics.prefix(3).map(\.id))
        let own = try choices([("call", "c0")], most: 3)
        #expect(!own.hasOlderTopics && own.topics.map(\.id).sorted() == ofFirst && ofFirst.count > 3)
        // The topic that was chosen never falls out of the form, and one that no call lets does not come in.
        let oldest = try #require(all.topics.last).id
        #expect(try choices([("topic", oldest)], most: 3).topics.map(\.id).last == oldest)
        #expect(try choices([("topic", "x")], most: 3).topics.count == 3)
    }

    @Test func `plans of a call, proposals of a definition and open draws end at no number`() async throws {
        let database = try Database.inMemory(copying: try await database())
        try database.writeNow { store in
            for number in 0..<230 {
                _ = try store.run(
                    """
                    INSERT INTO assignment_plan (id, call, made_by, made_at, objective, keeps_invited, salt, rules,
                      lexicon, summary, public_gap)
                    VALUES (\("plan\(number)"), 'c1', 'p1', \(number), 'total', \(true), '', '', '', '{}', 0)
                    """)
                _ = try store.run(
                    """
                    INSERT INTO definition_proposal (fact, programme, digest, replaces, at, grounds, moving, files,
                      answer)
                    VALUES (\(number), 'p', 'd', '', 0, '', '[]', '{}', 'refused')
                    """)
                _ = try store.run(
                    """
                    INSERT INTO draw (id, purpose, about_kind, about_id, title, places, alternates, by_class, asked_at)
                    VALUES (\("draw\(number)"), 'panel', 'call', 'c1', '抽取', 1, 0, \(false), \(number))
                    """)
            }
        }
        let counts = try database.readNow { store in
            [
                try PlanQueries.all(in: ID("c1"), store).count,
                try DefinitionQueries.all(of: "p", store).count, try DrawQueries.open(store).count,
            ]
        }
        #expect(counts == [230, 230, 230])
        let calls = try database.readNow { try DrawQueries.calls($0) }
        #expect(Set(calls.map(\.id)) == ["c0", "c1", "c2"])
    }

    @Test func `what was made up begins the list or finds nothing, and never fails`() async throws {
        let database = try await database()
        try database.readNow { store in
            // As they come in from an address: without what no keyboard makes.
            for text in Self.hostile.map(FormParsing.normalised) {
                let after = ListPlace(text: text)
                for sort in ["name", "-organisation", "no-such"] {
                    let filter = PeopleFilter(FormFields([("sort", sort), ("after", text)]))
                    _ = try PeopleQueries.people(filter, at: Self.now, store)
                }
                for state in PaymentState.allCases {
                    for sort in ["", "amount", "-payee", "number"] {
                        let filter = PaymentFilter(
                            FormFields([
                                ("sort", sort), ("after", text), ("least", text), ("from", text),
                                ("call", text), ("state", text),
                            ]))
                        _ = try Payments.page(state, filter, for: .anyone, store)
                        _ = try Payments.totals(filter, for: .anyone, store)
                    }
                }
                for sort in CallSort.allCases {
                    let query = FormFields([("sort", sort.rawValue), ("after", text), ("year", text)])
                    _ = try CallQueries.page(CallFilter(query), at: Self.now, store)
                }
                for sort in NoticeSort.allCases {
                    let query = FormFields([("sort", sort.rawValue), ("after", text), ("year", text)])
                    _ = try Notices.page(NoticeFilter(query), at: Self.now, store)
                }
                _ = try TopicQueries.ready(text, openOnly: true, after: after, at: Self.now, store)
                _ = try TopicQueries.desk(of: ID(text), after: after, store)
                _ = try LedgerPage.entries(after: after, store)
                _ = try ProblemQueries.own(ID("p1"), after: after, store)
                _ = try ProblemQueries.list(ProblemFilter(FormFields([("after", text)])), at: Self.now, store)
                _ = try MeetingQueries.page(of: nil, after: after, store)
                _ = try DrawQueries.page(committedOnly: true, offices: [], after: after, store)
                _ = try ConflictQueries.page(after: after, store)
                _ = try PlanQueries.signed(after: after, store)
                let viewer = Viewer(person: ID("p1"), name: "人", tenures: [], legalEntity: nil)
                _ = try StatementQueries.waiting(for: viewer, after: after, store)
                _ = try CaseChoices(CaseFilter(FormFields([("call", text), ("topic", text)])), viewer, store)
            }
        }
    }

    // MARK: - rows

    private static func fill(_ store: Transaction, _ chance: inout SplitMix64) throws {
        func near() -> Int64 { now.rawValue + Int64(chance.below(40) - 20) * 86_400_000 }
        for place in 0..<12 {
            _ = try store.run(
                """
                INSERT INTO organisation (id, name, name_en, pinyin, kind, legal_entity)
                VALUES (\("u\(place)"), \("大学\(place)"), '', \("p\(place % 5)"), 'university', \("u\(place)"))
                """)
        }
        for number in 0..<220 {
            let id = "p\(number)"
            let pinyin = "ren\(chance.below(30))"
            _ = try store.run(
                """
                INSERT INTO person (id, name, pinyin, email, organisation, demo)
                VALUES (\(id), \("人\(number)"), \(pinyin), \("\(id)@jiebang.example"), \("u\(chance.below(12))"), \(true))
                """)
            for term in Set([pinyin, "人\(number)", "\(number)"]) {
                _ = try store.run("INSERT INTO person_term (term, person) VALUES (\(term), \(id))")
            }
            for role in ["applicant", "expert"] where chance.below(2) == 0 {
                _ = try store.run(
                    """
                    INSERT INTO tenure (person, role, organisation, from_at) VALUES (\(id), \(role), 'u1', 0)
                    """)
            }
        }
        for number in 0..<230 {
            // One is open now, and longer than any other.
            let opens = number == 0 ? now.rawValue - 86_400_000 : near()
            let days = number == 0 ? 40 : 1 + chance.below(9)
            _ = try store.run(
                """
                INSERT INTO call (id, programme, digest, number, title, year, opens_at, closes_at, version,
                  published_at, budget, body)
                VALUES (\("c\(number)"), 'p', 'd', \("N-\((number * 97) % 230)"), \("批次\(number)"), 2026, \(opens),
                  \(opens + Int64(days) * 86_400_000), 1, 0, \(chance.below(6) * 1000), '')
                """)
        }
        for number in 0..<260 {
            let closed: Int64? = chance.below(2) == 0 ? nil : near()
            _ = try store.run(
                """
                INSERT INTO notice (id, call, opened_at, ends_at, closed_at)
                VALUES (\("n\(number)"), \("c\(chance.below(230))"), \(near()), \(near()), \(closed))
                """)
        }
        for number in 0..<240 {
            let state = number < 4 ? .ready : Topic.State.allCases[chance.below(4)]
            let closed: Int64? = state.isClosed ? near() : nil
            _ = try store.run(
                """
                INSERT INTO topic (id, number, state, version, round, title, user_name, ceiling, body, opened_at,
                  closed_at)
                VALUES (\("t\(number)"), \("T-\(number)"), \(state.rawValue), 1, 0, '题', '用户', 0, '{}', \(near()),
                  \(closed))
                """)
            for call in number < 4 ? [0] : Set((0..<chance.below(3)).map { _ in chance.below(230) }) {
                _ = try store.run(
                    "INSERT INTO call_topic (call, topic, place) VALUES (\("c\(call)"), \("t\(number)"), 1)")
            }
        }
        for number in 0..<150 {
            let bytes: [UInt8] = [0]
            _ = try store.run(
                """
                INSERT INTO fact (number, at, kind, subject_kind, subject_id, salt, payload_hash, entry)
                VALUES (\(number), 0, 'payment.paid', 'application', \("a\(number)"), \(bytes), \(bytes), \(bytes))
                """)
            for line in 0..<2 {
                _ = try store.run(
                    """
                    INSERT INTO ledger_entry (fact, line, at, from_account, to_account, amount, subject_kind, subject_id)
                    VALUES (\(number), \(line), 0, 'treasury', 'budget:c1', 1, 'application', \("a\(number)"))
                    """)
            }
        }
        try fillPayments(store, &chance)
        try fillPlans(store, near)
        try fillStatements(store, near)
    }

    private static func fillPlans(_ store: Transaction, _ near: () -> Int64) throws {
        for number in 0..<120 {
            let signed = AssignmentPlanSigned(
                plan: ID("s\(number)"), call: ID("c\(number % 3)"), objective: .total,
                summary: AssignmentPlan.Summary(
                    applications: 1, experts: 3, candidates: 3, wanted: 3, assigned: 3, total: 300,
                    worst: 300,
                    tenthPercentile: 300, gap: 0, floor: nil, price: nil, worstOfTotal: nil, added: 3,
                    kept: 0,
                    removed: 0, outside: 0, barred: [:]), documents: [:], published: [:], publicGap: 0)
            _ = try store.run(
                """
                INSERT INTO signed_plan (plan, call, fact, signed_by, signed_at, body)
                VALUES (\(signed.plan), \(signed.call), \(number), 'p1', \(near()), \(try Canonical.json(signed)))
                """)
        }
    }

    /// Two steps of 130 dossiers, at one of which nothing is ever late; and one step by itself.
    private static func fillStatements(_ store: Transaction, _ near: () -> Int64) throws {
        func put(_ application: String, _ step: String, _ due: Int64?) throws {
            _ = try store.run(
                """
                INSERT INTO open_step (application, step, kind, call, holder, since, due_at)
                VALUES (\(application), \(step), 'statement', 'c1', 'applicant', 0, \(due))
                """)
        }
        for number in 0..<130 {
            try put("a\(number)", "letter", near())
            try put("a\(number)", "report", nil)
        }
        try put("a399", "single", nil)
    }

    private static func fillPayments(_ store: Transaction, _ chance: inout SplitMix64) throws {
        for number in 0..<400 {
            let id = "a\(number)"
            let state = PaymentState.allCases[number % 5]
            let due: Int64? =
                chance.below(4) == 0 ? nil : now.rawValue + Int64(chance.below(20) - 10) * 86_400_000
            _ = try store.run(
                """
                INSERT INTO application (id, call, programme, digest, number, owner, owner_name, university,
                  university_name, title, discipline, amount, fact, version, first_submitted_at, submitted_at,
                  step, step_kind, holder, state, due_at)
                VALUES (\(id), \("c\(chance.below(3))"), 'p', 'd', \("N-\((number * 7919) % 400)"), 'p1', '人',
                  \("u\(chance.below(12))"), '大学', '题目', '63010', 100, \(number), 1, 0, 0, 'x', 'prepare-payment',
                  'finance', 'open', \(due))
                """)
            _ = try store.run(
                """
                INSERT INTO open_step (application, step, kind, call, holder, since, due_at, number)
                SELECT id, step, step_kind, call, holder, 0, due_at, number FROM application WHERE id = \(id)
                """)
            for part in 0..<2 {
                let amount = Int64(1 + chance.below(5)) * 100
                _ = try store.run(
                    """
                    INSERT INTO instalment (application, id, place, amount, upon)
                    VALUES (\(id), \("i\(part)"), \(part), \(amount), 'contract')
                    """)
                guard state != .toPrepare else { continue }
                let at = now.rawValue + Int64(chance.below(12) - 6) * 86_400_000
                let (approved, paid): (Int64?, Int64?) = (
                    state == .approved || state == .paid ? at : nil, state == .paid ? at : nil
                )
                _ = try store.run(
                    """
                    INSERT INTO payment (id, application, instalment, amount, payee, state, prepared_at, approved_at,
                      paid_at)
                    VALUES (\("y\(number)-\(part)"), \(id), \("i\(part)"), \(amount), \("u\(chance.below(12))"),
                      \(state.rawValue), \(at), \(approved), \(paid))
                    """)
            }
        }
    }
}
