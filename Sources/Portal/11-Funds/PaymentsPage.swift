import Lifecycle

/// `/payments`: what finance has to prepare, approve and pay, and what it paid.
struct PaymentsPage: Sendable {
    let toPrepare: Group
    let toApprove: Group
    let toPay: Group
    let paid: Group

    struct Group: Sendable {
        let lines: [Line]
        let isEmpty: Bool
        let count: Int
        let total: String
    }

    struct Line: Sendable {
        let href: String
        let number: String
        let title: String
        let payee: String
        let instalment: String
        let yuan: String
        let due: String
        let isLate: Bool
        let who: String
        let when: String
        let reference: String
    }

    init(
        _ prepare: [PaymentLine], _ others: [PaymentLine], _ labels: InstalmentLabels, _ ask: Ask
    ) {
        func group(_ lines: [PaymentLine]) -> Group {
            Group(
                lines: lines.map { Line($0, labels, ask) }, isEmpty: lines.isEmpty, count: lines.count,
                total: lines.reduce(Money.zero) { $0 + $1.amount }.wanText)
        }
        toPrepare = group(prepare)
        toApprove = group(others.filter { $0.state == "prepared" })
        toPay = group(others.filter { $0.state == "approved" })
        paid = group(others.filter { $0.state == "paid" })
    }
}

extension PaymentsPage.Line {
    init(_ line: PaymentLine, _ labels: InstalmentLabels, _ ask: Ask) {
        href = "/cases/\(line.application)/payment"
        number = line.number
        title = line.title
        payee = line.payee
        instalment = labels.text(line, ask.language)
        yuan = line.amount.yuanText
        due = line.due?.text ?? "—"
        isLate = line.state != "paid" && (line.due.map { $0 < ask.now } ?? false)
        switch line.state {
        case "prepared":
            who = line.preparedBy ?? ""
            when = line.preparedAt?.text ?? ""
        case "approved":
            who = line.approvedBy ?? ""
            when = line.approvedAt?.text ?? ""
        default:
            who = ""
            when = line.paidAt?.text ?? ""
        }
        reference = line.reference ?? ""
    }
}
