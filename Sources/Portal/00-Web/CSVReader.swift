/// What is wrong with a CSV text, and where (line and column from 1, columns in characters of Unicode).
package struct CSVProblem: Error, Equatable, CustomStringConvertible {
    package var line: Int
    package var column: Int
    package var text: String

    package init(line: Int, column: Int, text: String) {
        self.line = line
        self.column = column
        self.text = text
    }

    package var description: String { "\(line):\(column): error: \(text) [csv]" }
}

/// One record with the line it began on, its fields reachable by the header's names.
package struct CSVRecord: Sendable {
    package var line: Int
    package var fields: [String]
    var columns: [String: Int]

    /// The field under `name`, or nil when the header has no such column.
    package subscript(name: String) -> String? {
        columns[name].map { fields[$0] }
    }

    /// The field under `name`; a missing column or an empty field is a problem of this line.
    package func required(_ name: String) throws(CSVProblem) -> String {
        guard let at = columns[name] else {
            throw CSVProblem(line: 1, column: 1, text: "no column “\(name)”")
        }
        guard !fields[at].isEmpty else {
            throw CSVProblem(line: line, column: 1, text: "“\(name)” is empty")
        }
        return fields[at]
    }
}

/// A reader of RFC 4180 CSV: quoted fields with doubled quotes and line breaks, CRLF or LF, an optional
/// byte order mark. Every record must have as many fields as the header; blank lines are skipped.
package enum CSVReader {
    /// The records below the header line. Column names must differ.
    package static func records(_ text: String) throws(CSVProblem) -> [CSVRecord] {
        var rows = try Scan(text).rows()
        guard !rows.isEmpty else { throw CSVProblem(line: 1, column: 1, text: "no header line") }
        let header = rows.removeFirst()
        var columns: [String: Int] = [:]
        for (at, name) in header.fields.enumerated() where columns.updateValue(at, forKey: name) != nil {
            throw CSVProblem(line: header.line, column: 1, text: "two columns are named “\(name)”")
        }
        var records: [CSVRecord] = []
        for row in rows {
            guard row.fields.count == header.fields.count else {
                throw CSVProblem(
                    line: row.line, column: 1,
                    text: "\(row.fields.count) fields where the header has \(header.fields.count)")
            }
            records.append(CSVRecord(line: row.line, fields: row.fields, columns: columns))
        }
        return records
    }

    /// The records of UTF-8 bytes; a malformed byte is a problem at the line where it stands.
    package static func records(utf8 bytes: [UInt8]) throws(CSVProblem) -> [CSVRecord] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CSVProblem(line: badLine(bytes), column: 1, text: "not UTF-8")
        }
        return try records(text)
    }

    private static func badLine(_ bytes: [UInt8]) -> Int {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        return (bad ?? 0) + 1
    }
}

/// One pass over the text. Works on scalars, because Swift sees CR LF as a single character.
private struct Scan {
    private let scalars: [Unicode.Scalar]
    private var at = 0
    private var line = 1
    private var column = 1

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { at = 1 }
    }

    func rows() throws(CSVProblem) -> [(line: Int, fields: [String])] {
        var scan = self
        var rows: [(line: Int, fields: [String])] = []
        while scan.at < scan.scalars.count {
            let start = scan.line
            let fields = try scan.row()
            if fields != [""] { rows.append((start, fields)) }
        }
        return rows
    }

    private mutating func row() throws(CSVProblem) -> [String] {
        var fields: [String] = []
        while true {
            fields.append(peek == "\"" ? try quoted() : try plain())
            guard peek == "," else { break }
            advance()
        }
        if peek == "\r" { advance() }
        if peek == "\n" { advance() }
        return fields
    }

    private mutating func plain() throws(CSVProblem) -> String {
        var field = String.UnicodeScalarView()
        while let scalar = peek, scalar != ",", scalar != "\n", !atReturn {
            guard scalar != "\"" else { throw problem("a quote inside an unquoted field") }
            field.append(scalar)
            advance()
        }
        return String(field)
    }

    private mutating func quoted() throws(CSVProblem) -> String {
        let opening = problem("a quote that is never closed")
        var field = String.UnicodeScalarView()
        advance()
        while let scalar = peek {
            advance()
            if scalar != "\"" {
                field.append(scalar)
            } else if peek == "\"" {
                field.append("\"")
                advance()
            } else {
                guard peek == nil || peek == "," || peek == "\n" || atReturn else {
                    throw problem("text after a closing quote")
                }
                return String(field)
            }
        }
        throw opening
    }

    private var peek: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    /// A return ends a record only before a line feed or at the end; elsewhere it is part of the field.
    private var atReturn: Bool {
        peek == "\r" && (at + 1 == scalars.count || scalars[at + 1] == "\n")
    }

    private mutating func advance() {
        if scalars[at] == "\n" {
            line += 1
            column = 1
        } else {
            column += 1
        }
        at += 1
    }

    private func problem(_ text: String) -> CSVProblem {
        CSVProblem(line: line, column: column, text: text)
    }
}
