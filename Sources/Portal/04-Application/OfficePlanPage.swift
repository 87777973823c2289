import Lifecycle

/// `/office/plan`: where an officer asks about the plan.
struct OfficePlanPage: Sendable {
    let programmes: [Item]
    let rounds: [Round]
    let hasRounds: Bool
    let pager: Pager

    struct Item: Sendable {
        let href: String
        let definitionHref: String
        let publicHref: String
        let title: String
        let summary: String
    }

    struct Round: Sendable {
        let number: String
        let title: String
        /// Nil while the call still takes applications.
        let whatIf: String?
        let closes: String
        /// Nil where the call pins what is in force.
        let diff: String?
    }

    /// - Parameter inForce: of every programme.
    init(_ page: Paged<CallRow>, inForce: [Programme], _ ask: Ask) {
        programmes = inForce.map {
            Item(
                href: "/office/plan/simulate/\($0.id)",
                definitionHref: "/office/plan/definitions/\($0.id)", publicHref: ProgrammeAddress.of($0.id),
                title: $0.title.text(in: ask.language),
                summary: $0.summary.text(in: ask.language))
        }
        rounds = page.rows.map { call in
            let differs = inForce.contains { $0.id == call.programme && $0.digest != call.digest }
            return Round(
                number: call.number, title: call.title,
                whatIf: call.phase(at: ask.now) == .closed ? "/office/plan/what-if/\(call.id)" : nil,
                closes: call.closesAt.text, diff: differs ? "/office/plan/diff/\(call.id)" : nil)
        }
        hasRounds = !rounds.isEmpty
        pager = Pager(page, ListAddress("/office/plan"), ask.words)
    }
}
