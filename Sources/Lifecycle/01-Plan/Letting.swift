/// How a topic is let (组织方式). A word about the programme that `plan check` holds its procedure to; the steps
/// themselves say what happens.
package enum Letting: String, Sendable, Codable, CaseIterable {
    case openCompetition = "open-competition"
    /// 揭榜挂帅.
    case openChallenge = "open-challenge"
    /// 赛马.
    case race
    /// 定向委托.
    case directed
    /// 专家推荐.
    case recommendation
    /// 快速反应.
    case rapidResponse = "rapid-response"
    /// 成熟一个、建设一个.
    case whenRipe = "when-ripe"
}

/// How applications come in.
package enum Intake: String, Sendable, Codable, CaseIterable {
    /// Together: a round is decided as a whole.
    case round
    /// One by one, as long as the call is open: each is proposed and decided by itself.
    case rolling
}

/// A step that a trimmed procedure leaves out: 应急时略去的环节.
package struct LeftOut: Sendable, Codable, Hashable {
    /// What is left out, in words.
    package let label: Label
    /// The step, after the decision, that makes up for it.
    package let madeUpBy: String

    package init(label: Label, madeUpBy: String) {
        self.label = label
        self.madeUpBy = madeUpBy
    }
}

extension Programme {
    package var way: Letting { letting ?? .openCompetition }
    /// The parameter in which a call names who answers for it; nil where nobody is asked for.
    package var ownerParameter: Parameter? { parameters.first { $0.kind == .owner } }
    package var isRolling: Bool { intake == .rolling }
    /// Whether a decision hands out money. What has neither contract nor payment gives a prize, a place, a name.
    package var givesMoney: Bool {
        Procedure.money.contains { procedure.step(of: $0) != nil }
    }

    package func partyRule(_ role: Role) -> PartyRule? { parties?.first { $0.role == role } }
    package func statement(_ id: String?) -> StatementForm? { statements?.first { $0.id == id } }
    package func statement(of step: Step) -> StatementForm? { statement(step.statement) }
    /// The checklists that its procedure goes by, in order.
    package var checklists: [StatementForm] {
        procedure.steps.compactMap { statement(of: $0) }.filter { !$0.criteria.isEmpty }
    }
}
