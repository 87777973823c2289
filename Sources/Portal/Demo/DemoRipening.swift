package import Lifecycle
import Store

/// What lies between an application to be set up when ripe and its screening.
extension DemoRound {
    /// Asks somebody in as a partner of a draft; whoever is asked accepts.
    func join(
        _ partner: ID<Person>, _ draft: ID<Application>, by person: ID<Person>, at: Instant,
        _ store: Transaction
    ) throws {
        let email = try store.value("SELECT email FROM person WHERE id = \(partner)", as: String.self)
        guard let email, let own = try Viewer.find(person, at: at, store),
            let asked = try Viewer.find(partner, at: at, store)
        else { throw Missing() }
        func change(_ actor: ID<Person>) -> Change {
            Change(
                store: store, at: at, actor: actor, world: house.world, projections: house.projections)
        }
        let invited = try PartyActs.invite(
            email, as: .partner, to: draft, by: own, change(person), house)
        try PartyActs.accept(invited.number, by: asked, isConfirmed: true, change(partner), house)
    }

    /// The university and each partner speak, and the officer looks at each item of the checklist.
    ///
    /// - Parameter lacking: items found to be missing; where there are any, the dossier waits.
    package func ripen(
        _ application: ID<Application>, _ programme: Programme, at: Instant, lacking: Set<String> = []
    ) throws {
        guard let screening = programme.procedure.step(of: .screen) else { throw Missing() }
        let before = programme.procedure.ancestors(of: screening.id)
        let house = house
        for step in programme.procedure.steps where step.kind == .statement && before.contains(step.id) {
            guard let form = programme.statement(of: step) else { throw Missing() }
            let brings = programme.partyRule(step.by)?.contributes
            for author in try authors(as: step.by, of: application) {
                try act(author, at) { viewer, change in
                    for item in form.criteria {
                        let isMissing = lacking.contains(item.id)
                        try CriterionActs.find(
                            CriterionActs.Said(
                                item.id, isMissing ? .missing : .met,
                                isMissing ? DemoRemarks.itemMissing : DemoRemarks.itemMet),
                            at: step.id, of: application, by: viewer, change, house)
                    }
                    if !form.criteria.isEmpty, !lacking.isEmpty { return }
                    let answers = try DemoRemarks.statement(form, by: author, bringing: brings, change.store)
                    try StatementActs.make(
                        StatementActs.Written(answers: answers), at: step.id, of: application, by: viewer,
                        change, house)
                }
            }
        }
    }

    /// Whoever of the demo acts in the role on this dossier.
    private func authors(as role: Role, of application: ID<Application>) throws -> [ID<Person>] {
        if role == .programmeOfficer { return [register.cast.person("programme-officer")] }
        return try house.database.readNow { [register] store in
            guard role == .researchOffice else {
                return try store.values(
                    """
                    SELECT person FROM dossier_party
                    WHERE application = \(application) AND role = \(role) AND state = 'accepted'
                    ORDER BY invitation
                    """, as: ID<Person>.self)
            }
            let code = try store.value(
                """
                SELECT organisation.code FROM application
                JOIN organisation ON organisation.id = application.university
                WHERE application.id = \(application)
                """, as: String.self)
            return [code.flatMap { register.officers[$0] }].compactMap(\.self)
        }
    }
}

extension DemoRemarks {
    package static let itemMet = "（演示）已逐页核对申请书和附件，内容齐全，可以核验。"
    static let itemMissing = "（演示）材料只有设想，尚未落实，请补齐证明后再核对。"

    private struct Body: Decodable, Sendable {
        let name: String
        let kind: Organisation.Kind
    }

    /// A statement in which a partner says of which body it speaks.
    static func statement(
        _ form: StatementForm, by author: ID<Person>, bringing brings: PartyRule.Contribution?,
        _ store: Transaction
    ) throws -> [String: String] {
        var answers = statement(form)
        let body = try store.row(
            """
            SELECT organisation.name AS name, organisation.kind AS kind FROM person
            JOIN organisation ON organisation.id = person.organisation WHERE person.id = \(author)
            """, as: Body.self)
        guard let brings, brings.statement == form.id, let body else { return answers }
        answers[brings.body] = body.name
        let kinds = form.fields.first { $0.id == brings.type }?.options.map(\.id) ?? []
        if kinds.contains(body.kind.rawValue) { answers[brings.type] = body.kind.rawValue }
        return answers
    }
}
