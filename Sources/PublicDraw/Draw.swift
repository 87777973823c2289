extension Commitment {
    /// Draws.
    ///
    /// The classes follow each other in the order of their quotas; the index runs on from one to the next, so that no
    /// digest serves twice. In each class a round hashes index, key and index, takes the digest as a number modulo
    /// the tickets that remain, and takes out the entry on whose ticket that falls. An excluded entry is skipped. The
    /// first that count fill the places, the next are alternates.
    ///
    /// - Parameter values: one for each source that awaits a value.
    public func draw(values: [SourceValue]) throws(ValuesRefused) -> Transcript {
        let key = try key(values: values)
        let reasons = Dictionary(uniqueKeysWithValues: exclusions.map { (Exact($0.id), $0.reason) })
        var members: [Exact?: [Int]] = [:]
        for (index, entry) in pool.enumerated() { members[entry.exactStratum, default: []].append(index) }

        var rounds: [Round] = []
        let keyBytes = Array(key.utf8)
        for quota in quotas {
            let places = members[quota.exact] ?? []
            var remaining = RemainingTickets(places.map { pool[$0].tickets })
            var drawn = 0
            while drawn < quota.places + quota.alternates {
                // The commitment was refused if the rounds could outgrow two bytes.
                let index = UInt16(rounds.count)
                let digest = profile.digest(index: index, key: keyBytes)
                let total = remaining.total
                let ticket = remainder(of: digest, by: total)
                let place = remaining.place(ofTicket: ticket)
                remaining.take(place)
                let number = places[place]
                let outcome: Round.Outcome
                if let reason = reasons[Exact(pool[number].id)] {
                    outcome = .skipped(reason: reason)
                } else {
                    drawn += 1
                    outcome =
                        drawn <= quota.places
                        ? .drawn(place: drawn) : .alternate(place: drawn - quota.places)
                }
                rounds.append(
                    Round(
                        index: Int(index), digest: Hexadecimal.encode(digest), remaining: Int(total),
                        remainder: Int(ticket), number: number + 1, id: pool[number].id,
                        stratum: quota.stratum, outcome: outcome))
            }
        }
        return Transcript(commitment: self, values: inOrder(values), key: key, rounds: rounds)
    }

    /// The values in the order of the sources, missing openings written out, so that equal draws have equal
    /// transcripts.
    private func inOrder(_ values: [SourceValue]) -> [SourceValue] {
        sources.compactMap { source in
            guard let value = values.first(where: { Exact($0.source) == Exact(source.name) }) else {
                return nil
            }
            guard case .contributions(let contributions, _) = source.kind,
                case .openings(let openings) = value.content
            else { return value }
            let full = contributions.map { contribution in
                openings.first { Exact($0.party) == Exact(contribution.party) }
                    ?? Opening(party: contribution.party, outcome: .missing)
            }
            return SourceValue(source: source.name, content: .openings(full))
        }
    }
}

/// One round: everything needed to do it again by hand.
public struct Round: Hashable, Sendable {
    /// The number hashed before and after the key, from 0.
    public let index: Int
    /// The digest in lower-case hexadecimal.
    public let digest: String
    /// Tickets in the class before this round.
    public let remaining: Int
    /// The digest as a number modulo ``remaining``: the ticket hit, from 0.
    public let remainder: Int
    /// The number of the entry in the whole pool, from 1.
    public let number: Int
    public let id: String
    /// The class drawn from, nil in a draw without classes.
    public let stratum: String?
    public let outcome: Outcome

    public enum Outcome: Hashable, Sendable {
        /// Fills this place of its class, from 1.
        case drawn(place: Int)
        /// Stands by as this alternate of its class, from 1.
        case alternate(place: Int)
        /// Was excluded beforehand.
        case skipped(reason: String)
    }
}
