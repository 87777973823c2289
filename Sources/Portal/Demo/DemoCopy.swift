import Lifecycle
import Store

extension DemoRound {
    /// Replaces two sections of a draft by what another application says there, lightly reworded, as a careless
    /// applicant might: so that the demo has something to find when texts are compared.
    func copy(
        from original: ID<Application>, into draft: ID<Application>, by person: ID<Person>, at: Instant,
        _ store: Transaction
    ) throws {
        guard
            let fact = try store.value(
                "SELECT fact FROM application WHERE id = \(original)", as: Int64.self),
            let copied = try ApplicationSubmitted.find(fact: fact, store)?.application.answers
        else { return }
        let own = try Drafts.sections(draft, store)
        for name in ["significance", "method"] {
            guard let section = own[name], let text = copied[name] else { continue }
            let before = (section.values[name] ?? "").prefix { $0 != "。" }
            let reworded = text.replacing("本课题", with: "本研究").replacing("需要", with: "有必要")
            _ = try Drafts.save(
                draft, section: name, base: section.version,
                answers: section.values.merging([name: "\(before)。\(reworded)"]) { $1 }, by: person, at: at,
                store)
        }
    }
}
