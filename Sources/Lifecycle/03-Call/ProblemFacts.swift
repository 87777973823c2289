package struct ProblemPutIn: FactBody {
    package static let kind = FactKind("problem.put-in")
    package let problem: Problem
    /// SHA-256, hexadecimal, of the secret with which who did not sign in comes back; nil for who did.
    package let receipt: String?

    package init(problem: Problem, receipt: String?) {
        self.problem = problem
        self.receipt = receipt
    }

    /// Whoever wrote it may have written about people: the words can go, the row stays.
    package static func erased(_ fact: Fact) -> ProblemPutIn? {
        ProblemPutIn(
            problem: Problem(
                id: ID(fact.subject.id), number: "#\(fact.number)", side: .citizen, organisation: nil,
                organisationName: "", proposer: nil,
                answers: [
                    Problem.Answer(
                        field: ProblemForm.Part.title.rawValue, label: Label("问题", "Problem"), kind: .line,
                        value: "（已删除 erased）")
                ]), receipt: nil)
    }
}

/// Another problem stands for this one from now on. Both stay, and each names the other. The reason is told to the
/// proposer.
package struct ProblemMerged: FactBody {
    package static let kind = FactKind("problem.merged")
    package let into: ID<Problem>
    package init(into: ID<Problem>) { self.into = into }
}

/// Two problems have to do with each other, and stay two.
package struct ProblemLinked: FactBody {
    package static let kind = FactKind("problem.linked")
    package let with: ID<Problem>
    package init(with: ID<Problem>) { self.with = with }
}

/// Nothing is made of it now. The reason is told to the proposer.
package struct ProblemSetAside: FactBody {
    package static let kind = FactKind("problem.set-aside")
    package init() {}
}

/// Merging or setting aside is taken back.
package struct ProblemReopened: FactBody {
    package static let kind = FactKind("problem.reopened")
    package init() {}
}
