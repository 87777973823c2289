/// Tables for spreadsheets (RFC 4180): UTF-8 with a byte-order mark, without which the usual program reads Chinese
/// as something else; and no cell that such a program would take for a formula.
package enum CSVText {
    package static func file(_ rows: [[String]]) -> [UInt8] {
        var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
        for row in rows {
            bytes += Array(row.map(cell).joined(separator: ",").utf8)
            bytes += [13, 10]
        }
        return bytes
    }

    /// A cell that begins as a formula does gets an apostrophe before it (OWASP, “CSV Injection”).
    package static func cell(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r\n＝＋－＠".unicodeScalars.contains(first) {
            text = "'" + text
        }
        guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}
