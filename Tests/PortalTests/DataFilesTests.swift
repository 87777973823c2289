import Testing

@testable import Portal

@Suite struct DataFilesTests {
    @Test func `all ninety-two universities are there with their group and sort key`() throws {
        let universities = try DataFiles.universities()
        #expect(universities.count == 92)
        #expect(Set(universities.map(\.code)).count == 92)
        let groups = Dictionary(grouping: universities, by: \.group).mapValues(\.count)
        #expect(groups == ["中央在京": 40, "市属": 37, "民办": 15])
        for university in universities {
            #expect(university.code.hasSuffix(university.institutionCode), "\(university.name)")
            #expect(university.namePinyin.allSatisfy { ("a"..."z").contains($0) || $0 == " " })
            #expect(university.namePinyin.hasPrefix("shoudu") == university.name.hasPrefix("首都"))
        }
        let rescue = try #require(universities.first { $0.name == "中国消防救援学院" })
        #expect(rescue.note?.contains("未逐字核实") == true)
        let technology = try #require(universities.first { $0.institutionCode == "10005" })
        #expect(technology.namePinyin == "beijing gongye daxue")
        #expect(technology.nameEnglish == "Beijing University of Technology")
    }

    @Test func `the disciplines have the standard's counts and each second level its parent`() throws {
        let disciplines = try DataFiles.disciplines()
        let first = Set(disciplines.filter { $0.level == 1 }.map(\.code))
        #expect(first.count == 62)
        #expect(disciplines.count { $0.level == 2 } == 738)
        for discipline in disciplines where discipline.level == 2 {
            #expect(discipline.parent.map(first.contains) == true, "\(discipline.code)")
        }
    }

    @Test func `the holidays know a festival and the working Sunday that pays for it`() throws {
        let holidays = try DataFiles.holidays()
        #expect(holidays.contains(HolidayRecord(date: "2025-10-01", kind: .holiday, festival: "国庆节")))
        #expect(holidays.contains(HolidayRecord(date: "2025-09-28", kind: .workday, festival: "国庆节")))
        #expect(holidays.allSatisfy { ("2024-01-01"..."2026-12-31").contains($0.date) })
    }
}

@Suite struct CSVReaderTests {
    @Test(arguments: ["\n", "\r\n"])
    func `quotes, doubled quotes, breaks inside fields and a byte order mark are read`(end: String) throws {
        let text = "\u{FEFF}a,b\(end)\"x, \"\"y\"\"\",\"two\(end)lines\"\(end)\(end),last\(end)"
        let records = try CSVReader.records(text)
        #expect(records.map(\.fields) == [["x, \"y\"", "two\(end)lines"], ["", "last"]])
        #expect(records.map(\.line) == [2, 5])
        #expect(records[1]["b"] == "last")
        #expect(records[1]["c"] == nil)
    }

    @Test func `the last line needs no line break`() throws {
        #expect(try CSVReader.records("a\n甲").map(\.fields) == [["甲"]])
        #expect(try CSVReader.records("a\n\"甲\"").map(\.fields) == [["甲"]])
    }

    @Test(arguments: [
        ("", 1, 1), ("a,a\n", 1, 1), ("a,b\n1,2\n3\n", 3, 1), ("a\nx\"y\n", 2, 2), ("a\n\"open\n", 2, 1),
        ("a,b\n1,\"2\"3\n", 2, 6),
    ])
    func `a malformed text is refused at its line and column`(text: String, line: Int, column: Int) {
        let problem = #expect(throws: CSVProblem.self) { try CSVReader.records(text) }
        #expect(problem?.line == line)
        #expect(problem?.column == column)
    }

    @Test func `bytes that are not UTF-8 and empty required fields name their line`() throws {
        let broken = #expect(throws: CSVProblem.self) {
            try CSVReader.records(utf8: Array("a\nb\n".utf8) + [0xFF])
        }
        #expect(broken?.line == 3)
        let record = try #require(try CSVReader.records("a,b\n1,\n").first)
        #expect(try record.required("a") == "1")
        #expect(throws: CSVProblem(line: 2, column: 1, text: "“b” is empty")) { try record.required("b") }
    }
}
