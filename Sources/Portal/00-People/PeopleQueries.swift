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

/// The orders of the list of people; within a unit they stand by name. Roles are no order: one person holds several.
enum PeopleSort: String, ListSort {
    case name
    case organisation
}

/// What the list of people is narrowed to and ordered by; lives whole in the address.
struct PeopleFilter: Sendable, Hashable {
    let text: String
    let organisation: String
    let role: Role?
    let sorting: Sorting<PeopleSort>
    let after: ListPlace

    init(
        text: String = "", organisation: String = "", role: Role? = nil,
        sorting: Sorting<PeopleSort> = Sorting(.name), after: ListPlace = ListPlace([])
    ) {
        self.text = text
        self.organisation = organisation
        self.role = role
        self.sorting = sorting
        self.after = after
    }

    init(_ query: FormFields) {
        self.init(
            text: String(query.text("q").prefix(60)), organisation: query.text("organisation"),
            role: Role(rawValue: query.text("role")),
            sorting: Sorting(query.text("sort")) ?? Sorting(.name),
            after: ListPlace(text: query.text("after")))
    }

    /// The words without spaces, as ``Terms/ofName(_:pinyin:)`` has them.
    var word: String { Terms.folded(text).filter { !$0.isWhitespace } }

    func sorted(_ sorting: Sorting<PeopleSort>) -> PeopleFilter {
        PeopleFilter(text: text, organisation: organisation, role: role, sorting: sorting)
    }

    func beginning(after place: ListPlace) -> PeopleFilter {
        PeopleFilter(text: text, organisation: organisation, role: role, sorting: sorting, after: place)
    }

    func address(at path: String = "/people") -> ListAddress {
        ListAddress(
            path,
            [
                ("q", text), ("role", role?.rawValue ?? ""), ("organisation", organisation),
                ("sort", sorting == Sorting(.name) ? "" : sorting.text),
            ])
    }

    var order: ListOrder {
        let byName: [ListOrder.Column] = [.text("person.pinyin"), .text("person.id")]
        return switch sorting.key {
        case .name: ListOrder(byName, descending: sorting.descending)
        case .organisation:
            ListOrder(
                [.text("organisation.pinyin"), .text("organisation.id")] + byName,
                descending: sorting.descending)
        }
    }

    func keys(_ person: PersonRecord) -> [String] {
        let byName = [person.pinyin, person.id.rawValue]
        return switch sorting.key {
        case .name: byName
        case .organisation: [person.organisationPinyin, person.organisation.rawValue] + byName
        }
    }
}

enum PeopleQueries {
    static let pageSize = 50

    /// Of more people than this, a page is found sooner along the order of names.
    private static let many = 2_000

    static func people(
        _ filter: PeopleFilter, size: Int = pageSize, at now: Instant, _ store: Transaction
    ) throws -> Paged<PersonRecord> {
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
        // CROSS JOIN, so that the few are looked up and not the many looked through.
        let hit: SQL? =
            who.isEmpty ? nil : "(SELECT DISTINCT id FROM (\(sql: who)) AS some) AS hit CROSS JOIN"
        if hit != nil { conditions.append("person.id = hit.id") }
        let from: SQL
        switch filter.sorting.key {
        case .name:
            from = """
                \(sql: hit ?? "") person
                LEFT JOIN organisation ON organisation.id = person.organisation
                """
        case .organisation:
            // The units in their order, and in each its people: both orders are indices. Nobody is without a unit.
            from = hit.map { "\(sql: $0) person CROSS JOIN organisation" } ?? "organisation CROSS JOIN person"
            conditions.append("person.organisation = organisation.id")
            if let pinyin = filter.after.keys.first, filter.order.condition(after: filter.after) != nil {
                let sign: SQL = filter.sorting.descending ? "<=" : ">="
                conditions.append("organisation.pinyin \(sql: sign) \(pinyin)")
            }
        }
        return try store.page(
            "SELECT \(sql: PersonRecord.columns) FROM \(sql: from)", where: conditions, in: filter.order,
            after: filter.after, size: size, keys: filter.keys)
    }

    private static func isRare(_ what: SQL, _ store: Transaction) throws -> Bool {
        let found = try store.value(
            "SELECT COUNT(*) FROM (SELECT 1 \(sql: what) LIMIT \(many + 1)) AS some", as: Int.self)
        return (found ?? 0) <= many
    }

    /// The roles that each of some people, of a page or an export, holds now.
    static func roles(of people: [ID<Person>], at now: Instant, _ store: Transaction) throws -> [ID<Person>:
        [Role]]
    {
        var found: [ID<Person>: [Role]] = [:]
        for start in stride(from: 0, to: people.count, by: 500) {
            let some = Array(people[start..<min(start + 500, people.count)])
            found.merge(try rolesOfSome(some, at: now, store)) { first, _ in first }
        }
        return found
    }

    private static func rolesOfSome(_ people: [ID<Person>], at now: Instant, _ store: Transaction) throws
        -> [ID<Person>: [Role]]
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
        _ filter: OrganisationFilter, after: ListPlace, _ store: Transaction
    ) throws -> Paged<OrganisationRecord> {
        try store.page(
            """
            SELECT one.id AS id, one.name AS name, one.name_en AS name_en, one.pinyin AS pinyin, one.kind AS kind,
              parent.name AS parent_name, one.code AS code, one.group_name AS group_name,
              one.authority AS authority, one.level AS level, one.note AS note
            FROM organisation AS one LEFT JOIN organisation AS parent ON parent.id = one.parent
            """, where: [filter.condition], in: ListOrder([.text("one.pinyin"), .text("one.id")]),
            after: after,
            size: pageSize
        ) { [$0.pinyin, $0.id.rawValue] }
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
