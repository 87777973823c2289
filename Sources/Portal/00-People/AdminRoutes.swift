import Lifecycle
import Store

/// `/admin`: three administrators, three grounds.
enum AdminRoutes {
    static func add(to routes: Routes) {
        routes.get("/admin", overview)
        routes.get("/admin/organisations/new") { ask in
            try administrator(ask, .systemAdmin)
            return try await OrganisationForm.page(ask, [])
        }
        routes.post("/admin/organisations", limit: 1 << 16, registerOrganisation)
        routes.get("/admin/people/new") { ask in
            try administrator(ask, .systemAdmin)
            return try await PersonForm.page(ask, [])
        }
        routes.post("/admin/people", limit: 1 << 16, registerPerson)
        routes.get("/admin/people/{person}") { ask in try await personPage(ask, []) }
        routes.post("/admin/people/{person}/invitation", limit: 1 << 14, invite)
        routes.post("/admin/people/{person}/roles", limit: 1 << 14, grant)
        routes.post("/admin/people/{person}/roles/end", limit: 1 << 14, end)
        routes.post("/admin/proposals/{proposal}/confirm", limit: 1 << 14, confirm)
        routes.post("/admin/proposals/{proposal}/decline", limit: 1 << 14) { ask in
            try administrator(ask)
            guard let number = Int64(ask.parameter("proposal")) else { throw Missing() }
            try await ask.change { change in try Administration.decline(number, change) }
            return .see("/admin?done=proposal-declined")
        }
        routes.get("/admin/facts", facts)
    }

    /// Missing to everybody else. An administrator without a second factor is nobody here, but in the demo.
    static func administrator(_ ask: Ask, _ roles: Role...) throws {
        let wanted = roles.isEmpty ? Role.allCases.filter(\.isAdministrator) : roles
        guard wanted.contains(where: ask.viewer.holds) else { throw Missing() }
        if !ask.house.options.demo && ask.session?.secondFactor != true {
            throw Refused("second-factor.needed")
        }
    }

    private static func overview(_ ask: Ask) async throws -> Answer {
        try administrator(ask)
        let now = ask.now
        let realNow = ask.house.world.now()
        let (administrators, proposals, failures) = try await ask.read { store in
            (
                try AdminQueries.administrators(at: now, store), try AdminQueries.proposals(store),
                try Attempts.count(at: realNow, store)
            )
        }
        return try await ask.page(
            "people/admin", AdminPage(administrators, proposals, failures, ask))
    }

    private static func registerOrganisation(_ ask: Ask) async throws -> Answer {
        try administrator(ask, .systemAdmin)
        do {
            let organisation = try await ask.change { change in
                let organisation = try OrganisationForm.parse(ask, change)
                try PeopleActs.register(organisation, change)
                return organisation
            }
            return .see(
                "/organisations?q=\(organisation.name.percentEncoded)&done=organisation-registered")
        } catch let refused as Refused {
            return try await OrganisationForm.page(ask, refused.refusals)
        }
    }

    private static func registerPerson(_ ask: Ask) async throws -> Answer {
        try administrator(ask, .systemAdmin)
        do {
            let person = try await ask.change { change in
                let person = try PersonForm.parse(ask, change)
                try PeopleActs.register(person, change)
                return person
            }
            return .see("/admin/people/\(person.id)?done=person-registered")
        } catch let refused as Refused {
            return try await PersonForm.page(ask, refused.refusals)
        }
    }

    private static func personPage(_ ask: Ask, _ refusals: [Refusal]) async throws -> Answer {
        try administrator(ask)
        let id = ask.id("person", Person.self)
        let now = ask.now
        let (record, tenures, places, canSignIn) = try await ask.read { store in
            let record = try PersonRecord.find(id, store)
            return (
                record, try TenureLine.now(of: id, at: now, store),
                try AdminQueries.places(of: record, store), try Credentials.outline(of: id, store) != nil
            )
        }
        try await Reads.note(.person, about: .person(id), ask)
        let seen = Seen(record, as: PersonSight.relations(of: ask.viewer))
        return try await ask.page(
            "people/administer",
            AdministerPage(seen, id, tenures, places, canSignIn: canSignIn, refusals, ask),
            status: refusals.isEmpty ? 200 : 422)
    }

