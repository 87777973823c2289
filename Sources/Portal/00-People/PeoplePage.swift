import Lifecycle

/// `/people`: the register, a page at a time.
struct PeoplePage: Sendable {
    let rows: [Line]
    let isEmpty: Bool
    let text: String
    let roles: [Choice]
    let organisation: String
    let organisationName: String
    let hasOrganisation: Bool
    let mayRegister: Bool
    let sort: String
    let heads: [ColumnHead]
    let csv: String
    let views: ViewsBlock
    let mayReadRecords: Bool
    let pager: Pager

    struct Line: Sendable {
        let href: String
        let name: String
        let pinyin: String
        let organisation: String
        let title: String
        let roles: String
        let isDemo: Bool
    }

    init(
        _ page: Paged<PersonRecord>, _ held: [ID<Person>: [Role]], _ filter: PeopleFilter,
        unit: String?, views: [SavedViews.View], as relations: Set<Relation>, _ ask: Ask
    ) {
        let words = ask.words
        rows = page.rows.map { record in
            let seen = Seen(record, as: relations)
            return Line(
                href: "/people/\(record.id)", name: seen[PersonSight.name] ?? "", pinyin: record.pinyin,
                organisation: seen[PersonSight.organisation] ?? "", title: seen[PersonSight.title] ?? "—",
                roles: (held[record.id] ?? []).map { words["role.\($0.rawValue)"] }.joined(separator: "、"),
                isDemo: record.demo)
        }
        isEmpty = rows.isEmpty
        text = filter.text
        roles = Role.allCases.map {
            Choice(value: $0.rawValue, label: words["role.\($0.rawValue)"], chosen: $0 == filter.role)
        }
        organisation = filter.organisation
        organisationName = unit ?? ""
        hasOrganisation = unit != nil
        mayRegister = ask.viewer.holds(.systemAdmin)
        sort = filter.sorting.text
        func head(_ key: String, _ sort: PeopleSort) -> ColumnHead {
            ColumnHead(words[key], sort, now: filter.sorting) { filter.sorted($0).address().href }
        }
        heads = [
            head("people.field.name", .name), head("people.field.organisation", .organisation),
            ColumnHead(words["people.field.title"]), ColumnHead(words["people.roles"]),
        ]
        csv = filter.address(at: "/people.csv").href
        self.views = ViewsBlock(views, filter.address(), words)
        pager = Pager(page, filter.address(), words)
        mayReadRecords = !relations.isDisjoint(with: TrackSight.readers)
    }
}

struct PersonPage: Sendable {
    let name: String
    let facts: [AccountPage.Fact]
    let roles: [RoleLine]
    let hasRoles: Bool
    let isExpert: Bool
    let disciplines: [String]
    let loadMax: String
    let mayReadRecord: Bool
    let recordHref: String
    let mayAdminister: Bool
    let adminHref: String

    init(
        _ seen: Seen<PersonRecord>, _ tenures: [TenureLine], _ expert: (disciplines: [String], loadMax: Int)?,
        _ id: ID<Person>, _ ask: Ask
    ) {
        name = seen[PersonSight.name] ?? ""
        facts = PersonSight.facts(seen, ask.words)
        roles = tenures.map { RoleLine($0, ask.words) }
        hasRoles = !roles.isEmpty
        isExpert = expert != nil
        disciplines = (expert?.disciplines ?? []).map { "\($0) \(ask.house.disciplineNames[$0] ?? "")" }
        loadMax = expert.map { String($0.loadMax) } ?? ""
        mayReadRecord = !PersonSight.relations(of: ask.viewer).isDisjoint(with: TrackSight.readers)
        recordHref = "/people/\(id)/record"
        mayAdminister = ask.viewer.holds(.systemAdmin) || ask.viewer.holds(.securityAdmin)
        adminHref = "/admin/people/\(id)"
    }
}

struct OrganisationsPage: Sendable {
    let rows: [Line]
    let isEmpty: Bool
    let text: String
    let kinds: [Choice]
    let groups: [Choice]
    let mayRegister: Bool
    let pager: Pager

    struct Line: Sendable {
        let name: String
        let nameEn: String
        let code: String
        let kind: String
        let group: String
        let authority: String
        let level: String
        let parent: String
        let note: String
        let peopleHref: String
    }

    init(
        _ page: Paged<PeopleQueries.OrganisationRecord>, _ filter: PeopleQueries.OrganisationFilter,
        _ groupNames: [String], _ ask: Ask
    ) {
        let words = ask.words
        rows = page.rows.map {
            Line(
                name: $0.name, nameEn: $0.nameEn, code: $0.code ?? "—",
                kind: words["people.kind.\($0.kind.rawValue)"], group: $0.groupName ?? "—",
                authority: $0.authority ?? "—", level: $0.level ?? "—", parent: $0.parentName ?? "",
                note: $0.note ?? "", peopleHref: "/people?organisation=\($0.id.rawValue.percentEncoded)")
        }
        isEmpty = rows.isEmpty
        text = filter.text
        kinds = Organisation.Kind.allCases.map {
            Choice(value: $0.rawValue, label: words["people.kind.\($0.rawValue)"], chosen: $0 == filter.kind)
        }
        groups = groupNames.map { Choice(value: $0, label: $0, chosen: $0 == filter.group) }
        mayRegister = ask.viewer.holds(.systemAdmin)
        pager = Pager(
            page,
            ListAddress(
                "/organisations",
                [("q", filter.text), ("kind", filter.kind?.rawValue ?? ""), ("group", filter.group)]), words)
    }
}
