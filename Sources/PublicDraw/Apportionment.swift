extension Quota {
    /// Places for classes in proportion to their sizes, by largest remainder; equal remainders go to the class that
    /// stands first.
    ///
    /// Integer arithmetic throughout, so that every machine gives the same. As `places` is at most the sum of sizes,
    /// no class gets more than its size.
    ///
    /// - Returns: one number for each size, adding up to `places`; nil if there are fewer than `places` in all.
    public static func apportion(places: Int, sizes: [Int]) -> [Int]? {
        let total = sizes.reduce(0, +)
        guard places >= 0, places <= total else { return nil }
        guard total > 0 else { return sizes }
        // Pools have at most 10^6 entries, so the products stay far below 2^63.
        var shares = sizes.map { $0 * places / total }
        let byRemainder = sizes.indices.sorted { left, right in
            let (a, b) = (sizes[left] * places % total, sizes[right] * places % total)
            return a != b ? a > b : left < right
        }
        for index in byRemainder.prefix(places - shares.reduce(0, +)) { shares[index] += 1 }
        return shares
    }
}
