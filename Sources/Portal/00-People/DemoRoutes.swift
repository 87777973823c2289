import Lifecycle
import Store

/// `/demo`: the demo's people with one-click sign-in, and its clock. Only with `--demo`, and only from this
/// machine: elsewhere it does not exist.
enum DemoRoutes {
    static func add(to routes: Routes) {
        routes.get("/demo") { ask in
            try here(ask)
            if ask.query.text("format") == "json" {
                return try .json(try await ask.read { store in try DemoLink.all(store) })
            }
            let people = try await ask.read { store in try Self.people(store) }
            return try await ask.page("demo", DemoPage(people, ask))
        }
        routes.get("/demo/sign-in/{who}") { ask in
            try here(ask)
            // A foreign page must not choose who its reader is.
            if ask.headers["sec-fetch-site"] == "cross-site" { throw Missing() }
            let who = ask.parameter("who")
            let old = ask.session?.tokenHash
            let token = try await ask.house.database.write { store in
                let person =
                    try Self.people(store).first { $0.key == who }?.id ?? Self.invented(ID(who), store)
                guard let person else { throw Missing() }
                if let old { _ = try store.run("DELETE FROM session WHERE token_hash = \(old)") }
                return try Session.open(person, secondFactor: false, world: ask.house.world, store)
            }
            var answer = Answer.see(SignIn.local(ask.query.text("next")) ?? "/todo")
            answer.add("Set-Cookie", Session.cookieField(token, ask))
            return answer
        }
        routes.post("/demo/clock", limit: 1 << 14) { ask in
            try here(ask)
            let target: Instant?
            if let days = Int64(ask.form.text("days")) {
                target = (1...3660).contains(days) ? ask.now.adding(seconds: days * 86_400) : nil
            } else {
                target = Instant(text: ask.form.text("to"))
            }
            guard let target else { throw Refused("demo.clock") }
            // Facts are in the order of time, and stay so.
            guard target > ask.now else { throw Refused("demo.clock-back", ["now": ask.now.text]) }
            try await ask.house.moveClock(to: target, by: ask.viewer.person)
            return .see("/demo?done=clock-moved")
        }
    }

    private static func here(_ ask: Ask) throws {
        guard ask.house.options.demo, ask.isLocal else { throw Missing() }
    }

    struct Person: Sendable {
        let key: String
        let id: ID<Lifecycle.Person>
        let name: String
        let role: Role
        let organisation: String
    }

    private struct Found: Decodable, Sendable {
        let id: ID<Lifecycle.Person>
        let name: String
        let organisation: String
    }

    /// Anybody else of the demo city, by identity. Who was not invented has no way in here.
    private static func invented(_ id: ID<Lifecycle.Person>, _ store: Transaction) throws -> ID<
        Lifecycle.Person
    >? {
        try store.value(
            "SELECT id FROM person WHERE id = \(id) AND demo = \(true)", as: ID<Lifecycle.Person>.self)
    }

    /// The cast, as far as it is in this database. Only invented people have a link.
    static func people(_ store: Transaction) throws -> [Person] {
        try (DemoCast.members + DemoCast.city).compactMap { member in
            guard
                let found = try store.row(
                    """
                    SELECT person.id AS id, person.name AS name, COALESCE(organisation.name, '') AS organisation
                    FROM person LEFT JOIN organisation ON organisation.id = person.organisation
                    WHERE person.email = \(DemoCast.email(of: member.key)) AND person.demo = \(true)
                    """, as: Found.self)
            else { return nil }
            return Person(
                key: member.key, id: found.id, name: found.name, role: member.role,
                organisation: found.organisation)
        }
    }
}

struct DemoPage: Sendable {
    let people: [Line]
    let isEmpty: Bool
    let clock: String
    let clockInput: String
    let current: String
    let isSignedIn: Bool

    struct Line: Sendable {
        let href: String
        let role: String
        let name: String
        let organisation: String
    }

    init(_ found: [DemoRoutes.Person], _ ask: Ask) {
        people = found.map {
            Line(
                href: "/demo/sign-in/\($0.key)", role: ask.words["role.\($0.role.rawValue)"], name: $0.name,
                organisation: $0.organisation)
        }
        isEmpty = people.isEmpty
        clock = ask.now.text
        clockInput = String(ask.now.iso.prefix(16))
        isSignedIn = ask.viewer.person != nil
        current = ask.viewer.name
    }
}
