import Lifecycle
import Store

/// Who takes part: asked by e-mail, each agreeing alone. See ``Drafts/ask(_:task:to:at:_:)`` for what the list
/// does not tell.
enum DraftTeam {
    /// A bound of this system, not of any rule.
    static let most = 30

    static func show(_ ask: Ask) async throws -> Answer { try await page(ask) }

    static func add(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let (email, task, now) = (Email.normalised(ask.form.text("email")), ask.form.text("task"), ask.now)
        var problems: [FieldProblem] = []
        if email == nil { problems.append(FieldProblem("email", "draft.team.bad-email")) }
        if !(2...100).contains(task.count) { problems.append(FieldProblem("task", "draft.team.bad-task")) }
        guard problems.isEmpty, let email else { return try await page(ask, problems, status: 422) }
        let problem = try await ask.house.database.write { store -> String? in
            _ = try Drafts.editable(id, of: person, store)
            // Only of those whom the page names anyway is said that they are there.
            if let key = try reasonAgainst(email, in: id, besides: person, store) { return key }
            let asked = try Drafts.asked(id, store)
            let count = try Drafts.members(id, store).count + asked.count
            guard count < most || asked.contains(where: { $0.email == email }) else {
                throw Refused("draft.team-full", ["most": "\(most)"])
            }
            try Drafts.ask(email, task: task, to: id, at: now, store)
            return nil
        }
        if let problem { return try await page(ask, [FieldProblem("email", problem)], status: 422) }
        return .see("/drafts/\(id)/team?done=member-asked")
    }

    static func remove(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let (member, email) = (ID<Person>(ask.form.text("person")), ask.form.text("email"))
        try await ask.house.database.write { store in
            _ = try Drafts.editable(id, of: person, store)
            _ = try store.run("DELETE FROM draft_member WHERE draft = \(id) AND person = \(member)")
            _ = try store.run("DELETE FROM draft_asked WHERE draft = \(id) AND email = \(email)")
        }
        return .see("/drafts/\(id)/team?done=member-removed")
    }

    /// Why an address need not be asked, if it is the writer's own or that of a member the page names.
    private static func reasonAgainst(
        _ email: String, in id: ID<Application>, besides writer: ID<Person>, _ store: Transaction
    ) throws -> String? {
        let own = try store.value("SELECT email FROM person WHERE id = \(writer)", as: String.self)
        if own == email { return "draft.team.own" }
        let member = try store.value(
            """
            SELECT 1 FROM draft_member JOIN person ON person.id = draft_member.person
            WHERE draft_member.draft = \(id) AND person.email = \(email)
            """, as: Int.self)
        return member == nil ? nil : "draft.team.there"
    }

    private static func page(_ ask: Ask, _ problems: [FieldProblem] = [], status: Int = 200) async throws
        -> Answer
    {
        let id = ask.id("id", Application.self)
        let open = try await ask.read { try OpenDraft.find(id, of: ask.viewer.person, ask.house, $0) }
        return try await ask.page("draft/team", DraftTeamPage(open, problems, ask), status: status)
    }
}

/// A field of a small form and the key of what is wrong with it.
struct FieldProblem: Sendable {
    let field: String
    let key: String
    let values: [String: String]

    init(_ field: String, _ key: String, _ values: [String: String] = [:]) {
        self.field = field
        self.key = key
        self.values = values
    }
}

/// The problems of a small form, placed above it and beside each field.
struct FormProblems: Sendable {
    let list: [Line]
    let any: Bool

    struct Line: Sendable {
        let href: String
        let text: String
    }

    init(_ problems: [FieldProblem], _ words: Words.Catalogue) {
        list = problems.map { Line(href: "#\($0.field)", text: words.filled($0.key, $0.values)) }
        any = !problems.isEmpty
    }

    /// The words beside one field; empty where it is fine.
    func text(_ field: String) -> String { list.first { $0.href == "#\(field)" }?.text ?? "" }
}

struct DraftTeamPage: Sendable {
    let head: DraftFrame
    let members: [Member]
    let asked: [Asked]
    let hasTeam: Bool
    let addHref: String
    let removeHref: String
    let email: String
    let task: String
    let problems: FormProblems
    let emailError: String
    let hasEmailError: Bool
    let taskError: String
    let hasTaskError: Bool

    struct Member: Sendable {
        let id: String
        let name: String
        let organisation: String
        let task: String
        let state: String
    }

    /// Nothing but what the writer typed.
    struct Asked: Sendable {
        let email: String
        let task: String
    }

    init(_ open: OpenDraft, _ found: [FieldProblem], _ ask: Ask) {
        let words = ask.words
        head = DraftFrame(open, at: "team", ask)
        members = open.members.map { member in
            Member(
                id: member.person.rawValue, name: member.name, organisation: member.organisationName,
                task: member.task,
                state: words.filled("draft.team.agreed", ["time": member.consentedAt.text]))
        }
        asked = open.asked.map { Asked(email: $0.email, task: $0.task) }
        hasTeam = !members.isEmpty || !asked.isEmpty
        addHref = "/drafts/\(open.draft.id)/team"
        removeHref = "/drafts/\(open.draft.id)/team/remove"
        email = found.isEmpty ? "" : ask.form.text("email")
        task = found.isEmpty ? "" : ask.form.text("task")
        problems = FormProblems(found, words)
        emailError = problems.text("email")
        hasEmailError = !emailError.isEmpty
        taskError = problems.text("task")
        hasTaskError = !taskError.isEmpty
    }
}
