import Lifecycle
import Store

/// `/people`, `/people/{person}`, `/organisations`: the register, for those whose work needs it.
enum PeopleRoutes {
    static func add(to routes: Routes) {
        routes.get("/people", people)
        routes.get("/people/{person}", person)
        routes.get("/organisations", organisations)
    }

    static let readers: [Role] = [
        .programmeOfficer, .auditor, .integrity, .systemAdmin, .securityAdmin,
    ]

    private static func reader(_ ask: Ask) throws -> Set<Relation> {
        guard readers.contains(where: ask.viewer.holds) else { throw Missing() }
        return PersonSight.relations(of: ask.viewer)
    }

    private static func people(_ ask: Ask) async throws -> Answer {
        let relations = try reader(ask)
        try await Reads.note(.people, about: Subject(kind: "house", id: "people"), ask)
        let filter = PeopleQueries.PeopleFilter(
            text: String(ask.query.text("q").prefix(60)), organisation: ask.query.text("organisation"),
            role: Role(rawValue: ask.query.text("role")))
        let after = Keyset(ask.query.text("after"))
        let now = ask.now
        let (found, roles, unit) = try await ask.read { store in
            let found = try PeopleQueries.people(filter, after: after, at: now, store)
            let unit = try store.value(
                "SELECT name FROM organisation WHERE id = \(filter.organisation)", as: String.self)
            return (found, try PeopleQueries.roles(of: found.map(\.id), at: now, store), unit)
        }
        return try await ask.page(
            "people/people", PeoplePage(found, roles, filter, unit: unit, as: relations, after: after, ask))
    }

    private static func person(_ ask: Ask) async throws -> Answer {
        let relations = try reader(ask)
        let id = ask.id("person", Person.self)
        let now = ask.now
        let (record, tenures, expert) = try await ask.read { store in
            (
                try PersonRecord.find(id, store), try TenureLine.now(of: id, at: now, store),
                try PeopleQueries.expert(id, store)
            )
        }
        try await Reads.note(.person, about: .person(id), ask)
        let seen = Seen(record, as: relations)
        let mayKnowExpert = !relations.isDisjoint(with: [.programmeOfficer, .integrity, .auditor])
        return try await ask.page(
            "people/person", PersonPage(seen, tenures, mayKnowExpert ? expert : nil, id, ask))
    }

    private static func organisations(_ ask: Ask) async throws -> Answer {
        _ = try reader(ask)
        let filter = PeopleQueries.OrganisationFilter(
            text: String(ask.query.text("q").prefix(60)),
            kind: Organisation.Kind(rawValue: ask.query.text("kind")), group: ask.query.text("group"))
        let after = Keyset(ask.query.text("after"))
        let (found, groups) = try await ask.read { store in
            (
                try PeopleQueries.organisations(filter, after: after, store), try PeopleQueries.groups(store)
            )
        }
        return try await ask.page(
            "people/organisations", OrganisationsPage(found, filter, groups, after: after, ask))
    }
}
