import Lifecycle

/// The officers' list: steps of appraisal that are open, with how far their panels are.
struct AppraisalListPage: Sendable {
    let title: String
    let hasCall: Bool
    let calls: [CallLink]
    let hasCalls: Bool
    let rows: [Row]
    let hasRows: Bool
    let next: String?

    struct CallLink: Sendable {
        let href: String
        let label: String
        let current: Bool
    }

    struct Row: Sendable {
        let href: String
        let number: String
        let title: String
        let university: String
        let step: String
        let seats: String
        let written: String
        let state: String
        let kind: String
        let due: String
    }

    init(_ waiting: [AppraisalQueries.Waiting], queues: [OpenStep], call: Call?, ask: Ask) {
        let words = ask.words
        title = call?.title ?? ""
        hasCall = call != nil
        calls = queues.map {
            CallLink(
                href: "/office/appraisals?call=\($0.call.rawValue.percentEncoded)",
                label: words.filled(
                    "appraisal.list.call", ["title": $0.title, "count": "\($0.count)"]),
                current: $0.call == call?.id)
        }
        hasCalls = !calls.isEmpty
        rows = waiting.map { item in
            let seen = Seen(item.dossier, as: [.programmeOfficer])
            let isSeated = item.live >= item.experts
            return Row(
                href: "/cases/\(item.dossier.id)/appraisals/\(item.step)",
                number: seen[DossierSight.number] ?? "", title: seen[DossierSight.title] ?? "",
                university: seen[DossierSight.universityName] ?? "",
                step: item.stepLabel.text(in: ask.language), seats: "\(item.live) / \(item.experts)",
                written: "\(item.written) / \(item.experts)",
                state: words[
                    item.mayClose
                        ? "appraisal.list.closable"
                        : isSeated ? "appraisal.list.writing" : "appraisal.list.seating"],
                kind: item.mayClose ? "good" : isSeated ? "info" : "warn", due: ask.due(item.due))
        }
        hasRows = !rows.isEmpty
        let last = waiting.last?.dossier.number ?? ""
        let dossiers = Set(waiting.map(\.dossier.id)).count
        next =
            dossiers == AppraisalQueries.pageSize
            ? "/office/appraisals?call=\((call?.id.rawValue ?? "").percentEncoded)&after=\(last.percentEncoded)"
            : nil
    }
}