    private static func invite(_ ask: Ask) async throws -> Answer {
        try administrator(ask)
        let id = ask.id("person", Person.self)
        do {
            enum Made: Sendable {
                case link(token: String)
                case half(code: String)
            }
            let made = try await ask.change { change -> Made in
                guard try Invitations.takesTwo(id, change) else {
                    return .link(token: try Invitations.issue(to: id, change))
                }
                return .half(code: try Administration.proposeLink(for: id, change).code ?? "")
            }
            switch made {
            case .link(let token): return try await linkPage(token, needsCode: false, ask)
            case .half(let code):
                return try await ask.page("people/half", HalfPage(code: OneTimeCode.grouped(code)))
            }
        } catch let refused as Refused {
            return try await personPage(ask, refused.refusals)
        }
    }

    /// Shown once, in the very answer: the token is nowhere to be read again.
    private static func linkPage(_ token: String, needsCode: Bool, _ ask: Ask) async throws -> Answer {
        let host = ask.headers["host"] ?? ""
        return try await ask.page(
            "people/link",
            LinkPage(
                link: "\(ask.isSecure ? "https" : "http")://\(host)/invitations/\(token)",
                needsCode: needsCode))
    }

    private static func grant(_ ask: Ask) async throws -> Answer {
        try administrator(ask)
        let id = ask.id("person", Person.self)
        do {
            guard let role = Role(rawValue: ask.form.text("role")) else { throw Refused("role.unknown") }
            let organisation = ID<Organisation>(ask.form.text("organisation"))
            let until = try untilDay(ask.form.text("until"))
            try await ask.change { change in
                if role.isAdministrator {
                    try Administration.propose(.grant, role, of: id, in: organisation, change)
                } else {
                    try PeopleActs.grant(
                        Tenure(
                            person: id, role: role, organisation: organisation, from: change.at, until: until),
                        change)
                }
            }
            return .see(
                role.isAdministrator ? "/admin?done=proposed" : "/admin/people/\(id)?done=role-granted")
        } catch let refused as Refused {
            return try await personPage(ask, refused.refusals)
        }
    }

    private static func end(_ ask: Ask) async throws -> Answer {
        try administrator(ask)
        let id = ask.id("person", Person.self)
        do {
            guard let role = Role(rawValue: ask.form.text("role")) else { throw Refused("role.unknown") }
            let organisation = ID<Organisation>(ask.form.text("organisation"))
            try await ask.change { change in
                if role.isAdministrator {
                    try Administration.propose(.end, role, of: id, in: organisation, change)
                } else {
                    try PeopleActs.end(role, of: id, in: organisation, change)
                }
            }
            return .see(
                role.isAdministrator ? "/admin?done=proposed" : "/admin/people/\(id)?done=role-ended")
        } catch let refused as Refused {
            return try await personPage(ask, refused.refusals)
        }
    }

    private static func untilDay(_ text: String) throws -> Instant? {
        if text.isEmpty { return nil }
        guard let day = Day(text: text) else { throw Refused("role.period") }
        // The day itself still counts.
        return Instant(day.adding(1))
    }

    private static func confirm(_ ask: Ask) async throws -> Answer {
        try administrator(ask)
        guard let number = Int64(ask.parameter("proposal")) else { throw Missing() }
        let token = try await ask.change { change in try Administration.confirm(number, change) }
        if let token { return try await linkPage(token, needsCode: true, ask) }
        return .see("/admin?done=proposal-confirmed")
    }

    private static func facts(_ ask: Ask) async throws -> Answer {
        try administrator(ask, .auditAdmin)
        let kind = ask.query.text("kind")
        let before = Int64(ask.query.text("before"))
        let (rows, reasons) = try await ask.read { store in
            let rows = try AdminQueries.facts(kind: kind, before: before, store)
            return (rows, try Reason.of(rows.map(\.number), store))
        }
        try await Reads.note(.administration, about: Subject(kind: "house", id: "administration"), ask)
        return try await ask.page(
            "people/facts", AdminFactsPage(rows, reasons, kind: kind, before: before, ask))
    }
}

struct LinkPage: Sendable {
    let link: String
    /// The other half is with the administrator who proposed.
    let needsCode: Bool
}

/// The proposer's half of a link that another administrator confirms.
struct HalfPage: Sendable {
    let code: String
}
