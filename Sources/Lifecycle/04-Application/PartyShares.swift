/// What one party brings and gets by its statement; see ``PartyRule/Contribution``.
package struct Brought: Sendable, Hashable {
    package let body: String
    /// Of the choice's option.
    package let type: Label
    package let brings: Money
    /// Per cent of the grant that is passed on to it; nil where the programme passes nothing on.
    package let percent: Int?

    package init(body: String, type: Label, brings: Money, percent: Int?) {
        self.body = body
        self.type = type
        self.brings = brings
        self.percent = percent
    }
}

extension PartyRule.Contribution {
    /// Read from the answers of a statement. One whose words were erased brings nothing that is known, under no name.
    package func read(_ answers: [String: String], by form: StatementForm) -> Brought {
        let chosen = answers[type] ?? ""
        let label = form.fields.first { $0.id == type }?.options.first { $0.id == chosen }?.label
        return Brought(
            body: answers[body] ?? "", type: label ?? Label(chosen, chosen),
            brings: Money(fen: answers[brings].flatMap { Int64($0) } ?? 0),
            percent: share.map { percent(answers[$0]) })
    }

    /// What keeps a statement from being made beside those of the other parties: together no more than the whole grant is
    /// passed on.
    ///
    /// - Parameter others: the answers of every other party whose statement counts.
    package func obstacle(
        to answers: [String: String], beside others: [[String: String]], in form: StatementForm
    ) -> Refusal? {
        guard let share else { return nil }
        let left = max(100 - others.reduce(0) { $0 + percent($1[share]) }, 0)
        let own = percent(answers[share])
        guard own > left else { return nil }
        let label = form.fields.first { $0.id == share }?.label ?? Label(share, share)
        return Refusal(
            "statement.shares", ["field": share, "left": "\(left)", "share": "\(own)"]
        ).naming("label", label)
    }

    private func percent(_ answer: String?) -> Int { answer.flatMap { Int($0) } ?? 0 }
}
