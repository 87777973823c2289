/// The organisations that carry a project beside the university that leads it (牵头与参加单位).
extension Contract {
    package struct Partner: Sendable, Codable, Hashable {
        /// Number of the fact by which it said so.
        package let statement: Int64
        package let body: String
        /// What kind of body it is: 企业, 医院 …
        package let type: Label
        /// Money of its own.
        package let brings: Money
        /// Per cent of the grant that the lead passes on to it; nil where nothing is passed on.
        package let percent: Int?
        /// That share in money.
        package let passedOn: Money
    }

    /// What a partner said, to be held against the grant.
    package struct Joining: Sendable, Hashable {
        package let statement: Int64
        package let brought: Brought

        package init(statement: Int64, _ brought: Brought) {
            self.statement = statement
            self.brought = brought
        }
    }

    /// The same contract with these partners.
    ///
    /// Each share is rounded down to the fen; where the shares make the whole grant, the last of them takes what that
    /// leaves. Otherwise it stays with the lead.
    package func joined(by others: [Joining]) -> Contract {
        guard !others.isEmpty else { return self }
        let isWhole = others.reduce(0) { $0 + ($1.brought.percent ?? 0) } == 100
        let last = others.lastIndex { ($0.brought.percent ?? 0) > 0 }
        var left = amount
        var found: [Partner] = []
        for (place, other) in others.enumerated() {
            let passedOn =
                isWhole && place == last ? left : amount.percent(other.brought.percent ?? 0)
            left = left - passedOn
            found.append(
                Partner(
                    statement: other.statement, body: other.brought.body, type: other.brought.type,
                    brings: other.brought.brings, percent: other.brought.percent, passedOn: passedOn))
        }
        var copy = self
        copy.partners = found
        return copy
    }

    /// What of the grant stays with the lead.
    package var kept: Money { (partners ?? []).reduce(amount) { $0 - $1.passedOn } }

    /// What of one instalment the lead passes on to a partner.
    ///
    /// Each instalment's share is rounded down to the fen, and the last instalment makes up for it, so that the parts of
    /// a partner always make what is passed on to it.
    package func passing(of instalment: String, to partner: Partner) -> Money {
        guard let place = instalments.firstIndex(where: { $0.id == instalment }) else { return .zero }
        func part(_ instalment: Instalment) -> Money { instalment.amount.percent(partner.percent ?? 0) }
        guard place == instalments.count - 1 else { return part(instalments[place]) }
        return instalments.dropLast().reduce(partner.passedOn) { $0 - part($1) }
    }
}
