import Crypto

/// A party's promise of chance: the hash of a secret that it opens after all promises are known.
public struct Contribution: Hashable, Sendable {
    /// Who: unique among the parties, one line.
    public let party: String
    /// SHA-256 in 64 lower-case hexadecimal digits, made by ``hash(party:secret:)``.
    public let hash: String

    public init(party: String, hash: String) {
        self.party = party
        self.hash = hash
    }

    /// Bytes of a secret.
    public static let secretByteCount = 32

    /// The promise of a secret: SHA-256 over the line `public-draw contribution 1`, the line of the party, and the
    /// secret in lower-case hexadecimal. The party is hashed too, lest one copy another's promise and later its
    /// secret.
    ///
    /// - Returns: nil unless the secret is 64 hexadecimal digits.
    public static func hash(party: String, secret: String) -> String? {
        guard let bytes = Hexadecimal.decode(secret.utf8), bytes.count == secretByteCount else { return nil }
        let text = "public-draw contribution 1\n\(party)\n\(Hexadecimal.encode(bytes))"
        return Hexadecimal.encode(SHA256.hash(data: Array(text.utf8)))
    }

    /// A secret from the system's source of chance, in hexadecimal.
    public static func randomSecret() -> String {
        var system = SystemRandomNumberGenerator()
        return Hexadecimal.encode(
            (0..<secretByteCount).map { _ in UInt8.random(in: 0...255, using: &system) })
    }
}

/// What a party did about its promise.
public struct Opening: Hashable, Sendable {
    public let party: String
    public let outcome: Outcome

    public init(party: String, outcome: Outcome) {
        self.party = party
        self.outcome = outcome
    }

    public enum Outcome: Hashable, Sendable {
        /// The secret, opened in time. It goes into the key.
        case opened(secret: String)
        /// The secret, opened too late: published and checked, but no longer in the key.
        case late(secret: String)
        /// Nothing came.
        case missing
    }
}
