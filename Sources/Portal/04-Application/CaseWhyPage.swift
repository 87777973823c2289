import Foundation
import Lifecycle
import Store

/// The grounds of a case: verdicts of the submission, of today, and of the university's list.
struct CaseGrounds: Sendable {
    let submitted: [Verdict]
    let now: [Verdict]
    let list: [Verdict]
    let exceptions: [ExceptionRecord]
    /// On what the quota of the applicant's university stands.
    let quota: QuotaGround?

    static func of(_ open: OpenCase, _ house: House, _ store: Transaction) throws -> CaseGrounds {
        let application = try ApplicationSubmitted.find(fact: open.record.fact, store)?.application
        let seen = application.map { Seen($0, as: open.seen.relations) }
        guard let submitted = seen?[ProposalSight.verdicts] else {
            return CaseGrounds(submitted: [], now: [], list: [], exceptions: [], quota: nil)
        }
        let now = try EligibilityFacts.verdicts(
            for: open.record.owner, in: open.call, open.programme, besides: open.record.id, house, store)
        return CaseGrounds(
            submitted: submitted, now: now,
            list: open.seen[DossierSight.listRank] == nil ? [] : try listVerdicts(open.record, store),
            exceptions: try open.exceptions(house, store),
            quota: try QuotaGround.find(open.record.call, of: open.record.university, store))
    }

    /// What the rules said of the list this application went forward in; it speaks of others' applications too,
    /// so only who sees the ranks sees it.
    private static func listVerdicts(_ record: DossierRecord, _ store: Transaction) throws -> [Verdict] {
        guard
            let text = try store.value(
                """
                SELECT payload.body FROM endorsement_list JOIN payload ON payload.number = endorsement_list.fact
                WHERE endorsement_list.call = \(record.call) AND endorsement_list.university = \(record.university)
                """, as: String.self)
        else { return [] }
        return try JSONDecoder().decode(ListEndorsed.self, from: Data(text.utf8)).verdicts
    }
}

/// `/cases/{id}/why`: every rule, what it said, and on what ground.
struct CaseWhyPage: Sendable {
    let head: CaseFrame
    let submission: Group
    let list: Group
    let quota: QuotaGroundWords?
    let terms: [Term]
    /// Whom the programme has asked in by name, and how many.
    let parties: [PartyRuleWords]
    let hasParties: Bool
    /// Practices borrowed from elsewhere, as this call has them.
    let practices: [CallDefaultLine]
    let hasPractices: Bool

    struct Group: Sendable {
        let title: String
        let verdicts: [VerdictWords]
        let isEmpty: Bool
    }

    struct Term: Sendable {
        let step: String
        let by: String
        let term: String
        let apart: [String]
        let ground: GroundWords
    }

    init(_ open: OpenCase, _ grounds: CaseGrounds, _ ask: Ask) {
        let words = ask.words
        head = open.head(tab: "why", ask)
        let today = Dictionary(grounds.now.map { ($0.rule, $0.result) }) { first, _ in first }
        let exceptions = CaseExceptions(open, grounds.exceptions, ask)
        let time = open.seen[DossierSight.submittedAt]?.text ?? ""
        submission = Group(
            title: words.filled("case.whySubmission", ["time": time]),
            verdicts: grounds.submitted.map { verdict in
                let changed = today[verdict.rule].flatMap { $0 == verdict.result ? nil : $0 }
                let note = changed.map {
                    words.filled("case.whyNow", ["result": words["rule.result.\($0.rawValue)"]])
                }
                return VerdictWords(verdict, note: note, beside: exceptions[verdict.rule], words: words)
            }, isEmpty: grounds.submitted.isEmpty)
        list = Group(
            title: words["case.whyList"],
            verdicts: grounds.list.map { VerdictWords($0, words: words) }, isEmpty: grounds.list.isEmpty)
        quota = QuotaGroundWords(grounds.quota.map { Seen($0, as: open.seen.relations) }, words)
        parties = (open.programme.parties ?? []).map { PartyRuleWords($0, words) }
        hasParties = !parties.isEmpty
        practices = CallDefaultLine.all(of: open.call, open.programme, words)
        hasPractices = !practices.isEmpty
        let procedure = open.standing.procedure
        terms = procedure.steps.map { step in
            Term(
                step: step.label.text(in: ask.language), by: words["procedure.by.\(step.by.rawValue)"],
                term: ProcedureDrawing.deadline(step.within, words) ?? words["case.noTerm"],
                apart: step.apartFrom.map { other in
                    words.filled(
                        "case.whyApart",
                        ["step": procedure.step(other)?.label.text(in: ask.language) ?? other])
                }, ground: GroundWords(step.standing, step.verified, step.cites, words))
        }
    }
}
