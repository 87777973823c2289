import Crypto

/// A public key that verifies notes (C2SP signed-note), with the name of who holds the private one.
public struct NoteVerifier: Hashable, Sendable {
    /// The key name, without space or plus.
    public let name: String
    /// The short id that a signature line carries; with the name it tells which key signed.
    public let id: UInt32
    /// The algorithm.
    public let type: NoteSignatureType
    /// The public key: for Ed25519 its 32 bytes of RFC 8032.
    public let publicKey: [UInt8]

    /// An Ed25519 key of 32 bytes.
    public init(name: String, ed25519 publicKey: [UInt8]) throws(NoteKeyRefused) {
        guard NoteKey.allows(name: name) else { throw .name(name) }
        guard publicKey.count == 32 else { throw .keyLength(publicKey.count) }
        self.name = name
        self.publicKey = publicKey
        type = .ed25519
        id = NoteKey.id(name: name, type: .ed25519, publicKey: publicKey)
    }

    /// Reads the text of a public key, `<name>+<id>+<base64>`.
    public init(vkey: String) throws(NoteKeyRefused) {
        let parsed = try NoteKey.parse(vkey)
        guard parsed.type == .ed25519 else { throw .unsupportedType(parsed.type) }
        try self.init(name: parsed.name, ed25519: parsed.key)
        guard id == parsed.id else { throw .idMismatch(stated: parsed.id, computed: id) }
    }

    /// The text of the key, to publish.
    public var vkey: String { NoteKey.text(name: name, id: id, type: type, key: publicKey) }

    /// Whether `signature` (without the four bytes of the id) is this key's over the note text.
    public func isValid(signature: [UInt8], for text: String) -> Bool {
        guard type == .ed25519, signature.count == 64,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
        else { return false }
        return key.isValidSignature(signature, for: Array(text.utf8))
    }

    /// Whether a signature line says that it was made by this key. Names are compared byte for byte:
    /// Swift's own comparison would take two spellings of one accented letter for the same name.
    func made(_ signature: NoteSignature) -> Bool {
        id == signature.keyID && name.utf8.elementsEqual(signature.name.utf8)
    }
}
