/// Why a draw cannot be committed to as asked. Positions count from 0.
public enum CommitmentRefused: Error, Hashable, Sendable {
    /// The title has several lines or blanks at its ends.
    case title
    case poolEmpty
    case poolTooLarge(count: Int, most: Int)
    /// The id is empty, longer than 512 bytes, has control characters or blanks at its ends.
    case entryName(entry: Int)
    case entryRepeated(entry: Int, earlier: Int, id: String)
    case tickets(entry: Int, tickets: Int)
    /// The entry has no class in a draw with classes, or a class in a draw without.
    case entryStratum(entry: Int)
    case exclusionUnknown(exclusion: Int, id: String)
    case exclusionRepeated(exclusion: Int, id: String)
    case exclusionReason(exclusion: Int)
    /// Nothing would be drawn.
    case noPlaces
    /// Quotas with and without class do not mix, and without class there is one.
    case quotaStratum(quota: Int)
    case quotaUnknown(quota: Int, stratum: String)
    case quotaRepeated(quota: Int, stratum: String)
    case quotaNegative(quota: Int)
    /// A class of the pool has no quota; write 0 if none is to be drawn.
    case quotaMissing(stratum: String)
    case tooFewEligible(stratum: String?, eligible: Int, places: Int, alternates: Int)
    /// The draw could take more rounds than two bytes can number.
    case tooManyRounds(Int)
    /// No source would bring chance.
    case noSources
    case sourceName(source: Int)
    case sourceRepeated(source: Int, name: String)
    case sourceCount(source: Int, name: String)
    case contributionsTooFew(source: String)
    case quorum(source: String, quorum: Int, parties: Int)
    /// The party is not one line, or named twice.
    case party(source: String, party: String)
    /// The hash is not SHA-256 in lower-case hexadecimal, or another party has it.
    case contributionHash(source: String, party: String)
    /// RFC 3797 has nothing of this kind.
    case notInRFC3797(Extension)

    /// What ``DrawProfile/sha256`` can and RFC 3797 cannot.
    public enum Extension: Hashable, Sendable {
        case tickets
        case classes
        case sourceKind(String)
    }
}

extension CommitmentRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .title: "the title is not one line of text"
        case .poolEmpty: "the pool is empty"
        case .poolTooLarge(let count, let most): "the pool has \(count) entries, this profile takes \(most)"
        case .entryName(let entry):
            "the id of entry \(entry + 1) is not one line of 1 to 512 bytes without blanks at its ends"
        case .entryRepeated(let entry, let earlier, let id):
            "entry \(entry + 1) is \(id) again, as entry \(earlier + 1); an id stands once"
        case .tickets(let entry, let tickets):
            "entry \(entry + 1) has \(tickets) tickets; write 1 to \(PoolEntry.mostTickets)"
        case .entryStratum(let entry):
            "entry \(entry + 1) has no class although others have, or one although others have none"
        case .exclusionUnknown(_, let id): "\(id) is excluded but not in the pool"
        case .exclusionRepeated(_, let id): "\(id) is excluded twice"
        case .exclusionReason(let exclusion):
            "exclusion \(exclusion + 1) has no reason; write one line, it is published"
        case .noPlaces: "there is no place to fill; draw at least one"
        case .quotaStratum(let quota): "quota \(quota + 1) mixes a draw with classes and one without"
        case .quotaUnknown(_, let stratum):
            "there is a quota for the class \(stratum), which the pool does not have"
        case .quotaRepeated(_, let stratum): "the class \(stratum) has two quotas"
        case .quotaNegative(let quota): "quota \(quota + 1) is negative"
        case .quotaMissing(let stratum): "the class \(stratum) has no quota; write 0 if none is to be drawn"
        case .tooFewEligible(let stratum, let eligible, let places, let alternates):
            "\(stratum.map { "the class \($0)" } ?? "the pool") has \(eligible) that may be drawn, "
                + "too few for \(places) places and \(alternates) alternates; draw fewer, or exclude fewer"
        case .tooManyRounds(let rounds):
            "the draw could take \(rounds) rounds, at most \(DrawProfile.mostRounds) can be numbered; draw fewer, "
                + "or leave excluded entries out of the pool"
        case .noSources: "no source of chance is named"
        case .sourceName(let source): "the name of source \(source + 1) is not one line of 1 to 512 bytes"
        case .sourceRepeated(_, let name): "the source \(name) is named twice"
        case .sourceCount(_, let name): "the source \(name) must give at least one value"
        case .contributionsTooFew(let source):
            "\(source) has fewer than two parties; one party alone knows the result beforehand"
        case .quorum(let source, let quorum, let parties):
            "\(source) asks \(quorum) parties to open, of \(parties); write 1 to \(parties)"
        case .party(let source, let party): "\(source): the party \(party) is named twice or not one line"
        case .contributionHash(let source, let party):
            "\(source): the hash of \(party) is not 64 lower-case hexadecimal digits, or another party has the same"
        case .notInRFC3797(let what): "RFC 3797 knows no \(what.description); use the profile sha256"
        }
    }
}

extension CommitmentRefused.Extension: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tickets: "weights"
        case .classes: "classes"
        case .sourceKind(let name): "source like \(name), which is not of numbers"
        }
    }
}
