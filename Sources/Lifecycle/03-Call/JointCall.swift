/// A call that another organisation funds too: what it bears, and its word on the call's text.
extension Call {
    /// What percent of each grant the other funder bears; 0 where there is none.
    package func jointShare(in programme: Programme) -> Int {
        guard funder != nil, let rules = programme.joint else { return 0 }
        return settings.count(rules.share) ?? 0
    }

    /// What of an amount the other funder bears, rounded down to the fen; the commission bears the rest.
    package func jointPart(of amount: Money, in programme: Programme) -> Money {
        amount.percent(jointShare(in: programme))
    }

    /// A funder without a share, or a share without a funder, says two things at once.
    func jointObstacles(_ programme: Programme) -> [Refusal] {
        guard let rules = programme.joint else {
            return funder == nil ? [] : [Refusal("call.joint-none")]
        }
        let share = settings.count(rules.share) ?? 0
        if funder == nil { return share == 0 ? [] : [Refusal("call.joint-nobody", ["share": "\(share)"])] }
        return JointRules.bounds.contains(share) && share > 0
            ? [] : [Refusal("call.joint-share", ["most": "\(JointRules.bounds.most)"])]
    }

    /// Once a call is out, who bears how much of it is settled: the books follow it.
    package func jointObstacles(after earlier: Call, in programme: Programme) -> [Refusal] {
        funder == earlier.funder && jointShare(in: programme) == earlier.jointShare(in: programme)
            ? [] : [Refusal("call.joint-fixed")]
    }

    /// The money that publishing it makes available, each funder's part from where it comes.
    ///
    /// - Parameter earlier: the version that is out already; only what is more than there is made available.
    package func entries(after earlier: Call?, in programme: Programme) -> [Entry] {
        let own = { (call: Call) in call.budget - call.jointPart(of: call.budget, in: programme) }
        let joint = { (call: Call) in call.jointPart(of: call.budget, in: programme) }
        let to = Account.budget(call: id.rawValue)
        return [
            Entry(from: .treasury, to: to, amount: own(self) - (earlier.map(own) ?? .zero)),
            funder.flatMap {
                Entry(
                    from: .funder($0.rawValue), to: to, amount: joint(self) - (earlier.map(joint) ?? .zero))
            },
        ].compactMap(\.self)
    }
}

/// The other funder agrees to one text of a call; without it that text is not published.
package struct CallJoined: FactBody {
    package static let kind = FactKind("call.joined")
    package let funder: ID<Organisation>
    /// SHA-256 of the call's canonical text, hexadecimal.
    package let text: String
    /// Percent of each grant that it bears.
    package let share: Int
    /// The same of the call's whole budget.
    package let amount: Money
    package init(funder: ID<Organisation>, text: String, share: Int, amount: Money) {
        self.funder = funder
        self.text = text
        self.share = share
        self.amount = amount
    }
}

/// The other funder does not agree to a text, with the reason; the officer may change it and ask again.
package struct CallNotJoined: FactBody {
    package static let kind = FactKind("call.not-joined")
    package let funder: ID<Organisation>
    package let text: String
    package init(funder: ID<Organisation>, text: String) {
        self.funder = funder
        self.text = text
    }
}
