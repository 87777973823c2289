import Lifecycle

/// Payments as a table for a spreadsheet: UTF-8 with a byte order mark, and no cell that a spreadsheet would
/// compute.
enum PaymentsTable {
    static func csv(_ lines: [PaymentLine], _ labels: InstalmentLabels, _ words: Words.Catalogue) -> [UInt8] {
        let heads = [
            "number", "project", "investigator", "payee", "instalmentHead", "yuan", "stateHead", "preparedBy",
            "preparedAt", "approvedBy", "approvedAt", "paidAt", "reference",
        ]
        var text = "\u{FEFF}" + heads.map { cell(words["payment.\($0)"]) }.joined(separator: ",") + "\r\n"
        for line in lines {
            let cells = [
                line.number, line.title, line.ownerName, line.payee,
                labels.text(line, words.language), line.amount.plainYuan,
                words["payment.state.\(line.state)"], line.preparedBy ?? "", line.preparedAt?.text ?? "",
                line.approvedBy ?? "", line.approvedAt?.text ?? "", line.paidAt?.text ?? "",
                line.reference ?? "",
            ]
            text += cells.map(cell).joined(separator: ",") + "\r\n"
        }
        return Array(text.utf8)
    }

    /// Quoted, with an apostrophe before what would be read as a formula.
    static func cell(_ text: String) -> String {
        let first = text.unicodeScalars.first
        let isFormula = first.map { "=+-@\t\r＝＋－＠".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
