import Crypto
import PublicDraw

/// The algorithm as RFC 3797 tells it, with a list of tickets from which is taken: slow and plain.
enum PlainDraw {
    /// The numbers of the entries in the order hit, class after class, skipped ones included.
    static func numbers(_ commitment: Commitment, key: String) -> [Int] {
        let excluded = Set(commitment.exclusions.map(\.id))
        var hit: [Int] = []
        for quota in commitment.quotas {
            var tickets: [Int] = []
            for (index, entry) in commitment.pool.enumerated() where entry.stratum == quota.stratum {
                tickets += Array(repeating: index + 1, count: entry.tickets)
            }
            var wanted = quota.places + quota.alternates
            while wanted > 0 {
                let index = [UInt8(hit.count / 256), UInt8(hit.count % 256)]
                let bytes = index + Array(key.utf8) + index
                let digest =
                    commitment.profile == .rfc3797
                    ? Array(Insecure.MD5.hash(data: bytes)) : Array(SHA256.hash(data: bytes))
                let number = tickets[modulo(digest, tickets.count)]
                tickets.removeAll { $0 == number }
                hit.append(number)
                if !excluded.contains(commitment.pool[number - 1].id) { wanted -= 1 }
            }
        }
        return hit
    }

    /// School division: bit by bit.
    private static func modulo(_ bytes: [UInt8], _ divisor: Int) -> Int {
        var rest = 0
        for byte in bytes {
            for bit in (0..<8).reversed() {
                rest = rest * 2 + Int(byte >> bit & 1)
                if rest >= divisor { rest -= divisor }
            }
        }
        return rest
    }
}
