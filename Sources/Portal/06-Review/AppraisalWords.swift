import Lifecycle

/// An appraisal's rule and what came of it, in sentences.
struct AppraisalWords {
    let instrument: Appraisal
    let words: Words.Catalogue

    private var language: Language { words.language }
    private var and: String { language == .zh ? "、" : ", " }

    func conclusion(_ id: String) -> String {
        instrument.conclusion(id)?.label.text(in: language) ?? id
    }
    func lens(_ id: String) -> String { instrument.lens(id)?.label.text(in: language) ?? id }
    func answer(_ answer: AppraisalAnswer) -> String { words["appraisal.answer.\(answer.rawValue)"] }

    /// The published rule, a sentence a part.
    var rule: [String] { AppraisalRuleWords.sentences(instrument, words) }

    /// `2 是 · 1 否 · 1 弃权`, without what is nought.
    func tally(_ tally: AppraisalResult.Tally) -> String {
        let parts = [(tally.yes, AppraisalAnswer.yes), (tally.no, .no), (tally.abstain, .abstain)].filter {
            $0.0 > 0
        }
        return parts.isEmpty
            ? "—"
            : parts.map {
                words.filled("appraisal.tally", ["count": "\($0.0)", "answer": answer($0.1)])
            }.joined(separator: " · ")
    }

    func share(_ share: AppraisalResult.Share?) -> String {
        share.map { "\($0.percentText)%" } ?? words["appraisal.result.silent"]
    }

    /// Where an opinion stands on the page: `产业视角意见 2`. Places are counted within the lens.
    func place(_ index: Int, in lenses: [String]) -> String {
        let own = lenses[index]
        let number = lenses[...index].count { $0 == own }
        return words.filled("appraisal.result.opinion", ["lens": lens(own), "place": "\(number)"])
    }

    /// What would have changed the result, a sentence a cause.
    ///
    /// - Parameter lenses: of each vote, in order.
    func sensitivity(_ changes: [AppraisalChange], lenses: [String]) -> [String] {
        var order: [String] = []
        var effects: [String: [String]] = [:]
        for change in changes {
            let cause = cause(of: change, among: changes, lenses)
            if effects[cause] == nil { order.append(cause) }
            let effect = effect(of: change)
            if effects[cause]?.contains(effect) != true { effects[cause, default: []].append(effect) }
        }
        return order.map { cause in
            words.filled(
                "appraisal.sensitive.sentence",
                ["cause": cause, "effects": (effects[cause] ?? []).joined(separator: and)])
        }
    }

    private func cause(
        of change: AppraisalChange, among changes: [AppraisalChange], _ lenses: [String]
    ) -> String {
        switch change.cause {
        case .answer(let vote, let answer):
            guard let conclusion = change.conclusion else {
                return words.filled(
                    "appraisal.sensitive.answers",
                    ["opinion": place(vote, in: lenses), "answer": self.answer(answer)])
            }
            // An expert who may turn a conclusion in two ways is told of once.
            let answers = changes.compactMap { other -> AppraisalAnswer? in
                guard other.conclusion == conclusion, case .answer(vote, let one) = other.cause else {
                    return nil
                }
                return one
            }
            return words.filled(
                "appraisal.sensitive.answer",
                [
                    "opinion": place(vote, in: lenses), "label": self.conclusion(conclusion),
                    "answers": answers.map(self.answer).joined(separator: words["appraisal.sensitive.or"]),
                ])
        case .weight(let lens, let points):
            let weight = instrument.lens(lens)?.weight ?? 0
            return words.filled(
                "appraisal.sensitive.weight",
                ["lens": self.lens(lens), "from": "\(weight)", "to": "\(weight + points)"])
        case .without(let lens):
            return words.filled("appraisal.sensitive.without", ["lens": self.lens(lens)])
        }
    }

    private func effect(of change: AppraisalChange) -> String {
        guard let conclusion = change.conclusion else {
            return words[change.holds ? "appraisal.sensitive.passes" : "appraisal.sensitive.fails"]
        }
        return words.filled(
            change.holds ? "appraisal.sensitive.holds" : "appraisal.sensitive.falls",
            ["label": self.conclusion(conclusion)])
    }
}
