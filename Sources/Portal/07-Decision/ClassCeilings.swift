import Lifecycle
import Store

/// Grants held against what the rules let the class of an application have.
enum ClassCeilings {
    /// A refusal for each that is over it; nothing where no rule of the call speaks of classes.
    static func obstacles(
        _ lines: [Selection.Line], in call: Call, _ programme: Programme, _ store: Transaction
    ) throws -> [Refusal] {
        let day = call.rulesDay
        guard programme.rules.contains(where: { $0.version(on: day)?.demand?.asksAmount == true }) else {
            return []
        }
        return try lines.filter(\.funded).compactMap { line in
            guard
                let fact = try store.value(
                    "SELECT fact FROM application WHERE id = \(line.application)", as: Int64.self),
                let submitted = try ApplicationSubmitted.find(fact: fact, store),
                let choices = programme.form.choices(in: submitted.application.answers),
                let most = programme.amountCeiling(for: choices, on: day, call.settings), line.amount > most
            else { return nil }
            return Refusal("selection.class-most", ["place": "\(line.place)", "most": most.yuanText])
        }
    }
}
