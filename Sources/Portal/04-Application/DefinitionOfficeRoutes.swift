import Lifecycle
import Store

/// Where officers read, change, check and propose definitions, and leaders answer what was proposed.
enum DefinitionOfficeRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/plan/definitions/{programme}") { ask in try await home(ask) }
        routes.get("/office/plan/definitions/{programme}/edit") { ask in try await edit(ask) }
        routes.post("/office/plan/definitions/{programme}/edit") { ask in try await save(ask) }
        routes.post("/office/plan/definitions/{programme}/discard") { ask in try await discard(ask) }
        routes.post("/office/plan/definitions/{programme}/propose") { ask in try await propose(ask) }
        routes.get("/office/plan/proposals/{fact}") { ask in try await proposal(ask) }
        answer(routes, "activate", .commissionLeader, done: "definition-activated") { fact, ask, change in
            try DefinitionActs.activate(
                fact, reason: ask.form.text("reason"), by: ask.viewer, change, ask.house)
        }
        answer(routes, "decline", .commissionLeader, done: "definition-declined") { fact, ask, change in
            try DefinitionActs.decline(fact, reason: ask.form.text("reason"), by: ask.viewer, change)
        }
        answer(routes, "withdraw", .programmeOfficer, done: "definition-withdrawn") { fact, ask, change in
            try DefinitionActs.withdraw(fact, reason: ask.form.text("reason"), by: ask.viewer, change)
        }
    }

    /// The definition in force of the programme in the path.
    private static func inForce(_ ask: Ask, _ store: Transaction) throws -> Programme {
        guard let found = try ask.house.definitions.inForce(ask.parameter("programme"), store) else {
            throw Missing()
        }
        return found
    }

    private static func home(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader, .integrity, .auditor)
        let page = try await ask.read { store in
            let programme = try inForce(ask, store)
            return DefinitionHomePage(
                programme, since: try DefinitionQueries.since(programme.id, store),
                proposals: try DefinitionQueries.all(of: programme.id, store).map {
                    DefinitionSight.seen($0, by: ask.viewer)
                },
                waiting: try DefinitionQueries.waiting(programme.id, store)?.fact, ask)
        }
        return try await ask.page("definition/home", page)
    }

    private static func edit(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let page = try await ask.read { store in
            let programme = try inForce(ask, store)
            let draft = try DefinitionDraft.find(programme.id, store)
            let folder = ask.house.plan.definitions[programme.id]
            let files =
                ask.query.text("from") == "folder"
                ? folder ?? [:]
                : try draft?.files ?? DefinitionQueries.texts(of: programme, ask.house, store)
            return try editor(
                files, base: draft?.version ?? 0, isSaved: draft?.files == files, programme, ask, store)
        }
        return try await ask.page("definition/edit", page)
    }

    private static func editor(
        _ files: [String: String], base: Int, isSaved: Bool, refusals: [Refusal] = [], _ programme: Programme,
        _ ask: Ask, _ store: Transaction
    ) throws -> DefinitionEditPage {
        try DefinitionEditPage(
            programme, files: files, base: base, isSaved: isSaved,
            running: try CallMoving.running(programme.id, at: ask.now, store),
            isWaiting: try DefinitionQueries.waiting(programme.id, store) != nil, refusals: refusals, ask)
    }

    /// The texts as they were sent; browsers end lines with two characters. An empty one is no file.
    private static func typed(_ form: FormFields) -> [String: String] {
        var files: [String: String] = [:]
        for name in DefinitionEditPage.names {
            guard let text = form["file-\(name)"] else { continue }
            let lines = text.replacing("\r\n", with: "\n")
            if !lines.trimmed.isEmpty { files[name] = lines }
        }
        return files
    }

    private static func save(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let person = try ask.signedIn()
        let files = typed(ask.form)
        let base = Int(ask.form.text("base")) ?? 0
        let id = ask.parameter("programme")
        // A save that a colleague was ahead of loses nothing: what was typed comes back.
        let clash = try await ask.house.database.write(.relaxed) { store -> DefinitionEditPage? in
            let programme = try inForce(ask, store)
            let saved = try DefinitionDraft.save(files, of: id, base: base, by: person, at: ask.now, store)
            guard saved == nil else { return nil }
            let now = try DefinitionDraft.find(id, store)?.version ?? 0
            return try editor(
                files, base: now, isSaved: false, refusals: [Refusal("definition.clash")], programme, ask,
                store)
        }
        if let clash { return try await ask.page("definition/edit", clash, status: 409) }
        return .see("/office/plan/definitions/\(id)/edit?done=definition-checked")
    }

    private static func discard(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let id = ask.parameter("programme")
        try await ask.house.database.write(.relaxed) { store in
            _ = try inForce(ask, store)
            try DefinitionDraft.remove(id, store)
        }
        return .see("/office/plan/definitions/\(id)?done=definition-discarded")
    }

    private static func propose(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let id = ask.parameter("programme")
        let base = Int(ask.form.text("base")) ?? 0
        let moving = ask.form.all("moving").map { ID<Call>($0) }
        do {
            try await ask.change { change in
                guard let draft = try DefinitionDraft.find(id, change.store), draft.version == base else {
                    throw Refused("definition.clash")
                }
                try DefinitionActs.propose(
                    id, files: draft.files, moving: moving, grounds: ask.form.text("grounds"), by: ask.viewer,
                    change, ask.house)
                try DefinitionDraft.remove(id, change.store)
            }
        } catch let refused as Refused {
            let page = try await ask.read { store -> DefinitionEditPage in
                let programme = try inForce(ask, store)
                let draft = try DefinitionDraft.find(id, store)
                return try editor(
                    draft?.files ?? [:], base: draft?.version ?? 0, isSaved: draft != nil,
                    refusals: refused.refusals, programme, ask, store)
            }
            return try await ask.page("definition/edit", page, status: 422)
        }
        return .see("/office/plan/definitions/\(id)?done=definition-proposed")
    }

    private static func proposal(_ ask: Ask, refusals: [Refusal] = []) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader, .integrity, .auditor)
        // A refused answer is told at once, without replaying dossiers again.
        let isReplayed = refusals.isEmpty && ask.query.text("shifts") == "1"
        let page = try await ask.read { store in
            guard let number = Int64(ask.parameter("fact")),
                let record = try DefinitionQueries.find(number, store),
                let old = try ask.house.definitions.programme(record.replaces, store),
                let new = try ask.house.definitions.programme(record.digest, store)
            else { throw Missing() }
            return DefinitionProposalPage(
                record, DefinitionSight.seen(record, by: ask.viewer), from: old, to: new,
                reach: try DefinitionReach(record, to: new, replaying: isReplayed, ask, store),
                isReplayed: isReplayed, refusals: refusals, ask)
        }
        return try await ask.page("definition/proposal", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func answer(
        _ routes: Routes, _ verb: String, _ role: Role, done: String,
        _ act: @escaping @Sendable (Int64, Ask, Change) throws -> Void
    ) {
        routes.post("/office/plan/proposals/{fact}/\(verb)") { ask in
            try ask.require(role)
            guard let fact = Int64(ask.parameter("fact")) else { throw Missing() }
            do {
                try await ask.change { change in try act(fact, ask, change) }
            } catch let refused as Refused {
                return try await proposal(ask, refusals: refused.refusals)
            }
            return .see("/office/plan/proposals/\(fact)?done=\(done)")
        }
    }
}
