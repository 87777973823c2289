/// What an applicant says for being let in although a rule “in principle” (原则上) is not met.
package struct ExceptionRequest: Sendable, Codable, Hashable {
    /// The rule's id within its programme.
    package let rule: String
    package let grounds: String

    package init(rule: String, grounds: String) {
        self.rule = rule
        self.grounds = grounds
    }

    /// Bounds of the grounds, in characters.
    package static let least = 20
    package static let most = 1_000

    /// One for each unmet rule “in principle”, in the order of the verdicts; grounds not written are empty.
    package static func all(for verdicts: [Verdict], grounds: [String: String]) -> [ExceptionRequest] {
        verdicts.filter(\.isExceptable).map {
            ExceptionRequest(rule: $0.rule, grounds: grounds[$0.rule] ?? "")
        }
    }

    /// What keeps a submission with this request from being taken in.
    package func obstacle(to verdict: Verdict) -> Refusal? {
        let count = grounds.trimmedCount
        let values = [
            "role": "role.\(verdict.exceptionBy?.rawValue ?? "")",
            "section": ApplicationForm.exceptions, "field": rule, "count": "\(count)",
        ]
        func refusal(_ code: String, _ more: [String: String] = [:]) -> Refusal {
            Refusal("exception.\(code)", values.merging(more) { $1 }, citation: verdict.citation)
                .naming("label", verdict.label)
        }
        if count == 0 { return refusal("no-grounds") }
        if count < Self.least { return refusal("grounds-short", ["least": "\(Self.least)"]) }
        if grounds.count > Self.most {
            return refusal("grounds-long", ["most": "\(Self.most)", "count": "\(grounds.count)"])
        }
        return nil
    }
}

extension ApplicationForm {
    /// A programme's form with the section that unmet rules “in principle” add to it.
    package init(adding verdicts: [Verdict], to form: ApplicationForm) {
        self.init(sections: form.sections + [Section(excepting: verdicts)].compactMap(\.self))
    }
}

extension ApplicationForm.Section {
    /// The section that unmet rules “in principle” add to the form: a text for each, named by the rule's id, in
    /// which the applicant says why an exception should be made. Nil where no such rule is unmet.
    package init?(excepting verdicts: [Verdict]) {
        let soft = verdicts.filter(\.isExceptable)
        guard !soft.isEmpty else { return nil }
        self.init(
            id: ApplicationForm.exceptions, label: Label("申请例外的理由", "Grounds for an exception"),
            hint: Label(
                "下列原则性规定不符合。写明为什么应当例外；理由随申请书提交，由有权的人决定。",
                "These rules “in principle” are not met. Say why an exception should be made; the grounds are "
                    + "submitted with the application, and whoever may grant it decides."),
            fields: soft.map { verdict in
                func hint(_ language: Language) -> String {
                    [verdict.citation.text(in: language), verdict.remedy?.text(in: language) ?? ""]
                        .filter { !$0.isEmpty }.joined(separator: language == .zh ? "。" : ". ")
                }
                return ApplicationForm.Field(
                    id: verdict.rule, kind: .prose, label: verdict.label, hint: Label(hint(.zh), hint(.en)),
                    least: ExceptionRequest.least, most: ExceptionRequest.most)
            })
    }
}
