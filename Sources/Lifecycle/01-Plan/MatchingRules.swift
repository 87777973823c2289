/// By what the house proposes whom to ask to review what: points of a pair, and who is a candidate at all.
///
/// No known document of the commission says any of it. A programme may set its own in `review.yaml`; one that says
/// nothing gets ``ours``, which is shown as a setting of this system.
package struct MatchingRules: Sendable, Codable, Hashable {
    /// Points where the proposal's second-level discipline is one of the expert's.
    package let discipline: Int
    /// Points where only the first-level discipline is shared.
    package let field: Int
    /// Points of each keyword that both wrote, and how many of them count.
    package let keyword: Int
    package let keywordsMost: Int
    /// Points at most for terms of the expert's keywords in the proposal (tf-idf, cosine).
    package let text: Int
    /// Points at most for the likest of the expert's own projects (tf-idf, cosine).
    package let projects: Int
    /// A pair with fewer points is nobody's candidate.
    package let least: Int
    /// At most so many experts of one university on an application; nil for no such rule.
    package let perUniversity: Int?
    /// What experts' own words count; nil where they are not asked.
    package let bids: Bids?
    package let standing: RuleStanding

    package init(
        discipline: Int, field: Int, keyword: Int, keywordsMost: Int, text: Int, projects: Int, least: Int,
        perUniversity: Int? = nil, bids: Bids? = nil, standing: RuleStanding
    ) {
        self.discipline = discipline
        self.field = field
        self.keyword = keyword
        self.keywordsMost = keywordsMost
        self.text = text
        self.projects = projects
        self.least = least
        self.perUniversity = perUniversity
        self.bids = bids
        self.standing = standing
    }

    /// Points for what experts say of their own willingness. A missing bid costs nothing.
    package struct Bids: Sendable, Codable, Hashable {
        /// Not less than ``willing``.
        package let eager: Int
        package let willing: Int
        /// Zero or below.
        package let reluctant: Int

        package init(eager: Int, willing: Int, reluctant: Int) {
            self.eager = eager
            self.willing = willing
            self.reluctant = reluctant
        }
    }

    /// For a programme that says nothing.
    package static let ours = MatchingRules(
        discipline: 400, field: 200, keyword: 60, keywordsMost: 3, text: 300, projects: 200, least: 60,
        standing: .demo)
}
