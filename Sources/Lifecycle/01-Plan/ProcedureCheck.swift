/// What is wrong with a procedure as a graph, one finding a step and kind.
package struct ProcedureFinding: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// `after`, `apartFrom` or `returnsTo` names no step.
        case unknownStep(String, in: String)
        /// The step waits, in the end, for itself.
        case cycle
        /// No path leads here from a draft.
        case unreachable
        /// Nothing follows and the step is not the last kind.
        case deadEnd
        /// Sends back to a step that does not come before it.
        case returnsForward(String)
        /// Must be declared apart from the named step, because one person might hold both.
        case notApart(from: String)
        /// A second step of a kind of which a dossier has one.
        case twice
        /// Follows on a step of the kind, which the procedure does not have.
        case without(Step.Kind)
        /// Given to one of the three administrators, who act on no dossier.
        case administrator
        /// Lies beside the decision, which would therefore not wait for it, and could stop or send back what is decided.
        case neverJoins(String)
        /// Kept apart from a step beside it that does not say the same: either may come first, so that both have to.
        case apartOneWay(from: String)
    }

    package let step: Step
    package let kind: Kind
}

extension Procedure {
    /// Kinds whose steps no one person may do for one dossier, whatever roles they come to hold: the second
    /// checks the first.
    package static let separate: [(Step.Kind, from: Step.Kind)] = [
        (.screen, from: .endorse), (.decide, from: .screen), (.decide, from: .appraise),
        (.decide, from: .meet),
        (.approvePayment, from: .preparePayment),
    ]

    /// Kinds that begin with what a step of another kind leaves behind: a contract is drawn up when the public notice
    /// ends, a payment is prepared by the contract.
    package static let resting: [(Step.Kind, on: Step.Kind)] = [
        (.publicise, on: .decide), (.contract, on: .publicise), (.preparePayment, on: .contract),
        (.approvePayment, on: .preparePayment), (.pay, on: .approvePayment),
    ]

    /// The kinds with which a procedure may end. A notice does where it makes up for what an emergency left out.
    package static let lastKinds: Set<Step.Kind> = [.pay, .statement, .publicise]

    /// Every finding, in order of the steps.
    package var findings: [ProcedureFinding] {
        let cyclic = Set(steps.map(\.id).filter { ancestors(of: $0).contains($0) })
        let reached = reachable
        let followed = Set(steps.flatMap(\.after))
        return steps.flatMap { step -> [ProcedureFinding] in
            var kinds = unknownNames(in: step)
            if step.by.isAdministrator || step.parties.contains(where: \.isAdministrator) {
                kinds.append(.administrator)
            }
            if cyclic.contains(step.id) {
                kinds.append(.cycle)
            } else if !reached.contains(step.id) {
                kinds.append(.unreachable)
            }
            if !followed.contains(step.id) && !Self.lastKinds.contains(step.kind) { kinds.append(.deadEnd) }
            if !step.kind.mayRepeat, self.step(of: step.kind)?.id != step.id { kinds.append(.twice) }
            for rule in Self.resting where rule.0 == step.kind && self.step(of: rule.on) == nil {
                kinds.append(.without(rule.on))
            }
            let before = ancestors(of: step.id)
            for target in step.returnsTo where self.step(target) != nil && !before.contains(target) {
                kinds.append(.returnsForward(target))
            }
            if mayStop(step), let decide = self.step(of: .decide), isBeside(step.id, decide.id) {
                kinds.append(.neverJoins(decide.id))
            }
            for other in step.apartFrom.compactMap({ self.step($0) })
            where isBeside(step.id, other.id) && !other.apartFrom.contains(step.id) {
                kinds.append(.apartOneWay(from: other.id))
            }
            for rule in Self.separate where rule.0 == step.kind {
                for other in steps where other.kind == rule.from && !apart(step, other) {
                    kinds.append(.notApart(from: other.id))
                }
            }
            return kinds.map { ProcedureFinding(step: step, kind: $0) }
        }
    }

    /// Whether neither of two steps waits for the other: both may be open at once.
    package func isBeside(_ one: String, _ other: String) -> Bool {
        one != other && !ancestors(of: one).contains(other) && !ancestors(of: other).contains(one)
    }

    /// Steps of appraisal beside this one: their panels sit at the same time.
    package func appraisals(beside id: String) -> [Step] {
        steps.filter { $0.kind == .appraise && isBeside($0.id, id) }
    }

    /// What only files a paper and sends nothing back may be done whenever it is done.
    private func mayStop(_ step: Step) -> Bool { step.kind != .statement || !step.returnsTo.isEmpty }

    private func apart(_ one: Step, _ other: Step) -> Bool {
        one.apartFrom.contains(other.id) || other.apartFrom.contains(one.id)
    }

    private func unknownNames(in step: Step) -> [ProcedureFinding.Kind] {
        let known = Set(steps.map(\.id))
        let lists = [("after", step.after), ("apartFrom", step.apartFrom), ("returnsTo", step.returnsTo)]
        return lists.flatMap { key, names in
            names.filter { !known.contains($0) }.map { .unknownStep($0, in: key) }
        }
    }

    /// Everything a step waits for, directly or not; the step itself too where it is in a cycle.
    package func ancestors(of id: String) -> Set<String> {
        var found: Set<String> = []
        var left = step(id)?.after ?? []
        while let next = left.popLast() {
            if found.insert(next).inserted { left += step(next)?.after ?? [] }
        }
        return found
    }

    /// Steps that open when all they wait for is done, beginning with the drafts.
    private var reachable: Set<String> {
        var reached = Set(steps.filter { $0.kind == .draft && $0.after.isEmpty }.map(\.id))
        var grew = true
        while grew {
            grew = false
            for step in steps where !step.after.isEmpty && !reached.contains(step.id) {
                if step.after.allSatisfy(reached.contains) {
                    reached.insert(step.id)
                    grew = true
                }
            }
        }
        return reached
    }
}
