package import Lifecycle
package import Store

/// A declared continuation on a page of the case.
package struct ContinuationLine: Sendable {
    package let reference: String
    /// Empty where the earlier application is not this viewer's to see.
    package let title: String
    package let href: String
    package let isLinked: Bool
    package let kind: String

    /// What the applicant declared this one to go on from, as far as the viewer sees it.
    package static func all(
        of open: OpenCase, _ application: Application?, _ ask: Ask, _ store: Transaction
    ) throws -> [ContinuationLine] {
        guard let application,
            let declared = Seen(application, as: open.seen.relations)[ProposalSight.continues]
        else { return [] }
        return try declared.map { one in
            var seen: Seen<DossierRecord>?
            if let earlier = one.application {
                do {
                    seen = try DossierSight.find(earlier, for: ask.viewer, store).seen
                } catch is Missing {
                    // Named by its own applicant, and still not this viewer's to open.
                }
            }
            let title = seen?[DossierSight.title]
            return ContinuationLine(
                reference: one.reference, title: title ?? "",
                href: title == nil ? "" : "/cases/\(one.application?.rawValue ?? "")",
                isLinked: title != nil,
                kind: ask.words["continues.\(one.application == nil ? "words" : "own")"])
        }
    }
}
