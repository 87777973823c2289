/// A call with topics adds a choice to the programme's form, and the chosen topic a bound to the amount.
extension ApplicationForm {
    /// A programme's form with the choice of a topic before everything else; the form itself where the call has none.
    package init(choosing topics: [TopicOffer], in form: ApplicationForm) {
        self.init(sections: [Section(choosing: topics)].compactMap(\.self) + form.sections)
    }

    /// The form of one application in a call: in an open challenge the topic that was chosen asks, right after the
    /// choice, what the bid promises for each of its indicators.
    package init(of programme: Programme, choosing topics: [TopicOffer], answers: [String: String]) {
        let form = ApplicationForm(choosing: topics, in: programme.form)
        guard programme.way == .openChallenge,
            let chosen = topics.first(where: { $0.id.rawValue == answers[Self.topic] }),
            let asked = Section(promising: chosen)
        else {
            self = form
            return
        }
        self.init(sections: Array(form.sections.prefix(1)) + [asked] + form.sections.dropFirst())
    }

    /// No id of a form's file has an underscore, so that no field of one is taken for a promise.
    private static let promisePrefix = "promise_"

    /// The field in which a bid says what it promises for the topic's indicator at a place, from 1. It names the topic,
    /// so that another choice asks anew and what was typed for the first is there when it is chosen again.
    package static func promise(_ topic: ID<Topic>, _ place: Int) -> String {
        "\(promisePrefix)\(topic)_\(place)"
    }

    /// The answers without what was promised for topics that are not the chosen one: what is submitted.
    package static func ofChosenTopic(_ answers: [String: String]) -> [String: String] {
        let own = "\(promisePrefix)\(answers[topic] ?? "")_"
        return answers.filter { !$0.key.hasPrefix(promisePrefix) || $0.key.hasPrefix(own) }
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
    /// The section in which a bid promises a value for each indicator of the topic, in its words and its order; nil
    /// where the topic has none.
    package init?(promising topic: TopicOffer) {
        guard !topic.indicators.isEmpty else { return nil }
        self.init(
            id: ApplicationForm.promises, label: Label("指标应答", "Indicators"),
            hint: Label(
                "逐项写明本方案承诺达到的值，将与其他方案并列比较，并写入任务书。",
                "For each indicator the value that this bid promises: bids are compared on them, and the contract repeats them."
            ),
            fields: topic.indicators.enumerated().map { index, indicator in
                let (zh, en) =
                    indicator.proof.isEmpty
                    ? ("", "") : ("；检验：\(indicator.proof)", "; tested by: \(indicator.proof)")
                return ApplicationForm.Field(
                    id: ApplicationForm.promise(topic.id, index + 1), kind: .line,
                    label: Label("\(index + 1). \(indicator.what)", "\(index + 1). \(indicator.what)"),
                    hint: Label(
                        "题目的目标值：\(indicator.target)\(zh)", "The topic's target: \(indicator.target)\(en)"),
                    least: 1, most: 200)
            })
    }

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
