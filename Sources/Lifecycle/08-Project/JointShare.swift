/// What another organisation bears of a project's grant (联合资助).
package struct JointShare: Sendable, Codable, Hashable {
    package let funder: ID<Organisation>
    /// Its name when the contract was drawn up.
    package let name: String
    package let percent: Int

    package init(funder: ID<Organisation>, name: String, percent: Int) {
        self.funder = funder
        self.name = name
        self.percent = percent
    }

    /// Its part of an amount, rounded down to the fen; the commission bears the rest.
    package func part(of amount: Money) -> Money { amount.percent(percent) }
}

extension Contract {
    /// The same contract of a project that another organisation funds too.
    package func borne(with share: JointShare?) -> Contract {
        var it = self
        it.joint = share
        return it
    }
}
