import Lifecycle

/// The list as a table for spreadsheets: the same filters, the same sight.
enum CaseExport {
    /// More than this is a matter for a report, not for a page.
    static let most = 5000

    static func file(_ rows: [Seen<DossierRecord>], _ words: Words.Catalogue) -> [UInt8] {
        let head = [
            "number", "title", "applicant", "university", "discipline", "amountYuan", "submitted", "stepLabel",
            "stateLabel", "due",
        ].map { words["case.\($0)"] }
        let lines = rows.map { seen in
            [
                seen[DossierSight.number] ?? "", seen[DossierSight.title] ?? "",
                seen[DossierSight.ownerName] ?? "", seen[DossierSight.universityName] ?? "",
                seen[DossierSight.discipline] ?? "",
                seen[DossierSight.amount].map { $0.yuanText.filter { $0 != "," } } ?? "",
                seen[DossierSight.submittedAt]?.text ?? "",
                seen[DossierSight.stepKind].map { words["case.step.\($0)"] } ?? "",
                seen[DossierSight.state].map { words["case.state.\($0)"] } ?? "",
                seen[DossierSight.dueAt]?.text ?? "",
            ]
        }
        return CSVText.file([head] + lines)
    }
}
