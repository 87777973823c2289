import Lifecycle

/// `appraisals.yaml`: lenses, conclusions and the rule that combines them. Only programmes that appraise have one.
extension ProgrammeReader {
    func readAppraisals(_ item: YAMLItem) -> [Appraisal]? {
        guard let fields = Fields(item, known: ["appraisals"], log: log) else { return nil }
        return all(filled(fields, "appraisals")) { readAppraisal($0) }
    }

    private func readAppraisal(_ item: YAMLItem) -> Appraisal? {
        let known = [
            "id", "label", "lenses", "conclusions", "combine", "groundsLeast", "standing", "cites",
            "verified",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (id, label) = (fields.id(), fields.label("label"))
        let conclusionItems = filled(fields, "conclusions")
        let conclusions = all(conclusionItems) { readConclusion($0) }
        let named = (conclusionItems ?? []).compactMap { item -> String? in
            guard case .text(let name)? = item["id"]?.value else { return nil }
            return name
        }
        let lensItems = filled(fields, "lenses", most: Appraisal.mostLenses)
        let lenses = all(lensItems) { readLens($0, conclusions: named) }
        let combination = fields.required("combine").flatMap { readCombination($0, conclusions: named) }
        let least = fields.int("groundsLeast", in: 0...10_000)
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        // Nothing shows it yet; it has to be one of the words all the same.
        if fields.has("verified") { _ = fields.check("verified") }
        guard let id else { return nil }
        log.mark("appraisal:\(id)", item.place)
        log.mark("appraisal:\(id)/lenses", fields.place(of: "lenses"))
        for (name, item) in zip(named, conclusionItems ?? []) {
            log.mark("appraisal:\(id)/conclusion:\(name)", item.place)
        }
        for item in lensItems ?? [] {
            guard case .text(let name)? = item["id"]?.value else { continue }
            log.mark("appraisal:\(id)/lens:\(name)", item.place)
        }
        guard let label, let conclusions, let lenses, let combination, let least, let standing, let cites
        else { return nil }
        return Appraisal(
            id: id, label: label, lenses: lenses, conclusions: conclusions, combination: combination,
            groundsLeast: least, standing: standing, cites: cites)
    }

    private func readConclusion(_ item: YAMLItem) -> Appraisal.Conclusion? {
        guard let fields = Fields(item, known: ["id", "label", "hint", "least"], log: log) else { return nil }
        let (id, label) = (fields.id(), fields.label("label"))
        let least = fields.int("least", in: 1...100)
        let hint = optionalLabel(fields, "hint")
        guard let id, let label, let least else { return nil }
        return Appraisal.Conclusion(id: id, label: label, hint: hint, least: least)
    }

    /// - Parameter conclusions: what a lens answers that does not say.
    private func readLens(_ item: YAMLItem, conclusions: [String]) -> Appraisal.Lens? {
        let known = ["id", "label", "weight", "of", "experts", "quorum", "criteria", "conclusions"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (id, label) = (fields.id(), fields.label("label"))
        let weight = fields.int("weight", in: 1...100)
        let kind = fields.choice("of", ExpertKind.self)
        let experts = fields.int("experts", in: 1...Appraisal.mostExperts)
        let quorum = fields.has("quorum") ? fields.int("quorum", in: 1...(experts ?? 1)) : experts
        let criteria = all(filled(fields, "criteria")) { readCriterion($0) }
        let answered = fields.has("conclusions") ? answered(fields, "conclusions", conclusions) : conclusions
        guard let id, let label, let weight, let kind, let experts, let quorum, let criteria, let answered
        else { return nil }
        return Appraisal.Lens(
            id: id, label: label, weight: weight, of: kind, experts: experts, quorum: quorum,
            criteria: criteria, conclusions: answered)
    }

    private func readCombination(_ item: YAMLItem, conclusions: [String]) -> Appraisal.Combination? {
        guard let fields = Fields(item, known: ["needs", "abstentions", "otherwise"], log: log) else {
            return nil
        }
        let needs = answered(fields, "needs", conclusions)
        let abstention = fields.choice("abstentions", Appraisal.Abstention.self)
        let otherwise = fields.choice("otherwise", Appraisal.Otherwise.self)
        guard let needs, let abstention, let otherwise else { return nil }
        return Appraisal.Combination(needs: needs, abstention: abstention, otherwise: otherwise)
    }

    /// A list of conclusions that there are.
    private func answered(_ fields: Fields, _ key: String, _ conclusions: [String]) -> [String]? {
        guard let items = filled(fields, key) else { return nil }
        let names = items.compactMap { item -> String? in
            guard let name = item.text(log) else { return nil }
            guard conclusions.contains(name) else {
                let near = Spelling.nearest(to: name, among: conclusions)
                log.add(
                    item.place, "appraisal.unknown-conclusion",
                    "没有结论“\(name)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "there is no conclusion “\(name)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
                return nil
            }
            return name
        }
        guard names.count == items.count else { return nil }
        return conclusions.filter(names.contains)
    }
}
