/// A call with topics adds a choice to the programme's form, and the chosen topic a bound to the amount.
extension ApplicationForm {
    /// A programme's form with the choice of a topic before everything else; the form itself where the call has none.
    package init(choosing topics: [TopicOffer], in form: ApplicationForm) {
        self.init(sections: [Section(choosing: topics)].compactMap(\.self) + form.sections)
    }

    /// The field in which a bid answers the topic's indicator at a place, from 1. A form asks for as many as it has such
    /// fields, or for none.
    package static func indicator(_ place: Int) -> String { "indicator-\(place)" }

    /// Problems that no field knows by itself, because they are the chosen topic's.
    package func topicProblems(in answers: [String: String], topics: [TopicOffer]) -> [AnswerProblem] {
        ceilingProblems(in: answers, topics: topics) + indicatorProblems(in: answers, topics: topics)
    }

    /// Indicators of the chosen topic that the form asks for and the bid does not answer.
    package func indicatorProblems(in answers: [String: String], topics: [TopicOffer]) -> [AnswerProblem] {
        guard let chosen = topics.first(where: { $0.id.rawValue == answers[Self.topic] }) else { return [] }
        return chosen.indicators.indices.compactMap { index in
            let id = Self.indicator(index + 1)
            guard (answers[id] ?? "").isEmpty,
                let section = sections.first(where: { $0.fields.contains { $0.id == id } }),
                let field = section.fields.first(where: { $0.id == id })
            else { return nil }
            return AnswerProblem(
                section: section.id, field: id, label: field.label, code: "indicator",
                values: ["what": chosen.indicators[index].what, "target": chosen.indicators[index].target])
        }
    }

    /// More is asked for than the chosen topic gives at most.
    package func ceilingProblems(in answers: [String: String], topics: [TopicOffer]) -> [AnswerProblem] {
        guard let chosen = topics.first(where: { $0.id.rawValue == answers[Self.topic] }),
            let section = sections.first(where: { $0.fields.contains { $0.id == "amount" } }),
            let field = section.fields.first(where: { $0.id == "amount" }),
            let asked = answers["amount"].flatMap({ Int64($0) }).map(Money.init(fen:)), asked > chosen.ceiling
        else { return [] }
        return [
            AnswerProblem(
                section: section.id, field: field.id, label: field.label, code: "over-ceiling",
                values: ["most": chosen.ceiling.yuanText, "topic": chosen.number])
        ]
    }
}

extension ApplicationForm.Section {
    /// The section in which an application names its topic; nil where there is nothing to choose from.
    package init?(choosing topics: [TopicOffer]) {
        guard !topics.isEmpty else { return nil }
        self.init(
            id: ApplicationForm.topic, label: Label("题目", "Topic"),
            hint: Label(
                "本通知带题目：一份申请只揭一个榜，申请金额不得超过该题目的经费上限。",
                "This call lets topics: an application bids for one of them, and asks for no more than its ceiling."
            ),
            fields: [
                ApplicationForm.Field(
                    id: ApplicationForm.topic, kind: .choice, label: Label("揭哪一个榜", "Which topic"),
                    options: topics.map { topic in
                        let wan = topic.ceiling.wanText
                        return ApplicationForm.Field.Option(
                            id: topic.id.rawValue,
                            label: Label(
                                "\(topic.number) \(topic.title)（上限 \(wan) 万元）",
                                "\(topic.number) \(topic.title) (at most CNY \(topic.ceiling.yuanText))"))
                    })
            ])
    }
}
