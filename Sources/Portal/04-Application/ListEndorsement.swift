import Lifecycle
import Store

/// Putting a list forward: first everything it means, then all of it at once.
enum ListEndorsement {
    static func confirm(_ ask: Ask) async throws -> Answer {
        let (list, form, verdicts) = try await ListRoutes.opened(ask, ask.query)
        guard form.problems.isEmpty, list.endorsed == nil else {
            let page = ListPage(list, form, verdicts, problems: form.problems, ask)
            return try await ask.page("list/list", page, status: form.problems.isEmpty ? 200 : 422)
        }
        let obstacles = try await obstacles(form.ranked, list, ask)
        return try await ask.page(
            "list/confirm", ListConfirmPage(list, form.ranked, verdicts, obstacles, ask),
            status: obstacles.isEmpty ? 200 : 422)
    }

    static func endorse(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        let (list, _, _) = try await ListRoutes.opened(ask, ask.form)
        let ranked = ask.form.all("ranked").map { ID<Application>($0) }
        let (house, university, call) = (ask.house, list.university, list.call.id)
        let reason = ask.form.text("reason")
        do {
            try await ask.change { change in
                try ApplicationActs.endorse(
                    ranked, of: university, in: call, by: person, leavingOut: reason, change, house)
            }
        } catch let refused as Refused {
            let verdicts = try await ask.read { store in
                try EligibilityFacts.listVerdicts(
                    ranked, of: university, in: list.call, list.programme, store)
            }
            let page = ListConfirmPage(list, ranked, verdicts, refused.refusals, ask)
            return try await ask.page("list/confirm", page, status: 422)
        }
        return .see("/lists/\(call)?university=\(university.rawValue.percentEncoded)&done=list-endorsed")
    }

    private static func obstacles(_ ranked: [ID<Application>], _ list: UniversityList, _ ask: Ask)
        async throws
        -> [Refusal]
    {
        let person = try ask.signedIn()
        return try await ask.read { store in
            try ApplicationActs.listObstacles(
                ranked, of: list.university, in: list.call.id, by: person, at: ask.now, ask.house, store)
        }
    }
}

/// The list in its order, what follows from putting it forward, and what still stops it.
struct ListConfirmPage: Sendable {
    let head: ListHead
    let figures: ListFigures
    let ranked: [Row]
    let leftOut: [Row]
    let hasLeftOut: Bool
    /// Those on the list that ask for an exception: the endorsement covers what they ask.
    let asking: [String]
    let hasAsking: Bool
    let covers: String
    let mending: String
    let hasMending: Bool
    let obstacles: [String]
    let hasObstacles: Bool
    let mayGo: Bool
    let action: String
    let backHref: String
    let reason: String
    let goes: String

    struct Row: Sendable {
        let place: Int
        let id: String
        let number: String
        let title: String
        let applicant: String
    }

    init(
        _ list: UniversityList, _ order: [ID<Application>], _ verdicts: [Verdict], _ refusals: [Refusal],
        _ ask: Ask
    ) {
        let words = ask.words
        head = ListHead(list, ask)
        figures = ListFigures(list, order, verdicts, ask)
        ranked = order.compactMap(list.candidate).enumerated().map { Self.row($0.element, $0.offset + 1) }
        leftOut = list.candidates.filter { !order.contains($0.dossier.id) }.map { Self.row($0, 0) }
        hasLeftOut = !leftOut.isEmpty
        let asking = order.compactMap(list.candidate).filter { !$0.exceptions.isEmpty }
        self.asking = asking.flatMap { candidate in
            candidate.requests(words).map { "\(candidate.seen[DossierSight.number] ?? "")：\($0)" }
        }
        hasAsking = !asking.isEmpty
        covers = words.filled("list.confirm.covers", ["count": "\(asking.count)"])
        let atWriter = list.others.count {
            $0.dossier.stepKind == Step.Kind.draft.rawValue && $0.dossier.state == "open"
        }
        hasMending = atWriter > 0
        mending = words.filled("list.confirm.mending", ["count": "\(atWriter)"])
        obstacles = refusals.map { ListPage.sentence($0, words) }
        hasObstacles = !refusals.isEmpty
        // A reason that is too short is mended on this page; everything else on the list.
        mayGo = refusals.allSatisfy { $0.code == "reason.short" }
        action = "\(head.href)/endorse"
        var back = "\(head.href)?checked=1&university=\(list.university.rawValue.percentEncoded)"
        for (index, id) in order.enumerated() {
            back += "&go=\(id.rawValue.percentEncoded)&rank.\(id.rawValue.percentEncoded)=\(index + 1)"
        }
        backHref = back
        reason = ask.form.text("reason")
        goes = words.filled("list.confirm.goes", ["count": "\(ranked.count)"])
    }

    private static func row(_ candidate: UniversityList.Candidate, _ place: Int) -> Row {
        let seen = candidate.seen
        return Row(
            place: place, id: candidate.dossier.id.rawValue, number: seen[DossierSight.number] ?? "",
            title: seen[DossierSight.title] ?? "", applicant: seen[DossierSight.ownerName] ?? "")
    }
}
