import Lifecycle

/// The draft of a call as its other funder reads it: all that is going to be published, and what it bears.
struct JointPage: Sendable {
    let title: String
    let number: String
    let programme: String
    let funder: String
    let askedAt: String
    let opens: String
    let closes: String
    let budget: String
    let share: String
    let amount: String
    let own: String
    let ground: GroundWords?
    let guide: [GuideBlock]
    let parameters: [CallPage.Value]
    let defaults: [CallDefaultLine]
    let quotaCount: String
    let text: String
    let action: String
    let mayAnswer: Bool
    let isAgreed: Bool
    let answered: String?
    let refusedFor: String?
    let reason: String
    let errors: [ErrorLine]
    let hasErrors: Bool

    init(
        _ call: Call, _ programme: Programme, _ asked: AskedCall, _ word: JointWord?,
        funder: JointFunders.Funder?, reason: String, refusals: [Refusal], _ ask: Ask
    ) {
        let words = ask.words
        let spell = CallWords(words: words)
        let part = call.jointPart(of: call.budget, in: programme)
        title = call.title
        number = call.number
        self.programme = programme.title.text(in: ask.language)
        self.funder = funder?.name(in: ask.language) ?? ""
        askedAt = words.filled("joint.askedAt", ["at": asked.at.text])
        opens = call.opens.text
        closes = call.closes.text
        budget = spell.money(call.budget)
        share = "\(call.jointShare(in: programme))%"
        amount = spell.money(part)
        own = spell.money(call.budget - part)
        ground = programme.joint.map { GroundWords($0.standing, $0.verified, $0.cites, words) }
        guide = GuideBlock.blocks(call.guide)
        parameters = programme.parameters.map {
            CallPage.Value(label: $0.label.text(in: ask.language), value: spell.value($0, of: call))
        }
        defaults = CallDefaultLine.all(of: call, programme, words)
        quotaCount = words.filled("call.quotaCount", ["n": "\(call.quotas.count)"])
        text = asked.text
        action = "/joint/\(call.id)"
        mayAnswer = word == nil
        isAgreed = word?.agreed == true
        answered = word.map {
            words.filled(
                $0.agreed ? "joint.agreedAt" : "joint.refusedAt", ["at": $0.at.text, "name": $0.name ?? "—"])
        }
        refusedFor = word?.reason
        self.reason = reason
        errors = refusals.map { ErrorLine(href: "#reason", text: words.sentence($0)) }
        hasErrors = !errors.isEmpty
    }
}

/// What the officer's form says of the other funder.
struct JointState: Sendable {
    let funders: [Choice]
    let hasFunders: Bool
    let describes: String
    let ground: GroundWords
    let errors: [String]
    let invalid: Bool
    /// The draft names a funder who has not agreed to it as it is.
    let mayAsk: Bool
    let state: String?
    let refusedFor: String?

    struct Choice: Sendable {
        let id: String
        let name: String
        let chosen: Bool
    }

    /// Where the draft stands with its funder.
    struct Record: Sendable {
        let funders: [JointFunders.Funder]
        let asked: AskedCall?
        let word: JointWord?
        /// The version of the draft that is shown.
        let version: Int
    }

    /// - Parameter others: whether anything else stands in the way of publishing it.
    init(
        _ record: Record, _ rules: JointRules, chosen: String, errors: [String], others: Bool, _ ask: Ask
    ) {
        let words = ask.words
        funders = record.funders.map {
            Choice(id: $0.id.rawValue, name: $0.name(in: ask.language), chosen: $0.id.rawValue == chosen)
        }
        hasFunders = !funders.isEmpty
        describes = rules.describes.text(in: ask.language)
        ground = GroundWords(rules.standing, rules.verified, rules.cites, words)
        self.errors = errors
        invalid = !errors.isEmpty
        let isAsked = record.asked.map { $0.version == record.version } ?? false
        mayAsk = !chosen.isEmpty && !others && record.word == nil && !isAsked
        state =
            if chosen.isEmpty {
                nil
            } else if let word = record.word {
                words.filled(
                    word.agreed ? "joint.agreedAt" : "joint.refusedAt",
                    ["at": word.at.text, "name": word.name ?? "—"])
            } else if isAsked, let at = record.asked?.at {
                words.filled("joint.waiting", ["at": at.text])
            } else {
                words[others ? "joint.notYet" : "joint.toAsk"]
            }
        refusedFor = record.word?.reason
    }
}
