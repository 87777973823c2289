import Lifecycle
import Store

/// A role somebody holds, with its organisation's name.
struct TenureLine: Decodable, Sendable {
    let role: Role
    let organisation: ID<Organisation>
    let organisationName: String
    let fromAt: Instant
    let untilAt: Instant?

    static func now(of person: ID<Person>, at now: Instant, _ store: Transaction) throws -> [TenureLine] {
        try store.rows(
            """
            SELECT tenure.role AS role, tenure.organisation AS organisation,
              COALESCE(organisation.name, '') AS organisation_name, tenure.from_at AS from_at,
              tenure.until_at AS until_at
            FROM tenure LEFT JOIN organisation ON organisation.id = tenure.organisation
            WHERE tenure.person = \(person) AND tenure.from_at <= \(now)
              AND (tenure.until_at IS NULL OR tenure.until_at > \(now)) ORDER BY tenure.from_at, tenure.role
            """)
    }
}

/// The same in words.
struct RoleLine: Sendable {
    let role: String
    let organisation: String
    let since: String
    let until: String

    init(_ line: TenureLine, _ words: Words.Catalogue) {
        role = words["role.\(line.role.rawValue)"]
        organisation = line.organisationName
        since = line.fromAt.day.text
        until = line.untilAt.map(\.day.text) ?? words["people.until-open"]
    }
}

/// The place a page of a list begins after: the sort key and the id of the last row before it.
struct Keyset: Sendable {
    let key: String
    let id: String

    /// `key~id`, as it stands in the address.
    init?(_ text: String) {
        guard let split = text.lastIndex(of: "~") else { return nil }
        key = String(text[..<split])
        id = String(text[text.index(after: split)...])
    }

    init(key: String, id: String) {
        self.key = key
        self.id = id
    }

    var text: String { "\(key)~\(id)" }
}

enum PeopleQueries {
    static let pageSize = 50

    struct PeopleFilter: Sendable {
        let text: String
        let organisation: String
        let role: Role?

        /// The words without spaces, as ``Terms/ofName(_:pinyin:)`` has them.
        var word: String { Terms.folded(text).filter { !$0.isWhitespace } }
    }

    /// Of more people than this, a page is found sooner along the order of names.
    private static let many = 2_000

    /// One row more than a page holds, where there is a next page.
    static func people(
        _ filter: PeopleFilter, after: Keyset?, at now: Instant, _ store: Transaction
    ) throws -> [PersonRecord] {
        var conditions: [SQL] = []
        // Who comes into question: those whose name holds the word, else those with a rare role, else everybody.
        var who: SQL = ""
        if !filter.word.isEmpty {
            let (from, below) = Terms.range(of: filter.word)
            let found: SQL = "FROM person_term WHERE term >= \(from) AND term < \(below)"
            let isRare = try isRare(found, store)
            if isRare { who = "SELECT person AS id \(sql: found)" }
            if !isRare || !Terms.holds(filter.word) {
                let pattern = "%\(Terms.escaped(filter.word))%"
                conditions.append(
                    """
                    (REPLACE(LOWER(person.name), ' ', '') LIKE \(pattern) ESCAPE '~'
                      OR REPLACE(LOWER(person.pinyin), ' ', '') LIKE \(pattern) ESCAPE '~')
                    """)
            }
        }
        if !filter.organisation.isEmpty { conditions.append("person.organisation = \(filter.organisation)") }
        if let role = filter.role {
            let holds: SQL = """
                tenure.role = \(role) AND tenure.from_at <= \(now)
                  AND (tenure.until_at IS NULL OR tenure.until_at > \(now))
                """
            if who.isEmpty, try isRare("FROM tenure WHERE role = \(role)", store) {
                who = "SELECT tenure.person AS id FROM tenure WHERE \(sql: holds)"
            } else {
                conditions.append(
                    "EXISTS (SELECT 1 FROM tenure WHERE tenure.person = person.id AND \(sql: holds))")
            }
        }
        if let after { conditions.append("(person.pinyin, person.id) > (\(after.key), \(after.id))") }
        var from: SQL = "person"
        if !who.isEmpty {
            // CROSS JOIN, so that the few are looked up and not the many looked through.
            from = "(SELECT DISTINCT id FROM (\(sql: who)) AS some) AS hit CROSS JOIN person"
            conditions.append("person.id = hit.id")
        }
        let condition = conditions.isEmpty ? "1 = 1" : conditions.joined(" AND ")
        return try store.rows(
            """
            SELECT \(sql: PersonRecord.columns) FROM \(sql: from)
            LEFT JOIN organisation ON organisation.id = person.organisation
            WHERE \(sql: condition) ORDER BY person.pinyin, person.id LIMIT \(pageSize + 1)
            """)
    }

