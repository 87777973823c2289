/// The head of a log at one size: what is signed and shown to outsiders (C2SP tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
    /// The unique name of the log: one line, recommended to be a URL without its scheme.
    public let origin: String
    /// The number of leaves.
    public let size: UInt64
    /// The root hash at this size.
    public let rootHash: MerkleHash
    /// Further lines, not empty. The specification advises against them.
    public let extensions: [String]

    /// A head with a one-line origin. A tree of size 0 has ``Merkle/emptyRoot``.
    public init(
        origin: String, size: UInt64, rootHash: MerkleHash, extensions: [String] = []
    ) throws(CheckpointRefused) {
        guard Self.isLine(origin) else { throw .origin }
        guard extensions.allSatisfy(Self.isLine) else { throw .extensionLine }
        guard size > 0 || rootHash == Merkle.emptyRoot else { throw .rootHash }
        self.origin = origin
        self.size = size
        self.rootHash = rootHash
        self.extensions = extensions
    }

    /// Reads the text of a checkpoint note, without signatures.
    public init(text: String) throws(CheckpointRefused) {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let tail = lines.popLast(), tail.isEmpty else { throw .lastLineUnfinished }
        guard lines.count >= 3 else { throw .tooFewLines(lines.count) }
        guard let size = Decimal.parse(lines[1]) else { throw .size }
        guard let rootHash = MerkleHash(base64UTF8: lines[2]) else { throw .rootHash }
        try self.init(
            origin: String(decoding: lines[0], as: UTF8.self), size: size, rootHash: rootHash,
            extensions: lines.dropFirst(3).map { String(decoding: $0, as: UTF8.self) })
    }

    /// Reads a note and verifies that the log of this key and origin signed it. Signatures by others,
    /// such as witnesses, are left aside.
    public init(note: SignedNote, log: NoteVerifier, origin: String) throws(CheckpointRefused) {
        let text: String
        do throws(NoteRefused) {
            text = try note.verified(by: [log]).text
        } catch {
            throw .note(error)
        }
        try self.init(text: text)
        guard self.origin.utf8.elementsEqual(origin.utf8) else {
            throw .otherOrigin(expected: origin, found: self.origin)
        }
    }

    /// The same from the text of the note.
    public init(note: String, log: NoteVerifier, origin: String) throws(CheckpointRefused) {
        let parsed: SignedNote
        do throws(NoteRefused) {
            parsed = try SignedNote(note)
        } catch {
            throw .note(error)
        }
        try self.init(note: parsed, log: log, origin: origin)
    }

    /// The note text: three or more lines, each with its newline.
    public var text: String {
        ([origin, String(size), rootHash.base64] + extensions).map { $0 + "\n" }.joined()
    }

    /// The checkpoint as a note, signed.
    public func signed(by signers: [NoteSigner]) throws(NoteRefused) -> SignedNote {
        try SignedNote(signing: text, by: signers)
    }

    private static func isLine(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 }
    }
}

/// Why a text is not a checkpoint, or not this log's.
public enum CheckpointRefused: Error, Hashable, Sendable {
    /// The text does not end in a newline.
    case lastLineUnfinished
    /// Fewer than the three lines of origin, size and root hash.
    case tooFewLines(Int)
    /// The origin is empty or more than one line.
    case origin
    /// The size is not a 64-bit decimal without leading zeroes.
    case size
    /// The root hash is not 32 bytes of base64, or an empty tree has another root than ``Merkle/emptyRoot``.
    case rootHash
    /// An extension line is empty or more than one line.
    case extensionLine
    /// The checkpoint is of another log.
    case otherOrigin(expected: String, found: String)
    /// The note around the checkpoint was refused.
    case note(NoteRefused)
}

extension CheckpointRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .lastLineUnfinished: "the checkpoint does not end in a newline"
        case .tooFewLines(let count): "a checkpoint has at least three lines, not \(count)"
        case .origin: "the origin of the checkpoint is not one line of text"
        case .size: "the tree size of the checkpoint is not a decimal number"
        case .rootHash: "the root hash of the checkpoint is not the base64 of a root hash of its size"
        case .extensionLine: "an extension line of the checkpoint is not one line of text"
        case .otherOrigin(let expected, let found): "the checkpoint is of \(found), not of \(expected)"
        case .note(let refusal): refusal.description
        }
    }
}
