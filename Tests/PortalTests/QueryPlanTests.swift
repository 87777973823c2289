import Foundation
import Lifecycle
import Synchronization
import Testing

@testable import Portal
@testable import Store

/// Every statement that the pages run is put to the engine: how would it find the rows? What reads a whole table
/// that grows with people or applications is found here, and not by whoever opens the page in the tenth year.
struct QueryPlanTests {
    /// Tables that stay small whatever happens: organisations, calls, topics, definitions, experts, rounds, notices and
    /// draws.
    private static let small: Set<String> = [
        "organisation", "call", "call_version", "call_draft", "programme_definition", "work_calendar",
        "selection",
        "notice", "expert", "expert_kind", "role_proposal", "application_count", "endorsement_list",
        "saved_view",
        "house_setting", "checkpoint", "schema_migration", "signed_plan", "draw",
        "topic", "call_topic", "meeting", "call_asked", "call_joined", "definition_in_force",
        "definition_proposal",
    ]

    private struct Allowed {
        /// A part of the statement, with white space made single.
        let statement: String
        let table: String
        let reason: String
    }

    private static let allowed: [Allowed] = [
        Allowed(
            statement: "FROM person LEFT JOIN organisation ON organisation.id = person.organisation WHERE",
            table: "person", reason: "walks the index of names, and ends with the page"),
        Allowed(
            statement: "'' AS pinyin FROM application WHERE", table: "application",
            reason:
                "a list without a filter that narrows stops at a thousand keys, along an index that holds them"
        ),
        Allowed(
            statement: "COALESCE(organisation.pinyin, '') AS pinyin FROM application LEFT JOIN organisation",
            table: "application",
            reason: "the same list by university: it stops at a thousand keys too"),
        Allowed(
            statement: "FROM attempt WHERE last_at", table: "attempt",
            reason: "failed sign-ins, for the security administrator's page alone"),
        Allowed(
            statement: "SELECT account, balance FROM account_balance ORDER BY account",
            table: "account_balance", reason: "the page is the whole of the ledger's balances"),
        Allowed(
            statement: "SELECT COUNT(*) FROM declared_conflict", table: "declared_conflict",
            reason: "the overseers' page says how many declarations there are, along an index"),
    ]

    @Test func `no page reads the whole of a table that grows`() async throws {
        let statements = Mutex<Set<String>>([])
        let city = try await JournalCity.copy()
        let database = try Database.open(
            path: "\(city.folder)/jiebang.sqlite",
            Database.Options(watch: { text in _ = statements.withLock { $0.insert(text) } }))
        let house = try await House.open(
            database: database, plan: try Season.plan.get(),
            options: House.Options(data: city.folder, demo: true), shipped: try await Season.shipped)
        var kinds: Set<String> = []
        for member in [nil] + DemoCast.members.map(\.key) {
            let browser = Browser(house)
            if let member {
                let email = DemoCast.email(of: member)
                let person = try city.database.readNow { store in
                    try store.value("SELECT id FROM person WHERE email = \(email)", as: ID<Person>.self)
                }
                try browser.signIn(try #require(person), house)
            }
            kinds.formUnion(try await Crawl(browser: browser).walk(from: Self.starts))
        }
        try database.close()
        #expect(kinds.count > 50, "few pages were opened: \(kinds.sorted())")
        let asked = statements.withLock { $0 }.filter { text in
            // In an empty list nothing is looked for, however it is looked for.
            (text.hasPrefix("SELECT") || text.hasPrefix("WITH")) && !text.contains("IN ()")
        }
        #expect(asked.count > 150)

        var used: Set<String> = []
        var found: [String] = []
        for statement in asked.sorted() {
            let text = statement.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for (table, step) in try scans(of: statement, in: city) where !Self.small.contains(table) {
                if let allowed = Self.allowed.first(where: {
                    $0.table == table && text.contains($0.statement)
                }) {
                    used.insert(allowed.statement)
                } else {
                    found.append("\(step)\n    \(text)")
                }
            }
        }
        #expect(found.isEmpty, "\n\(found.joined(separator: "\n"))")
        for line in Self.allowed {
            #expect(used.contains(line.statement), "nothing needs it: \(line.reason)")
        }
    }

    @Test func `a scan hides neither behind an alias nor behind an index`() async throws {
        let city = try await JournalCity.copy()
        func tables(_ statement: String) throws -> [String] {
            try scans(of: statement, in: city).map(\.table)
        }
        #expect(try tables("SELECT * FROM person AS somebody WHERE somebody.title = ?") == ["person"])
        #expect(try tables("SELECT id FROM person ORDER BY pinyin, id") == ["person"])
        #expect(try tables("SELECT * FROM person WHERE id = ?").isEmpty)
        #expect(
            try tables(
                "SELECT 1 FROM call WHERE EXISTS (SELECT 1 FROM application AS other WHERE other.born = ?)"
            )
            .contains("application"))
    }

