/// Demands on what the applications of a list chose in their form: categories, kinds of result.
extension ListFacts {
    /// Counts whole applications: `fits × 100 ≥ percent × all`. An empty list has no share.
    func share(choosing options: [String], of field: String, percent: Int) -> Finding {
        let count = count(of: options, in: field)
        let looked = count.looked + [Looked.fact("占比至少（%）", "Share at least (%)", percent)]
        guard !applicants.isEmpty else { return .unknown(looked) }
        let needed = percent * applicants.count
        return .decided(reaching(count, times: 100, needed), looked)
    }

    /// As many as the call's number says; unknown while the call leaves it open.
    func least(choosing options: [String], of field: String, on parameter: String) -> Finding {
        let count = count(of: options, in: field)
        let least = settings.count(parameter)
        let looked = count.looked + [Looked.fact("至少（项）", "At least", least)]
        return .decided(least.flatMap { reaching(count, times: 1, $0) }, looked)
    }

    private struct ChoiceCount {
        let fitting: Int
        /// Applications of which it is not known what they chose.
        let unknown: Int
        let looked: [Verdict.Looked]
    }

    private func count(of options: [String], in field: String) -> ChoiceCount {
        let chosen = applicants.map { $0.choices?[field] }
        let fitting = chosen.count { $0.map(options.contains) ?? false }
        let unknown = chosen.count { $0 == nil }
        return ChoiceCount(
            fitting: fitting, unknown: unknown,
            looked: [
                Looked.fact(
                    "名单项数", "Applications on the list", applicants.isEmpty ? "empty" : "\(applicants.count)"),
                Looked.fact("属于所列类别的", "Of the named kind", fitting),
                Looked.fact("类别不详的", "Kind not known", unknown),
            ])
    }

    /// Given only if what is not known cannot change it.
    private func reaching(_ count: ChoiceCount, times: Int, _ needed: Int) -> Bool? {
        if count.fitting * times >= needed { return true }
        return (count.fitting + count.unknown) * times < needed ? false : nil
    }
}
