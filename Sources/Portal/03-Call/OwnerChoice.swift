import Lifecycle
import Store

/// Choosing who answers for a call: an e-mail address; or an official's name, or a role, and an organisation with a bar
/// between them.
enum OwnerChoice {
    /// One of those that the field offers while somebody types; any other person's address does as well.
    struct Option: Sendable {
        let value: String
        let label: String
    }

    private struct Row: Decodable, Sendable {
        let role: Role
        let id: ID<Person>
        let person: String
        let organisation: String
        let organisationEn: String

        func place(in language: Language) -> String {
            Named.name(organisation, organisationEn, in: language)
        }
    }

    /// Every office that is held now, with who holds it.
    private static func rows(at now: Instant, _ store: Transaction) throws -> [Row] {
        try store.rows(
            """
            SELECT tenure.role AS role, person.id AS id, person.name AS person,
              organisation.name AS organisation, organisation.name_en AS organisation_en
            FROM tenure JOIN organisation ON organisation.id = tenure.organisation
            JOIN person ON person.id = tenure.person
            WHERE tenure.role IN \(list: CallOwner.roles) AND tenure.from_at <= \(now)
              AND (tenure.until_at IS NULL OR tenure.until_at > \(now))
            ORDER BY organisation.pinyin, organisation.id, tenure.role, person.pinyin, person.id
            """)
    }

    /// Officials by what is typed for them: no address, which is nobody else's to read. Two of one name at one place are
    /// not among them; their addresses tell them apart.
    private static func officials(_ rows: [Row], in language: Language) -> [String: ID<Person>] {
        let typed = Dictionary(grouping: rows.filter { $0.role.actsForCommission }) {
            written($0.person, $0.place(in: language))
        }
        return typed.compactMapValues { rows in
            Set(rows.map(\.id)).count == 1 ? rows[0].id : nil
        }
    }

    /// Offices that somebody holds now, and who of the commission's side holds them.
    static func options(_ words: Words.Catalogue, at now: Instant, _ store: Transaction) throws -> [Option] {
        let rows = try rows(at: now, store)
        let officials = officials(rows, in: words.language)
        var seen: Set<String> = []
        let offices = rows.map { row in
            Option(
                value: office(row.role, row.place(in: words.language), words),
                label: words["call.ownerOffice"])
        }
        let people = rows.filter { $0.role.actsForCommission }.map { row in
            Option(
                value: written(row.person, row.place(in: words.language)),
                label: words["role.\(row.role.rawValue)"])
        }.filter { officials[$0.value] != nil }
        return (offices + people).filter { seen.insert($0.value).inserted }
    }

    private static func office(_ role: Role, _ organisation: String, _ words: Words.Catalogue) -> String {
        written(words["role.\(role.rawValue)"], organisation)
    }

    private static func written(_ first: String, _ organisation: String) -> String {
        "\(first) | \(organisation)"
    }

    /// Who is meant by what was typed; nil where it is nobody here.
    static func read(_ typed: String, at now: Instant, _ house: House, _ store: Transaction) throws
        -> CallOwner?
    {
        let parts = typed.split(whereSeparator: { "|｜".contains($0) }).map { String($0).trimmed }
        guard parts.count == 2 else {
            guard parts.count == 1, let someone = try? Someone.find(parts[0], store) else { return nil }
            return CallOwner(.person(someone.id), name: someone.name, home: someone.organisationName)
        }
        guard
            let role = CallOwner.roles.first(where: { role in
                Language.allCases.contains { house.words(in: $0)["role.\(role.rawValue)"] == parts[0] }
            })
        else { return try official(written(parts[0], parts[1]), at: now, store) }
        let organisations: [Named] = try store.rows(
            """
            SELECT id, name, name_en FROM organisation WHERE name = \(parts[1]) OR name_en = \(parts[1])
            ORDER BY id LIMIT 2
            """)
        // Two of one name are nobody: who answers is not a matter of chance.
        guard organisations.count == 1, let organisation = organisations.first else { return nil }
        return CallOwner(.role(role, of: organisation.id), name: organisation.name)
    }

    private static func official(_ typed: String, at now: Instant, _ store: Transaction) throws -> CallOwner?
    {
        struct Home: Decodable, Sendable {
            let name: String
            let organisation: String
        }
        let rows = try rows(at: now, store)
        let meant = Set(Language.allCases.compactMap { officials(rows, in: $0)[typed] })
        guard meant.count == 1, let person = meant.first,
            let home = try store.row(
                """
                SELECT person.name AS name, organisation.name AS organisation
                FROM person JOIN organisation ON organisation.id = person.organisation WHERE person.id = \(person)
                """, as: Home.self)
        else { return nil }
        return CallOwner(.person(person), name: home.name, home: home.organisation)
    }

    private struct Named: Decodable, Sendable {
        let id: ID<Organisation>
        let name: String
        let nameEn: String

        static func name(_ name: String, _ nameEn: String, in language: Language) -> String {
            language == .en && !nameEn.isEmpty ? nameEn : name
        }
    }

    /// What the field shows of somebody chosen before.
    static func typed(_ owner: CallOwner, _ words: Words.Catalogue, _ store: Transaction) throws -> String {
        switch owner.who {
        case .person(let person):
            return try store.value("SELECT email FROM person WHERE id = \(person)", as: String.self) ?? ""
        case .role(let role, let id):
            let named = try store.row(
                "SELECT id, name, name_en FROM organisation WHERE id = \(id)", as: Named.self)
            let place = named.map { Named.name($0.name, $0.nameEn, in: words.language) }
            return office(role, place ?? owner.name, words)
        }
    }

    /// What keeps the one who is named from answering for the call.
    static func obstacles(
        _ call: Call, _ programme: Programme, at now: Instant, _ store: Transaction
    ) throws -> [Refusal] {
        guard let owner = call.owner, let parameter = programme.ownerParameter else { return [] }
        let values = ["label": parameter.label.zh, "id": parameter.id]
        switch owner.who {
        case .person(let person):
            let held = try store.values(
                """
                SELECT role FROM tenure WHERE person = \(person) AND from_at <= \(now)
                  AND (until_at IS NULL OR until_at > \(now))
                """, as: Role.self)
            var obstacles: [Refusal] = []
            // The three administrators see nothing of the business.
            if held.contains(where: \.isAdministrator) {
                obstacles.append(Refusal("call.owner-apart", values))
            }
            // Whoever applies would know what becomes of the others. Only an amendment can find this out.
            if try Parties.takesPart(person, in: call.id, store) {
                obstacles.append(Refusal("call.owner-applies", values))
            }
            return obstacles
        case .role(let role, let organisation):
            let held = try store.value(
                """
                SELECT 1 FROM tenure WHERE role = \(role) AND organisation = \(organisation) AND from_at <= \(now)
                  AND (until_at IS NULL OR until_at > \(now)) LIMIT 1
                """, as: Int.self)
            return held == nil ? [Refusal("call.owner-vacant", values)] : []
        }
    }
}
