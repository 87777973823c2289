import Foundation
import Lifecycle
import Store

/// Everybody who could review one application, with points and reasons, and who cannot, with the reason.
struct PlanApplicationPage: Sendable {
    let number: String
    let title: String
    let university: String
    let discipline: String
    let caseHref: String
    let plan: String
    let base: String
    let wishAction: String
    let here: String
    let lede: String
    let mayWish: Bool
    let chosen: [Row]
    let hasChosen: Bool
    let search: String
    let others: [Row]
    let hasOthers: Bool
    let moreOthers: String?
    let barred: [Barred]
    let hasBarred: Bool
    let moreBarred: String?

    struct Row: Sendable {
        let value: String
        let name: String
        let organisation: String
        let score: String
        let change: String
        let tone: String
        let load: String
        let reasons: [String]
        let canWish: Bool
        let hasWish: Bool
        let wish: String
    }

    struct Barred: Sendable {
        let name: String
        let organisation: String
        let score: String
        let why: [String]
    }

    /// Others shown, best first; the search narrows.
    static let most = 30

    struct Picture: Sendable {
        let plan: PlanRecord
        let line: PlanQueries.Line
        let dossier: DossierRecord
        let pairs: [PlanPairRecord]
        /// Every expert with enough points, by score.
        let scored: [(record: ExpertRecord, affinity: Affinity, obstacles: [Refusal])]
        let loads: [ID<Person>: Int]
        let wishes: [WishRecord]
    }

    init(_ picture: Picture, search: String, _ ask: Ask) {
        let words = ask.words
        let relations = PlanSight.relations(ask.viewer)
        let seen = Seen(picture.dossier, as: relations)
        let code = seen[DossierSight.discipline] ?? ""
        let application = picture.dossier.id
        number = seen[DossierSight.number] ?? ""
        title = seen[DossierSight.title] ?? ""
        university = seen[DossierSight.universityName] ?? ""
        discipline = ask.house.disciplineNames[code] ?? code
        caseHref = "/cases/\(application)/assign"
        plan = PlanWords.title(picture.plan, words)
        base = "/office/assign/\(picture.plan.call)/plans/\(picture.plan.id)"
        wishAction = "/office/assign/\(picture.plan.call)/wishes"
        here = "\(base)/applications/\(application)"
        lede = words.filled(
            "plan.application.lede",
            [
                "demand": "\(picture.line.demand)", "sum": PlanWords.points(picture.line.score),
                "count": "\(picture.scored.count { $0.obstacles.isEmpty })",
            ])
        let mayWish = ask.viewer.holds(.programmeOfficer) && picture.plan.signedAt == nil
        self.mayWish = mayWish
        let wishes = Dictionary(
            picture.wishes.filter { $0.application == application }.map { ($0.expert, $0.wish) },
            uniquingKeysWith: { first, _ in first })
        func row(
            _ expert: ID<Person>, _ name: String, _ organisation: String, _ score: Int, _ reasons: [String],
            _ change: AssignmentPlan.Change?
        ) -> Row {
            let wish = wishes[expert]
            return Row(
                value: PlanForm.value(application, expert), name: name, organisation: organisation,
                score: "\(score)", change: change.map { words["plan.change.\($0.rawValue)"] } ?? "",
                tone: change.map(PlanWords.tone) ?? "", load: "\(picture.loads[expert] ?? 0)",
                reasons: reasons, canWish: mayWish && wish == nil, hasWish: wish != nil,
                wish: wish.map { words["plan.wish.\($0.rawValue)"] } ?? "")
        }
        chosen = picture.pairs.map { pair in
            let one = Seen(pair, as: relations)
            return row(
                pair.expert, one[PlanSight.expertName] ?? "", one[PlanSight.expertOrganisation] ?? "—",
                one[PlanSight.score] ?? 0, PlanWords.reasons(one[PlanSight.affinity] ?? "", ask), pair.change)
        }
        hasChosen = !chosen.isEmpty
        let taken = Set(picture.pairs.map(\.expert))
        self.search = search
        let rest = picture.scored.filter {
            !taken.contains($0.record.person)
                && (search.isEmpty || ExpertTable.finds($0.record, by: search, ask.house.disciplineNames))
        }
        let free = rest.filter(\.obstacles.isEmpty)
        moreOthers = ExpertTable.more(than: Self.most, of: free.count, words)
        others = free.prefix(Self.most).map {
            row(
                $0.record.person, $0.record.name, $0.record.organisationName ?? "—", $0.affinity.score,
                PlanWords.reasons($0.affinity, ask), nil)
        }
        hasOthers = !others.isEmpty
        let kept = rest.filter { !$0.obstacles.isEmpty }
        moreBarred = ExpertTable.more(than: Self.most, of: kept.count, words)
        barred = kept.prefix(Self.most).map {
            Barred(
                name: $0.record.name, organisation: $0.record.organisationName ?? "—",
                score: "\($0.affinity.score)", why: $0.obstacles.map(words.sentence))
        }
        hasBarred = !barred.isEmpty
    }

