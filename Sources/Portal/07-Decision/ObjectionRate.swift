import Lifecycle
import Synchronization

/// How many objections one address files in an hour: in memory only, so that no register of visitors is kept.
final class ObjectionRate: Sendable {
    static let mostAnHour = 10
    private static let hour: Int64 = 3_600_000
    /// Most addresses remembered; beyond it the oldest are forgotten.
    private static let mostAddresses = 10_000

    private let filed = Mutex<[String: [Instant]]>([:])

    /// Counts one more, or answers false.
    func admits(_ address: String, at now: Instant) -> Bool {
        let bucket = NetworkAddress.customer(of: address, bits4: 32)
        let since = now.adding(milliseconds: -Self.hour)
        return filed.withLock { filed in
            let recent = (filed[bucket] ?? []).filter { $0 > since }
            guard recent.count < Self.mostAnHour else { return false }
            if filed.count >= Self.mostAddresses { filed = filed.filter { ($0.value.last ?? since) > since } }
            if filed.count >= Self.mostAddresses { filed = [:] }
            filed[bucket] = recent + [now]
            return true
        }
    }
}
