import Foundation

/// A university or college of Beijing as the public lists have it.
package struct UniversityRecord: Sendable, Equatable {
    /// Ten digits, the Ministry of Education's school code.
    package var code: String
    package var name: String
    /// Toneless pinyin by words; lists sort by it.
    package var namePinyin: String
    /// Its own English name, nil where we are not certain.
    package var nameEnglish: String?
    package var authority: String
    /// 本科 or 专科.
    package var level: String
    /// The five digits inside `code` that stand in project numbers.
    package var institutionCode: String
    /// 公办 or 民办.
    package var ownership: String
    /// 中央在京, 市属 or 民办.
    package var group: String
    /// What is unverified or has changed.
    package var note: String?
}

/// A first- or second-level discipline of GB/T 13745—2009.
package struct DisciplineRecord: Sendable, Equatable {
    /// Three digits at the first level, five at the second.
    package var code: String
    package var name: String
    package var level: Int
    /// The first-level code above a second-level discipline.
    package var parent: String?
    /// A natural sciences, B agriculture, C medicine, D engineering, E humanities and social sciences.
    package var category: String
    package var categoryName: String
}

/// A day on which the week's order does not hold.
package struct HolidayRecord: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case holiday
        case workday
    }

    /// ISO 8601 calendar date in Beijing.
    package var date: String
    package var kind: Kind
    package var festival: String
}

/// A fact file that could not be read, as `path:line:col: error: text [code]`.
package struct DataFileProblem: Error, CustomStringConvertible {
    package var description: String
}

/// The facts shipped beside the binary (`Data/`, origins in its README).
package enum DataFiles {
    package static func universities() throws -> [UniversityRecord] {
        try read("universities") { record throws(CSVProblem) in
            UniversityRecord(
                code: try record.required("code"), name: try record.required("name"),
                namePinyin: try record.required("name_pinyin"),
                nameEnglish: present(record["name_en"]), authority: try record.required("authority"),
                level: try record.required("level"),
                institutionCode: try record.required("institution_code"),
                ownership: try record.required("ownership"), group: try record.required("group"),
                note: present(record["note"]))
        }
    }

    package static func disciplines() throws -> [DisciplineRecord] { try standard.get() }

    // Read once: several pages list it.
    private static let standard: Result<[DisciplineRecord], any Error> = Result {
        try read("disciplines") { record throws(CSVProblem) in
            let word = try record.required("level")
            guard let level = Int(word), level == 1 || level == 2 else {
                throw CSVProblem(line: record.line, column: 1, text: "level “\(word)” is neither 1 nor 2")
            }
            return DisciplineRecord(
                code: try record.required("code"), name: try record.required("name"), level: level,
                parent: present(record["parent"]), category: try record.required("category"),
                categoryName: try record.required("category_name"))
        }
    }

    package static func holidays() throws -> [HolidayRecord] {
        try read("holidays") { record throws(CSVProblem) in
            let word = try record.required("kind")
            guard let kind = HolidayRecord.Kind(rawValue: word) else {
                throw CSVProblem(
                    line: record.line, column: 1, text: "kind “\(word)” is neither holiday nor workday")
            }
            return HolidayRecord(
                date: try record.required("date"), kind: kind, festival: try record.required("festival"))
        }
    }

    private static func present(_ field: String?) -> String? {
        field.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func read<Fact>(
        _ name: String, _ fact: (CSVRecord) throws(CSVProblem) -> Fact
    ) throws -> [Fact] {
        let path = "Data/\(name).csv"
        guard let url = Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Data")
        else {
            throw DataFileProblem(description: "\(path):1:1: error: the file is missing [data-file]")
        }
        do {
            var facts: [Fact] = []
            for record in try CSVReader.records(utf8: Array(Data(contentsOf: url))) {
                facts.append(try fact(record))
            }
            return facts
        } catch let problem as CSVProblem {
            throw DataFileProblem(description: "\(path):\(problem)")
        }
    }
}
