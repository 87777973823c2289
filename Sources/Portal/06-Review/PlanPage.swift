import Foundation
import Lifecycle

/// A plan: what it amounts to, what it changes, and why each expert is in it.
struct PlanPage: Sendable {
    let call: String
    let title: String
    let base: String
    let back: String
    let wishAction: String
    let made: String
    let figures: PlanFigures
    let price: String
    let histogram: LoadHistogram
    let holes: [Hole]
    let hasHoles: Bool
    let barred: [Barred]
    let hasBarred: Bool
    let hasOutside: Bool
    let outside: String
    let diff: DiffPart?
    let views: [View]
    let rows: [Row]
    let hasRows: Bool
    let next: String?
    let mayWish: Bool
    let maySign: Bool
    let isSigned: Bool
    let signed: String
    let publicHref: String
    let consequences: [String]
    /// Nobody is asked and nobody released by it.
    let isUnchanged: Bool
    let documents: [Document]
    let command: String
    let hasErrors: Bool
    let errors: [String]

    struct Hole: Sendable {
        let number: String
        let title: String
        let href: String
        let why: String
    }

    struct Barred: Sendable {
        let why: String
        let count: String
    }

    struct View: Sendable {
        let href: String
        let label: String
        let current: Bool
    }

    struct Row: Sendable {
        let number: String
        let title: String
        let university: String
        let discipline: String
        let href: String
        let sum: String
        let isShort: Bool
        let short: String
        let experts: [Expert]
    }

    struct Expert: Sendable {
        let value: String
        let name: String
        let organisation: String
        let score: String
        let change: String
        let tone: String
        let isLocked: Bool
        let reasons: [String]
        let canLock: Bool
        let canForbid: Bool
        let canFree: Bool
        let wish: String
        let hasWish: Bool
    }

    struct Document: Sendable {
        let name: String
        let href: String
        let size: String
        let what: String
    }

    /// What a page of a plan was read from.
    struct Picture: Sendable {
        let plan: PlanRecord
        let call: Call
        let lines: [PlanQueries.Line]
        let holes: [PlanQueries.Line]
        let dossiers: [ID<Application>: DossierRecord]
        let pairs: [ID<Application>: [PlanPairRecord]]
        let loads: [PlanQueries.LoadCount]
        let documents: [PlanQueries.Document]
        let wishes: [WishRecord]
        let show: PlanQueries.Show
        let diff: PlanDiff?
    }

