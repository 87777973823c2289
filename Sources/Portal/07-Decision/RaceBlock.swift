import Lifecycle

/// A race in finished words, as the partial `race/terms` places it: for those who decide, in the public notice and in
/// each lane's contract.
struct RaceBlock: Sendable {
    let topic: String
    let lanes: [Lane]
    let hasLanes: Bool
    let lanesText: String
    let gate: String
    let assessor: String
    let grant: String
    let first: String
    let rest: String
    let indicators: [Indicator]
    let verdicts: [GateVerdictWords]
    let ground: String
    let standing: String
    let standingKind: String
    /// For officials: why it was proposed.
    let difference: String
    let grounds: String
    let hasReasons: Bool

    struct Lane: Sendable {
        let number: String
        let title: String
        let university: String
    }

    struct Indicator: Sendable {
        let what: String
        let target: String
        let proof: String
    }

    init(_ terms: Race.Terms, lanes: [Lane], difference: String = "", grounds: String = "", _ ask: Ask) {
        let words = ask.words
        topic = "\(terms.topicNumber) \(terms.topicTitle)"
        self.lanes = lanes
        hasLanes = !lanes.isEmpty
        lanesText = words.filled("race.lanesText", ["count": "\(terms.lanes)"])
        gate = terms.gate.text
        assessor = terms.assessor.name
        func money(_ amount: Money) -> String {
            words.filled("race.money", ["wan": amount.wanText, "yuan": amount.yuanText])
        }
        grant = money(terms.grant)
        first = money(terms.firstMoney)
        rest = money(terms.rest)
        indicators = terms.indicators.map {
            Indicator(what: $0.what, target: $0.target, proof: $0.proof.isEmpty ? "—" : $0.proof)
        }
        verdicts = terms.verdicts.map { GateVerdictWords($0, words) }
        ground = terms.cites.text(in: ask.language)
        standing = words["rule.standing.\(terms.standing.rawValue)"]
        standingKind = terms.standing.rawValue
        self.difference = difference
        self.grounds = grounds
        hasReasons = !difference.isEmpty || !grounds.isEmpty
    }

    /// As officials read it.
    init?(
        _ record: RaceRecord, as relations: Set<Relation>,
        lane: (ID<Application>) -> Seen<DossierRecord>?, _ ask: Ask
    ) {
        let seen = Seen(record, as: relations)
        guard let terms = seen[RaceSight.terms] else { return nil }
        self.init(
            terms,
            lanes: record.race.lanes.compactMap(lane).map {
                Lane(
                    number: $0[DossierSight.number] ?? "", title: $0[DossierSight.title] ?? "",
                    university: $0[DossierSight.universityName] ?? "")
            },
            difference: seen[RaceSight.difference] ?? "", grounds: seen[RaceSight.grounds] ?? "", ask)
    }

    /// As a public notice tells of it.
    init?(_ record: RaceRecord, on lines: [NoticeLine], _ ask: Ask) {
        guard let terms = Seen(record, as: [])[RaceSight.terms] else { return nil }
        self.init(
            terms,
            lanes: record.race.lanes.compactMap { id in lines.first { $0.application == id } }.map {
                let line = Seen($0, as: [])
                return Lane(
                    number: line[NoticeSight.number] ?? "", title: line[NoticeSight.title] ?? "",
                    university: line[NoticeSight.university] ?? "")
            }, ask)
    }
}
