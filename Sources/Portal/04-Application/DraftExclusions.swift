import Lifecycle
import Store

/// Experts the applicant asks not to review. Found by exact name within an organisation, whoever is in the
/// pool: the answer does not tell who is an expert.
enum DraftExclusions {
    static let leastReason = 5

    static func show(_ ask: Ask) async throws -> Answer { try await page(ask) }

    static func add(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let (name, organisation) = (ask.form.text("name"), ID<Organisation>(ask.form.text("organisation")))
        let (reason, chosen) = (ask.form.text("reason"), ID<Person>(ask.form.text("person")))
        var problems: [FieldProblem] = []
        if name.isEmpty { problems.append(FieldProblem("name", "draft.exclusions.no-name")) }
        if organisation.rawValue.isEmpty {
            problems.append(FieldProblem("organisation", "draft.exclusions.no-organisation"))
        }
        if reason.trimmedCount < leastReason || reason.count > 500 {
            problems.append(
                FieldProblem("reason", "draft.exclusions.bad-reason", ["least": "\(leastReason)"]))
        }
        guard problems.isEmpty else { return try await page(ask, problems, status: 422) }
        let matches = try await ask.read { store in
            _ = try Drafts.editable(id, of: person, store)
            return try namesakes(name, organisation, store)
        }
        let found = matches.count == 1 ? matches.first : matches.first { $0.id == chosen }
        guard let found, found.id != person else {
            let key = matches.count > 1 ? "draft.exclusions.several" : "draft.exclusions.nobody"
            return try await page(
                ask, [FieldProblem(matches.count > 1 ? "person" : "name", key)],
                namesakes: matches.count > 1 ? matches : [], status: 422)
        }
        let house = ask.house
        try await house.database.write { store in
            let draft = try Drafts.editable(id, of: person, store)
            let (call, programme) = try Calls.found(draft.call, house, store)
            let there = try Drafts.exclusions(id, store)
            let most = call.number("excludedExperts", in: programme) ?? 0
            guard there.count < most || there.contains(where: { $0.person == found.id }) else {
                throw Refused(
                    "draft.exclusions-full", ["most": "\(most)"],
                    citation: programme.defaults.first { $0.id == "excludedExperts" }?.cites)
            }
            _ = try store.run(
                """
                INSERT INTO draft_exclusion (draft, person, reason) VALUES (\(id), \(found.id), \(reason))
                ON CONFLICT (draft, person) DO UPDATE SET reason = excluded.reason
                """)
        }
        return .see("/drafts/\(id)/exclusions?done=exclusion-added")
    }

    static func remove(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let expert = ID<Person>(ask.form.text("person"))
        try await ask.house.database.write { store in
            _ = try Drafts.editable(id, of: person, store)
            _ = try store.run("DELETE FROM draft_exclusion WHERE draft = \(id) AND person = \(expert)")
        }
        return .see("/drafts/\(id)/exclusions?done=exclusion-removed")
    }

    struct Namesake: Sendable, Decodable {
        let id: ID<Person>
        let name: String
        let title: String?
        let unit: String
    }

    private static func namesakes(_ name: String, _ organisation: ID<Organisation>, _ store: Transaction)
        throws
        -> [Namesake]
    {
        try store.rows(
            """
            SELECT person.id AS id, person.name AS name, person.title AS title, own.name AS unit FROM person
            JOIN organisation AS own ON own.id = person.organisation
            WHERE person.name = \(name) AND own.legal_entity = \(organisation) ORDER BY person.id
            """)
    }

    struct OrganisationRow: Sendable, Decodable {
        let id: ID<Organisation>
        let name: String
    }

    private static func page(
        _ ask: Ask, _ problems: [FieldProblem] = [], namesakes: [Namesake] = [], status: Int = 200
    ) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let (open, organisations, units) = try await ask.read { store in
            let open = try OpenDraft.find(id, of: ask.viewer.person, ask.house, store)
            let organisations = try store.rows(
                "SELECT id, name FROM organisation WHERE legal_entity = id ORDER BY pinyin, id",
                as: OrganisationRow.self)
            var units: [String: String] = [:]
            for exclusion in open.exclusions {
                units[exclusion.person.rawValue] = try store.value(
                    """
                    SELECT entity.name FROM person JOIN organisation AS own ON own.id = person.organisation
                    JOIN organisation AS entity ON entity.id = own.legal_entity WHERE person.id = \(exclusion.person)
                    """, as: String.self)
            }
            return (open, organisations, units)
        }
        let page = DraftExclusionsPage(open, organisations, units, problems, namesakes, ask)
        return try await ask.page("draft/exclusions", page, status: status)
    }
}

struct DraftExclusionsPage: Sendable {
    let head: DraftFrame
    let experts: [ExcludedExpert]
    let hasExperts: Bool
    let mayAdd: Bool
    let rule: String
    let citation: String
    let hasCitation: Bool
    let standing: String
    let standingWord: String
    let addHref: String
    let removeHref: String
    let name: String
    let reason: String
    let organisations: [FormControl.Option]
    let namesakes: [FormControl.Option]
    let hasNamesakes: Bool
    let problems: FormProblems

    struct ExcludedExpert: Sendable {
        let id: String
        let name: String
        let organisation: String
        let reason: String
    }

    init(
        _ open: OpenDraft, _ organisations: [DraftExclusions.OrganisationRow], _ units: [String: String],
        _ found: [FieldProblem], _ namesakes: [DraftExclusions.Namesake], _ ask: Ask
    ) {
        let words = ask.words
        let most = open.call.number("excludedExperts", in: open.programme) ?? 0
        let source = open.programme.defaults.first { $0.id == "excludedExperts" }
        head = DraftFrame(open, at: "exclusions", ask)
        experts = open.exclusions.map {
            ExcludedExpert(
                id: $0.person.rawValue, name: $0.name, organisation: units[$0.person.rawValue] ?? "",
                reason: $0.reason)
        }
        hasExperts = !experts.isEmpty
        mayAdd = open.stage.isEditable && experts.count < most
        rule = words.filled("draft.exclusions.rule", ["most": "\(most)"])
        citation = source?.cites.text(in: ask.language) ?? ""
        hasCitation = !citation.isEmpty
        standing = source?.standing.rawValue ?? ""
        standingWord = source.map { words["rule.standing.\($0.standing.rawValue)"] } ?? ""
        addHref = "/drafts/\(open.draft.id)/exclusions"
        removeHref = "/drafts/\(open.draft.id)/exclusions/remove"
        name = found.isEmpty ? "" : ask.form.text("name")
        reason = found.isEmpty ? "" : ask.form.text("reason")
        let chosen = found.isEmpty ? "" : ask.form.text("organisation")
        self.organisations = organisations.map {
            FormControl.Option(code: $0.id.rawValue, label: $0.name, selected: $0.id.rawValue == chosen)
        }
        self.namesakes = namesakes.map {
            FormControl.Option(
                code: $0.id.rawValue, label: [$0.name, $0.title ?? "", $0.unit].joined(separator: " "),
                selected: false)
        }
        hasNamesakes = !namesakes.isEmpty
        problems = FormProblems(found, words)
    }
}
