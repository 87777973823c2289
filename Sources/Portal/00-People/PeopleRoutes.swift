import Lifecycle
import Store

/// `/people`, `/people/{person}`, `/organisations`: the register, for those whose work needs it.
enum PeopleRoutes {
    static func add(to routes: Routes) {
        routes.get("/people", people)
        routes.get("/people.csv", export)
        SavedViews.add(
            SavedViews.List(path: "/people") { ask, _ in
                _ = try reader(ask)
            } address: {
                PeopleFilter($0).address()
            }, to: routes)
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
        let filter = PeopleFilter(ask.query)
        let (now, person) = (ask.now, try ask.signedIn())
        let (page, roles, unit, views) = try await ask.read { store in
            let page = try PeopleQueries.people(filter, at: now, store)
            let unit = try store.value(
                "SELECT name FROM organisation WHERE id = \(filter.organisation)", as: String.self)
            return (
                page, try PeopleQueries.roles(of: page.rows.map(\.id), at: now, store), unit,
                try SavedViews.of(person, path: "/people", store)
            )
        }
        return try await ask.page(
            "people/people", PeoplePage(page, roles, filter, unit: unit, views: views, as: relations, ask))
    }

    /// The list as a table, with the same filters and the same sight.
    private static func export(_ ask: Ask) async throws -> Answer {
        let relations = try reader(ask)
        try await Reads.note(.people, about: Subject(kind: "house", id: "people"), ask)
        let filter = PeopleFilter(ask.query).beginning(after: ListPlace([]))
        let now = ask.now
        let (people, roles) = try await ask.read { store in
            let page = try PeopleQueries.people(filter, size: PeopleExport.most, at: now, store)
            guard page.next == nil else { throw Refused("table.too-many", ["most": "\(PeopleExport.most)"]) }
            return (page.rows, try PeopleQueries.roles(of: page.rows.map(\.id), at: now, store))
        }
        return .download(
            PeopleExport.file(people.map { (Seen($0, as: relations), roles[$0.id] ?? []) }, ask.words),
            name: "\(ask.words["people.title"])-\(now.day.text).csv", type: "text/csv; charset=utf-8")
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
        let after = ListPlace(text: ask.query.text("after"))
        let (page, groups) = try await ask.read { store in
            (
                try PeopleQueries.organisations(filter, after: after, store), try PeopleQueries.groups(store)
            )
        }
        return try await ask.page(
            "people/organisations", OrganisationsPage(page, filter, groups, ask))
    }
}