    init(_ picture: Picture, errors: [String], _ ask: Ask) throws {
        let words = ask.words
        let plan = picture.plan
        let summary = try plan.told()
        let relations = PlanSight.relations(ask.viewer)
        let dossiers = picture.dossiers.mapValues { Seen($0, as: relations) }
        let numbers = dossiers.compactMapValues { $0[DossierSight.number] }
        let isOfficer = ask.viewer.holds(.programmeOfficer)
        call = picture.call.title
        title = PlanWords.title(plan, words)
        let back = "/office/assign/\(plan.call)/plans"
        self.back = back
        base = "\(back)/\(plan.id)"
        wishAction = "/office/assign/\(plan.call)/wishes"
        made = words.filled(
            "plan.made",
            [
                "name": plan.makerName, "at": plan.madeAt.text,
                "objective": words["plan.objective.\(plan.objective.rawValue)"],
                "invited": words[plan.keepsInvited ? "plan.keeps" : "plan.reconsiders"],
            ])
        figures = PlanFigures(summary, plan.objective, words)
        price =
            summary.price.map {
                words.filled(
                    "plan.price",
                    [
                        "price": PlanWords.points($0), "floor": PlanWords.points(summary.floor ?? 0),
                        "worst": PlanWords.points(summary.worstOfTotal ?? 0),
                    ])
            } ?? words["plan.price-none"]
        histogram = LoadHistogram(picture.loads, words)
        holes = try picture.holes.map { line in
            let seen = dossiers[line.application]
            return Hole(
                number: seen?[DossierSight.number] ?? "", title: seen?[DossierSight.title] ?? "",
                href: "\(back)/\(plan.id)/applications/\(line.application)",
                why: PlanWords.hole(try line.reason(), places: line.holes, numbers: numbers, words))
        }
        hasHoles = !holes.isEmpty
        barred = summary.barred.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            Barred(why: words["plan.barred.\($0.key)"], count: PlanWords.points(Int64($0.value)))
        }
        hasBarred = !barred.isEmpty
        hasOutside = summary.outside > 0
        outside = words.filled("plan.outside", ["count": "\(summary.outside)"])
        diff = picture.diff.map { DiffPart($0, plan, dossiers, relations, ask) }
        views = PlanQueries.Show.allCases.map {
            View(
                href: "\(back)/\(plan.id)?show=\($0.rawValue)", label: words["plan.show.\($0.rawValue)"],
                current: $0 == picture.show)
        }
        isSigned = plan.signedAt != nil
        let mayWish = isOfficer && !isSigned
        self.mayWish = mayWish
        let wishes = Dictionary(
            picture.wishes.map { (PlanForm.value($0.application, $0.expert), $0.wish) },
            uniquingKeysWith: { first, _ in first })
        rows = picture.lines.map { line in
            Self.row(
                line, dossiers[line.application],
                (picture.pairs[line.application] ?? []).map { Seen($0, as: relations) },
                picture.pairs[line.application] ?? [], wishes: wishes, mayWish: mayWish,
                href: "\(back)/\(plan.id)/applications/\(line.application)", ask)
        }
        hasRows = !rows.isEmpty
        next =
            picture.lines.count == PlanQueries.pageSize
            ? picture.lines.last.flatMap { numbers[$0.application] }.map {
                "\(back)/\(plan.id)?show=\(picture.show.rawValue)&after=\($0.percentEncoded)"
            } : nil
        maySign = isOfficer && !isSigned
        signed = words.filled("plan.signed", ["at": plan.signedAt?.text ?? ""])
        publicHref = "/matchings/\(plan.id)"
        isUnchanged = summary.added == 0 && summary.removed == 0
        var consequences: [String] = []
        if summary.added > 0 || summary.removed == 0 {
            consequences.append(words.filled("plan.sign.ask", ["count": "\(summary.added)"]))
        }
        if summary.removed > 0 {
            consequences.append(words.filled("plan.sign.release", ["count": "\(summary.removed)"]))
        }
        self.consequences = consequences + [words["plan.sign.fact"]]
        documents = picture.documents.map {
            Document(
                name: $0.name, href: "\(back)/\(plan.id)/files/\($0.name)",
                size: FileSize.text($0.size), what: words["plan.file.\($0.name.replacing(".", with: "-"))"])
        }
        let hasGroups = picture.documents.contains { $0.name == "groups.csv" }
        let cap = (try? JSONDecoder().decode(MatchingRules.self, from: Data(plan.rules.utf8)))?.perUniversity
        command = PlanForm.command(groupCap: hasGroups ? cap : nil)
        self.errors = errors
        hasErrors = !errors.isEmpty
    }

    private static func row(
        _ line: PlanQueries.Line, _ dossier: Seen<DossierRecord>?, _ pairs: [Seen<PlanPairRecord>],
        _ records: [PlanPairRecord], wishes: [String: AssignmentPlan.Wish], mayWish: Bool, href: String,
        _ ask: Ask
    ) -> Row {
        let words = ask.words
        let code = dossier?[DossierSight.discipline] ?? ""
        return Row(
            number: dossier?[DossierSight.number] ?? "", title: dossier?[DossierSight.title] ?? "",
            university: dossier?[DossierSight.universityName] ?? "",
            discipline: ask.house.disciplineNames[code] ?? code, href: href,
            sum: PlanWords.points(line.score), isShort: line.holes > 0,
            short: words.filled("plan.hole.short", ["count": "\(line.holes)"]),
            experts: zip(records, pairs).map { record, seen in
                let value = PlanForm.value(record.application, record.expert)
                let wish = wishes[value]
                return Expert(
                    value: value, name: seen[PlanSight.expertName] ?? "",
                    organisation: seen[PlanSight.expertOrganisation] ?? "—",
                    score: "\(seen[PlanSight.score] ?? 0)",
                    change: words["plan.change.\(record.change.rawValue)"],
                    tone: PlanWords.tone(record.change), isLocked: record.isLocked,
                    reasons: PlanWords.reasons(seen[PlanSight.affinity] ?? "", ask),
                    canLock: mayWish && wish == nil && (record.change == .added || record.change == .removed),
                    canForbid: mayWish && wish == nil && !record.isLocked && record.change != .outside,
                    canFree: mayWish && wish != nil,
                    wish: wish.map { words["plan.wish.\($0.rawValue)"] } ?? "", hasWish: wish != nil)
            })
    }
}

/// Texts of forms and links of plans.
enum PlanForm {
    /// A pair as the value of a button.
    static func value(_ application: ID<Application>, _ expert: ID<Person>) -> String {
        "\(application).\(expert)"
    }

    static func pair(_ text: String) -> (ID<Application>, ID<Person>)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 ? (ID(parts[0]), ID(parts[1])) : nil
    }

    /// How the files are checked.
    static func command(groupCap: Int?) -> String {
        let groups = groupCap.map { " --groups groups.csv --group-cap \($0)" } ?? ""
        return """
            jiebang match verify --pairs pairs.csv --demand demand.csv --load-max load_max.csv \\
              --lock lock.csv\(groups) --assignment assignment.csv --certificate certificate.json
            """
    }
}
