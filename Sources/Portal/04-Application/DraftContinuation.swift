import Lifecycle
import Store

/// Declaring that a draft goes on from an earlier application of one's own, or from a project that is not in this
/// house. Nothing is refused for it, and nothing granted: it says beforehand what a comparison of texts would find.
enum DraftContinuation {
    /// What keeps a declaration from being taken down; names the fields it is about.
    private struct Wrong: Error {
        let problems: [FieldProblem]
    }

    static func show(_ ask: Ask) async throws -> Answer { try await page(ask) }

    static func add(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let (number, words) = (ask.form.text("number"), ask.form.text("words"))
        do {
            try await ask.house.database.write { store in
                let draft = try Drafts.editable(id, of: person, store)
                try add(number, words, to: draft, store)
            }
        } catch let wrong as Wrong {
            return try await page(ask, wrong.problems, status: 422)
        }
        return .see("/drafts/\(id)/continues?done=continuation-added")
    }

    static func remove(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let reference = ask.form.text("reference")
        try await ask.house.database.write { store in
            _ = try Drafts.editable(id, of: person, store)
            _ = try store.run(
                "DELETE FROM draft_continuation WHERE draft = \(id) AND reference = \(reference)")
        }
        return .see("/drafts/\(id)/continues?done=continuation-removed")
    }

    private static func add(
        _ number: String, _ words: String, to draft: Draft, _ store: Transaction
    ) throws {
        var problems: [FieldProblem] = []
        var found: [Continuation] = []
        if number.isEmpty, words.isEmpty {
            problems.append(FieldProblem("number", "draft.continues.nothing"))
        }
        if !number.isEmpty {
            let own = try earlier(than: draft, store)
            if let it = own.first(where: { $0.number == number }) {
                found.append(Continuation(application: it.id, reference: it.number))
            } else {
                // One answer for a number that nobody has and for somebody else's: numbers open nothing.
                problems.append(FieldProblem("number", "draft.continues.not-yours"))
            }
        }
        if !words.isEmpty {
            if Continuation.length.contains(words.trimmedCount), !words.contains(where: \.isNewline) {
                found.append(Continuation(application: nil, reference: words))
            } else {
                problems.append(
                    FieldProblem(
                        "words", "draft.continues.bad-words",
                        [
                            "least": "\(Continuation.length.lowerBound)",
                            "most": "\(Continuation.length.upperBound)",
                        ]))
            }
        }
        let there = Set(try Drafts.continuations(draft.id, store).map(\.reference))
        let new = found.filter { !there.contains($0.reference) }
        if there.count + new.count > Continuation.most {
            problems.append(
                FieldProblem("number", "draft.continues.full", ["most": "\(Continuation.most)"]))
        }
        guard problems.isEmpty else { throw Wrong(problems: problems) }
        for one in new {
            _ = try store.run(
                """
                INSERT INTO draft_continuation (draft, reference, application)
                VALUES (\(draft.id), \(one.reference), \(one.application))
                """)
        }
    }

    struct Earlier: Sendable, Decodable {
        let id: ID<Application>
        let number: String
        let title: String
    }

    /// What this applicant handed in before: never the draft itself, nor what came after it.
    static func earlier(than draft: Draft, _ store: Transaction) throws -> [Earlier] {
        try store.rows(
            """
            SELECT id, number, title FROM application WHERE owner = \(draft.owner) AND id <> \(draft.id)
              AND first_submitted_at < COALESCE(
                (SELECT mine.first_submitted_at FROM application AS mine WHERE mine.id = \(draft.id)),
                9223372036854775807)
            ORDER BY first_submitted_at DESC, id
            """)
    }

    private static func page(
        _ ask: Ask, _ problems: [FieldProblem] = [], status: Int = 200
    ) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let (open, earlier) = try await ask.read { store in
            let open = try OpenDraft.find(id, of: ask.viewer.person, ask.house, store)
            return (open, try Self.earlier(than: open.draft, store))
        }
        return try await ask.page(
            "draft/continues", DraftContinuationPage(open, earlier, problems, ask), status: status)
    }
}

struct DraftContinuationPage: Sendable {
    let head: DraftFrame
    let declared: [Declared]
    let hasDeclared: Bool
    let mayAdd: Bool
    let addHref: String
    let removeHref: String
    let own: [FormControl.Option]
    let hasOwn: Bool
    let words: String
    let hint: String
    let problems: FormProblems

    struct Declared: Sendable {
        let reference: String
        let title: String
        let kind: String
    }

    init(
        _ open: OpenDraft, _ earlier: [DraftContinuation.Earlier], _ found: [FieldProblem], _ ask: Ask
    ) {
        let words = ask.words
        head = DraftFrame(open, at: "continues", ask)
        declared = open.continues.map { one -> Declared in
            let known = earlier.first { $0.id == one.application }
            let kind = one.application == nil ? "words" : "own"
            return Declared(
                reference: one.reference, title: known?.title ?? "", kind: words["continues.\(kind)"])
        }
        hasDeclared = !declared.isEmpty
        mayAdd = open.stage.isEditable && declared.count < Continuation.most
        addHref = "/drafts/\(open.draft.id)/continues"
        removeHref = "\(addHref)/remove"
        let there = Set(open.continues.map(\.reference))
        let typed = found.isEmpty ? "" : ask.form.text("number")
        own = earlier.filter { !there.contains($0.number) }.map {
            FormControl.Option(
                code: $0.number, label: "\($0.number) \($0.title)", selected: $0.number == typed)
        }
        hasOwn = !own.isEmpty
        self.words = found.isEmpty ? "" : ask.form.text("words")
        hint = words.filled(
            "draft.continues.words-hint", ["most": "\(Continuation.length.upperBound)"])
        problems = FormProblems(found, words)
    }
}
