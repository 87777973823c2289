/// Why a note cannot be signed, read or believed.
public enum NoteRefused: Error, Hashable, Sendable {
    /// More than ``SignedNote/largest`` bytes.
    case tooLarge(byteCount: Int)
    /// The bytes are not UTF-8.
    case notUTF8
    /// There is a control character other than newline.
    case controlCharacter
    /// The text to sign does not end in a newline.
    case textWithoutNewline
    /// There is no blank line followed by signatures, or nobody to sign.
    case noSignatures
    /// More than ``SignedNote/mostSignatures`` signatures.
    case tooManySignatures(Int)
    /// The last line does not end in a newline.
    case lastLineUnfinished
    /// The signature line with this number, from 1, is not one.
    case signatureLine(Int)
    /// Two of the trusted keys have this name and id.
    case ambiguousKey(name: String, id: UInt32)
    /// A signature said to be by this trusted key is not.
    case invalidSignature(name: String, id: UInt32)
    /// None of the trusted keys signed.
    case noTrustedSignature
    /// The key could not be used.
    case signingFailed(name: String)
}

extension NoteRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let count): "the note has \(count) bytes, at most \(SignedNote.largest) are read"
        case .notUTF8: "the note is not UTF-8"
        case .controlCharacter: "the note contains a control character"
        case .textWithoutNewline: "the note text does not end in a newline"
        case .noSignatures: "the note has no signatures"
        case .tooManySignatures(let count):
            "the note has \(count) signatures, at most \(SignedNote.mostSignatures) are read"
        case .lastLineUnfinished: "the last line of the note does not end in a newline"
        case .signatureLine(let number): "signature line \(number) of the note is malformed"
        case .ambiguousKey(let name, let id): "two trusted keys are called \(name)+\(NoteKey.hex(id))"
        case .invalidSignature(let name, let id): "the signature by \(name)+\(NoteKey.hex(id)) is false"
        case .noTrustedSignature: "no trusted key signed the note"
        case .signingFailed(let name): "the key \(name) could not sign"
        }
    }
}
