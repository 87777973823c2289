import Lifecycle
import Store

/// One section of a draft: its page, and saving it by hand or by itself.
enum DraftSectionRoutes {
    static func show(_ ask: Ask, _ disciplines: DisciplineList) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let (open, section) = try await ask.read { store in
            let open = try OpenDraft.find(id, of: ask.viewer.person, ask.house, store)
            guard let section = open.form.section(ask.parameter("section")) else { throw Missing() }
            return (open, section)
        }
        return try await ask.page("draft/section", DraftSectionPage(open, section, disciplines, ask))
    }

    static func save(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let outcome = try await store(ask, .full)
        let open = try await ask.read { try OpenDraft.find(id, of: ask.viewer.person, ask.house, $0) }
        let base = "/drafts/\(id)"
        let section = outcome.section
        switch outcome.saved {
        case .conflict(let current):
            let page = DraftConflictPage(
                open, section, typed: outcome.typed, mine: outcome.answers, current: current, ask)
            return try await ask.page("draft/conflict", page, status: 409)
        case .saved:
            let sections = open.form.sections
            let isGood =
                !outcome.hasUnreadable && open.problems(in: section.id, ask.house.disciplines).isEmpty
            guard isGood, ask.form["then"] != "stay",
                let place = sections.firstIndex(where: { $0.id == section.id })
            else { return .see("\(base)/sections/\(section.id)?check=1&done=section-saved") }
            guard place + 1 < sections.count else { return .see("\(base)?done=section-saved") }
            return .see("\(base)/sections/\(sections[place + 1].id)?done=section-saved")
        }
    }

    static func autosave(_ ask: Ask) async throws -> Answer {
        guard ask.headers["x-requested-with"] == "jiebang" else { throw Missing() }
        let outcome = try await store(ask, .relaxed)
        switch outcome.saved {
        case .saved(let version):
            return try .json(
                SavedAnswer(version: version, savedAt: ask.now.iso, message: ask.words["draft.saved-itself"]))
        case .conflict(let current):
            let theirs = current.values
            let fields = outcome.section.fields.filter {
                outcome.answers[$0.id, default: ""] != theirs[$0.id, default: ""]
            }
            return try .json(
                ClashAnswer(
                    message: ask.words["draft.conflict.short"], version: current.version,
                    fields: fields.map {
                        ClashAnswer.Field(
                            id: $0.id, label: $0.label.text(in: ask.language),
                            mine: outcome.typed[$0.id, default: ""],
                            theirs: $0.shown(theirs[$0.id, default: ""]))
                    }), status: 409)
        }
    }

    private struct Outcome: Sendable {
        let section: ApplicationForm.Section
        let typed: [String: String]
        let answers: [String: String]
        let saved: Drafts.Saved
        let hasUnreadable: Bool
    }

    /// Saves what was typed over the version it was typed into; a newer one is never overwritten.
    private static func store(_ ask: Ask, _ durability: Durability) async throws -> Outcome {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let (form, now, house) = (ask.form, ask.now, ask.house)
        let sectionID = ask.parameter("section")
        return try await house.database.write(durability) { store in
            let draft = try Drafts.editable(id, of: person, store)
            let (call, programme) = try Calls.found(draft.call, house, store)
            let section: ApplicationForm.Section? =
                switch sectionID {
                case ApplicationForm.exceptions:
                    ApplicationForm.Section(
                        excepting: try EligibilityFacts.verdicts(
                            for: draft.owner, in: call, programme, besides: id, house, store))
                case ApplicationForm.topic, ApplicationForm.promises:
                    ApplicationForm(
                        of: programme, choosing: try TopicQueries.offers(in: call, store),
                        answers: try Drafts.answers(id, store)
                    ).section(sectionID)
                default: programme.form.section(sectionID)
                }
            guard let section else { throw Missing() }
            let base = Int(form.text("base")) ?? 0
            let typed = try typed(form, section, id, base: base, store)
            let (answers, unreadable) = programme.form.reading(typed, section: section)
            let saved = try Drafts.save(
                id, section: sectionID, base: base,
                answers: try others(section, id, store).merging(answers) { $1 }, by: person, at: now, store)
            return Outcome(
                section: section, typed: typed, answers: answers, saved: saved,
                hasUnreadable: !unreadable.isEmpty)
        }
    }

    /// What the section keeps beside its fields: promises for topics chosen before, which may be chosen again.
    private static func others(
        _ section: ApplicationForm.Section, _ id: ID<Application>, _ store: Transaction
    ) throws -> [String: String] {
        guard section.id == ApplicationForm.promises else { return [:] }
        let own = Set(section.fields.map(\.id))
        return try Drafts.sections(id, store)[section.id]?.values.filter { !own.contains($0.key) } ?? [:]
    }

    /// What was typed; after a conflict, the version chosen field by field.
    private static func typed(
        _ form: FormFields, _ section: ApplicationForm.Section, _ id: ID<Application>, base: Int,
        _ store: Transaction
    ) throws -> [String: String] {
        var typed: [String: String] = [:]
        let current = form["resolve"] == nil ? nil : try Drafts.sections(id, store)[section.id]
        for field in section.fields {
            guard let mine = form[field.id] else { continue }
            // Only the version whose text was shown may be chosen; a still newer one is another conflict.
            if form["take.\(field.id)"] == "theirs", let current, current.version == base {
                typed[field.id] = field.shown(current.values[field.id, default: ""])
            } else {
                typed[field.id] = field.kind == .line ? mine.replacing("\n", with: " ") : mine
            }
        }
        return typed
    }
}
