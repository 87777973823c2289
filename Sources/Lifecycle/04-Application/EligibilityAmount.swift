/// Demands on the amount asked for.
extension ApplicantFacts {
    /// Unknown while class, amount or ceiling is: a class of which nothing was stated has no ceiling that anybody knows.
    func amount(
        within most: [AmountCeiling], by field: String, years parameter: String?
    ) -> Finding {
        let chosen = applicant.choices?[field]
        let ceiling = most.first { $0.option == chosen }.flatMap {
            $0.ceiling(years: parameter, settings)
        }
        var looked = [
            Looked.fact("类别", "Class", chosen),
            Looked.fact("申请金额（元）", "Amount asked for (yuan)", applicant.amount?.yuanText),
            Looked.fact("该类别至多（元）", "Most for the class (yuan)", ceiling?.yuanText),
        ]
        if let parameter {
            looked.append(Looked.fact("资助年数", "Years of funding", settings.count(parameter)))
        }
        guard let amount = applicant.amount, let ceiling else { return .unknown(looked) }
        return .decided(amount <= ceiling, looked)
    }
}

extension AmountCeiling {
    /// Nil while the call leaves amount or years open.
    fileprivate func ceiling(years parameter: String?, _ settings: Settings) -> Money? {
        let stated: Money? =
            switch most {
            case .amount(let amount): amount
            case .parameter(let id): settings.money(id)
            }
        guard let stated, let parameter else { return stated }
        guard let years = settings.count(parameter), (1...100).contains(years) else { return nil }
        let (fen, overflows) = stated.rawValue.multipliedReportingOverflow(by: Int64(years))
        return overflows ? nil : Money(fen: fen)
    }
}

extension Programme {
    /// The most that an application with these choices may be granted by the rules of the day; nil where none says.
    package func amountCeiling(for choices: [String: String], on day: Day, _ settings: Settings) -> Money? {
        let found = rules.compactMap { rule -> Money? in
            guard let version = rule.version(on: day), version.when?.mayAsk(of: choices) != false,
                case .amountByChoice(let field, let most, let years)? = version.demand
            else { return nil }
            return most.first { $0.option == choices[field] }?.ceiling(years: years, settings)
        }
        return found.min()
    }
}
