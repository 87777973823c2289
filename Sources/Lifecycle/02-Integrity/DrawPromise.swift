/// Chance from several universities, where no lottery is wanted (先承诺后揭示): each promises a secret by its hash before
/// the pool is frozen, and opens it afterwards. One party that keeps its secret is enough that nobody knows the result
/// beforehand. The last to open may still stay away, and is named; a public source beside them, which speaks after they have
/// opened, takes that choice too.
///
/// The hash is made as `Contribution.hash` of the kernel says; a secret is 64 hexadecimal digits.

/// Who keeps the pool asks universities for chance. A second invitation, after too few promised, takes the place of the
/// first.
package struct DrawInvited: FactBody {
    package static let kind = FactKind("draw.invited")
    package let draw: ID<Draw>
    package let parties: [Party]
    /// How many have to open in time, or the draw cannot be held.
    package let quorum: Int
    /// Hours that universities have at least to open in, after the pool is frozen.
    package let openingHours: Int
    /// Promises are taken until then.
    package let until: Instant

    package struct Party: Sendable, Codable, Hashable {
        package let organisation: ID<Organisation>
        package let name: String

        package init(organisation: ID<Organisation>, name: String) {
            self.organisation = organisation
            self.name = name
        }
    }

    package init(draw: ID<Draw>, parties: [Party], quorum: Int, openingHours: Int, until: Instant) {
        self.draw = draw
        self.parties = parties
        self.quorum = quorum
        self.openingHours = openingHours
        self.until = until
    }
}

/// A university promised: its secret is fixed and known to nobody else.
package struct DrawPromised: FactBody {
    package static let kind = FactKind("draw.promised")
    package let draw: ID<Draw>
    package let organisation: ID<Organisation>
    package let hash: String

    package init(draw: ID<Draw>, organisation: ID<Organisation>, hash: String) {
        self.draw = draw
        self.organisation = organisation
        self.hash = hash
    }
}

/// A university opened its secret, which fits its promise.
package struct DrawOpened: FactBody {
    package static let kind = FactKind("draw.opened")
    package let draw: ID<Draw>
    package let organisation: ID<Organisation>
    package let secret: String
    /// Before the moment from which the draw is held. What comes later is published and counts for nothing.
    package let inTime: Bool

    package init(draw: ID<Draw>, organisation: ID<Organisation>, secret: String, inTime: Bool) {
        self.draw = draw
        self.organisation = organisation
        self.secret = secret
        self.inTime = inTime
    }
}
