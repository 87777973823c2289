import Lifecycle

/// What a closed step came to: each conclusion by lens and in all, what would have changed it, who dissented and why.
struct AppraisalResultPage: Sendable {
    let head: CaseFrame
    let title: String
    let isPositive: Bool
    let outcome: String
    let closedAt: String
    /// The opinion on paper: its number and its address.
    let paper: String
    let paperHref: String
    /// Where it went against what was decided before: what may follow.
    let afterwards: [String]
    let hasAfterwards: Bool
    let lenses: [String]
    let lines: [Line]
    let rule: [String]
    let cite: String
    let standing: String
    let standingKind: String
    let isOfficial: Bool
    let sensitivity: [String]
    let isRobust: Bool
    let dissent: [Dissent]
    let hasDissent: Bool
    let opinions: [Opinion]
    let hasOpinions: Bool

    struct Line: Sendable {
        let label: String
        let isNeeded: Bool
        let cells: [Cell]
        let share: String
        let least: String
        let verdict: String
        let kind: String
    }

    struct Cell: Sendable {
        let lens: String
        let text: String
    }

    struct Dissent: Sendable {
        let label: String
        let answer: String
        let opinion: String
        let name: String?
        let grounds: [String]
    }

    struct Opinion: Sendable {
        let heading: String
        let name: String?
        let writtenAt: String?
        let answers: [Answer]
        let comments: [ReviewLine.Comment]
    }

    struct Answer: Sendable {
        let label: String
        let answer: String
        let kind: String
        let grounds: [String]
    }

    /// Nil where the viewer may not know what it came to.
    ///
    /// - Parameters:
    ///   - record: the closing, as the viewer sees it.
    ///   - panel: each opinion's expert, as the viewer sees them.
    init?(
        _ open: OpenCase, step: Step, instrument: Appraisal,
        record: Seen<AppraisalQueries.ClosedRecord>, outcome seen: Seen<AppraisalOutcome>,
        opinions: [Seen<AppraisalOpinion>], panel: [Seen<PanelSeat>], ask: Ask
    ) {
        guard let result = seen[AppraisalSight.result], let closed = seen[AppraisalSight.closedAt],
            let number = record[AppraisalSight.number], let fact = record[AppraisalSight.fact]
        else { return nil }
        let words = ask.words
        let texts = AppraisalWords(instrument: instrument, words: words)
        head = open.head(tab: "appraisals", ask)
        title = step.label.text(in: ask.language)
        isPositive = result.isPositive
        outcome =
            words[
                result.isPositive
                    ? "appraisal.result.passed"
                    : "appraisal.result.\(instrument.combination.otherwise.rawValue)"]
        closedAt = words.filled("appraisal.result.closedAt", ["at": closed.text])
        afterwards =
            result.isPositive
            ? [] : AppraisalAfterwards.sentences(on: step, instrument, in: open.standing, words)
        hasAfterwards = !afterwards.isEmpty
        paper = number
        paperHref = AppraisalDocuments.href(fact, of: open.record.id)
        lenses = instrument.lenses.map { texts.lens($0.id) }
        lines = result.lines.map { Self.line($0, instrument, texts) }
        rule = texts.rule
        cite = instrument.cites.text(in: ask.language)
        standing = words["rule.standing.\(instrument.standing.rawValue)"]
        standingKind = instrument.standing.rawValue

        let lensOf = opinions.map { $0[AppraisalSight.lens] ?? "" }
        let changes = seen[AppraisalSight.sensitivity]
        isOfficial = changes != nil
        sensitivity = texts.sensitivity(changes ?? [], lenses: lensOf)
        isRobust = sensitivity.isEmpty

        let votes = opinions.map {
            AppraisalVote(
                lens: $0[AppraisalSight.lens] ?? "", answers: $0[AppraisalSight.answers] ?? [:])
        }
        func name(_ index: Int) -> String? {
            guard let name = panel[index][AppraisalSight.expertName] else { return nil }
            return "\(name) · \(panel[index][AppraisalSight.expertOrganisation] ?? "")"
        }
        dissent = result.lines.flatMap { line in
            instrument.dissent(from: line, in: votes).map { index in
                Dissent(
                    label: texts.conclusion(line.conclusion),
                    answer: votes[index].answers[line.conclusion].map(texts.answer) ?? "",
                    opinion: texts.place(index, in: lensOf), name: name(index),
                    grounds: ReviewLine.paragraphs(
                        opinions[index][AppraisalSight.grounds]?[line.conclusion] ?? ""))
            }
        }
        hasDissent = !dissent.isEmpty
        let order = instrument.lenses.flatMap { lens in opinions.indices.filter { lensOf[$0] == lens.id } }
        self.opinions = order.compactMap { index in
            Self.opinion(
                opinions[index], heading: texts.place(index, in: lensOf), name: name(index),
                writtenAt: panel[index][AppraisalSight.settledAt]?.text, instrument, texts)
        }
        hasOpinions = !self.opinions.isEmpty
    }

    private static func line(
        _ line: AppraisalResult.Line, _ instrument: Appraisal, _ texts: AppraisalWords
    ) -> Line {
        let least = instrument.conclusion(line.conclusion)?.least ?? 0
        return Line(
            label: texts.conclusion(line.conclusion),
            isNeeded: instrument.combination.needs.contains(line.conclusion),
            cells: instrument.lenses.map { lens in
                Cell(
                    lens: texts.lens(lens.id),
                    text: line.tallies.first { $0.lens == lens.id }.map(texts.tally)
                        ?? texts.words["appraisal.result.notAsked"])
            }, share: texts.share(line.share), least: "\(least)%",
            verdict: texts.words[line.holds ? "appraisal.result.holds" : "appraisal.result.falls"],
            kind: line.holds ? "good" : "bad")
    }

    static func opinion(
        _ seen: Seen<AppraisalOpinion>, heading: String, name: String?, writtenAt: String?,
        _ instrument: Appraisal, _ texts: AppraisalWords
    ) -> Opinion? {
        guard let lens = seen[AppraisalSight.lens].flatMap(instrument.lens),
            let answers = seen[AppraisalSight.answers], let grounds = seen[AppraisalSight.grounds],
            let comments = seen[AppraisalSight.comments]
        else { return nil }
        return Opinion(
            heading: heading, name: name, writtenAt: writtenAt,
            answers: Self.answers(answers, grounds, lens, instrument, texts),
            comments: Self.comments(comments, lens, texts.words.language))
    }

    static func answers(
        _ answers: [String: AppraisalAnswer], _ grounds: [String: String], _ lens: Appraisal.Lens,
        _ instrument: Appraisal, _ texts: AppraisalWords
    ) -> [Answer] {
        instrument.conclusions(of: lens).compactMap { conclusion in
            guard let answer = answers[conclusion.id] else { return nil }
            return Answer(
                label: texts.conclusion(conclusion.id), answer: texts.answer(answer),
                kind: answer == .yes ? "good" : answer == .no ? "bad" : "neutral",
                grounds: ReviewLine.paragraphs(grounds[conclusion.id] ?? ""))
        }
    }

    static func comments(
        _ comments: [String: String], _ lens: Appraisal.Lens, _ language: Language
    ) -> [ReviewLine.Comment] {
        lens.criteria.compactMap { criterion in
            guard let text = comments[criterion.id], !text.isEmpty else { return nil }
            return ReviewLine.Comment(
                label: criterion.label.text(in: language), paragraphs: ReviewLine.paragraphs(text))
        }
    }
}
