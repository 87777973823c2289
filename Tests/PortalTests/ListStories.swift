import Lifecycle
import Store
import Testing

@testable import Portal

/// What people do with the long lists: keep filters, take them into a spreadsheet, look further than a page.
struct ListStories {
    private static let keep = [
        ("name", "常用专家甲"), ("query", "role=expert&evil=%22%3E&sort=-organisation&after=x%7Cy"),
    ]

    @Test func `people are kept and exported by nobody whose register it is not`() async throws {
        let season = try await Season(experts: 0)
        for key in ["applicant", "research-office", "commission-leader", "finance", "audit-admin"] {
            let browser = try season.browser(as: key)
            #expect(try await browser.get("/people.csv").status == 404, "\(key)")
            for path in ["/people/views", "/people/views/remove"] {
                #expect(
                    try await browser.post(path, Self.keep, from: "/notices").status == 404, "\(key) \(path)")
            }
        }
    }

    @Test func `a view belongs to its list, and its name to nobody else's`() async throws {
        let season = try await Season(experts: 0)
        let officer = try season.browser(as: "programme-officer")
        let kept = try await officer.post("/people/views", Self.keep, from: "/people")
        #expect(kept.contains("href=\"/people?role=expert&amp;sort=-organisation\""))
        #expect(try await !officer.get("/cases").contains("常用专家甲</a>"))
        #expect(try await !season.browser(as: "auditor").get("/people").contains("常用专家甲</a></li>"))
        // One name says one thing, whichever list it is of.
        let taken = try await officer.post(
            "/cases/views", [("name", "常用专家甲"), ("query", "")], from: "/cases")
        #expect(taken.status == 422 && taken.contains("请换一个名称"))
        // Nor is it removed from another list.
        _ = try await officer.post("/cases/views/remove", [("name", "常用专家甲")], from: "/cases")
        #expect(try await officer.get("/people").contains("role=expert&amp;sort=-organisation"))
        _ = try await officer.post("/people/views/remove", [("name", "常用专家甲")], from: "/people")
        #expect(try await !officer.get("/people").contains("role=expert&amp;sort=-organisation"))
        for number in 0..<SavedViews.most {
            _ = try await officer.post(
                "/people/views", [("name", "第\(number)"), ("query", "")], from: "/people")
        }
        #expect(
            try await officer.post("/people/views", [("name", "再一"), ("query", "")], from: "/people").status
                == 422)
        #expect(
            try await officer.post("/cases/views", [("name", "再一"), ("query", "")], from: "/cases").status
                == 200)
    }

    @Test func `the spreadsheet of people runs nothing, and has what its reader sees`() async throws {
        let season = try await Season(experts: 0)
        let evil = Person(
            id: ID("evil"), name: "=HYPERLINK(\"http://x\")", pinyin: "evil", email: "evil@jiebang.example",
            organisation: DemoRegister.university("10011"), title: "+教授", demo: true)
        _ = try season.house.changeNow(by: nil, at: season.now) { change in
            try change.append(PersonRegistered(evil), about: .person(evil.id))
        }
        let csv = try await season.browser(as: "programme-officer").get("/people.csv?q=evil")
        #expect(Array(csv.bytes.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && csv.contains("'+教授"))
        #expect(csv.text.split(separator: "\r\n").count == 2)
        // Neither addresses nor birth dates, which the list does not show either.
        #expect(!csv.contains("@jiebang.example"))
        let security = try await season.browser(as: "security-admin").get("/people.csv?q=evil")
        #expect(security.contains("HYPERLINK") && !security.contains("教授"))
    }

    @Test func `payments are narrowed in the address, page and spreadsheet alike`() async throws {
        let it = try await DecisionSeason(applications: 2)
        let project = try it.contracted()
        let finance = try it.browser(as: "finance")
        let href = "/cases/\(project)/payment"
        let call = it.call
        for (query, isFound) in [
            ("", true), ("?state=to-prepare", true), ("?state=paid", false), ("?state=nonsense", true),
            ("?call=\(call)", true), ("?call=other", false), ("?university=other", false),
            ("?least=30000&most=30,000.00", true), ("?least=30000.01", false), ("?most=abc", true),
            ("?from=2020-01-01&until=2099-12-31", true), ("?until=2020-01-01", false),
            ("?state=to-prepare&sort=-amount", true), ("?state=to-prepare&after=%7C%7C", true),
        ] {
            let page = try await finance.get("/payments\(query)")
            #expect(page.status == 200 && page.contains(href) == isFound, "\(query)")
            let csv = try await finance.get("/payments.csv\(query)")
            #expect((csv.text.split(separator: "\r\n").count == 2) == isFound, "\(query)")
        }
        let sorted = try await finance.get("/payments?state=to-prepare&sort=-amount")
        #expect(sorted.contains("aria-sort=\"descending\"") && sorted.contains("共 1 笔"))
    }

    @Test func `calls and notices answer whatever stands in the address`() async throws {
        let season = try await Season(experts: 0)
        let anybody = season.publicBrowser
        for path in ["/calls", "/notices", "/topics", "/draws"] {
            for query in [
                "?after=x", "?after=1%7C2%7C3%7C4", "?sort=-number&after=%00", "?year=99999999999&q=%25",
                "?state=running",
            ] {
                #expect(try await anybody.get(path + query).status == 200, "\(path)\(query)")
            }
        }
        #expect(try await anybody.get("/calls?sort=-closes").contains(season.call.id.rawValue))
        #expect(try await !anybody.get("/calls?year=1999").contains(season.call.id.rawValue))
    }

    @Test func `a deadline in a year without published holidays says so, wherever it is shown`() async throws
    {
        let it = try await DecisionSeason(applications: 2)
        let project = try it.contracted()
        // Whose turn it is, in the to-do and on the desk; everybody else by the banner and the list of cases.
        let pages = [
            ("finance", "/todo"), ("finance", "/payments"), ("auditor", "/cases/\(project)"),
            ("auditor", "/cases"),
        ]
        func says(_ key: String, _ path: String) async throws -> Bool {
            try await it.browser(as: key).get(path).contains("放假安排待公布")
        }
        for (key, path) in pages { #expect(try await !says(key, path), "\(path)") }
        let calendar = try Canonical.json(WorkCalendar.weekendsOnly)
        try it.house.database.writeNow { store in
            _ = try store.run(
                "INSERT INTO work_calendar (fact, definition) VALUES (\(Int64(900_000_000)), \(calendar))")
        }
        for (key, path) in pages { #expect(try await says(key, path), "\(path)") }
        // The to-do says it in the line of the task, and in English too.
        let todo = try await it.browser(as: "finance").get("/todo")
        let line = try #require(
            todo.text.split(separator: "<li").first { $0.contains("/cases/\(project)/payment") })
        #expect(line.contains("年放假安排待公布"))
        #expect(
            try await it.browser(as: "finance").get("/todo?lang=en").contains("are not published yet"))
        // Where nothing is due, nothing is said.
        let reviewed = try #require(it.applications.first { $0 != project })
        #expect(try await !says("auditor", "/cases/\(reviewed)"))
    }
}
