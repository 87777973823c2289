import Lifecycle
import Store

/// Sending one application back to its writer.
enum ListReturn {
    static func show(_ ask: Ask) async throws -> Answer { try await page(ask, ask.query, [], status: 200) }

    static func send(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        let (list, _, _) = try await ListRoutes.opened(ask, ask.form)
        let id = ask.id("application", Application.self)
        guard let candidate = list.candidate(id) else { throw Missing() }
        let known = Set(candidate.form(list.programme).sections.map(\.id))
        let sections = ask.form.all("section").filter(known.contains)
        let (reason, house) = (ask.form.text("reason"), ask.house)
        do {
            if list.endorsed != nil { throw Refused("list.done") }
            try await ask.change { change in
                try ApplicationActs.sendBack(
                    id, by: person, reason: reason, sections: sections, change, house)
            }
        } catch let refused as Refused {
            return try await page(ask, ask.form, refused.refusals, status: 422)
        }
        return .see(
            "/lists/\(list.call.id)?university=\(list.university.rawValue.percentEncoded)&done=application-returned"
        )
    }

    private static func page(_ ask: Ask, _ fields: FormFields, _ refusals: [Refusal], status: Int)
        async throws
        -> Answer
    {
        let (list, _, _) = try await ListRoutes.opened(ask, fields)
        guard let candidate = list.candidate(ask.id("application", Application.self)) else { throw Missing() }
        return try await ask.page(
            "list/return", ListReturnPage(list, candidate, refusals, ask), status: status)
    }
}

struct ListReturnPage: Sendable {
    let head: ListHead
    let number: String
    let title: String
    let applicant: String
    let action: String
    let sections: [FormControl.Option]
    let reason: String
    let problems: [String]
    let hasProblems: Bool
    let until: String

    init(_ list: UniversityList, _ candidate: UniversityList.Candidate, _ refusals: [Refusal], _ ask: Ask) {
        let seen = candidate.seen
        let chosen = Set(ask.form.all("section"))
        head = ListHead(list, ask)
        number = seen[DossierSight.number] ?? ""
        title = seen[DossierSight.title] ?? ""
        applicant = seen[DossierSight.ownerName] ?? ""
        action = "\(head.href)/return/\(candidate.dossier.id)"
        sections = candidate.form(list.programme).sections.map {
            FormControl.Option(
                code: $0.id, label: $0.label.text(in: ask.language), selected: chosen.contains($0.id))
        }
        reason = ask.form.text("reason")
        problems = refusals.map(ask.words.sentence)
        hasProblems = !refusals.isEmpty
        until = ask.words.filled("list.return.until", ["end": ask.due(list.end ?? list.call.closes)])
    }
}
