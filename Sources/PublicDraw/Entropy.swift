import Glibc

/// How much chance a draw needs.
public enum Entropy {
    /// log2 of the number of ways to choose `count` of `pool` (RFC 3797, section 3.3), 0 where there is no choice.
    public static func bits(choosing count: Int, from pool: Int) -> Double {
        guard count > 0, count < pool else { return 0 }
        var bits = 0.0
        for step in 0..<min(count, pool - count) {
            bits += log2(Double(pool - step)) - log2(Double(step + 1))
        }
        return bits
    }

    /// log2 of the number of ways to take `count` of `pool` one after the other.
    public static func bits(ordering count: Int, from pool: Int) -> Double {
        (0..<max(0, min(count, pool))).reduce(0) { $0 + log2(Double(pool - $1)) }
    }
}
