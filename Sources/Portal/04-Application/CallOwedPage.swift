import Lifecycle
import Store

/// Where who answers for a call sees what it leaves out.
enum CallOwedRoutes {
    static func add(to routes: Routes) {
        routes.get("/calls/{call}/owed") { ask in
            let id = ask.id("call", Call.self)
            let page = try await ask.read { store in
                CallOwedPage(try CallOwed.find(id, for: ask.viewer, ask.house.definitions, store), ask)
            }
            return try await ask.page("call/owed", page)
        }
    }
}

/// `/calls/{call}/owed`: what set the call off, what it leaves out and by when that has to be made up for, and how far
/// each dossier is.
struct CallOwedPage: Sendable {
    let callHref: String
    let title: String
    let number: String
    let badge: String
    let phase: String
    let trigger: String
    let owner: String
    let opens: String
    let closes: String
    let leftOut: [Left]
    let dossiers: [Dossier]
    /// What is not shown, and why.
    let kept: String?
    let isEmpty: Bool

    struct Left: Sendable {
        let label: String
        let madeUpBy: String
        let by: String
        let term: String
    }

    struct Dossier: Sendable {
        let number: String
        let title: String
        let owed: [OwedLine]
    }

    init(_ found: CallOwed, _ ask: Ask) {
        let words = ask.words
        let spell = CallWords(words: words)
        let (call, programme) = (found.call, found.programme)
        let phase = call.phase(at: ask.now)
        callHref = "/calls/\(call.id)"
        title = call.title
        number = call.number
        badge = spell.badge(phase)
        self.phase = spell.phase(phase)
        trigger = call.settings.values["trigger"] ?? "—"
        owner = call.owner.map(spell.owner) ?? "—"
        opens = call.opens.text
        closes = call.closes.text
        let procedure = call.procedure(of: programme)
        leftOut = (programme.leavesOut ?? []).compactMap { left in
            procedure.step(left.madeUpBy).map { step in
                Left(
                    label: left.label.text(in: ask.language), madeUpBy: step.label.text(in: ask.language),
                    by: words["procedure.by.\(step.by.rawValue)"],
                    term: ProcedureDrawing.deadline(step.within, words) ?? "—")
            }
        }
        dossiers = found.dossiers.map { dossier in
            let seen = Seen(dossier, as: [.owner])
            return Dossier(
                number: seen[CallOwedSight.number] ?? "", title: seen[CallOwedSight.title] ?? "",
                owed: seen[CallOwedSight.standing].map {
                    OwedLine.all(
                        $0, of: programme, dossier.findings.map { Seen($0, as: [.owner]) }, ask)
                } ?? [])
        }
        isEmpty = dossiers.isEmpty && !found.isApplicant
        kept =
            found.isApplicant
            ? words["letting.ownedApplicant"]
            : found.kept > 0 ? words.filled("letting.ownedKept", ["n": "\(found.kept)"]) : nil
    }
}
