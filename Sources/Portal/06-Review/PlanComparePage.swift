import Lifecycle

/// Two plans of a call side by side.
struct PlanComparePage: Sendable {
    let call: String
    let back: String
    let first: Side
    let second: Side
    let lede: String
    let rows: [Row]
    let hasRows: Bool
    let more: String?

    struct Side: Sendable {
        let title: String
        let href: String
        let figures: PlanFigures
    }

    /// An application whose experts differ.
    struct Row: Sendable {
        let number: String
        let title: String
        let before: [Expert]
        let after: [Expert]
        let firstSum: String
        let secondSum: String
    }

    struct Expert: Sendable {
        let name: String
        let score: String
        let isOnlyHere: Bool
    }

    /// Applications shown.
    static let most = 200

    struct Picture: Sendable {
        let call: Call
        let plans: [PlanRecord]
        let pairs: [[PlanPairRecord]]
        let dossiers: [ID<Application>: DossierRecord]
    }

    init(_ picture: Picture, _ ask: Ask) throws {
        let words = ask.words
        let relations = PlanSight.relations(ask.viewer)
        call = picture.call.title
        back = "/office/assign/\(picture.call.id)/plans"
        func side(_ plan: PlanRecord) throws -> Side {
            Side(
                title: PlanWords.title(plan, words),
                href: "/office/assign/\(plan.call)/plans/\(plan.id)",
                figures: PlanFigures(try plan.told(), plan.objective, words))
        }
        first = try side(picture.plans[0])
        second = try side(picture.plans[1])
        let sides = picture.pairs.map { pairs in
            Dictionary(
                grouping: pairs.filter { $0.change == .added || $0.change == .kept }, by: \.application)
        }
        let all = Set(sides[0].keys).union(sides[1].keys)
        let differing = all.filter { application in
            Set((sides[0][application] ?? []).map(\.expert))
                != Set((sides[1][application] ?? []).map(\.expert))
        }
        let dossiers = picture.dossiers.mapValues { Seen($0, as: relations) }
        func number(_ application: ID<Application>) -> String {
            dossiers[application]?[DossierSight.number] ?? ""
        }
        let ordered = differing.sorted { number($0) < number($1) }
        rows = ordered.prefix(Self.most).map { application in
            let mine = sides.map { $0[application] ?? [] }
            func experts(_ here: Int) -> [Expert] {
                let there = Set(mine[1 - here].map(\.expert))
                return mine[here].map { pair in
                    let seen = Seen(pair, as: relations)
                    return Expert(
                        name: seen[PlanSight.expertName] ?? "", score: "\(seen[PlanSight.score] ?? 0)",
                        isOnlyHere: !there.contains(pair.expert))
                }
            }
            func sum(_ here: Int) -> String {
                PlanWords.points(Int64(mine[here].reduce(0) { $0 + $1.score }))
            }
            return Row(
                number: number(application), title: dossiers[application]?[DossierSight.title] ?? "",
                before: experts(0), after: experts(1), firstSum: sum(0), secondSum: sum(1))
        }
        hasRows = !rows.isEmpty
        lede = words.filled(
            "plan.compare.lede", ["count": "\(differing.count)", "total": "\(all.count)"])
        more =
            differing.count > Self.most
            ? words.filled("plan.compare.more", ["count": "\(differing.count - Self.most)"]) : nil
    }
}
