import Lifecycle
import Store

/// `/cases/{id}/payment`: the instruction computed from the contract, and each hand it went through.
struct PaymentPage: Sendable {
    let head: CaseFrame
    let next: Next?
    let hasNext: Bool
    let payments: [Item]
    let isEmpty: Bool
    let mayPrepare: Bool
    let mayApprove: Bool
    let mayPay: Bool
    let prepareAction: String
    let approveAction: String
    let rejectAction: String
    let payAction: String
    let reference: String
    let reason: String
    let errors: [ErrorLine]
    let hasErrors: Bool
    let isOwnPreparation: Bool
    let contractHref: String
    /// Of a lane of a race: that no more than its first money comes before the gate. Nil for other projects.
    let gateText: String?

    /// The instalment that is due by the contract and has no instruction yet.
    struct Next: Sendable {
        let instalment: String
        let percent: String
        let wan: String
        let yuan: String
        let payee: String
        /// What of it another organisation bears; nil where the commission pays all of it.
        let joint: String?
        let passing: [Passing]
        let hasPassing: Bool
    }

    /// What of an instalment the lead passes on to one partner.
    struct Passing: Sendable {
        let body: String
        let yuan: String

        /// Empty where the viewer does not read the contract, or the university carries the project alone.
        static func all(of instalment: String, in contract: Contract?, as relations: Set<Relation>)
            -> [Passing]
        {
            guard let terms = contract.flatMap({ Seen($0, as: relations)[ProjectSight.terms] }) else {
                return []
            }
            return (terms.partners ?? []).compactMap { partner in
                let amount = terms.passing(of: instalment, to: partner)
                return amount > .zero ? Passing(body: partner.body, yuan: amount.yuanText) : nil
            }
        }
    }

    struct Item: Sendable {
        let instalment: String
        let percent: String
        let hasPercent: Bool
        let wan: String
        let yuan: String
        let payee: String
        let state: String
        let stateKind: String
        let steps: [StepDone]
        let hasSteps: Bool
        let reference: String
        let hasReference: Bool
        let rejection: String
        let isRejected: Bool
        let passing: [Passing]
        let hasPassing: Bool
    }

    struct StepDone: Sendable {
        let what: String
        let who: String
        let at: String
    }

    struct Picture: Sendable {
        let opened: OpenCase
        let contract: Contract?
        let payments: [PaymentHistory]
    }

    /// What was typed in a form that was refused.
    struct Typed: Sendable {
        let reference: String
        let reason: String
        let field: String
        let refusals: [Refusal]
    }

    init(_ picture: Picture, typed: Typed? = nil, _ ask: Ask) {
        let words = ask.words
        let opened = picture.opened
        let relations = opened.seen.relations
        let id = opened.record.id
        head = opened.head(tab: "payment", ask)
        contractHref = "/cases/\(id)/contract"
        gateText = picture.contract.flatMap { Seen($0, as: relations)[ProjectSight.terms]?.race }.map {
            words.filled(
                "race.gateText",
                ["first": $0.firstMoney.yuanText, "gate": $0.gate.text, "rest": $0.rest.yuanText])
        }
        func isOpen(_ kind: Step.Kind) -> Bool { opened.standing.open.contains { $0.step.kind == kind } }
        let isFinance = relations.contains(.finance)
        mayPrepare = isFinance && ask.viewer.holds(.finance) && isOpen(.preparePayment)
        let prepared = picture.payments.last { $0.record.state == "prepared" }
        isOwnPreparation =
            prepared != nil && prepared?.record.preparedBy == ask.viewer.person
            && ask.viewer.holds(.financeApprover)
        mayApprove =
            isFinance && ask.viewer.holds(.financeApprover) && isOpen(.approvePayment) && !isOwnPreparation
        mayPay = isFinance && ask.viewer.holds(.finance) && isOpen(.pay)
        prepareAction = "/cases/\(id)/payment/prepare"
        approveAction = "/cases/\(id)/payment/approve"
        rejectAction = "/cases/\(id)/payment/reject"
        payAction = "/cases/\(id)/payment/pay"
        reference = typed?.reference ?? ""
        reason = typed?.reason ?? ""
        errors =
            typed?.refusals.map {
                ErrorLine(href: "#\(typed?.field ?? "")", text: words.sentence($0))
            } ?? []
        hasErrors = !errors.isEmpty
        let live = Set(picture.payments.filter { $0.record.state != "rejected" }.map(\.record.instalment))
        let due = picture.contract?.instalments.first { $0.upon == "contract" && !live.contains($0.id) }
        next =
            isOpen(.preparePayment)
            ? due.map { part in
                let passing = Passing.all(of: part.id, in: picture.contract, as: relations)
                return Next(
                    instalment: part.label.text(in: ask.language),
                    percent: picture.contract?.percent(of: part.id).map { "\($0)%" } ?? "",
                    wan: part.amount.wanText, yuan: part.amount.yuanText,
                    payee: opened.seen[DossierSight.universityName] ?? "",
                    joint: picture.contract?.joint.map {
                        words.filled(
                            "joint.contractBears",
                            [
                                "funder": $0.name, "share": "\($0.percent)",
                                "amount": $0.part(of: part.amount).yuanText,
                            ])
                    }, passing: passing, hasPassing: !passing.isEmpty)
            } : nil
        hasNext = next != nil
        payments = picture.payments.map { Item($0, picture.contract, relations, ask) }
        isEmpty = payments.isEmpty && next == nil
    }
}

extension PaymentPage.Item {
    init(_ history: PaymentHistory, _ contract: Contract?, _ relations: Set<Relation>, _ ask: Ask) {
        let words = ask.words
        let seen = Seen(history, as: relations)
        instalment = seen[FundsSight.instalment]?.text(in: ask.language) ?? ""
        percent = history.percent.map { "\($0)%" } ?? ""
        hasPercent = history.percent != nil
        wan = seen[FundsSight.amount]?.wanText ?? ""
        yuan = seen[FundsSight.amount]?.yuanText ?? ""
        payee = seen[FundsSight.payee] ?? ""
        let state = seen[FundsSight.state] ?? ""
        self.state = words["payment.state.\(state)"]
        stateKind =
            switch state {
            case "paid": "good"
            case "rejected": "bad"
            default: "info"
            }
        let record = history.record
        var steps: [PaymentPage.StepDone] = []
        if let who = seen[FundsSight.preparedBy] {
            steps.append(
                PaymentPage.StepDone(
                    what: words["payment.done.prepared"], who: who, at: record.preparedAt.text))
        }
        if let at = record.approvedAt, let who = seen[FundsSight.approvedBy] {
            steps.append(PaymentPage.StepDone(what: words["payment.done.approved"], who: who, at: at.text))
        }
        if let at = seen[FundsSight.paidAt] {
            steps.append(
                PaymentPage.StepDone(
                    what: words["payment.done.paid"], who: words["role.finance"], at: at.text))
        }
        self.steps = steps
        hasSteps = !steps.isEmpty
        reference = seen[FundsSight.reference] ?? ""
        hasReference = !reference.isEmpty
        rejection = seen[FundsSight.rejection] ?? ""
        isRejected = !rejection.isEmpty
        passing =
            isRejected
            ? [] : PaymentPage.Passing.all(of: history.record.instalment, in: contract, as: relations)
        hasPassing = !passing.isEmpty
    }
}
