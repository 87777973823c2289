/// One entry of the frozen list from which is drawn.
public struct PoolEntry: Hashable, Sendable {
    /// What names the entry: unique in the pool, one line, compared byte for byte.
    public let id: String
    /// The class of a stratified draw; nil where the draw has no classes.
    public let stratum: String?
    /// How many tickets the entry holds. All leave the pool when one of them is drawn.
    public let tickets: Int

    public init(id: String, stratum: String? = nil, tickets: Int = 1) {
        self.id = id
        self.stratum = stratum
        self.tickets = tickets
    }

    /// The most tickets one entry may hold.
    public static let mostTickets = 1_000_000
}

/// An entry that may not be drawn, said beforehand.
///
/// It keeps its number in the pool. When the draw hits it, the round is written down as skipped with the reason, and
/// the next round goes on (RFC 3797, section 5.1). Whether it was right to exclude somebody can then be settled later
/// without drawing again.
public struct Exclusion: Hashable, Sendable {
    public let id: String
    /// Why, in one line. It is published.
    public let reason: String

    public init(id: String, reason: String) {
        self.id = id
        self.reason = reason
    }
}

/// How many are drawn from one class, or from the whole pool where there are no classes.
public struct Quota: Hashable, Sendable {
    /// The class, nil in a draw without classes.
    public let stratum: String?
    /// How many places there are.
    public let places: Int
    /// How many more are drawn to stand by, in the order drawn.
    public let alternates: Int

    public init(stratum: String? = nil, places: Int, alternates: Int = 0) {
        self.stratum = stratum
        self.places = places
        self.alternates = alternates
    }
}
