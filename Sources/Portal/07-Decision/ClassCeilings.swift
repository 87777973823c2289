import Lifecycle
import Store

/// Grants held against what the rules let the class of an application have.
enum ClassCeilings {
    /// A refusal for each that is over it, and for each whose class nobody can look up since its submission was erased;
    /// nothing where no rule of the call speaks of classes.
    ///
    /// A class without a stated ceiling passes: no number is made up for it, its verdict said “unknown” to whoever
    /// screened, and what the call allows each grant still holds.
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
                let submitted = try ApplicationSubmitted.find(fact: fact, store)
            else { return Refusal("selection.class-unknown", ["place": "\(line.place)"]) }
            guard let choices = programme.form.choices(in: submitted.application.answers),
                let most = programme.amountCeiling(for: choices, on: day, call.settings), line.amount > most
            else { return nil }
            return Refusal("selection.class-most", ["place": "\(line.place)", "most": most.yuanText])
        }
    }
}
