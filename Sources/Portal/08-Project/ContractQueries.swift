import Lifecycle
import Store

extension ContractPage.Picture {
    private struct AgreementRow: Decodable, Sendable {
        let party: Role
        let name: String?
        let at: Instant
    }

    static func read(_ opened: OpenCase, _ ask: Ask, _ store: Transaction) throws -> Self {
        let id = opened.record.id
        let agreements = try store.rows(
            """
            SELECT contract_agreement.party, person.name, contract_agreement.at FROM contract_agreement
            LEFT JOIN person ON person.id = contract_agreement.person
            WHERE contract_agreement.application = \(id) ORDER BY contract_agreement.at
            """, as: AgreementRow.self)
        let step = opened.programme.procedure.step(of: .contract)
        let parties = (step?.parties ?? []).map { role in
            let agreed = agreements.last { $0.party == role }
            return PartyRecord(role: role, name: agreed?.name, at: agreed?.at)
        }
        var mayAgreeAs: [Role] = []
        if let person = ask.viewer.person,
            let open = opened.standing.open.first(where: { $0.step.kind == .contract }),
            !open.contributions.contains(where: { $0.person == person })
        {
            for party in parties where party.at == nil {
                if try ContractActs.speaks(for: party.role, person, in: id, at: ask.now, store),
                    party.role == .applicant
                        || !opened.seen.relations.isDisjoint(with: [.researchOffice, .programmeOfficer])
                {
                    mayAgreeAs.append(party.role)
                }
            }
        }
        let contract = try ContractActs.contract(of: id, store)
        let agreedAt = try store.value(
            "SELECT agreed_at FROM contract WHERE application = \(id)", as: Instant.self)
        return Self(
            opened: opened, contract: contract, parties: parties,
            partners: try Partners.records(of: id, in: contract, isBound: agreedAt != nil, store),
            lead: try LeadEndorsement.find(opened.standing, store), mayAgreeAs: mayAgreeAs,
            agreedAt: agreedAt,
            commission: try store.value(
                "SELECT name FROM organisation WHERE kind = 'commission' ORDER BY id LIMIT 1",
                as: String.self) ?? "")
    }
}

/// The agreement that waits for each of the three parties.
enum ProjectTasks {
    private struct Row: Decodable, Sendable {
        let id: String
        let title: String
        let due: Instant?
    }

    static func all(_ store: Transaction, _ viewer: Viewer, _ now: Instant) throws -> [PendingTask] {
        guard let person = viewer.person else { return [] }
        var tasks = try waiting(
            for: .applicant, "AND application.owner = \(person)", ofFew: true, person, store)
        for university in viewer.organisations(as: .researchOffice) {
            tasks += try waiting(
                for: .researchOffice, "AND application.university = \(university)", person, store)
        }
        if viewer.holds(.programmeOfficer) {
            let barred = Array(try Recusal.barred(person, store))
            tasks += try waiting(
                for: .programmeOfficer, "AND application.id NOT IN \(list: barred)", person, store)
        }
        return tasks
    }

    private static func waiting(
        for party: Role, _ whose: SQL, ofFew: Bool = false, _ person: ID<Person>, _ store: Transaction
    ) throws -> [PendingTask] {
        // A person's few dossiers lead; else what waits does.
        let tables: SQL = ofFew ? "application CROSS JOIN open_step" : "open_step CROSS JOIN application"
        let found: Foremost<Row> = try store.foremost(
            "application.id, application.title, open_step.due_at AS due",
            from: """
                \(sql: tables)
                WHERE open_step.kind = 'contract' AND application.id = open_step.application
                  \(sql: whose)
                  AND NOT EXISTS (SELECT 1 FROM contract_agreement
                    WHERE contract_agreement.application = application.id
                      AND (contract_agreement.party = \(party) OR contract_agreement.person = \(person)))
                """, by: "COALESCE(open_step.due_at, 9223372036854775807), open_step.number")
        return found.tasks(desk: "/cases?step=contract&state=open&sort=due") {
            PendingTask(
                verb: "agree-contract", title: $0.title, href: "/cases/\($0.id)/contract", due: $0.due)
        }
    }
}
