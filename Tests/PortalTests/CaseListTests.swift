import Lifecycle
import Store
import Testing

@testable import Portal

/// The list's paging and its indices, on rows of the projected table alone.
struct CaseListTests {
    private static let officer = ID<Person>("officer")

    private static let filled = Once<Int, Database>()

    private func database(_ count: Int) async throws -> Database {
        try Database.inMemory(copying: try await Self.filled.made(count) { try Self.fill(count) })
    }

    private static func fill(_ count: Int) throws -> Database {
        let database = try Database.inMemory()
        _ = try Migrator(try House.migrations()).migrate(database)
        var chance = SplitMix64(seed: 5)
        try database.writeNow { store in
            for place in 0..<20 {
                _ = try store.run(
                    """
                    INSERT INTO organisation (id, name, name_en, pinyin, kind, legal_entity)
                    VALUES (\("u\(place)"), \("大学\(place)"), '', \("p\((place * 7) % 20)"), 'university', \("u\(place)"))
                    """)
            }
            for number in 0..<count {
                let due: Int64? = chance.below(3) == 0 ? nil : Int64(1_780_000_000_000 + chance.below(50))
                let step = Step.Kind.allCases[chance.below(4)].rawValue
                _ = try store.run(
                    """
                    INSERT INTO application (id, call, programme, digest, number, owner, owner_name, university,
                      university_name, title, discipline, amount, fact, version, first_submitted_at, submitted_at,
                      step, step_kind, holder, state, due_at)
                    VALUES (\("a\(number)"), \("c\(chance.below(3))"), 'p', 'd', \("N-\(100_000 + (number * 7919) % count)"),
                      \("o\(number % 97)"), \("人\(number % 97)"), \("u\(chance.below(20))"), '大学', \("题目\(number)"),
                      \("\(63010 + chance.below(3) * 100)"), 100, \(number), 1, 0, \(1_780_000_000_000 + chance.below(40)),
                      \(step), \(step), 'x', 'open', \(due))
                    """)
            }
        }
        return database
    }

    private var viewer: Viewer {
        Viewer(
            person: Self.officer, name: "官员",
            tenures: [
                Tenure(
                    person: Self.officer, role: .programmeOfficer, organisation: ID("commission"),
                    from: Instant(milliseconds: 0))
            ], legalEntity: nil)
    }

    private func walk(_ query: String, _ database: Database) throws -> [ID<Application>] {
        var filter = CaseFilter(try FormParsing.urlencoded(Array(query.utf8)))
        var found: [ID<Application>] = []
        while true {
            let page = try database.readNow { store in try CaseQueries.page(filter, for: viewer, store) }
            found += page.rows.map(\.record.id)
            guard let next = page.next else { return found }
            filter.after = next
        }
    }

    @Test(arguments: ["number", "university", "submitted", "due"], [130, 1300])
    func `pages of every order hold each application once, in both directions`(sort: String, count: Int)
        async throws
    {
        let database = try await database(count)
        let up = try walk("sort=\(sort)", database)
        #expect(up.count == count && Set(up).count == count)
        #expect(try walk("sort=-\(sort)", database) == up.reversed())
    }

    @Test func `an application that arrives while somebody pages moves nothing already read`() async throws {
        let database = try await database(200)
        var filter = CaseFilter(FormFields())
        let first = try database.readNow { try CaseQueries.page(filter, for: viewer, $0) }
        try database.writeNow { store in
            _ = try store.run("UPDATE application SET number = 'A-0' WHERE id = \(first.rows[30].record.id)")
        }
        filter.after = try #require(first.next)
        let second = try database.readNow { try CaseQueries.page(filter, for: viewer, $0) }
        #expect(Set(first.rows.map(\.record.id)).isDisjoint(with: second.rows.map(\.record.id)))
        #expect(second.rows.count == 50)
    }

    @Test func `counting stops at a thousand and says so`() async throws {
        let page = try await database(1300).readNow {
            try CaseQueries.page(CaseFilter(FormFields()), for: viewer, $0)
        }
        #expect(page.count == 1000 && page.isCapped)
    }

    @Test(arguments: [
        "", "step=review", "call=c1&step=review", "state=open", "university=u3", "discipline=630",
        "q=题目1&step=review",
        "step=review&discipline=630", "sort=due", "sort=submitted", "sort=university",
    ])
    func `no list reads the whole table`(query: String) async throws {
        let database = try await database(50)
        let filter = CaseFilter(try FormParsing.urlencoded(Array(query.utf8)))
        let plans = try database.readNow { store -> [String] in
            let scope = try CaseScope(viewer, store)
            return try [
                CaseQueries.keysQuery(filter, .none, scope, most: 1001),
                CaseQueries.orderedQuery(filter, .none, scope, most: 51),
            ].flatMap { statement in
                try store.rawRows("EXPLAIN QUERY PLAN \(sql: statement)").map { try $0.text("detail") }
            }
        }
        for line in plans where line.contains("application") {
            #expect(line.contains("INDEX"), "\(query): \(plans)")
        }
    }

    @Test func `a place in the pages that was made up is ignored or finds nothing, and never fails`()
        async throws
    {
        let database = try await database(60)
        for after in ["", "|", "x|y", "1|2|3", "'; DROP TABLE application", "9999999999999999999999|1"] {
            for sort in CaseSort.allCases {
                let filter = CaseFilter(
                    FormFields([("sort", sort.rawValue), ("after", after)]))
                _ = try database.readNow { try CaseQueries.page(filter, for: viewer, $0) }
            }
        }
    }
}
