/// What one expert says of one conclusion.
package enum AppraisalAnswer: String, Sendable, Codable, CaseIterable, Hashable {
    case yes
    case no
    case abstain
}

/// One expert's appraisal of a dossier for one lens. Nobody alters it, its author neither.
package struct ExpertAppraisal: Sendable, Codable, Hashable {
    /// By the conclusion's id; every conclusion of the lens is answered.
    package let answers: [String: AppraisalAnswer]
    /// Why, by the conclusion's id.
    package let grounds: [String: String]
    /// By the criterion's id.
    package let comments: [String: String]

    package init(answers: [String: AppraisalAnswer], grounds: [String: String], comments: [String: String]) {
        self.answers = answers
        self.grounds = grounds
        self.comments = comments
    }

    /// Names under which a form sends the parts: `answer-necessary`, `grounds-necessary`, `comment-market`.
    package static func names(_ instrument: Appraisal, _ lens: Appraisal.Lens) -> [String] {
        instrument.conclusions(of: lens).flatMap { ["answer-\($0.id)", "grounds-\($0.id)"] }
            + lens.criteria.map { "comment-\($0.id)" }
    }

    /// Reads what the expert filled in, or says everything that is missing.
    package static func reading(
        _ form: [String: String], for lens: Appraisal.Lens, of instrument: Appraisal
    ) -> Result<ExpertAppraisal, Refused> {
        var missing: [Refusal] = []
        var answers: [String: AppraisalAnswer] = [:]
        var grounds: [String: String] = [:]
        for conclusion in instrument.conclusions(of: lens) {
            let named = ["label": conclusion.label.zh, "id": conclusion.id]
            if let answer = form["answer-\(conclusion.id)"].flatMap(AppraisalAnswer.init(rawValue:)) {
                answers[conclusion.id] = answer
            } else {
                missing.append(Refusal("appraisal.answer", named))
            }
            let text = form["grounds-\(conclusion.id)"] ?? ""
            if text.trimmedCount < instrument.groundsLeast {
                missing.append(
                    Refusal(
                        "appraisal.grounds",
                        named.merging([
                            "least": "\(instrument.groundsLeast)", "count": "\(text.trimmedCount)",
                        ]) { $1 }))
            }
            grounds[conclusion.id] = text
        }
        var comments: [String: String] = [:]
        for criterion in lens.criteria {
            let text = form["comment-\(criterion.id)"] ?? ""
            if text.trimmedCount == 0 {
                missing.append(
                    Refusal("appraisal.criterion", ["label": criterion.label.zh, "id": criterion.id]))
            }
            comments[criterion.id] = text
        }
        guard missing.isEmpty else { return .failure(Refused(missing)) }
        return .success(ExpertAppraisal(answers: answers, grounds: grounds, comments: comments))
    }
}

/// What the combination looks at: the lens somebody sat in, and their answers.
package struct AppraisalVote: Sendable, Codable, Hashable {
    package let lens: String
    package let answers: [String: AppraisalAnswer]

    package init(lens: String, answers: [String: AppraisalAnswer]) {
        self.lens = lens
        self.answers = answers
    }
}
