/// Everything a person needs to show, without a network, that an entry is in a log (C2SP tlog-proof):
/// the index, the inclusion proof and a signed checkpoint. Kept in a file called `….tlog-proof`.
public struct TlogProof: Hashable, Sendable {
    /// Bytes with a meaning between maker and reader only. They are not covered by the proof.
    public var extra: [UInt8]?
    /// The zero-based index of the entry.
    public var index: UInt64
    /// From the leaf's sibling up to the child of the root; at most 64.
    public var hashes: [MerkleHash]
    /// The signed note of the checkpoint, verbatim.
    public var checkpoint: String

    public init(extra: [UInt8]? = nil, index: UInt64, hashes: [MerkleHash], checkpoint: String) {
        self.extra = extra
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }

    /// Reads the text of a proof. The checkpoint is kept as it stands and read by ``verify(leaf:log:origin:)``.
    public init(text: String) throws(TlogProofRefused) {
        var rest = text.utf8[...]
        guard Self.takeLine(&rest)?.elementsEqual(Self.header.utf8) == true else { throw .header }
        guard var line = Self.takeLine(&rest) else { throw .index }
        if line.starts(with: Self.extraMark.utf8) {
            guard let extra = Base64.decode(line.dropFirst(Self.extraMark.utf8.count)) else { throw .extra }
            self.extra = extra
            guard let next = Self.takeLine(&rest) else { throw .index }
            line = next
        }
        guard line.starts(with: Self.indexMark.utf8),
            let index = Decimal.parse(line.dropFirst(Self.indexMark.utf8.count))
        else { throw .index }
        self.index = index
        hashes = []
        while true {
            guard let line = Self.takeLine(&rest) else { throw .noCheckpoint }
            if line.isEmpty { break }
            guard hashes.count < Self.mostHashes else { throw .tooManyHashes }
            guard let hash = MerkleHash(base64UTF8: line) else { throw .hash(hashes.count + 1) }
            hashes.append(hash)
        }
        guard !rest.isEmpty else { throw .noCheckpoint }
        checkpoint = String(decoding: rest, as: UTF8.self)
    }

    /// The proof as it is stored.
    public var text: String {
        var lines = [Self.header]
        if let extra { lines.append(Self.extraMark + Base64.encode(extra)) }
        lines.append(Self.indexMark + String(index))
        lines += hashes.map(\.base64)
        return lines.map { $0 + "\n" }.joined() + "\n" + checkpoint
    }

    /// Refuses unless the log of this key and origin signed a tree with the leaf at the index. Whoever
    /// asks for witnesses too verifies the note of ``checkpoint`` by their keys.
    ///
    /// - Returns: the checkpoint in whose tree the leaf stands.
    @discardableResult
    public func verify(
        leaf: MerkleHash, log: NoteVerifier, origin: String
    ) throws(TlogProofRefused) -> Checkpoint {
        let head: Checkpoint
        do throws(CheckpointRefused) {
            head = try Checkpoint(note: checkpoint, log: log, origin: origin)
        } catch {
            throw .checkpoint(error)
        }
        do throws(ProofRefused) {
            try InclusionProof(index: index, size: head.size, hashes: hashes)
                .verify(leaf: leaf, root: head.rootHash)
        } catch {
            throw .proof(error)
        }
        return head
    }

    private static let header = "c2sp.org/tlog-proof@v1"
    private static let extraMark = "extra "
    private static let indexMark = "index "
    private static let mostHashes = 64

    /// Takes a line off the front; nil if no newline is left.
    private static func takeLine(_ rest: inout Substring.UTF8View) -> Substring.UTF8View? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = rest[..<end]
        rest = rest[rest.index(after: end)...]
        return line
    }
}

/// Why a proof file is not one, or proves nothing.
public enum TlogProofRefused: Error, Hashable, Sendable {
    /// The first line does not name the format.
    case header
    /// The extra data are not base64.
    case extra
    /// The index line is missing or not a 64-bit decimal without leading zeroes.
    case index
    /// The hash with this number, from 1, is not 32 bytes of base64.
    case hash(Int)
    /// More hashes than any tree calls for.
    case tooManyHashes
    /// The blank line and the checkpoint after it are missing.
    case noCheckpoint
    /// The checkpoint was refused.
    case checkpoint(CheckpointRefused)
    /// The leaf is not shown to be in the tree of the checkpoint.
    case proof(ProofRefused)
}

extension TlogProofRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .header: "the file does not begin with c2sp.org/tlog-proof@v1"
        case .extra: "the extra data of the proof are not base64"
        case .index: "the proof has no index line with a decimal number"
        case .hash(let number): "hash \(number) of the proof is not 32 bytes of base64"
        case .tooManyHashes: "the proof has more than 64 hashes"
        case .noCheckpoint: "the proof ends without a checkpoint"
        case .checkpoint(let refusal): refusal.description
        case .proof(let refusal): refusal.description
        }
    }
}
