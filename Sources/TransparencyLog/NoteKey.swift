import Crypto

/// The one byte of a key that names its algorithm (C2SP signed-note, “Signature types”).
///
/// Open, because the list grows: keys of a type that is not supported here are refused as
/// ``NoteKeyRefused/unsupportedType(_:)``, and signatures by them are left unverified.
public struct NoteSignatureType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Ed25519 over the note text (RFC 8032), the one type supported here.
    public static let ed25519 = NoteSignatureType(rawValue: 0x01)
    /// A witness's timestamped Ed25519 cosignature (C2SP tlog-cosignature).
    public static let ed25519Cosignature = NoteSignatureType(rawValue: 0x04)
    /// A witness's timestamped ML-DSA-44 cosignature (C2SP tlog-cosignature).
    public static let mlDSA44Cosignature = NoteSignatureType(rawValue: 0x06)
}

/// What note keys have in common: how they are named and how their text is laid out.
enum NoteKey {
    /// Whether a key may bear this name: not empty, no Unicode space, no plus, no control character.
    static func allows(name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { $0 != "+" && $0.value >= 0x20 && !$0.properties.isWhitespace }
    }

    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), as a big-endian number.
    static func id(name: String, type: NoteSignatureType, publicKey: [UInt8]) -> UInt32 {
        let digest = SHA256.hash(data: Array(name.utf8) + [0x0A, type.rawValue] + publicKey)
        return digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// `<name>+<id>+<base64 of type and key>`
    static func text(name: String, id: UInt32, type: NoteSignatureType, key: [UInt8]) -> String {
        "\(name)+\(hex(id))+\(Base64.encode([type.rawValue] + key))"
    }

    /// Takes the text of a key apart. That the id belongs to the key is for the caller to check.
    static func parse(
        _ text: some StringProtocol
    ) throws(NoteKeyRefused) -> (name: String, id: UInt32, type: NoteSignatureType, key: [UInt8]) {
        // The base64 may itself contain a plus; the name and the id may not.
        let parts = text.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count == 8, let id = Hexadecimal.decode(parts[1]),
            let typed = Base64.decode(parts[2]), let type = typed.first
        else { throw .malformed }
        let name = String(decoding: parts[0], as: UTF8.self)
        guard allows(name: name) else { throw .name(name) }
        return (
            name, id.reduce(0) { $0 << 8 | UInt32($1) }, NoteSignatureType(rawValue: type),
            Array(typed.dropFirst())
        )
    }

    static func hex(_ id: UInt32) -> String {
        Hexadecimal.encode(bytes(of: id))
    }

    static func bytes(of id: UInt32) -> [UInt8] {
        [UInt8(id >> 24), UInt8(id >> 16 & 255), UInt8(id >> 8 & 255), UInt8(id & 255)]
    }
}

/// Why a text is not the key of a note.
public enum NoteKeyRefused: Error, Hashable, Sendable {
    /// Not of the form `<name>+<8 hex digits>+<base64>`, or without `PRIVATE+KEY+` where that belongs.
    case malformed
    /// The name is empty or contains a space, a plus or a control character.
    case name(String)
    /// The algorithm is not supported here.
    case unsupportedType(NoteSignatureType)
    /// The key has not the length its algorithm asks for.
    case keyLength(Int)
    /// The id does not belong to this name and key.
    case idMismatch(stated: UInt32, computed: UInt32)
}

extension NoteKeyRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformed: "the text is not a note key"
        case .name: "the key name is empty or contains a space, a plus or a control character"
        case .unsupportedType(let type): "note keys of type \(type.rawValue) are not supported"
        case .keyLength(let count): "an Ed25519 key has 32 bytes, not \(count)"
        case .idMismatch(let stated, let computed):
            "the key id is \(NoteKey.hex(stated)) but this name and key have \(NoteKey.hex(computed))"
        }
    }
}
