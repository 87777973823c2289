package import Lifecycle
import Store

/// Who sees whom a code of a draw stands for. The public sees codes; that is enough to repeat a draw.
package enum DrawSight {
    private static let officials: Set<Relation> = [
        .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]
    private static let everyone = Set(Relation.allCases)

    package static let code = Field<DrawEntryRecord, String>("code", seenBy: everyone) { $0.code }
    package static let outcome = Field<DrawEntryRecord, DrawHeld.Outcome?>("outcome", seenBy: everyone) {
        $0.outcome
    }
    package static let reason = Field<DrawEntryRecord, String?>("reason", seenBy: everyone) { $0.reason }
    package static let name = Field<DrawEntryRecord, String>("name", seenBy: officials, isNoted: true) {
        $0.name
    }
    package static let detail = Field<DrawEntryRecord, String>("detail", seenBy: officials, isNoted: true) {
        $0.detail
    }
    package static let salt = Field<DrawEntryRecord, String>("salt", seenBy: officials) { $0.salt }

    package static let rows = [
        SightRow("draw entry", code), SightRow("draw entry", outcome), SightRow("draw entry", reason),
        SightRow("draw entry", name), SightRow("draw entry", detail), SightRow("draw entry", salt),
    ]

    /// What the viewer is to every draw, by role.
    static func relations(_ viewer: Viewer) -> Set<Relation> {
        var relations: Set<Relation> = []
        if viewer.holds(.programmeOfficer) { relations.insert(.programmeOfficer) }
        if viewer.holds(.commissionLeader) { relations.insert(.commissionLeader) }
        if viewer.holds(.integrity) { relations.insert(.integrity) }
        if viewer.holds(.auditor) { relations.insert(.auditor) }
        return relations
    }

    static func isOfficial(_ viewer: Viewer) -> Bool { !relations(viewer).isDisjoint(with: officials) }

    /// Commitment and result are public to whoever is signed in; who stands behind a code is not.
    static func view(_ store: Transaction, _ viewer: Viewer, _ fact: Fact) throws -> FactView? {
        guard fact.subject.kind == Draw.subjectKind else { return nil }
        if [DrawInvited.kind, DrawPromised.kind].contains(fact.kind) {
            return try DrawQueries.isKnown(ID(fact.subject.id), to: viewer, store) ? .whole : .nothing
        }
        let isPublic = [
            DrawOpened.kind, DrawCommitted.kind, DrawHeld.kind, DrawSubstituted.kind,
        ].contains(fact.kind)
        return isPublic || viewer.holds(.auditor) || viewer.holds(.integrity) ? .whole : .nothing
    }
}

extension Draw {
    static let subjectKind = "draw"

    static func subject(_ id: ID<Draw>) -> Subject { Subject(kind: subjectKind, id: id.rawValue) }
}
