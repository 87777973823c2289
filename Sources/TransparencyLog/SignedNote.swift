/// A text with signatures under it (C2SP signed-note).
///
/// Its text must be ignored until ``verified(by:)`` has found a signature by a trusted key.
public struct SignedNote: Hashable, Sendable {
    /// The largest note that is read, in bytes.
    public static let largest = 1_000_000
    /// The most signatures a note may bear here. The format asks for at least 16.
    public static let mostSignatures = 100

    /// What is signed, its final newline included.
    public let text: String
    /// In the order of their lines.
    public private(set) var signatures: [NoteSignature]

    /// Signs a text, which must end in a newline and have no other control characters.
    public init(signing text: String, by signers: [NoteSigner]) throws(NoteRefused) {
        guard text.utf8.last == UInt8(ascii: "\n") else { throw .textWithoutNewline }
        guard !text.utf8.contains(where: Self.isForbidden) else { throw .controlCharacter }
        guard !signers.isEmpty else { throw .noSignatures }
        self.text = text
        signatures = []
        for signer in signers { signatures.append(try signer.sign(text)) }
        try checkLimits()
    }

    /// Reads a note. Nothing is verified yet.
    public init(_ note: String) throws(NoteRefused) {
        try self.init(bytes: Array(note.utf8))
    }

    /// Reads a note from the bytes as they came, which need not be UTF-8. Nothing is verified yet.
    public init(bytes: [UInt8]) throws(NoteRefused) {
        guard bytes.count <= Self.largest else { throw .tooLarge(byteCount: bytes.count) }
        guard !bytes.contains(where: Self.isForbidden) else { throw .controlCharacter }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .notUTF8 }
        guard let end = Self.endOfText(bytes) else { throw .noSignatures }
        var lines = bytes[(end + 1)...].split(separator: Self.newline, omittingEmptySubsequences: false)
        guard let tail = lines.popLast(), tail.isEmpty else { throw .lastLineUnfinished }
        guard !lines.isEmpty else { throw .noSignatures }
        guard lines.count <= Self.mostSignatures else { throw .tooManySignatures(lines.count) }
        text = String(decoding: bytes[..<end], as: UTF8.self)
        signatures = []
        for (place, line) in lines.enumerated() {
            guard let signature = NoteSignature(line: line) else { throw .signatureLine(place + 1) }
            signatures.append(signature)
        }
    }

    /// The note with one more signature, such as a witness's or a new key's.
    public func adding(_ signer: NoteSigner) throws(NoteRefused) -> SignedNote {
        var note = self
        note.signatures.append(try signer.sign(text))
        try note.checkLimits()
        return note
    }

    /// The note as it is stored and served.
    public var encoded: String {
        text + "\n" + signatures.map { $0.line + "\n" }.joined()
    }

    /// Refuses unless a trusted key signed, and if any signature said to be by a trusted key is false.
    ///
    /// Signatures by other keys are left aside, even under the same name or the same id.
    public func verified(by verifiers: [NoteVerifier]) throws(NoteRefused) -> VerifiedNote {
        var verified: [NoteVerifier] = []
        var others: [NoteSignature] = []
        for signature in signatures {
            let makers = verifiers.filter { $0.made(signature) }
            guard let maker = makers.first else {
                if !others.contains(where: { $0.isSame(as: signature) }) { others.append(signature) }
                continue
            }
            guard makers.count == 1 else { throw .ambiguousKey(name: maker.name, id: maker.id) }
            // A second line by the same key says nothing new.
            if verified.contains(maker) { continue }
            guard maker.isValid(signature: signature.signature, for: text) else {
                throw .invalidSignature(name: maker.name, id: maker.id)
            }
            verified.append(maker)
        }
        guard !verified.isEmpty else { throw .noTrustedSignature }
        return VerifiedNote(text: text, verified: verified, unverified: others)
    }

    private func checkLimits() throws(NoteRefused) {
        guard signatures.count <= Self.mostSignatures else { throw .tooManySignatures(signatures.count) }
        guard encoded.utf8.count <= Self.largest else { throw .tooLarge(byteCount: encoded.utf8.count) }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func isForbidden(_ byte: UInt8) -> Bool { byte < 0x20 && byte != newline }

    /// The index after the text: that of the last blank line.
    private static func endOfText(_ bytes: [UInt8]) -> Int? {
        bytes.indices.dropFirst().last { bytes[$0] == newline && bytes[$0 - 1] == newline }
    }
}

/// A note of which a trusted key has signed the text.
public struct VerifiedNote: Hashable, Sendable {
    /// What was signed, its final newline included.
    public let text: String
    /// The trusted keys that signed, in the order of their lines, each once.
    public let verified: [NoteVerifier]
    /// The signatures by keys that were not among the trusted ones, each once.
    public let unverified: [NoteSignature]
}

extension NoteSignature {
    /// The same line, byte for byte.
    fileprivate func isSame(as other: NoteSignature) -> Bool {
        self == other && name.utf8.elementsEqual(other.name.utf8)
    }
}
