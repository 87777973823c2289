import Lifecycle

/// The list as a table for a spreadsheet.
enum ListExport {
    static func csv(_ ask: Ask) async throws -> Answer {
        let (list, _, _) = try await ListRoutes.opened(ask, ask.query)
        try await ListRoutes.note(list, ask)
        let words = ask.words
        var lines = [
            ["rank", "number", "title", "applicant", "born", "discipline", "amount", "state"].map {
                words["list.csv.\($0)"]
            }
        ]
        for candidate in list.candidates + list.others {
            let seen = candidate.seen
            let dossier = candidate.dossier
            let atUniversity = list.candidate(dossier.id) != nil
            let state =
                atUniversity
                ? "waiting"
                : dossier.state == "refused"
                    ? "ended" : dossier.stepKind == Step.Kind.draft.rawValue ? "mending" : "forwarded"
            lines.append([
                seen[DossierSight.listRank].map { "\($0)" } ?? "", seen[DossierSight.number] ?? "",
                seen[DossierSight.title] ?? "", seen[DossierSight.ownerName] ?? "",
                seen[DossierSight.born]?.text ?? "", seen[DossierSight.discipline] ?? "",
                seen[DossierSight.amount]?.yuanText ?? "", words["list.other.\(state)"],
            ])
        }
        // Spreadsheets take a file without this mark for another encoding.
        let text = "\u{FEFF}" + lines.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
        return .download(
            Array(text.utf8), name: "\(list.call.number)-\(list.universityName).csv", type: "text/csv; charset=utf-8")
    }

    /// Quoted (RFC 4180); what a spreadsheet would take for a formula begins with an apostrophe.
    static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let safe = (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"")
        return "\"\(safe)\""
    }
}
