/// What a condition of applying may rest on although a statute, or common practice, frowns on it. A kind of demand that
/// rests on one is known to (``Demand/restricts``); a rule, a field or a parameter in whose words alone it stands declares
/// it in the data (`demands`).
package enum RestrictiveCondition: String, Sendable, Codable, CaseIterable {
    /// Professional titles (职称).
    case titles
    case papers
    case awards
    case age
    /// Schooling, of a person or as a level of the university.
    case degree

    /// Those that 《北京国际科技创新中心建设条例》第五十条 names for projects on the city's fiscal money.
    package static let ofStatute: Set<RestrictiveCondition> = [.titles, .papers, .awards]
    /// Those that an open challenge usually sets none of: common practice, not checked against a text.
    package static let ofPractice: Set<RestrictiveCondition> = [.age, .degree]

    /// Words of a label by which it is guessed at, where nobody declared anything.
    private var words: [String] {
        switch self {
        case .titles: ["职称", "专业技术职务", "professional title", "academic title"]
        case .papers: ["论文", "代表作", "papers"]
        case .awards: ["获奖", "奖项", "奖励", "awards", "prizes"]
        case .age: ["年龄", "周岁", " aged "]
        case .degree: ["学历", "学位", "办学层次", "academic degree"]
        }
    }

    /// What the words of a label speak of.
    package static func spokenOf(in labels: [Label?]) -> Set<RestrictiveCondition> {
        let text = labels.compactMap(\.self).map { "\($0.zh) \($0.en.lowercased())" }.joined(separator: " ")
        return Set(allCases.filter { condition in condition.words.contains { text.contains($0) } })
    }

    package var label: Label {
        switch self {
        case .titles: Label("职称", "titles")
        case .papers: Label("论文", "papers")
        case .awards: Label("奖项", "awards")
        case .age: Label("年龄", "age")
        case .degree: Label("学历或办学层次", "degree or level of schooling")
        }
    }
}

extension Demand {
    /// What the demand rests on by its kind.
    package var restricts: Set<RestrictiveCondition> {
        switch self {
        case .notTitleAtAge: [.titles, .age]
        case .bornOnOrAfterShare, .ageAtMostShare: [.age]
        case .organisationLevel: [.degree]
        case .organisationGroup, .fullTimeTeacher, .serviceCoversProject, .applicationsPerPerson,
            .applicationsPerPersonInFamily, .amountByChoice, .noActiveProject, .notRevokedSince,
            .yearsSinceLateClosing, .neverLed, .neverLedLevel,
            .notUnfundedRunning, .notBarred, .choiceShare, .choiceLeast, .quota, .sameField,
            .dayWithin:
            []
        }
    }
}
