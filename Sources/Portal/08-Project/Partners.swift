package import Lifecycle
import Store

/// A partner of a project: what the contract holds of it, and who said so for it.
package struct PartnerRecord: Sendable {
    /// What of the contract concerns one partner.
    package struct Terms: Sendable {
        package let partner: Contract.Partner
        package let start: Day
        package let end: Day
        package let parts: [Part]
    }

    /// What of one instalment is passed on to it.
    package struct Part: Sendable {
        package let label: Label
        /// After which it is paid; nil for what is paid once the contract binds.
        package let milestone: Label?
        package let amount: Money
    }

    package let terms: Terms
    package let person: ID<Person>?
    package let name: String?
    package let at: Instant?
    /// The contract binds.
    package let isBound: Bool
}

/// Who carries a project beside the university that leads it.
enum Partners {
    /// What each partner said that counts, in the order in which they said it.
    static func joining(
        _ application: ID<Application>, in call: Call, _ programme: Programme, _ house: House,
        _ store: Transaction
    ) throws -> [Contract.Joining] {
        let rules = (programme.parties ?? []).filter { $0.contributes != nil }
        guard !rules.isEmpty else { return [] }
        let standing = try Dossiers.standing(of: application, in: call, programme, house, store)
        let statements = try StatementRecord.all(of: application, store)
        return rules.flatMap { rule -> [Contract.Joining] in
            guard let contributes = rule.contributes, let form = programme.statement(contributes.statement)
            else { return [] }
            return standing.steps.filter { $0.step.by == rule.role && $0.step.statement == form.id }.flatMap {
                StatementRecord.counting(in: $0, statements)
            }.map { record in
                Contract.Joining(
                    statement: record.fact,
                    contributes.read(Drafts.decode(record.answers), by: form))
            }
        }.sorted { $0.statement < $1.statement }
    }

    static func records(
        of application: ID<Application>, in contract: Contract?, isBound: Bool, _ store: Transaction
    ) throws -> [PartnerRecord] {
        guard let contract, let partners = contract.partners else { return [] }
        let statements = try StatementRecord.all(of: application, store)
        return partners.map { partner in
            let statement = statements.first { $0.fact == partner.statement }
            return PartnerRecord(
                terms: PartnerRecord.Terms(
                    partner: partner, start: contract.start, end: contract.end,
                    parts: contract.instalments.map { part in
                        PartnerRecord.Part(
                            label: part.label,
                            milestone: contract.milestones.first { $0.id == part.upon }?.label,
                            amount: contract.passing(of: part.id, to: partner))
                    }), person: statement?.person, name: statement?.name, at: statement?.at,
                isBound: isBound)
        }
    }
}

/// Who spoke for the university that leads it, and when.
struct LeadEndorsement: Sendable {
    let kind: FactKind
    let role: Role?
    let name: String?
    let at: Instant

    /// The first step of the university's that was done; nil where the procedure asks the university nothing.
    static func find(_ standing: Standing, _ store: Transaction) throws -> LeadEndorsement? {
        let step = standing.steps.first { state in
            [.researchOffice, .universityLeader].contains(state.step.by)
                && [.endorse, .statement].contains(state.step.kind)
        }
        guard let step, let made = step.contributions.last else { return nil }
        return LeadEndorsement(
            kind: step.step.kind == .endorse ? ApplicationEndorsed.kind : StatementMade.kind, role: made.role,
            name: try made.person.flatMap { person in
                try store.value("SELECT name FROM person WHERE id = \(person)", as: String.self)
            }, at: made.at)
    }
}

/// Who reads what of a partner: who reads the contract reads of all of them; each reads of itself, once it binds.
package enum PartnerSight {
    private static let insiders = ProjectSight.readers.subtracting([.finance])

    package static let terms = Field<PartnerRecord, PartnerRecord.Terms>(
        "terms", seenBy: ProjectSight.readers.union([.partner])
    ) { $0.terms }
    package static let endorsedBy = Field<PartnerRecord, String?>(
        "endorsedBy", seenBy: insiders.union([.partner])
    ) { $0.name }
    package static let endorsedAt = Field<PartnerRecord, Instant?>(
        "endorsedAt", seenBy: ProjectSight.readers.union([.partner])
    ) { $0.at }

    package static let rows = [
        SightRow("contract partner", terms), SightRow("contract partner", endorsedBy),
        SightRow("contract partner", endorsedAt),
    ]

    /// What a viewer who is `dossier` to the dossier is to one of its partners.
    static func relations(
        to partner: PartnerRecord, as dossier: Set<Relation>, _ viewer: Viewer
    ) -> Set<Relation> {
        let isOwn = partner.isBound && partner.person != nil && partner.person == viewer.person
        return dossier.subtracting([.partner]).union(
            isOwn ? dossier.intersection([.partner]) : [])
    }
}
