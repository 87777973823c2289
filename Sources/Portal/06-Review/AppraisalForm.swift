import Lifecycle

/// Reads what an expert typed: only the names the lens asks for.
enum AppraisalForm {
    static func reading(
        _ form: FormFields, for lens: Appraisal.Lens, of instrument: Appraisal
    ) throws -> [String: String] {
        var answers: [String: String] = [:]
        for name in ExpertAppraisal.names(instrument, lens) {
            guard let text = form[name], !text.isEmpty else { continue }
            if text.count > ReviewForm.most {
                throw Refused("review.too-long", ["most": "\(ReviewForm.most)"])
            }
            answers[name] = text
        }
        return answers
    }

    /// The name in words, for a clash between two windows.
    static func label(
        _ name: String, _ lens: Appraisal.Lens, _ instrument: Appraisal, _ words: Words.Catalogue
    ) -> String {
        let parts = name.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return name }
        switch parts[0] {
        case "comment":
            return lens.criteria.first { $0.id == parts[1] }?.label.text(in: words.language) ?? name
        case "grounds":
            return words.filled(
                "appraisal.write.groundsOf",
                ["label": instrument.conclusion(parts[1])?.label.text(in: words.language) ?? parts[1]])
        default:
            return instrument.conclusion(parts[1])?.label.text(in: words.language) ?? name
        }
    }

    /// The refusal with the label in the reader's language, and where to mend it.
    static func problem(
        _ refusal: Refusal, _ lens: Appraisal.Lens, _ instrument: Appraisal, _ words: Words.Catalogue
    ) -> (href: String, text: String) {
        let id = refusal.values["id"] ?? ""
        switch refusal.code {
        case "appraisal.answer", "appraisal.grounds":
            let label = instrument.conclusion(id)?.label.text(in: words.language) ?? id
            let anchor = refusal.code == "appraisal.answer" ? "#answer-\(id)" : "#grounds-\(id)"
            return (
                anchor,
                words.filled("refusal.\(refusal.code)", refusal.values.merging(["label": label]) { $1 })
            )
        case "appraisal.criterion":
            let label = lens.criteria.first { $0.id == id }?.label.text(in: words.language) ?? id
            return ("#comment-\(id)", words.filled("refusal.appraisal.criterion", ["label": label]))
        default: return ("#appraisal", words.sentence(refusal))
        }
    }
}