    /// Scores as the plan had them, by its rules and its lexicon; bids as they are now.
    static func picture(
        _ plan: PlanRecord, _ application: ID<Application>, at now: Instant, _ house: House,
        _ store: Transaction
    ) throws -> Picture {
        let line = try PlanQueries.line(of: application, in: plan.id, store)
        guard let dossier = try PlanQueries.dossiers([application], store)[application],
            let lexicon = try store.value(
                "SELECT lexicon FROM assignment_plan WHERE id = \(plan.id)", as: String.self)
        else { throw Missing() }
        let (call, programme) = try Calls.found(plan.call, house, store)
        guard let step = call.procedure(of: programme).step(of: .review) else { throw Missing() }
        let rules = try JSONDecoder().decode(MatchingRules.self, from: Data(plan.rules.utf8))
        let experts = try Candidates.all(in: plan.call, at: now, store)
        let projects = try PlanGround.projects(store)
        let scorer = AffinityScorer(
            rules,
            experts: experts.map {
                ExpertProfile(
                    disciplines: $0.disciplineCodes, keywords: $0.keywordList,
                    projects: projects[$0.person] ?? [])
            }, lexicon: try JSONDecoder().decode(Lexicon.self, from: Data(lexicon.utf8)))
        let profile = try PlanGround.profile(dossier.discipline, fact: dossier.fact, programme, store)
        let length = Double(line.length)
        let parties = try Parties.withRivals(application, store)
        let standing = try Dossiers.standing(of: application, in: call, programme, house, store)
        let current = try ReviewActs.of(application, store)
        let said = rules.bids == nil ? [:] : try BidQueries.of(application, store)
        var bids: [Int: Willingness] = [:]
        for (index, expert) in experts.enumerated() { bids[index] = said[expert.person] }
        let scored = scorer.scores(of: profile, length: length, bids: bids).filter { $0.score >= rules.least }
            .sorted { ($1.score, $0.expert) < ($0.score, $1.expert) }
            .map { found in
                (
                    record: experts[found.expert],
                    affinity: scorer.affinity(
                        of: profile, to: found.expert, length: length, bid: bids[found.expert]),
                    obstacles: Candidates.obstacles(
                        experts[found.expert], parties: parties, in: programme, step: step,
                        standing: standing, current: current)
                )
            }
        struct Load: Decodable, Sendable {
            let expert: ID<Person>
            let load: Int
        }
        let loads = try store.rows(
            "SELECT expert, load FROM assignment_plan_expert WHERE plan = \(plan.id)", as: Load.self)
        return Picture(
            plan: plan, line: line, dossier: dossier,
            pairs: try PlanQueries.pairs(of: [application], in: plan.id, store)[application] ?? [],
            scored: scored, loads: Dictionary(uniqueKeysWithValues: loads.map { ($0.expert, $0.load) }),
            wishes: try WishRecord.all(in: plan.call, store))
    }
}
