/// As what an expert can judge. Whoever is registered without a word on it is of the sciences, as the registers of
/// reviewers were from the start.
package enum ExpertKind: String, Sendable, Codable, CaseIterable, Hashable {
    case science
    case industry
    case investment
}

extension Expert {
    /// Never empty.
    package var heldKinds: [ExpertKind] {
        guard let kinds, !kinds.isEmpty else { return [.science] }
        return ExpertKind.allCases.filter(kinds.contains)
    }
}
