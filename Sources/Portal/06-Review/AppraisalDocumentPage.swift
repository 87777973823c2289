import Lifecycle

/// `/cases/{id}/opinions/{number}`: what the closing of a step came to, under its number and ready to print. Names stand
/// in it for officials; those who applied get the same without them, and without what would have changed it.
struct AppraisalDocumentPage: Sendable {
    let number: String
    /// Whether it says who sat, or leaves that out.
    let copy: String
    let back: String
    let step: String
    let programme: String
    let clauses: String
    let hasClauses: Bool
    let call: String
    let dossier: String
    let title: String
    let applicant: String
    let university: String
    let closedAt: String
    let fact: String
    let factHref: String
    let lenses: [Lens]
    let result: AppraisalResultPage

    struct Lens: Sendable {
        let heading: String
        let about: String
        let names: [String]
        let hasNames: Bool
        let criteria: [Criterion]
    }

    struct Criterion: Sendable {
        let label: String
        let count: String
        /// What was said of it, in an order that tells nothing.
        let comments: [String]
    }

    /// Nil where the viewer may not know what it came to.
    ///
    /// - Parameter panel: each opinion's expert, as the viewer sees them.
    init?(
        _ open: OpenCase, step: Step, instrument: Appraisal,
        record: Seen<AppraisalQueries.ClosedRecord>, outcome: Seen<AppraisalOutcome>,
        opinions: [Seen<AppraisalOpinion>], panel: [Seen<PanelSeat>], ask: Ask
    ) {
        guard
            let result = AppraisalResultPage(
                open, step: step, instrument: instrument, record: record, outcome: outcome,
                opinions: opinions, panel: panel, ask: ask),
            let fact = record[AppraisalSight.fact]
        else { return nil }
        let (words, language) = (ask.words, ask.language)
        self.result = result
        number = result.paper
        back = "/cases/\(open.record.id)/appraisals"
        self.step = step.label.text(in: language)
        programme = open.programme.title.text(in: language)
        clauses = open.programme.clauses.map(\.rawValue).joined(separator: language == .zh ? "、" : ", ")
        hasClauses = !clauses.isEmpty
        call = "\(open.call.number) \(open.call.title)"
        dossier = open.seen[DossierSight.number] ?? ""
        title = open.seen[DossierSight.title] ?? ""
        applicant = open.seen[DossierSight.ownerName] ?? ""
        university = open.seen[DossierSight.universityName] ?? ""
        closedAt = outcome[AppraisalSight.closedAt]?.text ?? ""
        self.fact = words.filled("case.factNumber", ["n": "\(fact)"])
        factHref = "/journal/facts/\(fact)"
        let seats = zip(opinions, panel)
        lenses = instrument.lenses.map { lens in
            let own = seats.filter { $0.0[AppraisalSight.lens] == lens.id }
            let names = own.compactMap { _, seat in
                seat[AppraisalSight.expertName].map {
                    "\($0) · \(seat[AppraisalSight.expertOrganisation] ?? "")"
                }
            }
            return Lens(
                heading: words.filled(
                    "appraisal.rule.weight",
                    ["lens": lens.label.text(in: language), "weight": "\(lens.weight)"]),
                about: words.filled(
                    "appraisal.document.written",
                    ["kind": words["appraisal.kind.\(lens.of.rawValue)"], "count": "\(own.count)"]),
                names: names, hasNames: !names.isEmpty,
                criteria: lens.criteria.map { criterion in
                    let comments = own.compactMap { $0.0[AppraisalSight.comments]?[criterion.id] }
                        .filter { !$0.isEmpty }
                    return Criterion(
                        label: criterion.label.text(in: language),
                        count: words.filled("appraisal.document.comments", ["count": "\(comments.count)"]),
                        comments: comments.flatMap(ReviewLine.paragraphs))
                })
        }
        copy = words["appraisal.document.\(lenses.contains(where: \.hasNames) ? "named" : "nameless")"]
    }
}
