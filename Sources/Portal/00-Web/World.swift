import Foundation
package import Lifecycle

/// What varies between a real house, the demo and a test: time and chance. Passed, never global.
package struct World: Sendable {
    package let now: @Sendable () -> Instant
    /// Bytes nobody can guess.
    package let secretBytes: @Sendable (_ count: Int) -> [UInt8]

    package init(
        now: @escaping @Sendable () -> Instant, secretBytes: @escaping @Sendable (_ count: Int) -> [UInt8]
    ) {
        self.now = now
        self.secretBytes = secretBytes
    }

    package static let real = World(
        now: { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) },
        secretBytes: { count in
            var source = SystemRandomNumberGenerator()
            var bytes: [UInt8] = []
            bytes.reserveCapacity(count + 7)
            while bytes.count < count { withUnsafeBytes(of: source.next()) { bytes.append(contentsOf: $0) } }
            return Array(bytes.prefix(count))
        }
    )

    /// A new name nobody can guess.
    package func id<Noun>(_ noun: Noun.Type = Noun.self) -> ID<Noun> {
        var source = SystemRandomNumberGenerator()
        return .random(using: &source)
    }
}
