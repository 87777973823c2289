/// How many whom a dossier asked in by name accepted, by role. Who declined or did not answer is in no number.
package struct AcceptedParties: Sendable, Hashable {
    private let counts: [Role: Int]

    package init(_ counts: [Role: Int]) { self.counts = counts }

    package static let none = AcceptedParties([:])

    package subscript(role: Role) -> Int { counts[role] ?? 0 }
}

extension Procedure {
    /// Whether it is the same for every dossier, whomever that asked in.
    package var isSameForAll: Bool { !steps.contains { $0.isOfEach } }

    /// Whether each who accepted in the role has a step to take.
    package func asksEach(_ role: Role) -> Bool { steps.contains { $0.isOfEach && $0.by == role } }

    /// The procedure of one dossier, given who accepted to be its parties.
    ///
    /// A step of each of them needs as many as there are; where there is nobody the step is left out, and what follows on
    /// it follows on what it followed on. Every other step stays as it is.
    package func fitting(_ parties: AcceptedParties) -> Procedure {
        let left = Set(steps.filter { $0.isOfEach && parties[$0.by] == 0 }.map(\.id))
        return Procedure(
            steps: steps.filter { !left.contains($0.id) }.map { step in
                let after = follows(step, without: left)
                return step.fitted(
                    needs: step.isOfEach ? parties[step.by] : step.needs, after: after, without: left)
            })
    }

    /// What a step comes after once others are left out, each once and in order.
    private func follows(_ step: Step, without left: Set<String>) -> [String] {
        var found: [String] = []
        var seen: Set<String> = []
        func add(_ names: [String]) {
            for name in names where seen.insert(name).inserted {
                if left.contains(name) {
                    add(self.step(name)?.after ?? [])
                } else {
                    found.append(name)
                }
            }
        }
        add(step.after)
        return found
    }
}

extension Step {
    /// See ``each``.
    package var isOfEach: Bool { each == true }

    fileprivate func fitted(needs: Int, after: [String], without left: Set<String>) -> Step {
        Step(
            id: id, kind: kind, label: label, by: by, after: after, within: within,
            apartFrom: apartFrom.filter { !left.contains($0) }, needs: needs, each: isOfEach,
            parties: parties, returnsTo: returnsTo.filter { !left.contains($0) }, statement: statement,
            appraisal: appraisal, mayWithhold: mayWithhold ?? false, hears: hears ?? false, cites: cites,
            standing: standing, verified: verified, line: line)
    }
}
