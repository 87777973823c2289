import Lifecycle

/// `/cases/{id}/adoption`: what was said of the result being taken up, oldest first, and the form for whose it is to say.
struct AdoptionPage: Sendable {
    let head: CaseFrame
    let lines: [Line]
    let hasLines: Bool
    /// The chain that it ends; nil where the project came of no topic.
    let chainHref: String?
    let mayWrite: Bool
    /// Why this viewer says nothing now; nil where they may.
    let shut: String?
    let action: String
    let errors: [ErrorLine]
    let hasErrors: Bool
    let extents: [Choice]
    let organisation: String
    let place: String
    let since: String
    let evidence: String
    let evidenceHint: String
    let corrected: [Choice]
    let mayCorrect: Bool

    struct Choice: Sendable {
        let value: String
        let label: String
        let checked: Bool
    }

    /// What was said once, as far as the viewer sees it.
    struct Line: Sendable {
        let extent: String
        let organisation: String?
        let since: String?
        let place: String?
        let paragraphs: [String]
        let by: String
        let corrected: String?
    }

    init(
        _ open: OpenCase, _ records: [AdoptionRecord], obstacle: Refusal?, typed: AdoptionActs.Said?,
        refusals: [Refusal], _ ask: Ask
    ) {
        let words = ask.words
        head = open.head(tab: "adoption", ask)
        action = "/cases/\(open.record.id)/adoption"
        chainHref = open.seen[DossierSight.topic].flatMap { $0.isEmpty ? nil : "/topics/\($0)/chain" }
        lines = records.map { Line(Seen($0, as: open.seen.relations), words) }
        hasLines = !lines.isEmpty
        mayWrite = obstacle == nil
        shut = obstacle.map(words.sentence)
        errors =
            obstacle == nil
            ? refusals.map { ErrorLine(href: "#\(Self.field($0))", text: words.sentence($0)) } : []
        hasErrors = !errors.isEmpty
        extents = AdoptionRecorded.Extent.sayable.map {
            Choice(
                value: $0.rawValue, label: words["adoption.extent.\($0.rawValue)"],
                checked: typed?.extent == $0)
        }
        organisation = typed?.organisation ?? ""
        place = typed?.place ?? ""
        since = typed?.since ?? ""
        evidence = typed?.evidence ?? ""
        evidenceHint = words.filled(
            "adoption.evidenceHint",
            ["least": "\(AdoptionActs.evidenceLeast)", "most": "\(AdoptionActs.evidenceMost)"])
        corrected = records.filter { $0.correctedAt == nil }.map { record in
            let seen = Seen(record, as: open.seen.relations)
            let extent = seen[AdoptionSight.extent].map { words["adoption.extent.\($0.rawValue)"] } ?? ""
            return Choice(
                value: "\(record.fact)",
                label: "\(seen[AdoptionSight.at]?.day.text ?? "") · \(extent)",
                checked: typed?.corrects == "\(record.fact)")
        }
        mayCorrect = !corrected.isEmpty
    }

    /// The field that mends a refusal.
    private static func field(_ refusal: Refusal) -> String {
        switch refusal.code {
        case "adoption.organisation", "adoption.nobody": "organisation"
        case "adoption.place": "place"
        case "adoption.since": "since"
        case "adoption.evidence": "evidence"
        case "adoption.corrects": "corrects"
        default: "extent"
        }
    }
}

extension AdoptionPage.Line {
    init(_ seen: Seen<AdoptionRecord>, _ words: Words.Catalogue) {
        func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        extent = seen[AdoptionSight.extent].map { words["adoption.extent.\($0.rawValue)"] } ?? ""
        organisation = filled(seen[AdoptionSight.organisation])
        since = seen[AdoptionSight.since]?.text
        place = filled(seen[AdoptionSight.place])
        paragraphs = ReviewLine.paragraphs(seen[AdoptionSight.evidence] ?? "")
        by = [
            seen[AdoptionSight.role].map { words["role.\($0.rawValue)"] }, seen[AdoptionSight.author],
            seen[AdoptionSight.at]?.text,
        ].compactMap(\.self).joined(separator: " · ")
        corrected = seen[AdoptionSight.correctedAt].map {
            words.filled("adoption.corrected", ["at": $0.text])
        }
    }
}

/// One organisation that uses a result, as the chain tells anybody.
struct UptakeLine: Sendable {
    let text: String

    init(_ uptake: AdoptionSight.Uptake, _ words: Words.Catalogue) {
        guard !uptake.isErased else {
            text = words["adoption.extent.erased"]
            return
        }
        text = words.filled(
            uptake.isWhole ? "adoption.uptakeWhole" : "adoption.uptakePart",
            ["organisation": uptake.organisation, "since": uptake.since?.text ?? ""])
    }
}
