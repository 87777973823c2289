package import Lifecycle
import Store

/// Who sees what of a proposed definition: those who run the house, and those who oversee it.
package enum DefinitionSight {
    static let officials: Set<Relation> = [.programmeOfficer, .commissionLeader, .integrity, .auditor]

    static let fact = Field<DefinitionRecord, Int64>("fact", seenBy: officials) { $0.fact }
    static let programme = Field<DefinitionRecord, String>("programme", seenBy: officials) { $0.programme }
    static let digest = Field<DefinitionRecord, String>("digest", seenBy: officials) { $0.digest }
    static let replaces = Field<DefinitionRecord, String>("replaces", seenBy: officials) { $0.replaces }
    static let at = Field<DefinitionRecord, Instant>("at", seenBy: officials) { $0.at }
    static let proposer = Field<DefinitionRecord, String?>("proposer", seenBy: officials) { $0.proposerName }
    static let grounds = Field<DefinitionRecord, String>("grounds", seenBy: officials) { $0.grounds }
    static let answer = Field<DefinitionRecord, DefinitionAnswer?>("answer", seenBy: officials) { $0.settled }
    static let settledAt = Field<DefinitionRecord, Instant?>("settledAt", seenBy: officials) { $0.settledAt }
    static let settler = Field<DefinitionRecord, String?>("settler", seenBy: officials) { $0.settlerName }
    static let settledReason = Field<DefinitionRecord, String?>("settledReason", seenBy: officials) {
        $0.settledReason
    }

    package static let rows = [
        SightRow("definition proposal", fact), SightRow("definition proposal", programme),
        SightRow("definition proposal", digest),
        SightRow("definition proposal", replaces), SightRow("definition proposal", at),
        SightRow("definition proposal", proposer), SightRow("definition proposal", grounds),
        SightRow("definition proposal", answer), SightRow("definition proposal", settledAt),
        SightRow("definition proposal", settler), SightRow("definition proposal", settledReason),
    ]

    static func seen(_ record: DefinitionRecord, by viewer: Viewer) -> Seen<DefinitionRecord> {
        Seen(record, as: DrawSight.relations(viewer))
    }

    /// What of a programme's facts a viewer sees in the journal. What a definition says is told to whoever reads a call.
    static func view(_ viewer: Viewer, _ fact: Fact) -> FactView? {
        guard fact.subject.kind == "programme" else { return nil }
        return DrawSight.isOfficial(viewer) ? .whole : .nothing
    }
}
