import Lifecycle

/// What an expert might be asked to review, with a choice for each.
struct BidPage: Sendable {
    let call: String
    let action: String
    let conflictAction: String
    let rows: [Row]
    let hasRows: Bool
    let next: String?
    let first: String?
    let hasErrors: Bool
    let errors: [String]

    struct Row: Sendable {
        let id: String
        let title: String
        let discipline: String
        let keywords: String
        let group: String
        let field: String
        let nature: String
        let natureField: String
        let choices: [Choice]
    }

    struct Choice: Sendable {
        let value: String
        let label: String
        let checked: Bool
    }

    init(
        _ call: Call, _ items: [BidRecord], after: String, next: String?, errors: [String], _ ask: Ask
    ) {
        let words = ask.words
        self.call = call.title
        let base = "/bids/\(call.id)"
        let query = after.isEmpty ? "" : "?after=\(after.percentEncoded)"
        action = base + query
        conflictAction = "\(base)/conflict\(query)"
        rows = items.map { item in
            let seen = Seen(item, as: [.bidder])
            let id = item.application.rawValue
            let code = seen[BidSight.discipline] ?? ""
            let title = seen[BidSight.title] ?? ""
            // What was chosen before a refusal comes back as it was typed.
            let chosen =
                ask.form[BidForm.prefix + id] ?? seen[BidSight.willingness]?.rawValue ?? BidForm.none
            let answers = Willingness.allCases.map { ($0.rawValue, words["bid.short.\($0.rawValue)"]) }
            return Row(
                id: id, title: title, discipline: ask.house.disciplineNames[code] ?? code,
                keywords: (seen[BidSight.keywords] ?? []).joined(separator: ask.language == .zh ? "、" : ", "),
                group: words.filled("bid.list.of", ["title": title]), field: BidForm.prefix + id,
                nature: ask.form.text(BidForm.nature + id), natureField: BidForm.nature + id,
                choices: (answers + [(BidForm.none, words["bid.none"])]).map {
                    Choice(value: $0.0, label: $0.1, checked: $0.0 == chosen)
                })
        }
        hasRows = !rows.isEmpty
        self.next = next.map { "\(base)?after=\($0.percentEncoded)" }
        first = after.isEmpty ? nil : base
        self.errors = errors
        hasErrors = !errors.isEmpty
    }
}
