import Lifecycle
import Store

/// What the rules would say of a viewer who wanted to apply in a call, shown before a word is written.
enum CaseOutlook {
    static func find(_ house: House, _ store: Transaction, _ viewer: Viewer, _ subject: Subject) throws
        -> Outlook?
    {
        guard subject.kind == "call", let person = viewer.person, viewer.holds(.applicant) else { return nil }
        let (call, programme) = try Calls.found(ID(subject.id), house, store)
        let draft = try store.value(
            "SELECT id FROM draft WHERE call = \(call.id) AND owner = \(person)", as: ID<Application>.self)
        // Of a call that is over, who wrote nothing has nothing to weigh.
        let isOver = call.phase(at: house.now) == .closed && draft == nil
        return Outlook(
            verdicts: try EligibilityFacts.verdicts(
                for: person, in: call, programme, besides: draft, house, store),
            begun: draft.map { "/drafts/\($0)" },
            unit: isOver
                ? nil : try UnitLimits.find(for: person, drafting: draft, in: call, programme, store))
    }
}
