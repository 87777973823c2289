import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// Searching by terms, and the counts that stand beside the applications.
struct SearchTests {
    // ---- terms

    @Test func `a Chinese text has a term at each character, and a Latin word one at its beginning`() {
        #expect(Terms.of("城市更新") == ["城市更新", "市更新", "更新", "新"])
        #expect(Terms.of("用BERT读诗") == ["用bert读", "bert读诗", "读诗", "诗"])
        #expect(Terms.of("（《》，") == [])
        #expect(Terms.of("一二三四五六七") == ["一二三四五六", "二三四五六七", "三四五六七", "四五六七", "五六七", "六七", "七"])
    }

    @Test func `a name is found in characters and in Latin letters, with spaces or without`() {
        let terms = Terms.ofName("欧阳 晓明", pinyin: "Ouyang Xiaoming")
        for word in ["欧阳晓明", "晓明", "明", "ouyang", "xiaomi"] { #expect(terms.contains(word), "\(word)") }
        #expect(!terms.contains("yang"))
    }

    @Test func `a range holds what begins with the word and nothing else`() {
        let (from, below) = Terms.range(of: "更新")
        func holds(_ text: String) -> Bool {
            !text.utf8.lexicographicallyPrecedes(from.utf8) && text.utf8.lexicographicallyPrecedes(below.utf8)
        }
        #expect(holds("更新") && holds("更新项目") && !holds("更") && !holds("更旧") && !holds("新"))
    }

    // ---- people

    @Test(arguments: [
        ("林一诺", true), ("一诺", true), ("诺", true), ("lin", true), ("LIN YINUO", true), ("linyinuo", true),
        ("yinuo", true), ("nuo", false), ("林二", false), ("%", false), ("_", false), ("linyinuoo", false),
    ])
    func `people are found by a part of the name or the beginning of a word of it`(
        word: String, isFound: Bool
    )
        async throws
    {
        let season = try await Season()
        let applicant = season.cast.person("applicant")
        for role in [nil, Role.applicant] {
            let filter = PeopleFilter(text: word, role: role)
            let found = try season.house.database.readNow { store in
                try PeopleQueries.people(filter, at: season.now, store).rows
            }
            #expect(found.contains { $0.id == applicant } == isFound, "\(word)")
        }
    }

    @Test func `a corrected name is found, and the one before it no longer`() async throws {
        let season = try await Season()
        let applicant = season.cast.person("applicant")
        let person = Person(
            id: applicant, name: "木双", pinyin: "mu shuang", email: "m@jiebang.example",
            organisation: DemoRegister.university("10011"), demo: true)
        _ = try season.house.changeNow(by: nil, at: season.now) { change in
            try change.append(PersonRegistered(person), about: .person(applicant))
        }
        func found(_ word: String) throws -> [ID<Person>] {
            let filter = PeopleFilter(text: word)
            return try season.house.database.readNow { store in
                try PeopleQueries.people(filter, at: season.now, store).rows.map(\.id)
            }
        }
        #expect(try found("木双") == [applicant])
        #expect(try found("林一诺").isEmpty)
    }

    // ---- applications

    @Test func `applications are found by parts of the title, by name and by number`() async throws {
        let season = try await CaseSeason()
        let database = season.season.house.database
        let (number, title, name) = try database.readNow { store in
            func text(_ query: SQL) throws -> String { try #require(try store.value(query, as: String.self)) }
            return (
                try text("SELECT number FROM application WHERE id = \(season.own)"),
                try text("SELECT title FROM application WHERE id = \(season.own)"),
                try text("SELECT owner_name FROM application WHERE id = \(season.own)")
            )
        }
        let officer = try #require(
            try database.readNow { store in
                try Viewer.find(
                    season.season.cast.person("programme-officer"), at: season.season.now, store)
            })
        func found(_ text: String) throws -> [ID<Application>] {
            let filter = CaseFilter(FormFields([("q", text)]))
            return try database.readNow { store in
                try CaseQueries.page(filter, for: officer, store).rows.map(\.record.id)
            }
        }
        // From the second character on, where a word may begin.
        let rest = title.dropFirst().drop { !$0.isLetter }
        #expect(rest.count > 12)
        for word in [
            title, String(rest.prefix(2)), String(rest.prefix(10)), name, String(name.suffix(2)), number,
            number.lowercased(), String(number.suffix(5)), "\(rest.prefix(2)) \(name)",
        ] {
            #expect(try found(word).contains(season.own), "\(word)")
        }
        for word in ["\(rest.prefix(8))没有", "没有", "\(name) 没有", "%", number + "9"] {
            #expect(try found(word).isEmpty, "\(word)")
        }
        #expect(try found(number) == [season.own])
    }

    // ---- counts

    @Test func `the counts are those of the applications, at every state a city can have`() async throws {
        let city = try await JournalCity.copy()
        struct Line: Decodable, Sendable, Hashable {
            let call: String
            let stepKind: String
            let state: String
            let reviewers: Int
            let count: Int
        }
        let (kept, counted) = try city.database.readNow { store in
            (
                try store.rows("SELECT * FROM application_count", as: Line.self),
                try store.rows(
                    """
                    SELECT call, step_kind, state, (SELECT COUNT(*) FROM assignment
                      WHERE assignment.application = application.id
                        AND assignment.state IN ('invited', 'accepted', 'submitted')) AS reviewers,
                      COUNT(*) AS count
                    FROM application GROUP BY 1, 2, 3, 4
                    """, as: Line.self)
            )
        }
        #expect(kept.count > 4)
        #expect(Set(kept) == Set(counted) && kept.count == counted.count)
    }

    @Test func `an official's counts leave out what a conflict hides`() async throws {
        let city = try await JournalCity.copy()
        let officer = ID<Person>("officer000000000")
        func total() throws -> Int {
            try city.database.readNow { store in
                try ApplicationCount.all(for: officer, store).reduce(0) { $0 + $1.count }
            }
        }
        let all = try total()
        let home = try #require(
            try city.database.readNow { store in
                try store.value(
                    "SELECT university FROM application ORDER BY number LIMIT 1", as: ID<Organisation>.self)
            })
        let there = try city.database.readNow { store in
            try store.value("SELECT COUNT(*) FROM application WHERE university = \(home)", as: Int.self) ?? 0
        }
        try city.append(
            ConflictDeclared(person: officer, about: .organisation(home)),
            about: .person(officer))
        #expect(there > 0)
        #expect(try total() == all - there)
    }
}
