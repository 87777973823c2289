import Foundation
import Lifecycle

/// What plans are told with on their pages.
enum PlanWords {
    /// One sentence a part: what coincides, and its points.
    static func reasons(_ text: String, _ ask: Ask) -> [String] {
        guard let affinity = try? JSONDecoder().decode(Affinity.self, from: Data(text.utf8)) else {
            return []
        }
        return reasons(affinity, ask)
    }

    static func reasons(_ affinity: Affinity, _ ask: Ask) -> [String] {
        let words = ask.words
        let names = ask.house.disciplineNames
        let parting = ask.language == .zh ? "、" : ", "
        return affinity.parts.map { part in
            switch part {
            case .discipline(let code, let points):
                words.filled(
                    "plan.part.discipline", ["what": "\(names[code] ?? "") \(code)", "points": "\(points)"])
            case .field(let codes, let points):
                words.filled(
                    "plan.part.field",
                    [
                        "what": codes.prefix(3).map { names[$0] ?? $0 }.joined(separator: parting),
                        "points": "\(points)",
                    ])
            case .keywords(let shared, let points):
                words.filled(
                    "plan.part.keywords",
                    ["what": shared.joined(separator: parting), "points": "\(points)"])
            case .text(let terms, let points):
                words.filled(
                    "plan.part.text", ["what": terms.joined(separator: parting), "points": "\(points)"])
            case .project(let title, let terms, let points):
                words.filled(
                    "plan.part.project",
                    [
                        "title": title, "what": terms.joined(separator: parting), "points": "\(points)",
                    ])
            case .bid(let willingness, let points):
                words.filled(
                    "plan.part.bid",
                    [
                        "what": words["bid.\(willingness.rawValue)"],
                        "points": points < 0 ? "−\(-points)" : "+\(points)",
                    ])
            }
        }
    }

    /// Two plans of one minute are told apart by the beginning of their names.
    static func title(_ plan: PlanRecord, _ words: Words.Catalogue) -> String {
        words.filled("plan.title", ["at": plan.madeAt.text, "mark": mark(plan.id)])
    }

    static func mark(_ plan: ID<AssignmentPlan>) -> String { String(plan.rawValue.prefix(4)) }

    static func hole(
        _ reason: AssignmentPlan.HoleReason?, places: Int, numbers: [ID<Application>: String],
        _ words: Words.Catalogue
    ) -> String {
        let lack = words.filled("plan.hole.lack", ["count": "\(places)"])
        guard let reason else { return lack }
        switch reason {
        case .tooFewCandidates(let count):
            return lack + words.filled("plan.hole.few", ["count": "\(count)"])
        case .oneUniversity(let count):
            return lack + words.filled("plan.hole.university", ["count": "\(count)"])
        case .loadsExhausted(let applications, let experts, let wanted, let available, let isMinimal):
            let named = applications.compactMap { numbers[$0] }.joined(separator: "、")
            return lack
                + words.filled(
                    "plan.hole.loads",
                    [
                        "named": named, "count": "\(applications.count)", "experts": "\(experts)",
                        "wanted": "\(wanted)", "available": "\(available)",
                    ]) + (isMinimal == false ? words["plan.hole.untried"] : "")
        }
    }

    /// Points with a comma at each thousand.
    static func points(_ value: Int64) -> String {
        var digits = String(value.magnitude)
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (value < 0 ? "−" : "") + ([digits] + parts).joined(separator: ",")
    }

    static func tone(_ change: AssignmentPlan.Change) -> String {
        switch change {
        case .added: "info"
        case .kept: "neutral"
        case .removed: "warn"
        case .outside: "bad"
        }
    }
}

/// The figures of a plan, as a page and a comparison show them.
struct PlanFigures: Sendable {
    let total: String
    let worst: String
    let tenth: String
    let price: String
    let filled: String
    let unfilled: String
    let hasHoles: Bool
    let proof: String
    let proofTone: String
    let changes: String
    let objective: String

    init(_ summary: AssignmentPlan.Summary, _ objective: AssignmentPlan.Objective, _ words: Words.Catalogue) {
        total = PlanWords.points(summary.total)
        worst = PlanWords.points(summary.worst)
        tenth = PlanWords.points(summary.tenthPercentile)
        price = summary.price.map(PlanWords.points) ?? words["plan.no-price"]
        filled = "\(summary.assigned) / \(summary.wanted)"
        unfilled = "\(summary.unfilled)"
        hasHoles = summary.unfilled > 0
        // The highest total may be had by an assignment of which nobody knows whether a fairer one exists.
        let isFairEnough = objective == .total || objective == .fair && summary.isFloorProved == true
        proof =
            summary.gap > 0
            ? words.filled("plan.proof.gap", ["gap": PlanWords.points(summary.gap)])
            : words[isFairEnough ? "plan.proof.optimal" : "plan.proof.total"]
        proofTone = summary.gap == 0 && isFairEnough ? "good" : "info"
        changes = words.filled(
            "plan.changes",
            [
                "added": "\(summary.added)", "kept": "\(summary.kept)", "removed": "\(summary.removed)",
            ])
        self.objective = words["plan.objective.\(objective.rawValue)"]
    }
}

/// How many experts have how many applications: bars for the eye, the same numbers in a table.
struct LoadHistogram: Sendable {
    let bars: [Bar]
    let label: String
    let viewBox: String
    let baseline: String
    let right: String

    struct Bar: Sendable {
        let load: String
        let experts: String
        let full: String
        let x: String
        let y: String
        let width: String
        let height: String
        let middle: String
        let above: String
    }

    init(_ counts: [PlanQueries.LoadCount], _ words: Words.Catalogue) {
        let most = max(1, counts.map(\.experts).max() ?? 1)
        let byLoad = Dictionary(uniqueKeysWithValues: counts.map { ($0.load, $0) })
        let highest = counts.map(\.load).max() ?? 0
        let step = 720 / max(1, min(highest + 1, 40))
        let width = min(48, step - 6)
        bars = (0...max(0, min(highest, 39))).map { load in
            let count = byLoad[load]
            let experts = count?.experts ?? 0
            let height = experts * 90 / most
            let x = 12 + load * step
            return Bar(
                load: "\(load)", experts: "\(experts)", full: "\(count?.isFull ?? 0)", x: "\(x)",
                y: "\(114 - height)", width: "\(width)", height: "\(height)", middle: "\(x + width / 2)",
                above: "\(108 - height)")
        }
        label = words["plan.loads.label"]
        viewBox = "0 0 744 150"
        baseline = "114"
        right = "732"
    }
}
