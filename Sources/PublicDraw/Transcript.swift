/// A draw written down so that anyone can repeat it.
public struct Transcript: Hashable, Sendable {
    public let commitment: Commitment
    /// In the order of the sources.
    public let values: [SourceValue]
    public let key: String
    public let rounds: [Round]

    init(commitment: Commitment, values: [SourceValue], key: String, rounds: [Round]) {
        self.commitment = commitment
        self.values = values
        self.key = key
        self.rounds = rounds
    }

    /// Who fills the places, in the order drawn.
    public var drawn: [Round] {
        rounds.filter { if case .drawn = $0.outcome { true } else { false } }
    }

    /// Who stands by, in the order drawn. An alternate stands in for its own class.
    public var alternates: [Round] {
        rounds.filter { if case .alternate = $0.outcome { true } else { false } }
    }

    /// Who was hit and may not be drawn.
    public var skipped: [Round] {
        rounds.filter { if case .skipped = $0.outcome { true } else { false } }
    }

    /// Parties whose promise was not opened in time, and whether it came late.
    public var unopened: [Opening] {
        values.flatMap { value -> [Opening] in
            guard case .openings(let openings) = value.content else { return [] }
            return openings.filter { if case .opened = $0.outcome { false } else { true } }
        }
    }

    /// The document: JSON with one member a line. Its meaning is in its values; blanks do not count.
    public var document: String { json.indented }

    /// Reads a transcript and repeats the draw from its commitment and values alone. Whatever else it says must be
    /// what comes out, else it is refused with the place that differs.
    ///
    /// - Parameters:
    ///   - text: ``document``, blanks and order of members aside.
    ///   - commitmentDigest: what was published beforehand, in hexadecimal. Without it a draw is only proved to follow
    ///     from the commitment in the transcript, not that this was the one committed to.
    public static func verified(
        _ text: String, commitmentDigest: String? = nil
    ) throws(TranscriptRefused) -> Transcript {
        let told: JSON
        let commitment: Commitment
        let values: [SourceValue]
        do throws(DocumentRefused) {
            told = try JSON(text)
            (commitment, values) = try TranscriptDocument.inputs(of: told)
        } catch {
            throw .document(error)
        }
        if let expected = commitmentDigest?.lowercased(), expected != commitment.digest {
            throw .otherCommitment(expected: expected, found: commitment.digest)
        }
        let transcript: Transcript
        do throws(ValuesRefused) {
            transcript = try commitment.draw(values: values)
        } catch {
            throw .values(error)
        }
        if let difference = told.firstDifference(from: transcript.json) {
            throw .differs(at: difference.path, told: difference.left, computed: difference.right)
        }
        return transcript
    }
}

/// Why a transcript is not believed.
public enum TranscriptRefused: Error, Hashable, Sendable {
    /// It cannot be read, or its commitment is none.
    case document(DocumentRefused)
    /// It is of another commitment than the one published.
    case otherCommitment(expected: String, found: String)
    /// Its values do not fit its commitment.
    case values(ValuesRefused)
    /// The draw gives something else at this place.
    case differs(at: String, told: String, computed: String)
}

extension TranscriptRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .document(let refusal): refusal.description
        case .otherCommitment(let expected, let found):
            "the transcript is of the commitment \(found), not of \(expected)"
        case .values(let refusal): refusal.description
        case .differs(let place, let told, let computed):
            "\(place) says \(told), the draw gives \(computed)"
        }
    }
}
