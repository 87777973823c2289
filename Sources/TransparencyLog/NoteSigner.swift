import Crypto

/// A private key that signs notes (C2SP signed-note). Printing it shows the public key only.
public struct NoteSigner: Sendable {
    /// The public half.
    public let verifier: NoteVerifier
    private let key: Curve25519.Signing.PrivateKey

    /// A new Ed25519 key from the system's randomness.
    public static func generate(name: String) throws(NoteKeyRefused) -> NoteSigner {
        try NoteSigner(name: name, key: Curve25519.Signing.PrivateKey())
    }

    /// An Ed25519 key from its 32-byte seed (RFC 8032 section 5.1.5).
    public init(name: String, ed25519Seed seed: [UInt8]) throws(NoteKeyRefused) {
        guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw .keyLength(seed.count)
        }
        try self.init(name: name, key: key)
    }

    /// Reads the text of a private key, `PRIVATE+KEY+<name>+<id>+<base64>`, as the Go checksum
    /// database's tools write it.
    public init(skey: String) throws(NoteKeyRefused) {
        guard skey.utf8.starts(with: Self.mark.utf8) else { throw .malformed }
        let parsed = try NoteKey.parse(Substring(skey.utf8.dropFirst(Self.mark.utf8.count)))
        guard parsed.type == .ed25519 else { throw .unsupportedType(parsed.type) }
        try self.init(name: parsed.name, ed25519Seed: parsed.key)
        guard verifier.id == parsed.id else {
            throw .idMismatch(stated: parsed.id, computed: verifier.id)
        }
    }

    private init(name: String, key: Curve25519.Signing.PrivateKey) throws(NoteKeyRefused) {
        self.key = key
        verifier = try NoteVerifier(name: name, ed25519: Array(key.publicKey.rawRepresentation))
    }

    /// The text of the key. It is the secret itself.
    public var skey: String {
        let seed = Array(key.rawRepresentation)
        return Self.mark + NoteKey.text(name: verifier.name, id: verifier.id, type: .ed25519, key: seed)
    }

    /// This key's signature line for a note text. The text is checked by ``SignedNote``, not here.
    func sign(_ text: String) throws(NoteRefused) -> NoteSignature {
        guard let signature = try? key.signature(for: Array(text.utf8)) else {
            throw .signingFailed(name: verifier.name)
        }
        return NoteSignature(name: verifier.name, keyID: verifier.id, signature: Array(signature))
    }

    private static let mark = "PRIVATE+KEY+"
}

extension NoteSigner: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "NoteSigner(\(verifier.vkey))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["verifier": verifier]) }
}
