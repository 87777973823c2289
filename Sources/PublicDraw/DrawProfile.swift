import Crypto

/// Which hash turns the key into positions. The algorithm around it is the same: RFC 3797, section 4.
public enum DrawProfile: String, CaseIterable, Hashable, Sendable {
    /// SHA-256, with classes, tickets and sources that are not numbers. What to use unless the other is asked for.
    case sha256
    /// RFC 3797 as published: MD5, one pool without tickets, sources of numbers. Any tool that follows the RFC
    /// gives the same draw.
    ///
    /// MD5 is broken for collisions. The RFC argues in its section 7 that a draw does not rest on collision
    /// resistance; who need not meet other tools takes ``sha256`` and need not argue.
    case rfc3797

    /// The most entries a pool may have. RFC 3797 numbers them with two bytes.
    public var mostEntries: Int {
        switch self {
        case .sha256: 1_000_000
        case .rfc3797: 65_535
        }
    }

    /// The digest of round `index`: the hash of the index as two big-endian bytes, the key, and the index again.
    func digest(index: UInt16, key: [UInt8]) -> [UInt8] {
        let number = [UInt8(index >> 8), UInt8(index & 0xFF)]
        switch self {
        case .sha256:
            var hash = SHA256()
            hash.update(data: number)
            hash.update(data: key)
            hash.update(data: number)
            return Array(hash.finalize())
        case .rfc3797:
            var hash = Insecure.MD5()
            hash.update(data: number)
            hash.update(data: key)
            hash.update(data: number)
            return Array(hash.finalize())
        }
    }

    /// The most rounds a draw may take: an index has two bytes.
    public static let mostRounds = 65_536
}

/// A digest as one big-endian number, modulo `divisor`.
///
/// The skew of the modulus is at most divisor / 2^128 (RFC 3797, section 3.2).
///
/// - Precondition: 0 < divisor < 2^56.
func remainder(of digest: [UInt8], by divisor: UInt64) -> UInt64 {
    digest.reduce(0) { ($0 << 8 | UInt64($1)) % divisor }
}
