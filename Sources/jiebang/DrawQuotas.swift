import PublicDraw

/// How places are shared among classes.
struct DrawQuotas {
    struct Asked {
        let stratum: String
        let places: Int
        let alternates: Int?
    }

    let asked: [Asked]

    /// `CLASS=PLACES` or `CLASS=PLACES+ALTERNATES`; nil for anything else.
    static func parse(_ text: String) -> Asked? {
        guard let equals = text.lastIndex(of: "="), equals != text.startIndex else { return nil }
        let numbers = text[text.index(after: equals)...].split(
            separator: "+", omittingEmptySubsequences: false)
        guard (1...2).contains(numbers.count), let places = Int(numbers[0]), places >= 0 else { return nil }
        let alternates = numbers.count == 2 ? Int(numbers[1]) : nil
        guard numbers.count == 1 || (alternates ?? -1) >= 0 else { return nil }
        return Asked(stratum: String(text[..<equals]), places: places, alternates: alternates)
    }

    /// One quota for each class in the order in which classes first stand in the pool. Classes that are asked for
    /// get that; the rest of the places goes to the others in proportion to who may be drawn.
    func quotas(
        for pool: [PoolEntry], excluded: [Exclusion], count: Int, alternates: Int
    ) throws(CommitmentRefused) -> [Quota] {
        var classes: [String] = []
        var sizes: [String: Int] = [:]
        let excluded = Set(excluded.map(\.id))
        for entry in pool {
            guard let stratum = entry.stratum else { return [Quota(places: count, alternates: alternates)] }
            if sizes[stratum] == nil { classes.append(stratum) }
            sizes[stratum, default: 0] += excluded.contains(entry.id) ? 0 : 1
        }
        var fixed: [String: Asked] = [:]
        for (index, quota) in asked.enumerated() {
            guard sizes[quota.stratum] != nil else {
                throw .quotaUnknown(quota: index, stratum: quota.stratum)
            }
            guard fixed.updateValue(quota, forKey: quota.stratum) == nil else {
                throw .quotaRepeated(quota: index, stratum: quota.stratum)
            }
        }
        let open = classes.filter { fixed[$0] == nil }
        let rest = count - asked.reduce(0) { $0 + $1.places }
        let available = open.reduce(0) { $0 + (sizes[$1] ?? 0) }
        guard let shares = Quota.apportion(places: rest, sizes: open.map { sizes[$0] ?? 0 }) else {
            throw .tooFewEligible(
                stratum: nil, eligible: count - rest + available, places: count, alternates: 0)
        }
        let share = Dictionary(uniqueKeysWithValues: zip(open, shares))
        return classes.map { stratum in
            Quota(
                stratum: stratum, places: fixed[stratum]?.places ?? share[stratum] ?? 0,
                alternates: fixed[stratum]?.alternates ?? alternates)
        }
    }
}
