/// A new definition of a programme, put forward by one person for another to bring into force.
package struct DefinitionProposed: FactBody {
    package static let kind = FactKind("definition.proposed")
    /// What ``files`` say.
    package let programme: Programme
    /// The digest that was in force when it was proposed.
    package let replaces: String
    /// The texts it was read from, by file name.
    package let files: [String: String]
    /// The calls, by id, that go over to it when it comes into force. Every other keeps what it pinned.
    package let moving: [String]

    package init(programme: Programme, replaces: String, files: [String: String], moving: [String]) {
        self.programme = programme
        self.replaces = replaces
        self.files = files
        self.moving = moving
    }
}

/// What is to be done with a proposed definition.
package enum DefinitionAnswer: String, Sendable, Codable, CaseIterable {
    case activated
    case declined
    /// Taken back by who proposed it.
    case withdrawn
}

/// The end of a proposal. Whoever activates one is not who proposed it.
package struct DefinitionSettled: FactBody {
    package static let kind = FactKind("definition.settled")
    /// The number of the fact that proposed it.
    package let proposal: Int64
    package let digest: String
    package let answer: DefinitionAnswer

    package init(proposal: Int64, digest: String, answer: DefinitionAnswer) {
        self.proposal = proposal
        self.digest = digest
        self.answer = answer
    }
}

/// Whether a call that runs may go over to another definition without leaving a dossier nowhere.
///
/// Steps, fields and statements keep their ids: a label may change, and a step may be added behind the place where
/// dossiers stand. What was answered, reviewed, stated or signed under the earlier definition has to stay readable
/// under the later one.
package enum CallMigration {
    /// A dossier by the number officers know it by, where it stands and where it would stand.
    package struct Dossier: Sendable {
        package let number: String
        package let now: Standing
        package let then: Standing

        package init(number: String, now: Standing, then: Standing) {
            self.number = number
            self.now = now
            self.then = then
        }
    }

    /// Everything that forbids the move, the programme's reasons before those of single dossiers; empty when it may be.
    package static func obstacles(from old: Programme, to new: Programme, dossiers: [Dossier]) -> [Refusal] {
        var found: [Refusal] = []
        if old.way != new.way || old.topicUse != new.topicUse || old.isRolling != new.isRolling
            || old.race != new.race
        {
            found.append(Refusal("migration.letting"))
        }
        found += lostFields(from: old, to: new)
        found += lostStatements(from: old, to: new)
        let diff = ProgrammeDiff(from: old, to: new)
        func reached(_ kinds: Set<Step.Kind>) -> Bool {
            dossiers.contains { dossier in
                dossier.now.steps.contains { state in
                    guard kinds.contains(state.step.kind) else { return false }
                    switch state.state {
                    case .open, .done, .refused: return true
                    case .waiting, .skipped: return false
                    }
                }
            }
        }
        if !diff.changes(in: .review).isEmpty, reached([.review, .appraise, .meet]) {
            found.append(Refusal("migration.review"))
        }
        if !diff.changes(in: .funding).isEmpty, reached([.contract, .preparePayment, .approvePayment, .pay]) {
            found.append(Refusal("migration.funding"))
        }
        return found + dossiers.flatMap(stranded)
    }

    private static func lostFields(from old: Programme, to new: Programme) -> [Refusal] {
        old.form.sections.flatMap(\.fields).compactMap { field in
            lost(field, new.form.field(field.id)).map { Refusal("migration.field", ["field": $0]) }
        }
    }

    private static func lostStatements(from old: Programme, to new: Programme) -> [Refusal] {
        (old.statements ?? []).flatMap { form -> [Refusal] in
            guard let other = new.statements?.first(where: { $0.id == form.id }) else {
                return [Refusal("migration.statement", ["statement": form.label.zh])]
            }
            return form.fields.compactMap { field in
                lost(field, other.fields.first { $0.id == field.id }).map {
                    Refusal("migration.field", ["field": $0])
                }
            }
        }
    }

    /// The label of a field whose answers could not be read any more.
    private static func lost(_ field: ApplicationForm.Field, _ other: ApplicationForm.Field?) -> String? {
        guard let other, other.kind == field.kind else { return field.label.zh }
        let kept = Set(other.options.map(\.id))
        return field.options.allSatisfy { kept.contains($0.id) } ? nil : field.label.zh
    }

    /// What a dossier would lose: the step it stands at, one that was done, or any way on.
    private static func stranded(_ dossier: Dossier) -> [Refusal] {
        // Where it stands; what is over stands at what it came to last.
        let place =
            dossier.now.open.first ?? dossier.now.steps.last { $0.isSettled } ?? dossier.now.steps.first
        return dossier.now.steps.compactMap { state in
            let other = dossier.then.steps.first { $0.step.id == state.step.id }
            let isKept =
                switch (state.state, other?.state) {
                case (.open, .open), (.done, .done), (.refused, .refused): other?.step.kind == state.step.kind
                case (.waiting, _), (.skipped, _): true
                default: false
                }
            guard !isKept else { return nil }
            return Refusal(
                "migration.stranded",
                [
                    "number": dossier.number, "step": state.step.label.zh, "id": state.step.id,
                    "at": place?.step.label.zh ?? "",
                ])
        }
    }
}
