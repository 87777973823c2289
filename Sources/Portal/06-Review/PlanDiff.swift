import Lifecycle
import Store

/// An unsigned plan against the one that was signed before it was made: who has dropped out, and who comes in.
struct PlanDiff: Sendable {
    struct Gone: Sendable {
        let pair: PlanPairRecord
        /// Nil where the assignment stands and this plan takes it back.
        let state: AssignmentRecord.State?
        let reason: String?
    }

    /// Applications that the page names; the full comparison shows the rest.
    static let most = 40

    let signed: PlanRecord
    let gone: [Gone]
    let come: [PlanPairRecord]

    /// Nil for a signed plan, and where nothing was signed before.
    static func of(_ plan: PlanRecord, _ store: Transaction) throws -> PlanDiff? {
        guard plan.signedAt == nil,
            let signed = try PlanGap.lastSigned(in: plan.call, before: plan.madeAt, store)
        else { return nil }
        var looked: [ID<Application>: [AssignmentRecord]] = [:]
        let gone = try PlanQueries.pairs(in: signed.id, notIn: plan.id, store).map { pair in
            // Both plans are in the order of the numbers: what comes after as many applications as the page names is
            // counted and not told of.
            if looked[pair.application] == nil, looked.count < most {
                looked[pair.application] = try ReviewActs.of(pair.application, store)
            }
            let record = looked[pair.application]?.last { $0.expert == pair.expert }
            let ended = record.flatMap { $0.state.counts ? nil : $0 }
            return Gone(pair: pair, state: ended?.state, reason: ended?.reason)
        }
        return PlanDiff(
            signed: signed, gone: gone, come: try PlanQueries.pairs(in: plan.id, notIn: signed.id, store))
    }
}

extension PlanPage {
    struct DiffPart: Sendable {
        let text: String
        let signedHref: String
        let compareHref: String
        let rows: [Row]
        let hasRows: Bool
        let more: String?

        struct Row: Sendable {
            let number: String
            let title: String
            let href: String
            let gone: [Gone]
            let hasGone: Bool
            let come: [Come]
            let hasCome: Bool
        }

        struct Gone: Sendable {
            let name: String
            let state: String
            let tone: String
            let reason: String
        }

        struct Come: Sendable {
            let name: String
            let organisation: String
            let score: String
        }

        init(
            _ diff: PlanDiff, _ plan: PlanRecord, _ dossiers: [ID<Application>: Seen<DossierRecord>],
            _ relations: Set<Relation>, _ ask: Ask
        ) {
            let words = ask.words
            let base = "/office/assign/\(plan.call)"
            text = words.filled(
                "plan.diff.text", ["gone": "\(diff.gone.count)", "come": "\(diff.come.count)"])
            signedHref = "\(base)/plans/\(diff.signed.id)"
            compareHref = "\(base)/compare?a=\(diff.signed.id)&b=\(plan.id)"
            let gone = Dictionary(grouping: diff.gone, by: \.pair.application)
            let come = Dictionary(grouping: diff.come, by: \.application)
            func number(_ application: ID<Application>) -> String {
                dossiers[application]?[DossierSight.number] ?? ""
            }
            let changed = Set(gone.keys).union(come.keys).sorted { number($0) < number($1) }
            rows = changed.prefix(PlanDiff.most).map { application in
                let left = (gone[application] ?? []).map { one in
                    Gone(
                        name: Seen(one.pair, as: relations)[PlanSight.expertName] ?? "",
                        state: one.state.map { words["review.state.\($0.rawValue)"] }
                            ?? words["plan.diff.withdrawn"],
                        tone: one.state.map(AssignPage.kind) ?? "warn", reason: one.reason ?? "")
                }
                let new = (come[application] ?? []).map { pair in
                    let seen = Seen(pair, as: relations)
                    return Come(
                        name: seen[PlanSight.expertName] ?? "",
                        organisation: seen[PlanSight.expertOrganisation] ?? "—",
                        score: "\(seen[PlanSight.score] ?? 0)")
                }
                return Row(
                    number: number(application), title: dossiers[application]?[DossierSight.title] ?? "",
                    href: "\(base)/plans/\(plan.id)/applications/\(application)", gone: left,
                    hasGone: !left.isEmpty, come: new, hasCome: !new.isEmpty)
            }
            hasRows = !rows.isEmpty
            more =
                changed.count > PlanDiff.most
                ? words.filled("plan.diff.more", ["count": "\(changed.count - PlanDiff.most)"]) : nil
        }
    }
}