    @Test func `who waits in a call is found by what waits, and not by walking the call`() async throws {
        let statements = Mutex<Set<String>>([])
        let city = try await JournalCity.copy()
        let database = try Database.open(
            path: "\(city.folder)/jiebang.sqlite",
            Database.Options(watch: { text in _ = statements.withLock { $0.insert(text) } }))
        let house = try await House.open(
            database: database, plan: try Season.plan.get(),
            options: House.Options(data: city.folder, demo: true), shipped: try await Season.shipped)
        try database.readNow { store in
            let call = try #require(try store.value("SELECT MIN(id) FROM call", as: ID<Call>.self))
            let officer = try #require(try store.value("SELECT MIN(id) FROM person", as: ID<Person>.self))
            _ = try MeetingQueries.candidates(in: call, for: officer, store)
            _ = try AppraisalQueries.waiting(in: call, for: officer, after: "", house, store)
        }
        try database.close()
        let asked = statements.withLock { $0 }.filter {
            $0.contains("FROM (SELECT DISTINCT open_step.application")
        }
        #expect(asked.count == 2)
        for statement in asked {
            let plan = try city.database.readNow { try $0.plan(of: statement) }
            #expect(
                plan.contains {
                    $0.hasPrefix("SEARCH open_step ")
                        && $0.hasSuffix("INDEX open_step_call (call=? AND kind=?)")
                }, "\(plan)")
            #expect(
                plan.contains("SEARCH application USING INDEX sqlite_autoindex_application_1 (id=?)"),
                "\(plan)")
        }
    }

    @Test func `a page of a work list is read along the numbers of what waits, and ends with the page`()
        async throws
    {
        let statements = Mutex<Set<String>>([])
        let city = try await JournalCity.copy()
        let database = try Database.open(
            path: "\(city.folder)/jiebang.sqlite",
            Database.Options(watch: { text in _ = statements.withLock { $0.insert(text) } }))
        let house = try await House.open(
            database: database, plan: try Season.plan.get(),
            options: House.Options(data: city.folder, demo: true), shipped: try await Season.shipped)
        try database.readNow { store in
            let (call, officer) = (ID<Call>("none"), ID<Person>("none"))
            _ = try ScreeningQueries.waiting(in: call, for: officer, after: "", house, store)
            _ = try ReviewQueries.underReview(in: call, for: officer, after: "", store)
        }
        try database.close()
        let asked = statements.withLock { $0 }.filter { $0.contains("ORDER BY open_step.number LIMIT") }
        #expect(asked.count == 2)
        for statement in asked {
            let plan = try city.database.readNow { try $0.plan(of: statement) }
            #expect(
                plan.contains { $0.hasSuffix("INDEX open_step_number (call=? AND kind=? AND number>?)") },
                "\(plan)")
            #expect(!plan.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }, "\(plan)")
        }
    }

    private static let starts = [
        "/", "/todo", "/cases", "/people", "/people?q=wang", "/people?role=expert", "/people?organisation=x",
        "/organisations", "/cases?q=研究", "/cases?q=2026&sort=-due", "/cases?sort=university",
        "/cases?state=refused",
        "/cases?discipline=630", "/cases?university=university-10011&step=review", "/admin/facts",
        "/admin/facts?kind=record.read", "/conflicts/all", "/calls?q=x", "/lists", "/payments",
        "/payments/ledger", "/draws", "/jobs", "/statements", "/people?sort=organisation",
        "/people?sort=-organisation&role=expert", "/people?sort=organisation&after=a%7Cb%7Cc%7Cd",
        "/people.csv?role=finance", "/payments?state=paid", "/payments?state=paid&sort=amount&least=1",
        "/payments?state=approved&sort=payee", "/payments?call=x", "/payments?university=university-10011",
        "/payments?from=2026-01-01", "/payments/ledger?after=5%7C1", "/notices?q=x&state=closed",
        "/calls?sort=-closes&after=1%7Cx", "/topics?open=1", "/office/topics", "/meetings",
    ]

    /// Tables that a statement reads from end to end, with the engine's words.
    private func scans(of statement: String, in city: JournalCity) throws -> [(table: String, step: String)] {
        var names: [String: String] = [:]
        for match in statement.matches(of: /(?:FROM|JOIN)\s+"?([a-z_]+)"?\s+AS\s+([a-z_]+)/) {
            names[String(match.2)] = String(match.1)
        }
        let tables = try city.database.readNow { store in
            Set(try store.values("SELECT name FROM sqlite_master WHERE type = 'table'", as: String.self))
        }
        return try city.database.readNow { try $0.plan(of: statement) }.compactMap { step in
            guard let match = step.wholeMatch(of: /SCAN ([a-z_]+).*/) else { return nil }
            let name = names[String(match.1)] ?? String(match.1)
            // What is no table is a part of the statement, whose own steps stand beside it.
            return tables.contains(name) ? (name, step) : nil
        }
    }
}
