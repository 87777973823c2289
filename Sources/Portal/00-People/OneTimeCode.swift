import Crypto
package import Lifecycle

/// Time-based one-time passwords: RFC 6238 with HMAC-SHA-1, steps of 30 seconds and six digits, which is what
/// every authenticator application understands.
package enum OneTimeCode {
    static let stepSeconds: Int64 = 30
    static let secretBytes = 20

    package static func step(at now: Instant) -> Int64 { now.rawValue / 1000 / stepSeconds }

    /// The code of a step (RFC 4226, section 5.3).
    package static func code(secret: [UInt8], step: Int64, digits: Int = 6) -> String {
        var counter = UInt64(bitPattern: step).bigEndian
        let message = withUnsafeBytes(of: &counter) { Array($0) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        var modulus: UInt32 = 1
        for _ in 0..<digits { modulus *= 10 }
        let text = String(number % modulus)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// The step a code belongs to: this one, the one before or the one after, and later than the last one
    /// used. A code is good once.
    package static func match(_ code: String, secret: [UInt8], lastStep: Int64?, at now: Instant) -> Int64? {
        let given = String(code.unicodeScalars.filter { ("0"..."9").contains($0) })
        let current = step(at: now)
        var found: Int64?
        for step in [current - 1, current, current + 1] where lastStep.map({ step > $0 }) ?? true {
            if Reception.equalInConstantTime(Self.code(secret: secret, step: step), given) { found = step }
        }
        return found
    }

    /// For an authenticator application. The issuer and the account are shown beside the code.
    package static func uri(secret: [UInt8], account: String, issuer: String) -> String {
        "otpauth://totp/\(issuer.percentEncoded):\(account.percentEncoded)?secret=\(base32(secret))"
            + "&issuer=\(issuer.percentEncoded)&algorithm=SHA1&digits=6&period=30"
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// In groups of four, as people copy it.
    static func grouped(_ text: String) -> String {
        stride(from: 0, to: text.count, by: 4).map { text.dropFirst($0).prefix(4) }.joined(separator: " ")
    }

    /// RFC 4648, section 6, without padding.
    package static func base32(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                out.append(alphabet[Int(buffer >> UInt32(bits - 5)) & 31])
                bits -= 5
            }
        }
        if bits > 0 { out.append(alphabet[Int(buffer << UInt32(5 - bits)) & 31]) }
        return String(decoding: out, as: UTF8.self)
    }

    /// Nil where a character is none of the alphabet; spaces are for the reader's eye.
    package static func bytes(base32 text: String) -> [UInt8]? {
        var out: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in text.uppercased().utf8 where byte != UInt8(ascii: " ") {
            guard let value = alphabet.firstIndex(of: byte) else { return nil }
            buffer = buffer << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                out.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits - 8)))
                bits -= 8
            }
        }
        return out
    }
}
