import Lifecycle
import Store

/// Writing an application, from the call to its submission.
enum DraftRoutes {
    static func add(to routes: Routes) {
        // The house does not open without the list, so there is always one.
        let disciplines = DisciplineList((try? DataFiles.disciplines()) ?? [])
        routes.post("/calls/{call}/apply") { try await DraftStart.post($0) }
        routes.get("/drafts/{id}") { ask in
            try await ask.page("draft/workspace", try await workspace(ask))
        }
        routes.get("/drafts/{id}/verdicts") { ask in
            let open = try await Self.open(ask)
            return try await ask.page("draft/verdicts-fragment", EligibilityPanel(open, ask))
        }
        routes.get("/drafts/{id}/sections/{section}") { try await DraftSectionRoutes.show($0, disciplines) }
        routes.post("/drafts/{id}/sections/{section}") { try await DraftSectionRoutes.save($0) }
        routes.post("/drafts/{id}/sections/{section}/autosave") { try await DraftSectionRoutes.autosave($0) }
        routes.get("/drafts/{id}/team") { try await DraftTeam.show($0) }
        routes.post("/drafts/{id}/team") { try await DraftTeam.add($0) }
        routes.post("/drafts/{id}/team/remove") { try await DraftTeam.remove($0) }
        routes.get("/drafts/{id}/attachments") { try await DraftAttachments.show($0) }
        routes.post("/drafts/{id}/attachments", limit: 20 << 20) { try await DraftAttachments.add($0) }
        routes.post("/drafts/{id}/attachments/remove") { try await DraftAttachments.remove($0) }
        routes.get("/drafts/{id}/attachments/{hash}") { try await DraftAttachments.download($0) }
        routes.get("/drafts/{id}/continues") { try await DraftContinuation.show($0) }
        routes.post("/drafts/{id}/continues") { try await DraftContinuation.add($0) }
        routes.post("/drafts/{id}/continues/remove") { try await DraftContinuation.remove($0) }
        routes.get("/drafts/{id}/exclusions") { try await DraftExclusions.show($0) }
        routes.post("/drafts/{id}/exclusions") { try await DraftExclusions.add($0) }
        routes.post("/drafts/{id}/exclusions/remove") { try await DraftExclusions.remove($0) }
        routes.get("/drafts/{id}/submit") { try await DraftSubmission.show($0) }
        routes.post("/drafts/{id}/submit") { try await DraftSubmission.submit($0) }
        routes.post("/drafts/{id}/withdraw") { try await DraftSubmission.withdraw($0) }
        routes.get("/consents/{application}") { try await DraftConsent.show($0) }
        routes.post("/consents/{application}") { try await DraftConsent.agree($0) }
    }

    /// - Parameters:
    ///   - withdrawing: what was typed as reason of a withdrawal that was refused.
    static func workspace(_ ask: Ask, withdrawing: String = "", problem: String? = nil) async throws
        -> DraftWorkspacePage
    {
        let id = ask.id("id", Application.self)
        let (open, unit) = try await ask.read { store in
            let open = try OpenDraft.find(id, of: ask.viewer.person, ask.house, store)
            let unit = try UnitLimits.find(
                for: open.draft.owner, drafting: id, in: open.call, open.programme, store)
            return (open, unit)
        }
        return DraftWorkspacePage(open, in: unit, ask, withdrawing: withdrawing, problem: problem)
    }

    private static func open(_ ask: Ask) async throws -> OpenDraft {
        let id = ask.id("id", Application.self)
        return try await ask.read { try OpenDraft.find(id, of: ask.viewer.person, ask.house, $0) }
    }
}
