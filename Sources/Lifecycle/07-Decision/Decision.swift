/// One row of the ranking: reviews counted, their mean and spread.
package struct RankedApplication: Sendable, Hashable {
    package let application: ID<Application>
    package let points: [Int]
    package let requested: Money

    package init(application: ID<Application>, points: [Int], requested: Money) {
        self.application = application
        self.points = points
        self.requested = requested
    }

    package var total: Int { points.reduce(0, +) }
    /// Highest less lowest.
    package var spread: Int { (points.max() ?? 0) - (points.min() ?? 0) }
    /// Mean in hundredths, rounded half up; integers only, so that ties are ties.
    package var meanHundredths: Int { points.isEmpty ? 0 : (total * 200 + points.count) / (points.count * 2) }
    /// A dash where nobody was asked to review.
    package var meanText: String {
        points.isEmpty
            ? "—" : "\(meanHundredths / 100).\(String(String(meanHundredths % 100 + 100).dropFirst()))"
    }
}

package enum Ranking {
    /// Best mean first; ties share a place; within a tie the order is by id, which means nothing.
    package static func order(_ rows: [RankedApplication]) -> [(place: Int, row: RankedApplication)] {
        let sorted = rows.sorted {
            ($1.meanHundredths, $0.application.rawValue) < ($0.meanHundredths, $1.application.rawValue)
        }
        var ranked: [(place: Int, row: RankedApplication)] = []
        for (index, row) in sorted.enumerated() {
            let tied = index > 0 && sorted[index - 1].meanHundredths == row.meanHundredths
            ranked.append((tied ? ranked[index - 1].place : index + 1, row))
        }
        return ranked
    }
}

/// A proposal of which applications to fund, within the round's budget.
package struct Selection: Sendable, Codable, Hashable {
    package struct Line: Sendable, Codable, Hashable {
        package let application: ID<Application>
        /// Place in the ranking; ties share one.
        package let place: Int
        package let meanHundredths: Int
        package let funded: Bool
        package let amount: Money
        /// Why it departs from the ranking; required where it does. Not part of the proposal's body: it stands
        /// in the reason of a ``DepartureReasoned``.
        package private(set) var departure: String?
        /// Nil where it is funded, or not, by the ranking. What is funded by a route states its grounds in ``departure``.
        package let route: Route?

        private enum CodingKeys: String, CodingKey {
            case application, place, meanHundredths, funded, amount, route
        }

        package init(
            application: ID<Application>, place: Int, meanHundredths: Int, funded: Bool, amount: Money,
            departure: String?, route: Route? = nil
        ) {
            self.application = application
            self.place = place
            self.meanHundredths = meanHundredths
            self.funded = funded
            self.amount = amount
            self.departure = departure
            self.route = route
        }

        package func departing(_ reason: String?) -> Line {
            var line = self
            line.departure = reason
            return line
        }
    }

    package let lines: [Line]

    package init(lines: [Line]) { self.lines = lines }

    /// Fewest characters of the words that say why a line is not as the ranking has it.
    package static let groundsLeast = 5

    package var total: Money { lines.filter(\.funded).reduce(.zero) { $0 + $1.amount } }

    /// Applications that depart from the ranking: funded below one that is not, or not funded above one that is. What is
    /// funded by a route stands beside the ranking and passes nobody over.
    package var departures: Set<ID<Application>> {
        let lines = lines.filter { $0.route == nil }
        let lastFunded = lines.filter(\.funded).map(\.meanHundredths).min()
        let bestUnfunded = lines.filter { !$0.funded }.map(\.meanHundredths).max()
        guard let lastFunded, let bestUnfunded, lastFunded < bestUnfunded else { return [] }
        return Set(
            lines.filter {
                $0.funded ? $0.meanHundredths < bestUnfunded : $0.meanHundredths > lastFunded
            }.map(\.application))
    }

    /// What keeps the selection from being proposed.
    ///
    /// - Parameters:
    ///   - most: what the call grants one project at most; nil where it does not say.
    ///   - places: how many the call chooses at most; nil where it does not say.
    ///   - givesMoney: false where what is given is a prize or a place, and amounts mean nothing.
    package func obstacles(
        budget: Money, most: Money? = nil, places: Int? = nil, givesMoney: Bool = true
    ) -> [Refusal] {
        var found: [Refusal] = []
        let chosen = lines.count(where: \.funded)
        if let places, chosen > places {
            found.append(Refusal("selection.places", ["chosen": "\(chosen)", "places": "\(places)"]))
        }
        if total > budget {
            found.append(Refusal("selection.budget", ["total": total.wanText, "budget": budget.wanText]))
        }
        let departing = departures
        for line in lines where departing.contains(line.application) {
            if (line.departure ?? "").trimmedCount < Self.groundsLeast {
                found.append(Refusal("selection.departure", ["place": "\(line.place)"]))
            }
        }
        for line in lines where givesMoney && line.funded && line.amount <= .zero {
            found.append(Refusal("selection.amount", ["place": "\(line.place)"]))
        }
        if let most {
            for line in lines where line.funded && line.amount > most {
                found.append(
                    Refusal("selection.most", ["place": "\(line.place)", "most": most.yuanText]))
            }
        }
        return found
    }
}

package struct SelectionProposed: FactBody {
    package static let kind = FactKind("selection.proposed")
    package let selection: Selection
    package init(_ selection: Selection) { self.selection = selection }
}

/// Why one line of a proposal departs from the ranking. A fact of its own, because the words stand in its reason
/// and can be erased while the selection stays.
package struct DepartureReasoned: FactBody {
    package static let kind = FactKind("selection.departure")
    /// Number of the proposal's fact.
    package let proposal: Int64
    package let application: ID<Application>
    package init(proposal: Int64, application: ID<Application>) {
        self.proposal = proposal
        self.application = application
    }
}

/// Sent back by the leader, or by who funds the call too, with the reason.
package struct SelectionSentBack: FactBody {
    package static let kind = FactKind("selection.sent-back")
    package init() {}
}

/// Who funds the call too agrees to a proposal; only then does the leader sign it.
package struct SelectionJoined: FactBody {
    package static let kind = FactKind("selection.joined")
    /// Number of the fact that proposed it.
    package let proposal: Int64
    package let funder: ID<Organisation>
    package init(proposal: Int64, funder: ID<Organisation>) {
        self.proposal = proposal
        self.funder = funder
    }
}

package struct SelectionSigned: FactBody {
    package static let kind = FactKind("selection.signed")
    /// Number of the fact that proposed it.
    package let proposal: Int64
    package init(proposal: Int64) { self.proposal = proposal }
}

/// The reason says why it departs from the ranking, where it does, or on what grounds it was chosen by a route.
package struct ApplicationDecided: FactBody {
    package static let kind = FactKind("application.decided")
    package let funded: Bool
    package let amount: Money
    package let place: Int
    package let meanHundredths: Int
    package let entries: [Entry]
    /// Nil where it was decided by the ranking.
    package let route: Selection.Route?

    package init(line: Selection.Line, entries: [Entry]) {
        funded = line.funded
        amount = line.amount
        place = line.place
        meanHundredths = line.meanHundredths
        self.entries = entries
        route = line.route
    }
}
