extension Commitment {
    /// The key of the draw: for each source in the order committed its values, each ended by a point, then a slash
    /// (RFC 3797, section 4). Example: `9319./2.5.8.10.12./9.18.26.34.41.45./`
    ///
    /// - Parameter values: one for each source that awaits a value, in any order.
    public func key(values: [SourceValue]) throws(ValuesRefused) -> String {
        var given: [Exact: SourceValue.Content] = [:]
        for value in values {
            guard sources.contains(where: { Exact($0.name) == Exact(value.source) && $0.awaitsValue }) else {
                throw .unknownSource(value.source)
            }
            guard given.updateValue(value.content, forKey: Exact(value.source)) == nil else {
                throw .sourceTwice(value.source)
            }
        }
        var key = ""
        for source in sources {
            key += try part(of: source, given: given[Exact(source.name)]) + "/"
        }
        return key
    }

    private func part(
        of source: RandomSource, given: SourceValue.Content?
    ) throws(ValuesRefused) -> String {
        switch (source.kind, given) {
        case (.commitment, _): return digest + "."
        case (_, nil): throw .missing(source.name)
        case (.sorted(let count), .numbers(let texts)):
            let numbers = try numbers(texts, count: count, of: source)
            if let index = numbers.firstIndex(where: { !$0.isWhole }) {
                throw .notWhole(source: source.name, value: texts[index])
            }
            return numbers.sorted().map(\.text).joined()
        case (.ordered(let count), .numbers(let texts)):
            return try numbers(texts, count: count, of: source).map(\.text).joined()
        case (.hexadecimal(let byteCount), .hexadecimal(let text)):
            guard let bytes = Hexadecimal.decode(text.utf8), (1...4096).contains(bytes.count) else {
                throw .notHexadecimal(source: source.name)
            }
            if let byteCount, bytes.count != byteCount {
                throw .count(source: source.name, expected: byteCount, found: bytes.count)
            }
            return Hexadecimal.encode(bytes) + "."
        case (.contributions(let contributions, let quorum), .openings(let openings)):
            return try secrets(openings, of: contributions, quorum: quorum, source: source.name)
        case (.sorted, _), (.ordered, _), (.hexadecimal, _), (.contributions, _):
            throw .otherKind(source: source.name)
        }
    }

    private func numbers(
        _ texts: [String], count: Int?, of source: RandomSource
    ) throws(ValuesRefused) -> [CanonicalNumber] {
        guard !texts.isEmpty else { throw .missing(source.name) }
        if let count, texts.count != count {
            throw .count(source: source.name, expected: count, found: texts.count)
        }
        var numbers: [CanonicalNumber] = []
        for text in texts {
            guard let number = CanonicalNumber(text) else {
                throw .notNumber(source: source.name, value: text)
            }
            numbers.append(number)
        }
        return numbers
    }

    /// The secrets in the order of the parties, `-` for a party without one.
    private func secrets(
        _ openings: [Opening], of contributions: [Contribution], quorum: Int, source: String
    ) throws(ValuesRefused) -> String {
        var outcomes: [Exact: Opening.Outcome] = [:]
        for opening in openings {
            guard contributions.contains(where: { Exact($0.party) == Exact(opening.party) }) else {
                throw .unknownParty(source: source, party: opening.party)
            }
            guard outcomes.updateValue(opening.outcome, forKey: Exact(opening.party)) == nil else {
                throw .partyTwice(source: source, party: opening.party)
            }
        }
        var parts = ""
        var absent: [String] = []
        for contribution in contributions {
            let party = contribution.party
            switch outcomes[Exact(party)] ?? .missing {
            case .opened(let secret):
                try check(secret, against: contribution, source: source)
                parts += secret.lowercased() + "."
            case .late(let secret):
                try check(secret, against: contribution, source: source)
                parts += "-."
                absent.append(party)
            case .missing:
                parts += "-."
                absent.append(party)
            }
        }
        guard contributions.count - absent.count >= quorum else {
            throw .tooFewOpened(source: source, quorum: quorum, absent: absent)
        }
        return parts
    }

    private func check(
        _ secret: String, against contribution: Contribution, source: String
    ) throws(ValuesRefused) {
        guard Contribution.hash(party: contribution.party, secret: secret) == contribution.hash else {
            throw .falseSecret(source: source, party: contribution.party)
        }
    }
}

/// Why values do not make a key.
public enum ValuesRefused: Error, Hashable, Sendable {
    /// The commitment does not name the source, or it awaits no value.
    case unknownSource(String)
    case sourceTwice(String)
    case missing(String)
    case otherKind(source: String)
    case count(source: String, expected: Int, found: Int)
    case notNumber(source: String, value: String)
    case notWhole(source: String, value: String)
    case notHexadecimal(source: String)
    case unknownParty(source: String, party: String)
    case partyTwice(source: String, party: String)
    case falseSecret(source: String, party: String)
    case tooFewOpened(source: String, quorum: Int, absent: [String])
}

extension ValuesRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownSource(let source): "the commitment names no source \(source) that awaits a value"
        case .sourceTwice(let source): "the source \(source) has two values"
        case .missing(let source): "the source \(source) has no value yet"
        case .otherKind(let source): "the value of \(source) is of another kind than was committed"
        case .count(let source, let expected, let found):
            "\(source) must give \(expected) values and gives \(found)"
        case .notNumber(let source, let value):
            "\(source): \(value) is not a number; write digits 0-9 with at most one point, no sign"
        case .notWhole(let source, let value):
            "\(source): \(value) is not whole, and a sorted source has whole numbers only"
        case .notHexadecimal(let source): "the value of \(source) is not 1 to 4096 bytes in hexadecimal"
        case .unknownParty(let source, let party): "\(source): \(party) made no promise"
        case .partyTwice(let source, let party): "\(source): \(party) opens twice"
        case .falseSecret(let source, let party): "\(source): what \(party) opened is not what it promised"
        case .tooFewOpened(let source, let quorum, let absent):
            "\(source): \(quorum) must open in time; missing or late: \(absent.joined(separator: ", "))"
        }
    }
}
