/// The demand that joins a title with an age.
extension ApplicantFacts {
    /// Unmet for one of the title who is `age` or older (以上 includes the number itself) on the call's named
    /// day. Either half alone can settle it: another title, or someone younger, is met without the other fact.
    func notTitle(_ level: String, atAge age: Int, on parameter: String) -> Finding {
        let day = settings.day(parameter)
        let looked = [
            Looked.fact("职称级别", "Level of the title", applicant.titleLevel),
            Looked.fact("出生日期", "Born", applicant.born),
            Looked.fact("年龄计算日", "Ages counted on", day),
        ]
        let holdsTitle = applicant.titleLevel.map { $0 == level }
        let isOfAge: Bool? =
            if let day, let born = applicant.born { born.age(on: day) >= age } else { nil }
        switch (holdsTitle, isOfAge) {
        case (false?, _), (_, false?): return .decided(true, looked)
        case (true?, true?): return .decided(false, looked)
        case (nil, _), (_, nil): return .unknown(looked)
        }
    }
}
