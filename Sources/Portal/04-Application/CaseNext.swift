import Lifecycle

/// What the viewer can do about a case now: one verb with its link, or whose turn it is.
struct CaseNext: Sendable {
    let verb: String?
    let href: String
    let text: String

    /// - Parameter deciding: where the viewer decides on an exception that waits for them.
    init(_ open: OpenCase, deciding: String? = nil, _ ask: Ask) {
        let words = ask.words
        guard open.seen[DossierSight.stepKind] != nil, let current = open.standing.open.first else {
            (verb, href, text) = (nil, "", words[open.standing.open.isEmpty ? "case.over" : "case.nothing"])
            return
        }
        // Of several that are open at once, the viewer's own counts.
        let own = open.standing.open.first { Self.place($0.step, open, ask.viewer) != nil }
        let step = (own ?? current).step
        let label = step.label.text(in: ask.language)
        if let deciding {
            verb = words["task.decide-exception"]
            href = deciding
            text = words.filled("case.inStep", ["step": label])
        } else if let place = Self.place(step, open, ask.viewer) {
            verb = words["case.do.\(step.kind.rawValue)"]
            href = place
            text = words.filled("case.inStep", ["step": label])
        } else {
            (verb, href) = (nil, "")
            text = words.filled(
                "case.waitingFor", ["role": words["procedure.by.\(step.by.rawValue)"], "step": label])
        }
    }

    /// Where the viewer does the step; nil where it is not the viewer's.
    private static func place(_ step: Step, _ open: OpenCase, _ viewer: Viewer) -> String? {
        let relations = open.seen.relations
        let (id, call) = (open.record.id, open.record.call)
        switch step.kind {
        case .statement:
            let state = open.standing.open.first { $0.step.id == step.id }
            return state.flatMap { StatementTurn($0, open, viewer) }?.href
        case .draft: return relations.contains(.owner) ? "/drafts/\(id)" : nil
        case .endorse:
            return viewer.holds(.researchOffice, in: open.record.university) ? "/lists/\(call)" : nil
        case .screen: return relations.contains(.programmeOfficer) ? "/cases/\(id)/screening" : nil
        case .review: return relations.contains(.programmeOfficer) ? "/cases/\(id)/assign" : nil
        case .appraise:
            return relations.contains(.programmeOfficer) ? "/cases/\(id)/appraisals/\(step.id)" : nil
        case .meet: return relations.contains(.programmeOfficer) ? "/meetings" : nil
        case .decide:
            return relations.isDisjoint(with: [.programmeOfficer, .commissionLeader])
                ? nil : "/rounds/\(call)"
        case .publicise: return relations.contains(.programmeOfficer) ? "/notices" : nil
        case .contract:
            let mine = step.parties.contains { party in
                switch party {
                case .applicant: relations.contains(.owner)
                case .researchOffice: relations.contains(.researchOffice)
                case .programmeOfficer: relations.contains(.programmeOfficer)
                case .teamMember, .universityLeader, .commissionLeader, .jointFunder, .expert, .recommender,
                    .finalUser, .partner, .finance, .financeApprover, .integrity, .auditor, .systemAdmin,
                    .securityAdmin,
                    .auditAdmin:
                    false
                }
            }
            return mine ? "/cases/\(id)/contract" : nil
        case .preparePayment, .pay:
            return relations.contains(.finance) && viewer.holds(.finance) ? "/cases/\(id)/payment" : nil
        case .approvePayment:
            return relations.contains(.finance) && viewer.holds(.financeApprover)
                ? "/cases/\(id)/payment" : nil
        }
    }
}