    private static func isRare(_ what: SQL, _ store: Transaction) throws -> Bool {
        let found = try store.value(
            "SELECT COUNT(*) FROM (SELECT 1 \(sql: what) LIMIT \(many + 1)) AS some", as: Int.self)
        return (found ?? 0) <= many
    }

    static func roles(of people: [ID<Person>], at now: Instant, _ store: Transaction) throws -> [ID<Person>:
        [Role]]
    {
        struct Held: Decodable, Sendable {
            let person: ID<Person>
            let role: Role
        }
        let rows = try store.rows(
            """
            SELECT DISTINCT person, role FROM tenure WHERE person IN \(list: people) AND from_at <= \(now)
              AND (until_at IS NULL OR until_at > \(now)) ORDER BY person, role
            """, as: Held.self)
        return Dictionary(grouping: rows, by: \.person).mapValues { $0.map(\.role) }
    }

    struct OrganisationRecord: Decodable, Sendable {
        let id: ID<Organisation>
        let name: String
        let nameEn: String
        let pinyin: String
        let kind: Organisation.Kind
        let parentName: String?
        let code: String?
        let groupName: String?
        let authority: String?
        let level: String?
        let note: String?
    }

    struct OrganisationFilter: Sendable {
        let text: String
        let kind: Organisation.Kind?
        let group: String

        var condition: SQL {
            var condition: SQL = "1 = 1"
            if !text.isEmpty {
                let pattern = "%\(text.lowercased())%"
                condition += """
                     AND (one.name LIKE \(pattern) OR LOWER(one.pinyin) LIKE \(pattern)
                      OR LOWER(one.name_en) LIKE \(pattern) OR one.code LIKE \(pattern))
                    """
            }
            if let kind { condition += " AND one.kind = \(kind.rawValue)" }
            if !group.isEmpty { condition += " AND one.group_name = \(group)" }
            return condition
        }
    }

    static func organisations(
        _ filter: OrganisationFilter, after: Keyset?, _ store: Transaction
    ) throws -> [OrganisationRecord] {
        var condition = filter.condition
        if let after {
            condition += """
                 AND (one.pinyin, one.id) > (\(after.key), \(after.id))
                """
        }
        return try store.rows(
            """
            SELECT one.id AS id, one.name AS name, one.name_en AS name_en, one.pinyin AS pinyin, one.kind AS kind,
              parent.name AS parent_name, one.code AS code, one.group_name AS group_name,
              one.authority AS authority, one.level AS level, one.note AS note
            FROM organisation AS one LEFT JOIN organisation AS parent ON parent.id = one.parent
            WHERE \(sql: condition) ORDER BY one.pinyin, one.id LIMIT \(pageSize + 1)
            """)
    }

    static func groups(_ store: Transaction) throws -> [String] {
        try store.values(
            """
            SELECT DISTINCT group_name FROM organisation WHERE group_name IS NOT NULL ORDER BY group_name
            """, as: String.self)
    }

    static func expert(_ person: ID<Person>, _ store: Transaction) throws -> (
        disciplines: [String], loadMax: Int
    )? {
        struct Found: Decodable, Sendable {
            let disciplines: String
            let loadMax: Int
        }
        guard
            let found = try store.row(
                "SELECT disciplines, load_max FROM expert WHERE person = \(person)", as: Found.self)
        else { return nil }
        return (found.disciplines.split(separator: ",").map(String.init), found.loadMax)
    }
}

extension Organisation.Kind: SQLBindable {}
