import Lifecycle

/// `review.yaml`: criteria, grades and advice.
extension ProgrammeReader {
    func readReview(_ item: YAMLItem) -> ReviewInstrument? {
        let known = [
            "criteria", "grades", "advice", "commentLeast", "standing", "cites", "verified", "matching",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let criteria = all(filled(fields, "criteria")) { readCriterion($0) }
        let grades = all(filled(fields, "grades")) { readGrade($0) }
        let advice = all(filled(fields, "advice")) { readGrade($0) }
        let least = fields.int("commentLeast", in: 0...10_000)
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.has("verified") ? fields.check("verified") : CitationCheck.unknown
        let matching = fields["matching"].map { readMatching($0) }
        guard let criteria, let grades, let advice, let least, let standing, let cites, let verified
        else { return nil }
        // Written and wrong is logged; it must not be taken for not written.
        if let matching, matching == nil { return nil }
        return ReviewInstrument(
            criteria: criteria, grades: grades, advice: advice, commentLeast: least, standing: standing,
            cites: cites, verified: verified, matching: matching ?? nil)
    }

    /// By what reviewers are proposed.
    private func readMatching(_ item: YAMLItem) -> MatchingRules? {
        let known = [
            "discipline", "field", "keyword", "keywordsMost", "text", "projects", "least", "perUniversity",
            "bids", "standing",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        func points(_ key: String) -> Int? { fields.int(key, in: 0...10_000) }
        let (discipline, field, keyword) = (points("discipline"), points("field"), points("keyword"))
        let most = fields.int("keywordsMost", in: 0...20)
        let (text, projects, least) = (points("text"), points("projects"), points("least"))
        let cap = fields.has("perUniversity") ? fields.int("perUniversity", in: 1...100) : nil
        let standing = fields.choice("standing", RuleStanding.self)
        let bids = fields["bids"].map { readBids($0) }
        if fields.has("perUniversity"), cap == nil { return nil }
        if let bids, bids == nil { return nil }
        guard let discipline, let field, let keyword, let most, let text, let projects, let least,
            let standing
        else { return nil }
        return MatchingRules(
            discipline: discipline, field: field, keyword: keyword, keywordsMost: most, text: text,
            projects: projects, least: least, perUniversity: cap, bids: bids ?? nil, standing: standing)
    }

    /// What experts' own words count. Only a programme that writes it asks them.
    private func readBids(_ item: YAMLItem) -> MatchingRules.Bids? {
        guard let fields = Fields(item, known: ["eager", "willing", "reluctant"], log: log) else {
            return nil
        }
        let eager = fields.int("eager", in: 0...10_000)
        let willing = fields.int("willing", in: 0...10_000)
        let reluctant = fields.int("reluctant", in: -10_000...0)
        guard let eager, let willing, let reluctant else { return nil }
        guard willing <= eager else {
            log.add(
                fields.place(of: "willing"), "matching.bids", "“willing”不能高于“eager”",
                "“willing” must not exceed “eager”")
            return nil
        }
        return MatchingRules.Bids(eager: eager, willing: willing, reluctant: reluctant)
    }

    func readCriterion(_ item: YAMLItem) -> ReviewInstrument.Criterion? {
        guard let fields = Fields(item, known: ["id", "label", "hint", "clause"], log: log) else {
            return nil
        }
        let (id, label) = (fields.id(), fields.label("label"))
        let hint = optionalLabel(fields, "hint")
        let clause = fields["clause"]?.text(log).map { ClauseID($0) }
        guard let id, let label else { return nil }
        return ReviewInstrument.Criterion(id: id, label: label, hint: hint, clause: clause)
    }

    private func readGrade(_ item: YAMLItem) -> ReviewInstrument.Grade? {
        guard let fields = Fields(item, known: ["id", "label", "points"], log: log) else { return nil }
        let (id, label, points) = (fields.id(), fields.label("label"), fields.int("points", in: 0...1000))
        guard let id, let label, let points else { return nil }
        return ReviewInstrument.Grade(id: id, label: label, points: points)
    }
}
