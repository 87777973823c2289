import Lifecycle

/// The published rule of an appraisal in sentences, made from its data: who looks and how many have to, weights,
/// thresholds, what an abstention is, what has to hold and what follows where it does not.
struct AppraisalRuleWords: Sendable {
    let title: String
    let sentences: [String]
    let ground: GroundWords

    /// - Parameter step: at which it is carried out; nil where the page says so itself.
    init(_ appraisal: Appraisal, at step: Step? = nil, _ words: Words.Catalogue) {
        let own = appraisal.label.text(in: words.language)
        let taken = step?.label.text(in: words.language) ?? own
        title = taken == own ? own : "\(taken) · \(own)"
        sentences = Self.sentences(appraisal, words)
        ground = GroundWords(appraisal.standing, nil, appraisal.cites, words)
    }

    /// A sentence a part.
    static func sentences(_ appraisal: Appraisal, _ words: Words.Catalogue) -> [String] {
        let language = words.language
        let and = language == .zh ? "、" : ", "
        func named(_ id: String) -> String { appraisal.conclusion(id)?.label.text(in: language) ?? id }
        let lenses = appraisal.lenses.map { lens in
            words.filled(
                "appraisal.rule.lens",
                [
                    "lens": lens.label.text(in: language),
                    "kind": words["appraisal.kind.\(lens.of.rawValue)"],
                    "experts": "\(lens.experts)", "quorum": "\(lens.quorum)",
                    "labels": appraisal.conclusions(of: lens).map { $0.label.text(in: language) }
                        .joined(separator: and),
                ])
        }
        let weights = appraisal.lenses.map {
            words.filled(
                "appraisal.rule.weight", ["lens": $0.label.text(in: language), "weight": "\($0.weight)"])
        }
        let least = appraisal.conclusions.map {
            words.filled(
                "appraisal.rule.least", ["label": $0.label.text(in: language), "least": "\($0.least)"])
        }
        return lenses + [
            words.filled("appraisal.rule.share", ["weights": weights.joined(separator: and)]),
            words.filled("appraisal.rule.threshold", ["least": least.joined(separator: and)]),
            words["appraisal.rule.abstention.\(appraisal.combination.abstention.rawValue)"],
            words.filled(
                "appraisal.rule.needs",
                ["labels": appraisal.combination.needs.map(named).joined(separator: and)]),
            words["appraisal.rule.otherwise.\(appraisal.combination.otherwise.rawValue)"],
        ]
    }
}
