import Lifecycle

/// Whom a programme has asked in by name, in finished words: for the call, the inviter and the invited.
struct PartyRuleWords: Sendable {
    let label: String
    let describes: String
    /// How many, and what follows from agreeing.
    let limits: String
    let ground: GroundWords

    init(_ rule: PartyRule, _ words: Words.Catalogue) {
        label = words["role.\(rule.role.rawValue)"]
        describes = rule.describes.text(in: words.language)
        let bounds = words.filled("party.limits", ["least": "\(rule.least)", "most": "\(rule.most)"])
        let each = rule.perPerson.map { words.filled("party.perPerson", ["most": "\($0)"]) } ?? ""
        let apart = rule.conflicted ? words["party.conflicted"] : ""
        let brings = rule.contributes == nil ? "" : words["party.contributes"]
        limits = bounds + each + apart + brings
        ground = GroundWords(rule.standing, rule.verified, rule.cites, words)
    }
}

/// How a programme lets its topics and takes applications in, in words.
struct LettingWords: Sendable {
    let way: String
    let intake: String
    let leftOut: [LeftOutLine]
    let hasLeftOut: Bool
    /// Of a race's gate; none where bids do not race.
    let verdicts: [GateVerdictWords]

    struct LeftOutLine: Sendable {
        let label: String
        let madeUpBy: String
    }

    init(_ programme: Programme, _ words: Words.Catalogue) {
        way = words["letting.way.\(programme.way.rawValue)"]
        intake = words["letting.intake.\((programme.intake ?? .round).rawValue)"]
        leftOut = (programme.leavesOut ?? []).map { left in
            LeftOutLine(
                label: left.label.text(in: words.language),
                madeUpBy: programme.procedure.step(left.madeUpBy)?.label.text(in: words.language) ?? "")
        }
        hasLeftOut = !leftOut.isEmpty
        verdicts = (programme.race?.verdicts ?? []).map { GateVerdictWords($0, words) }
    }
}
