import Lifecycle

/// `/payments`: what finance has to prepare, approve and pay, and what it paid. Every payment counts; the first
/// hundred of each group are listed, and the table for the spreadsheet has them all.
struct PaymentsPage: Sendable {
    static let mostShown = 100

    let toPrepare: Group
    let toApprove: Group
    let toPay: Group
    let paid: Group

    struct Group: Sendable {
        let lines: [Line]
        let isEmpty: Bool
        let count: Int
        let total: String
        /// What is not listed, in words; nil where everything is.
        let more: String?
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
        _ lines: [PaymentLine], totals: [PaymentTotal], _ labels: InstalmentLabels, _ ask: Ask
    ) {
        func group(_ state: String) -> Group {
            let lines = lines.filter { $0.state == state }
            let total = totals.first { $0.state == state }
            let left = (total?.count ?? 0) - lines.count
            return Group(
                lines: lines.map { Line($0, labels, ask) }, isEmpty: lines.isEmpty, count: total?.count ?? 0,
                total: (total?.amount ?? .zero).wanText,
                more: left > 0 ? ask.words.filled("payment.more", ["n": "\(left)"]) : nil)
        }
        toPrepare = group("to-prepare")
        toApprove = group("prepared")
        toPay = group("approved")
        paid = group("paid")
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
