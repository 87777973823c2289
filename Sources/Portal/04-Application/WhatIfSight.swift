import Lifecycle

/// Who sees what other rules would have made of an application: who could see its verdicts at the commission.
/// A viewer who is kept from one application of a round does not open the round's page.
enum WhatIfSight {
    static let readers: Set<Relation> = [.programmeOfficer, .commissionLeader]

    static let subject = Field<WhatIf.Flip, String>("subject", seenBy: readers) { $0.subject }
    static let from = Field<WhatIf.Flip, WhatIf.Outcome>("from", seenBy: readers) { $0.from }
    static let to = Field<WhatIf.Flip, WhatIf.Outcome>("to", seenBy: readers) { $0.to }

    static let rows = [
        SightRow("what-if flip", subject), SightRow("what-if flip", from), SightRow("what-if flip", to),
    ]

    static func relations(of viewer: Viewer) -> Set<Relation> {
        DossierSight.officialRelations(of: viewer).intersection(readers)
    }
}
