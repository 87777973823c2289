import Lifecycle

/// Payments as a table for a spreadsheet.
enum PaymentsTable {
    static func csv(
        _ lines: [PaymentLine], _ labels: InstalmentLabels, _ words: Words.Catalogue
    ) -> [UInt8] {
        let head = [
            "number", "project", "investigator", "payee", "instalmentHead", "yuan", "stateHead", "preparedBy",
            "preparedAt", "approvedBy", "approvedAt", "paidAt", "reference",
        ].map { words["payment.\($0)"] }
        return CSVText.file([head] + lines.map { cells($0, labels, words) })
    }

    private static func cells(
        _ line: PaymentLine, _ labels: InstalmentLabels, _ words: Words.Catalogue
    ) -> [String] {
        let cells: [String?] = [
            line.number, line.title, line.ownerName, line.payee, labels.text(line, words.language),
            line.amount.plainYuan, words["payment.state.\(line.state.rawValue)"], line.preparedBy,
            line.preparedAt?.text, line.approvedBy, line.approvedAt?.text, line.paidAt?.text, line.reference,
        ]
        return cells.map { $0 ?? "" }
    }
}
