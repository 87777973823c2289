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
        return .download(
            CSVText.file(lines), name: "\(list.call.number)-\(list.universityName).csv",
            type: "text/csv; charset=utf-8")
    }
}
