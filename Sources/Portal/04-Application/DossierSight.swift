import Foundation
package import Lifecycle
package import Store

/// The outline of a dossier, as lists and the case page's banner show it.
package struct DossierRecord: Sendable, Decodable {
    package let id: ID<Application>
    package let call: ID<Call>
    package let programme: String
    package let digest: String
    package let number: String
    package let owner: ID<Person>
    package let ownerName: String
    package let university: ID<Organisation>
    package let universityName: String
    package let born: Day?
    package let title: String
    package let discipline: String
    package let amount: Money
    package let fact: Int64
    package let version: Int
    package let firstSubmittedAt: Instant
    package let submittedAt: Instant
    package let listRank: Int?
    package let step: String
    package let stepKind: String
    package let holder: String
    package let state: String
    package let dueAt: Instant?
    /// Id of the topic it bids for; empty where its call lets none.
    package let topic: String

    package static let columns: SQL = """
        application.id, application.call, application.programme, application.digest, application.number,
        application.owner, application.owner_name, application.university, application.university_name,
        application.born, application.title, application.discipline, application.amount, application.fact,
        application.version, application.first_submitted_at, application.submitted_at, application.list_rank,
        application.step, application.step_kind, application.holder, application.state, application.due_at,
        application.topic
        """
}

/// Who sees which field of a dossier. Experts see the proposal, never the person's birth; finance sees what it
/// needs to pay; administrators see nothing.
package enum DossierSight {
    private static let insiders: Set<Relation> = [
        .owner, .teamMember, .researchOffice, .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]
    /// Who was asked in by name for the dossier, and accepted.
    package static let asked: Set<Relation> = [.recommender, .finalUser, .partner]
    private static let readers = insiders.union([.expert, .finance]).union(asked)

    package static let number = Field<DossierRecord, String>("number", seenBy: readers) { $0.number }
    package static let title = Field<DossierRecord, String>("title", seenBy: readers) { $0.title }
    package static let ownerName = Field<DossierRecord, String>("ownerName", seenBy: readers) { $0.ownerName }
    package static let universityName = Field<DossierRecord, String>("universityName", seenBy: readers) {
        $0.universityName
    }
    package static let discipline = Field<DossierRecord, String>("discipline", seenBy: readers) {
        $0.discipline
    }
    package static let born = Field<DossierRecord, Day?>(
        "born", seenBy: insiders.subtracting([.teamMember]), isNoted: true
    ) { $0.born }
    package static let amount = Field<DossierRecord, Money>(
        "amount", seenBy: readers.subtracting([.recommender])
    ) { $0.amount }
    package static let submittedAt = Field<DossierRecord, Instant>("submittedAt", seenBy: insiders) {
        $0.submittedAt
    }
    package static let listRank = Field<DossierRecord, Int?>(
        "listRank", seenBy: [.researchOffice, .programmeOfficer, .commissionLeader, .integrity, .auditor]
    ) { $0.listRank }
    package static let standing = Field<DossierRecord, String>(
        "standing", seenBy: insiders.union([.finance])
    ) { $0.step }

    package static let stepKind = Field<DossierRecord, String>(
        "stepKind", seenBy: insiders.union([.finance])
    ) { $0.stepKind }
    package static let state = Field<DossierRecord, String>("state", seenBy: insiders.union([.finance])) {
        $0.state
    }
    package static let dueAt = Field<DossierRecord, Instant?>("dueAt", seenBy: insiders.union([.finance])) {
        $0.dueAt
    }

    package static let topic = Field<DossierRecord, String>("topic", seenBy: readers) { $0.topic }
    package static let version = Field<DossierRecord, Int>("version", seenBy: insiders) { $0.version }
    package static let firstSubmittedAt = Field<DossierRecord, Instant>(
        "firstSubmittedAt", seenBy: insiders
    ) { $0.firstSubmittedAt }

    package static let rows = [
        SightRow("dossier", number), SightRow("dossier", title), SightRow("dossier", ownerName),
        SightRow("dossier", universityName), SightRow("dossier", discipline), SightRow("dossier", born),
        SightRow("dossier", amount), SightRow("dossier", submittedAt), SightRow("dossier", listRank),
        SightRow("dossier", standing), SightRow("dossier", stepKind), SightRow("dossier", state),
        SightRow("dossier", dueAt), SightRow("dossier", topic), SightRow("dossier", version),
        SightRow("dossier", firstSubmittedAt),
    ]

    /// What the viewer is to the dossier. A conflict of interest takes an official's relation away.
    package static func relations(of viewer: Viewer, to dossier: DossierRecord, _ store: Transaction) throws
        -> Set<Relation>
    {
        guard let person = viewer.person else { return [] }
        return try relations(of: viewer, to: dossier, DossierTies(viewer, to: [dossier.id], store), store) {
            try Parties.reasonsAgainstOffice(of: person, on: dossier.id, store).isEmpty
        }
    }

    /// The same of each of many, in a few statements for all: a list asks for a page of them.
    package static func relations(of viewer: Viewer, to dossiers: [DossierRecord], _ store: Transaction)
        throws
        -> [ID<Application>: Set<Relation>]
    {
        guard let person = viewer.person else { return [:] }
        let ids = dossiers.map(\.id)
        let ties = try DossierTies(viewer, to: ids, store)
        let isOfficial = !officialRelations(of: viewer).isEmpty || viewer.holds(.jointFunder)
        let free: Set<ID<Application>> =
            isOfficial
            ? Set(
                try store.values(
                    "SELECT id FROM application WHERE id IN \(list: ids) AND \(sql: Parties.free(person))",
                    as: ID<Application>.self)) : []
        return Dictionary(
            uniqueKeysWithValues: try dossiers.map { dossier in
                (
                    dossier.id,
                    try relations(of: viewer, to: dossier, ties, store) { free.contains(dossier.id) }
                )
            })
    }

    /// - Parameter isFree: whether no conflict keeps the viewer, as an official, from the dossier.
    private static func relations(
        of viewer: Viewer, to dossier: DossierRecord, _ ties: DossierTies, _ store: Transaction,
        isFree: () throws -> Bool
    ) throws -> Set<Relation> {
        var found = ties.relations(to: dossier.id)
        if dossier.owner == viewer.person { found.insert(.owner) }
        if viewer.holds(.researchOffice, in: dossier.university)
            || viewer.holds(.universityLeader, in: dossier.university)
        {
            found.insert(.researchOffice)
        }
        let official = try officialRelations(of: viewer, in: dossier.call, store)
        if !official.isEmpty, try isFree() {
            found.formUnion(official)
            // Finance reads a dossier from the moment its contract binds, and after the end.
            if found.contains(.finance), try !isContracted(dossier.id, store) { found.remove(.finance) }
        }
        return found
    }

    private static func isContracted(_ id: ID<Application>, _ store: Transaction) throws -> Bool {
        try store.value(
            "SELECT 1 FROM contract WHERE application = \(id) AND agreed_at IS NOT NULL", as: Int.self) != nil
    }

    /// Relations that come from a role at the commission, before conflicts are looked at.
    package static func officialRelations(of viewer: Viewer) -> Set<Relation> {
        var found: Set<Relation> = []
        if viewer.holds(.programmeOfficer) { found.insert(.programmeOfficer) }
        if viewer.holds(.commissionLeader) { found.insert(.commissionLeader) }
        if viewer.holds(.finance) || viewer.holds(.financeApprover) { found.insert(.finance) }
        if viewer.holds(.integrity) { found.insert(.integrity) }
        if viewer.holds(.auditor) { found.insert(.auditor) }
        return found
    }

    /// The same in one call: who signs for the organisation that funds it too reads what the commission's leader reads.
    package static func officialRelations(of viewer: Viewer, in call: ID<Call>, _ store: Transaction) throws
        -> Set<Relation>
    {
        let found = officialRelations(of: viewer)
        return try JointFunders.signs(viewer, for: call, store) ? found.union([.commissionLeader]) : found
    }

    /// The dossier as this viewer sees it. An unseen one is missing.
    package static func find(
        _ id: ID<Application>, for viewer: Viewer, _ store: Transaction
    ) throws -> (record: DossierRecord, seen: Seen<DossierRecord>) {
        guard
            let record = try store.row(
                "SELECT \(sql: DossierRecord.columns) FROM application WHERE id = \(id)",
                as: DossierRecord.self)
        else { throw Missing() }
        let relations = try relations(of: viewer, to: record, store)
        guard !relations.isEmpty else { throw Missing() }
        return (record, Seen(record, as: relations))
    }
}

extension ApplicationSubmitted {
    /// The last submission of a dossier, from the journal's payload.
    package static func find(fact number: Int64, _ store: Transaction) throws -> ApplicationSubmitted? {
        guard let text = try store.value("SELECT body FROM payload WHERE number = \(number)", as: String.self)
        else { return nil }
        return try JSONDecoder().decode(ApplicationSubmitted.self, from: Data(text.utf8))
    }
}

extension Exclusion {
    /// Whom the applicant asked with the last submission not to review, by the names they have now.
    package static func of(_ application: ID<Application>, _ store: Transaction) throws -> [Exclusion] {
        struct Row: Decodable, Sendable {
            let person: ID<Person>
            let name: String
            let reason: String
        }
        return try store.rows(
            """
            SELECT person.id AS person, person.name AS name, application_exclusion.reason AS reason
            FROM application_exclusion JOIN person ON person.id = application_exclusion.person
            WHERE application_exclusion.application = \(application) ORDER BY person.id
            """, as: Row.self
        ).map { Exclusion(person: $0.person, name: $0.name, reason: $0.reason) }
    }
}
