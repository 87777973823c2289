import Lifecycle

/// The proposal beside the form of an appraisal that is being written.
struct AppraisalWritingPage: Sendable {
    let base: String
    let number: String
    let title: String
    let applicant: String
    let university: String
    let about: String
    let due: String
    let dueISO: String
    let now: String
    let hasDue: Bool
    let proposal: ProposalText
    let version: String
    let conclusions: [Conclusion]
    let criteria: [WritingPage.Criterion]
    let groundsHint: String
    let groundsLeast: String
    let rule: [String]
    let cite: String
    let standing: String
    let standingKind: String
    let savedState: String
    let hasErrors: Bool
    let errors: [WritingPage.Problem]
    let theirs: [WritingPage.Other]
    let isConflict: Bool

    struct Conclusion: Sendable {
        let id: String
        let label: String
        let hint: String
        let choices: [Choice]
        let grounds: String
    }

    struct Choice: Sendable {
        let name: String
        let id: String
        let label: String
        let checked: Bool
    }

    init(
        _ desk: AppraisalDesk, answers: [String: String], version: Int, savedAt: Instant?,
        errors: [Refusal], theirs: [(label: String, text: String)], ask: Ask
    ) {
        let words = ask.words
        let language = ask.language
        let (instrument, lens) = (desk.opened.instrument, desk.lens)
        base = "/appraisals/\(desk.seat.id)"
        number = desk.open.seen[DossierSight.number] ?? ""
        title = desk.open.seen[DossierSight.title] ?? ""
        applicant = desk.open.seen[DossierSight.ownerName] ?? ""
        university = desk.open.seen[DossierSight.universityName] ?? ""
        about = words.filled(
            "appraisal.desk.step",
            ["step": desk.opened.step.label.text(in: language), "lens": lens.label.text(in: language)])
        let due = desk.open.standing.open.first { $0.step.id == desk.opened.step.id }?.due
        self.due = ask.due(due, none: "")
        dueISO = due?.iso ?? ""
        now = ask.now.iso
        hasDue = due != nil
        proposal = ProposalText(
            desk.application, form: desk.open.form, disciplines: ask.house.disciplineNames,
            words: words)
        self.version = "\(version)"
        conclusions = instrument.conclusions(of: lens).map { conclusion in
            Conclusion(
                id: conclusion.id, label: conclusion.label.text(in: language),
                hint: conclusion.hint?.text(in: language) ?? "",
                choices: AppraisalAnswer.allCases.map {
                    Choice(
                        name: "answer-\(conclusion.id)", id: $0.rawValue,
                        label: words["appraisal.answer.\($0.rawValue)"],
                        checked: answers["answer-\(conclusion.id)"] == $0.rawValue)
                }, grounds: answers["grounds-\(conclusion.id)"] ?? "")
        }
        criteria = lens.criteria.map { criterion in
            let hint = criterion.hint?.text(in: language) ?? ""
            let clause = criterion.clause?.rawValue ?? ""
            return WritingPage.Criterion(
                name: "comment-\(criterion.id)", label: criterion.label.text(in: language), hint: hint,
                hasHint: !hint.isEmpty, clause: words.filled("review.write.clause", ["clause": clause]),
                hasClause: !clause.isEmpty, text: answers["comment-\(criterion.id)"] ?? "")
        }
        groundsLeast = "\(instrument.groundsLeast)"
        groundsHint = words.filled("appraisal.write.groundsHint", ["least": groundsLeast])
        rule = AppraisalWords(instrument: instrument, words: words).rule
        cite = instrument.cites.text(in: language)
        standing = words["rule.standing.\(instrument.standing.rawValue)"]
        standingKind = instrument.standing.rawValue
        savedState =
            savedAt.map { words.filled("review.write.savedAt", ["time": $0.text, "version": "\(version)"]) }
            ?? words["review.write.notSaved"]
        self.errors = errors.map {
            let (href, text) = AppraisalForm.problem($0, lens, instrument, words)
            return WritingPage.Problem(href: href, text: text)
        }
        hasErrors = !errors.isEmpty
        self.theirs = theirs.map { WritingPage.Other(label: $0.label, text: $0.text) }
        isConflict = !theirs.isEmpty
    }
}

/// What one needs to show the form.
struct AppraisalDesk: Sendable {
    let seat: SeatRecord
    let opened: AppraisalActs.Opened
    let lens: Appraisal.Lens
    let open: OpenCase
    let application: Application
    let draft: ReviewDraft?
}

/// An appraisal read whole: before it is handed in, and afterwards.
struct OwnAppraisalPage: Sendable {
    let base: String
    let number: String
    let title: String
    let about: String
    let isWritten: Bool
    let version: String
    let writtenAt: String
    let answers: [AppraisalResultPage.Answer]
    let comments: [ReviewLine.Comment]
    /// What the own panel came to, once it is closed.
    let outcome: String?
    let outcomeKind: String
    let isSealed: Bool

    /// - Parameter outcome: of the panel, as its expert sees it; nil while it is under seal.
    init(
        _ seat: SeatRecord, _ open: OpenCase, step: Step, lens: Appraisal.Lens, instrument: Appraisal,
        _ appraisal: ExpertAppraisal, version: Int, outcome: Seen<AppraisalOutcome>?, ask: Ask
    ) {
        let words = ask.words
        base = "/appraisals/\(seat.id)"
        number = open.seen[DossierSight.number] ?? ""
        title = open.seen[DossierSight.title] ?? ""
        about = words.filled(
            "appraisal.desk.step",
            ["step": step.label.text(in: ask.language), "lens": lens.label.text(in: ask.language)])
        isWritten = seat.state == .written
        self.version = "\(version)"
        writtenAt = seat.writtenAt?.text ?? ""
        let texts = AppraisalWords(instrument: instrument, words: words)
        answers = AppraisalResultPage.answers(appraisal.answers, appraisal.grounds, lens, instrument, texts)
        comments = AppraisalResultPage.comments(appraisal.comments, lens, ask.language)
        let result = outcome?[AppraisalSight.result]
        self.outcome =
            result.map {
                words[
                    $0.isPositive
                        ? "appraisal.result.passed"
                        : "appraisal.result.\(instrument.combination.otherwise.rawValue)"]
            }
            ?? (seat.endedFact == nil ? nil : words["appraisal.own.ended"])
        outcomeKind = result.map { $0.isPositive ? "good" : "bad" } ?? "muted"
        isSealed = result == nil && seat.endedFact == nil
    }
}
