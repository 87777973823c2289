import Lifecycle

/// `/payments`: what finance has to prepare, approve and pay, and what it paid. The overview shows the first of each
/// state; one state by itself is a list in pages. Whatever is narrowed, the counts and the spreadsheet are too.
struct PaymentsPage: Sendable {
    /// Of each state, on the overview.
    static let mostShown = 20

    let tiles: [Tile]
    let groups: [Group]
    let states: [Choice]
    let calls: [Choice]
    let universities: [Choice]
    let least: String
    let most: String
    let from: String
    let until: String
    let narrowed: Bool
    let hasSort: Bool
    let sort: String
    let csv: String
    let hasPager: Bool
    let pager: Pager

    struct Tile: Sendable {
        let href: String
        let count: Int
        let label: String
        let isGood: Bool
    }

    struct Group: Sendable {
        let id: String
        let title: String
        let heads: [ColumnHead]
        let actLabel: String
        let hasAct: Bool
        let hasDue: Bool
        let hasReference: Bool
        let lines: [Line]
        let isEmpty: Bool
        /// The list of all of them, where the overview leaves some out.
        let more: String
        let moreHref: String
        let hasMore: Bool
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
        let act: String
        let reference: String
    }

    /// What there is to choose from.
    struct Choices: Sendable {
        let calls: [CaseChoices.Named]
        let universities: [CaseChoices.Named]
    }

    /// - Parameter pages: of the states that are shown, in their order.
    init(
        _ pages: [(state: PaymentState, page: Paged<PaymentLine>)], _ filter: PaymentFilter,
        totals: [PaymentTotal], _ choices: Choices, _ labels: InstalmentLabels, _ ask: Ask
    ) {
        let words = ask.words
        let isOverview = filter.state == nil
        func count(_ state: PaymentState) -> Int { totals.first { $0.state == state }?.count ?? 0 }
        tiles = PaymentState.allCases.filter { $0 != .rejected }.map { state in
            let total = totals.first { $0.state == state }
            let wan = (total?.amount ?? .zero).wanText
            return Tile(
                href: filter.whole(state, by: nil).address().href, count: total?.count ?? 0,
                label: "\(words["payment.state.\(state.rawValue)"]) · \(wan) \(words["payment.wan"])",
                isGood: state == .paid)
        }
        groups = pages.map { state, page in
            Group(
                state, page, count: count(state), isOverview: isOverview, filter,
                lines: page.rows.map { Line($0, labels, ask) }, words)
        }
        states = Choice.any(
            words["payment.overview"],
            PaymentState.allCases.map { ($0.rawValue, words["payment.state.\($0.rawValue)"]) },
            chosen: filter.state?.rawValue ?? "")
        calls = Choice.any(
            words["table.any"], choices.calls.map { ($0.id, $0.name) }, chosen: filter.call)
        universities = Choice.any(
            words["table.any"], choices.universities.map { ($0.id, $0.name) }, chosen: filter.university)
        least = filter.least?.plainYuan ?? ""
        most = filter.most?.plainYuan ?? ""
        from = filter.from?.text ?? ""
        until = filter.until?.text ?? ""
        narrowed = filter.isNarrowed
        hasSort = filter.sorting != nil
        sort = filter.sorting?.text ?? ""
        csv = filter.address(at: "/payments.csv").href
        hasPager = !isOverview
        let shown = isOverview ? Paged<PaymentLine>([], size: 0, isFirst: true) { _ in [] } : pages[0].page
        pager = Pager(
            shown, filter.address(),
            count: words.filled("payment.count", ["n": "\(filter.state.map(count) ?? 0)"]), words)
    }
}

extension PaymentsPage.Group {
    fileprivate init(
        _ state: PaymentState, _ page: Paged<PaymentLine>, count: Int, isOverview: Bool,
        _ filter: PaymentFilter, lines: [PaymentsPage.Line], _ words: Words.Catalogue
    ) {
        let sorting = filter.sorting(in: state)
        func head(_ key: String, _ sort: PaymentSort, number: Bool = false) -> ColumnHead {
            ColumnHead(words[key], sort, now: sorting, number: number) {
                filter.whole(state, by: $0).address().href
            }
        }
        id = state.rawValue
        title = words["payment.state.\(state.rawValue)"]
        hasDue = state.waits
        hasReference = state == .paid
        let act =
            switch state {
            case .toPrepare: ""
            case .prepared, .rejected: "payment.preparedBy"
            case .approved: "payment.approvedBy"
            case .paid: "payment.paidAt"
            }
        hasAct = !act.isEmpty
        actLabel = hasAct ? words[act] : ""
        var heads = [
            head("payment.project", .number), head("payment.payee", .payee),
            ColumnHead(words["payment.instalmentHead"]), head("payment.yuan", .amount, number: true),
        ]
        if hasAct { heads.append(head(act, .acted)) }
        if hasDue { heads.append(head("payment.due", .due)) }
        if hasReference { heads.append(ColumnHead(words["payment.reference"])) }
        self.heads = heads
        self.lines = lines
        isEmpty = lines.isEmpty
        hasMore = isOverview && page.next != nil
        more = words.filled("payment.more", ["n": "\(count)"])
        moreHref = filter.whole(state, by: filter.sorting).address().href
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
        due = ask.due(line.due)
        isLate = line.state.waits && (line.due.map { $0 < ask.now } ?? false)
        switch line.state {
        case .toPrepare: act = ""
        case .prepared, .rejected:
            act = [line.preparedBy, line.preparedAt?.text].compactMap { $0 }.joined(separator: " ")
        case .approved:
            act = [line.approvedBy, line.approvedAt?.text].compactMap { $0 }.joined(separator: " ")
        case .paid: act = line.paidAt?.text ?? ""
        }
        reference = line.reference ?? ""
    }
}
