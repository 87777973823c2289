import Lifecycle
import Store

/// Opinions of appraisals on paper (论证意见书): one for each closing of a step, for as long as the dossier is there.
enum AppraisalDocuments {
    /// - Parameter fact: that closed the step.
    static func href(_ fact: Int64, of application: ID<Application>) -> String {
        "/cases/\(application)/opinions/\(fact)"
    }

    /// Those of a dossier that somebody who is this to it may have, oldest first.
    static func papers(
        of application: ID<Application>, for relations: Set<Relation>, _ store: Transaction
    ) throws -> [CasePaper] {
        guard !relations.isDisjoint(with: AppraisalSight.tab) else { return [] }
        return try AppraisalQueries.closed(application, store).reversed().compactMap { closed in
            let seen = Seen(closed, as: relations)
            guard let number = seen[AppraisalSight.number], let fact = seen[AppraisalSight.fact] else {
                return nil
            }
            return CasePaper(
                title: "appraisal.document.title", number: number, href: href(fact, of: application))
        }
    }

    static func add(to routes: Routes) {
        routes.get("/cases/{id}/opinions/{number}") { ask in
            let id = ask.id("id", Application.self)
            let number = Int64(ask.parameter("number"))
            let page = try await ask.read { store in
                let open = try OpenCase.find(id, for: ask.viewer, as: AppraisalSight.tab, ask.house, store)
                guard
                    let closed = try AppraisalQueries.closed(id, store).first(where: { $0.fact == number }),
                    let step = open.programme.procedure.step(closed.step),
                    let instrument = open.programme.appraisal(of: step),
                    let outcome = try AppraisalQueries.outcome(closed, instrument: instrument, store),
                    let page = AppraisalDocumentPage(
                        open, step: step, instrument: instrument,
                        record: Seen(closed, as: open.seen.relations),
                        outcome: Seen(outcome, as: open.seen.relations),
                        opinions: outcome.opinions.map { Seen($0, as: open.seen.relations) },
                        panel: outcome.opinions.map { Seen($0.seat, as: open.seen.relations) }, ask: ask)
                else { throw Missing() }
                return page
            }
            try await Reads.note(.appraisals, about: .application(id), ask)
            return try await ask.page("appraisal/document", page)
        }
    }
}
