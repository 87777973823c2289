package import Lifecycle

extension Plan {
    /// The programme whose rounds the demo plays: projects that universities put forward as a list, that experts review
    /// and that are paid under a contract, without papers of their own. The first of that nature in the plan's order.
    package func roundProgramme(_ nature: Programme.Nature) -> Programme? {
        programmes.first { programme in
            let steps = programme.procedure
            return programme.nature == nature && programme.way == .openCompetition && !programme.isRolling
                && [.endorse, .screen, .review, .contract].allSatisfy { steps.step(of: $0) != nil }
                && programme.statements == nil && programme.appraisals == nil && programme.parties == nil
        }
    }
}
