import Crypto
package import Lifecycle
package import Store

/// Failed attempts, counted by account and by address. An attempt is counted before it is judged, so that a
/// thousand guesses at once are not a thousand free ones; success gives it back.
package enum Attempts {
    package enum Name: Sendable, Hashable {
        /// Whether or not there is such an account: unknown ones are locked alike.
        case account(String)
        /// A second factor's codes.
        case code(ID<Person>)
        /// An IPv4 network of 256 addresses, an IPv6 network of /64: what one guesser has.
        case address(String)
        /// Problems put in, by person or by address: each counts, for none is given back.
        case problem(String)

        var text: String {
            switch self {
            case .account(let email): "account:\(Canonical.hex(SHA256.hash(data: Array(email.utf8))))"
            case .code(let person): "code:\(person)"
            case .address(let address): "address:\(NetworkAddress.customer(of: address, bits4: 24))"
            case .problem(let source): "problem:\(NetworkAddress.customer(of: source, bits4: 32))"
            }
        }

        /// Failures allowed before the lock.
        var allowed: Int {
            switch self {
            case .account, .code: 5
            // Many people of one university share an address.
            case .address: 50
            case .problem: 10
            }
        }
    }

    /// Failures older than this no longer count.
    static let forgottenAfterSeconds: Int64 = 3600
    static let lockSeconds: Int64 = 15 * 60

    /// Counts an attempt under each name.
    ///
    /// - Returns: false where one of them is locked; then nothing is counted and nothing may be judged.
    package static func begin(_ names: [Name], at now: Instant, _ store: Transaction) throws -> Bool {
        for name in names {
            let locked = try store.value(
                "SELECT locked_until FROM attempt WHERE name = \(name.text)", as: Instant.self)
            if let locked, now < locked { return false }
        }
        let forgotten = now.adding(seconds: -forgottenAfterSeconds)
        for name in names {
            _ = try store.run(
                """
                INSERT INTO attempt (name, failures, last_at) VALUES (\(name.text), 1, \(now))
                ON CONFLICT (name) DO UPDATE SET last_at = excluded.last_at, locked_until = NULL,
                  failures = CASE WHEN attempt.last_at < \(forgotten) OR attempt.locked_until IS NOT NULL THEN 1
                    ELSE attempt.failures + 1 END
                """)
            _ = try store.run(
                """
                UPDATE attempt SET locked_until = \(now.adding(seconds: lockSeconds))
                WHERE name = \(name.text) AND failures >= \(name.allowed)
                """)
        }
        return true
    }

    /// The attempt was good: the account starts anew, the address gets this one back.
    package static func succeed(_ names: [Name], _ store: Transaction) throws {
        for name in names {
            switch name {
            case .account, .code: try forget(name, store)
            case .address, .problem:
                _ = try store.run(
                    """
                    UPDATE attempt SET failures = failures - 1, locked_until = NULL
                    WHERE name = \(name.text) AND failures > 0
                    """)
            }
        }
    }

    static func forget(_ name: Name, _ store: Transaction) throws {
        _ = try store.run("DELETE FROM attempt WHERE name = \(name.text)")
    }

    /// What the audit administrator sees of failures: numbers, no names.
    package struct Count: Sendable {
        package let accounts: Int
        package let accountsLocked: Int
        package let addresses: Int
        package let addressesLocked: Int
    }

    package static func count(at now: Instant, _ store: Transaction) throws -> Count {
        let since = now.adding(seconds: -86_400)
        func number(_ condition: SQL) throws -> Int {
            try store.value(
                "SELECT COUNT(*) FROM attempt WHERE last_at > \(since) AND failures > 0 AND \(sql: condition)",
                as: Int.self) ?? 0
        }
        return Count(
            accounts: try number("name NOT LIKE 'address:%' AND name NOT LIKE 'problem:%'"),
            accountsLocked: try number(
                "name NOT LIKE 'address:%' AND name NOT LIKE 'problem:%' AND locked_until > \(now)"),
            addresses: try number("name LIKE 'address:%'"),
            addressesLocked: try number("name LIKE 'address:%' AND locked_until > \(now)"))
    }
}
