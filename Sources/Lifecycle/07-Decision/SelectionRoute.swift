extension Selection {
    /// How a line comes to be funded otherwise than by the ranking.
    package struct Route: Sendable, Codable, Hashable {
        package enum Kind: String, Sendable, Codable, CaseIterable {
            /// Experts disagree about it, and one who is for it wrote its case.
            case nonConsensus = "non-consensus"
        }

        package let kind: Kind
        /// Numbers of the facts that hold the cases it stands on.
        package let cases: [Int64]

        package init(_ kind: Kind, cases: [Int64]) {
            self.kind = kind
            self.cases = cases
        }
    }

    /// What a selection by the route for non-consensus proposals is held against.
    package struct NonConsensusGround: Sendable {
        package let terms: NonConsensusTerms
        /// How far apart the experts are; without those of which that cannot be said.
        package let disagreements: [ID<Application>: Disagreement]
        /// Facts of the cases that stand.
        package let cases: [ID<Application>: [Int64]]
        /// Proposals of the call that were funded by the route before.
        package let used: Int

        package init(
            terms: NonConsensusTerms, disagreements: [ID<Application>: Disagreement],
            cases: [ID<Application>: [Int64]], used: Int
        ) {
            self.terms = terms
            self.disagreements = disagreements
            self.cases = cases
            self.used = used
        }
    }

    /// Lines that the route is asked for.
    package var routed: [Line] { lines.filter { $0.route != nil } }

    /// What keeps lines from being funded by the route: experts agree, nobody wrote a case, no grounds are stated, the
    /// ranking alone would fund it, or there are more than the call allows.
    ///
    /// - Parameter ground: nil where the programme has no such route.
    package func obstacles(nonConsensus ground: NonConsensusGround?) -> [Refusal] {
        guard !routed.isEmpty else { return [] }
        guard let ground else { return [Refusal("selection.route-none")] }
        let cites = ground.terms.rules.cites
        var found: [Refusal] = []
        for line in routed {
            let place = "\(line.place)"
            // Ticked for the route and not for funding: which of the two was meant nobody can tell.
            guard line.funded else {
                found.append(Refusal("selection.route-unfunded", ["place": place]))
                continue
            }
            guard let disagreement = ground.disagreements[line.application], disagreement.isNonConsensus
            else {
                found.append(
                    Refusal(
                        "selection.route-agreed", ["place": place, "needed": "\(ground.terms.spread)"],
                        citation: cites))
                continue
            }
            guard ground.cases[line.application]?.isEmpty == false else {
                found.append(Refusal("selection.route-no-case", ["place": place], citation: cites))
                continue
            }
            if !isNeeded(for: line) {
                found.append(Refusal("selection.route-needless", ["place": place]))
            } else if (line.departure ?? "").trimmedCount < Self.groundsLeast {
                found.append(
                    Refusal("selection.route-grounds", ["place": place, "least": "\(Self.groundsLeast)"]))
            }
        }
        if ground.used + routed.count > ground.terms.most {
            found.append(
                Refusal(
                    "selection.route-most",
                    [
                        "most": "\(ground.terms.most)", "chosen": "\(routed.count)",
                        "used": "\(ground.used)",
                    ], citation: cites))
        }
        return found
    }

    /// Whether a line stands below one that is not funded: without the route, it would depart from the ranking.
    private func isNeeded(for line: Line) -> Bool {
        let bestUnfunded = lines.filter { !$0.funded }.map(\.meanHundredths).max()
        return bestUnfunded.map { line.meanHundredths < $0 } ?? false
    }
}
