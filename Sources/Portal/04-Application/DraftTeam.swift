import Lifecycle
import Store

/// Who takes part: added by e-mail, each agreeing alone.
enum DraftTeam {
    /// A bound of this system, not of any rule.
    static let most = 30

    static func show(_ ask: Ask) async throws -> Answer { try await page(ask) }

    static func add(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let (email, task, now) = (ask.form.text("email").lowercased(), ask.form.text("task"), ask.now)
        var problems: [FieldProblem] = []
        if !email.contains("@") || email.count > 254 {
            problems.append(FieldProblem("email", "draft.team.bad-email"))
        }
        if !(2...100).contains(task.count) { problems.append(FieldProblem("task", "draft.team.bad-task")) }
        guard problems.isEmpty else { return try await page(ask, problems, status: 422) }
        try await ask.house.database.write { store in
            let draft = try Drafts.editable(id, of: person, store)
            let count = try Drafts.members(id, store).count
            guard count < most else { throw Refused("draft.team-full", ["most": "\(most)"]) }
            // Addresses are kept in small letters. The answer is the same whether or not there is such a person.
            guard
                let member = try store.value(
                    "SELECT id FROM person WHERE email = \(email)", as: ID<Person>.self),
                member != draft.owner
            else { return }
            _ = try store.run(
                """
                INSERT INTO draft_member (draft, person, task, added_at) VALUES (\(id), \(member), \(task), \(now))
                ON CONFLICT (draft, person) DO UPDATE SET task = excluded.task
                """)
        }
        return .see("/drafts/\(id)/team?done=member-asked")
    }

    static func remove(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let member = ID<Person>(ask.form.text("person"))
        try await ask.house.database.write { store in
            _ = try Drafts.editable(id, of: person, store)
            _ = try store.run("DELETE FROM draft_member WHERE draft = \(id) AND person = \(member)")
        }
        return .see("/drafts/\(id)/team?done=member-removed")
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
    let hasMembers: Bool
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
        let stateKind: String
    }

    init(_ open: OpenDraft, _ found: [FieldProblem], _ ask: Ask) {
        let words = ask.words
        head = DraftFrame(open, at: "team", ask)
        members = open.members.map { member in
            Member(
                id: member.person.rawValue, name: member.name, organisation: member.organisationName,
                task: member.task,
                state: member.consentedAt.map { words.filled("draft.team.agreed", ["time": $0.text]) }
                    ?? words["draft.team.waiting"],
                stateKind: member.consentedAt == nil ? "warn" : "good")
        }
        hasMembers = !members.isEmpty
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
