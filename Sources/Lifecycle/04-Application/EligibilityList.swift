/// Demands on a university's whole list.
extension ListFacts {
    func share(bornOnOrAfter parameter: String, percent: Int) -> Finding {
        let cutoff = settings.day(parameter)
        return share(
            percent: percent, named: Looked.fact("出生日期线", "Born on or after", cutoff), known: cutoff != nil
        ) { born in cutoff.map { born >= $0 } ?? false }
    }

    /// 以下 includes the age itself.
    func share(ageAtMost age: Int, on parameter: String, percent: Int) -> Finding {
        let day = settings.day(parameter)
        return share(
            percent: percent, named: Looked.fact("年龄计算日", "Ages counted on", day), known: day != nil
        ) { born in day.map { born.age(on: $0) <= age } ?? false }
        .adding(Looked.fact("年龄不超过", "Aged at most", age))
    }

    func withinQuota() -> Finding {
        .decided(
            quota.map { applicants.count <= $0 },
            [
                Looked.fact("名单项数", "Applications on the list", applicants.count),
                Looked.fact("限额", "Quota", quota),
            ])
    }

    /// Counts whole people: `fits × 100 ≥ percent × all`. Where some births are not known, the verdict is
    /// given only if they cannot change it. An empty list has no share.
    private func share(
        percent: Int, named: Verdict.Looked, known: Bool, _ fits: (Day) -> Bool
    ) -> Finding {
        let births = applicants.map(\.born)
        let unknown = births.filter { $0 == nil }.count
        let fitting = births.compactMap { $0 }.filter(fits).count
        var looked = [
            named,
            Looked.fact(
                "名单项数", "Applications on the list", applicants.isEmpty ? "empty" : "\(applicants.count)"),
        ]
        guard known, !applicants.isEmpty else { return .unknown(looked) }
        looked += [
            Looked.fact("符合年龄的", "Young enough", fitting),
            Looked.fact("出生日期不详的", "Birth not known", unknown),
            Looked.fact("占比至少（%）", "Share at least (%)", percent),
        ]
        let needed = percent * applicants.count
        if fitting * 100 >= needed { return .decided(true, looked) }
        if (fitting + unknown) * 100 < needed { return .decided(false, looked) }
        return .unknown(looked)
    }
}
