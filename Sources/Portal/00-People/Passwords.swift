import CArgon2
import Foundation
package import Lifecycle
import Synchronization

/// Hashes passwords with Argon2id (RFC 9106) on two threads of its own: a hash takes tens of milliseconds and
/// megabytes, and must stop neither the cooperative threads nor, by their number, the machine.
package final class Passwords: Sendable {
    private let cost: PasswordCost
    private let queue: OperationQueue
    private let waiting = Mutex(0)

    /// Hashes under way or waiting; more are refused at once.
    static let most = 64

    package init(cost: PasswordCost) {
        self.cost = cost
        queue = OperationQueue()
        queue.name = "passwords"
        queue.maxConcurrentOperationCount = 2
    }

    package struct Failed: Error { let code: Int32 }

    /// The encoded string, parameters and salt within: `$argon2id$v=19$m=…,t=…,p=1$…$…`.
    package func hash(_ password: String, salt: [UInt8]) async throws -> String {
        let cost = cost
        return try await run {
            let word = Self.bytes(password)
            var encoded = [CChar](repeating: 0, count: 256)
            let code = argon2id_hash_encoded(
                cost.passes, cost.kibibytes, 1, word, word.count, salt, salt.count, 32, &encoded,
                encoded.count)
            guard code == ARGON2_OK.rawValue else { throw Failed(code: code) }
            return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// Whether the password is the one of the encoded string. Without one (no such account, or one without
    /// password) the same work is done and the answer is no.
    package func verify(_ password: String, encoded: String?, salt: [UInt8]) async throws -> Bool {
        guard let encoded else {
            _ = try await hash(password, salt: salt)
            return false
        }
        return try await run {
            let word = Self.bytes(password)
            let code = argon2id_verify(encoded, word, word.count)
            guard code == ARGON2_OK.rawValue || code == ARGON2_VERIFY_MISMATCH.rawValue else {
                throw Failed(code: code)
            }
            return code == ARGON2_OK.rawValue
        }
    }

    /// Whether an encoded string was made with another cost than today's.
    package func isDated(_ encoded: String) -> Bool {
        !encoded.hasPrefix("$argon2id$v=19$m=\(cost.kibibytes),t=\(cost.passes),p=1$")
    }

    /// The same letters typed on two keyboards are the same password.
    private static func bytes(_ password: String) -> [UInt8] {
        Array(password.precomposedStringWithCanonicalMapping.utf8)
    }

    private func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let admitted = waiting.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        guard admitted else { throw Refused("sign-in.busy") }
        return try await withCheckedThrowingContinuation { continuation in
            queue.addOperation {
                let result = Result { try work() }
                self.waiting.withLock { $0 -= 1 }
                continuation.resume(with: result)
            }
        }
    }
}

/// What a password must be, to be taken. Length counts; what is known of the person does not belong in it.
package enum PasswordRules {
    static let least = 12
    static let most = 128

    package static func refusals(_ password: String, name: String, email: String) -> [Refusal] {
        var found: [Refusal] = []
        if password.count < least { found.append(Refusal("password.short", ["least": String(least)])) }
        if password.count > most { found.append(Refusal("password.long", ["most": String(most)])) }
        let lower = password.lowercased()
        let parts = email.lowercased().split(separator: "@")
        let personal = [email.lowercased(), parts.first.map(String.init) ?? "", name.lowercased()]
        if personal.contains(where: { $0.count >= 2 && lower.contains($0) }) {
            found.append(Refusal("password.personal"))
        }
        if !password.isEmpty && Set(password).count < 5 { found.append(Refusal("password.monotonous")) }
        return found
    }
}
