import Lifecycle

/// The list as a table for spreadsheets: the same filters, the same sight.
enum CaseExport {
    /// More than this is a matter for a report, not for a page.
    static let most = 5000

    static func file(_ rows: [Seen<DossierRecord>], _ words: Words.Catalogue) -> [UInt8] {
        let head = [
            "number", "title", "applicant", "university", "discipline", "amountYuan", "submitted",
            "stepLabel",
            "stateLabel", "due",
        ].map { words["case.\($0)"] }
        return CSVText.file([head] + rows.map { line($0, words) })
    }

    private static func line(_ seen: Seen<DossierRecord>, _ words: Words.Catalogue) -> [String] {
        let amount = seen[DossierSight.amount]?.yuanText.filter { $0 != "," }
        let kind = seen[DossierSight.stepKind]
        let step = kind.map { words["case.step.\($0)"] }
        let state = seen[DossierSight.state].map { CaseStateWords($0, at: kind, words).text }
        let cells: [String?] = [
            seen[DossierSight.number], seen[DossierSight.title], seen[DossierSight.ownerName],
            seen[DossierSight.universityName], seen[DossierSight.discipline], amount,
            seen[DossierSight.submittedAt]?.text, step, state, seen[DossierSight.dueAt]?.text,
        ]
        return cells.map { $0 ?? "" }
    }
}
