/// What the application itself answers: the days it gives, and the choice on which a rule depends.
extension ApplicantFacts {
    /// Both ends count. One end alone can fail it; both have to be known to meet it.
    func day(of field: String, from: String, until: String) -> Finding {
        let (first, last) = (settings.day(from), settings.day(until))
        let given = applicant.days?[field]
        let looked = [
            Looked.fact("所填日期", "Day given", given),
            Looked.fact("不早于", "Not before", first),
            Looked.fact("不晚于", "Not after", last),
        ]
        guard let given else { return .unknown(looked) }
        let (early, late) = (first.map { given < $0 }, last.map { given > $0 })
        if early == true || late == true { return .decided(false, looked) }
        return early == false && late == false ? .decided(true, looked) : .unknown(looked)
    }
}

extension ChoiceCondition {
    /// False of who chose otherwise.
    func mayAsk(of choices: [String: String]) -> Bool { choices[field].map(options.contains) ?? true }

    /// Of who chose otherwise nothing is asked; while nobody knows what was chosen, only what would be met anyway is.
    func asking(_ finding: Finding, of choices: [String: String]?) -> Finding {
        let chosen = choices?[field]
        let looked = [
            Looked.fact("本条只要求", "Asked only of", options.joined(separator: "、")),
            Looked.fact("所选", "Chosen", chosen),
        ]
        guard let chosen else {
            return finding.result == .met
                ? .decided(true, looked + finding.looked) : .unknown(looked + finding.looked)
        }
        return options.contains(chosen)
            ? Finding(result: finding.result, looked: looked + finding.looked) : .decided(true, looked)
    }
}
