import Lifecycle

/// What every table of experts to choose from has in common: a search that narrows it, and a sentence where it lists only
/// the first.
enum ExpertTable {
    /// By name, organisation, discipline or keyword.
    static func finds(_ expert: ExpertRecord, by search: String, _ disciplines: [String: String]) -> Bool {
        expert.name.contains(search) || (expert.organisationName ?? "").contains(search)
            || expert.keywords.contains(search)
            || expert.disciplineCodes.contains { $0 == search || (disciplines[$0] ?? "").contains(search) }
    }

    /// Missing where all of them are listed.
    static func more(than most: Int, of total: Int, _ words: Words.Catalogue) -> String? {
        guard total > most else { return nil }
        return words.filled("review.assign.more", ["shown": "\(most)", "total": "\(total)"])
    }
}
