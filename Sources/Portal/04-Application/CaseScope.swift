import Lifecycle
import Store

/// What of all dossiers a viewer may see in lists, exports and counts, as a condition on `application`. It says
/// in one statement what ``DossierSight/relations(of:to:_:)`` says of one dossier.
struct CaseScope: Sendable {
    /// Nil: all of them.
    let condition: SQL?
    /// Whether the condition leaves few of all: those of a university or of a person.
    let isNarrow: Bool

    /// Missing for who can see none whatever there is: the public, experts, administrators.
    init(_ viewer: Viewer, _ store: Transaction) throws {
        guard let person = viewer.person else { throw Missing() }
        var parts: [SQL] = []
        let official = DossierSight.officialRelations(of: viewer)
        if !official.isEmpty {
            let paying: SQL = "application.step_kind IN ('prepare-payment', 'approve-payment', 'pay')"
            let onlyFinance = official == [.finance]
            let kept = try store.value(
                "SELECT id FROM (\(sql: Parties.barred(person))) AS kept LIMIT 1", as: ID<Application>.self)
            if kept == nil && !onlyFinance {
                condition = nil
                isNarrow = false
                return
            }
            let free = Parties.free(person)
            parts.append(onlyFinance ? "(\(sql: paying) AND \(sql: free))" : free)
        }
        let funded = try JointFunders.calls(of: viewer, store)
        if !funded.isEmpty {
            parts.append("(application.call IN \(list: funded) AND \(sql: Parties.free(person)))")
        }
        let homes = Set(
            viewer.organisations(as: .researchOffice) + viewer.organisations(as: .universityLeader))
        if !homes.isEmpty {
            parts.append("application.university IN \(list: homes.sorted { $0.rawValue < $1.rawValue })")
        }
        if viewer.holds(.applicant) || viewer.holds(.teamMember) || !parts.isEmpty {
            parts.append(
                """
                application.id IN (SELECT id FROM application WHERE owner = \(person)
                  UNION SELECT application FROM application_member WHERE person = \(person))
                """)
        }
        guard !parts.isEmpty else { throw Missing() }
        condition = parts.count == 1 ? parts[0] : "(\(sql: parts.joined(" OR ")))"
        isNarrow = official.isEmpty
    }
}
