extension Commitment {
    func checkPool() throws(CommitmentRefused) {
        guard !pool.isEmpty else { throw .poolEmpty }
        guard pool.count <= profile.mostEntries else {
            throw .poolTooLarge(count: pool.count, most: profile.mostEntries)
        }
        let stratified = quotas.contains { $0.stratum != nil }
        var first: [Exact: Int] = [:]
        first.reserveCapacity(pool.count)
        for (index, entry) in pool.enumerated() {
            guard Exact.isName(entry.id) else { throw .entryName(entry: index) }
            if let earlier = first.updateValue(index, forKey: Exact(entry.id)) {
                throw .entryRepeated(entry: index, earlier: earlier, id: entry.id)
            }
            guard (1...PoolEntry.mostTickets).contains(entry.tickets) else {
                throw .tickets(entry: index, tickets: entry.tickets)
            }
            if profile == .rfc3797, entry.tickets != 1 { throw .notInRFC3797(.tickets) }
            guard (entry.stratum != nil) == stratified else { throw .entryStratum(entry: index) }
            if let stratum = entry.stratum, !Exact.isName(stratum) { throw .entryStratum(entry: index) }
        }
    }

    func checkExclusions() throws(CommitmentRefused) {
        let known = Set(pool.map { Exact($0.id) })
        var seen: Set<Exact> = []
        for (index, exclusion) in exclusions.enumerated() {
            let id = Exact(exclusion.id)
            guard known.contains(id) else { throw .exclusionUnknown(exclusion: index, id: exclusion.id) }
            guard seen.insert(id).inserted else {
                throw .exclusionRepeated(exclusion: index, id: exclusion.id)
            }
            guard Exact.isName(exclusion.reason) else { throw .exclusionReason(exclusion: index) }
        }
    }

    func checkQuotas() throws(CommitmentRefused) {
        guard let first = quotas.first else { throw .noPlaces }
        let stratified = first.stratum != nil
        guard stratified || quotas.count == 1 else { throw .quotaStratum(quota: 1) }
        if stratified, profile == .rfc3797 { throw .notInRFC3797(.classes) }
        let eligible = eligibleByStratum
        let excluded = excludedByStratum
        let classes = Set(pool.map(\.exactStratum))
        var seen: Set<Exact?> = []
        var rounds = 0
        for (index, quota) in quotas.enumerated() {
            guard (quota.stratum != nil) == stratified else { throw .quotaStratum(quota: index) }
            guard classes.contains(quota.exact) else {
                throw .quotaUnknown(quota: index, stratum: quota.stratum ?? "")
            }
            guard seen.insert(quota.exact).inserted else {
                throw .quotaRepeated(quota: index, stratum: quota.stratum ?? "")
            }
            guard quota.places >= 0, quota.alternates >= 0 else { throw .quotaNegative(quota: index) }
            let have = eligible[quota.exact] ?? 0
            guard quota.places <= have, quota.alternates <= have - quota.places else {
                throw .tooFewEligible(
                    stratum: quota.stratum, eligible: have, places: quota.places, alternates: quota.alternates
                )
            }
            let draws = quota.places + quota.alternates
            // In the worst case each excluded entry is hit before the last place is filled.
            rounds += draws == 0 ? 0 : draws + (excluded[quota.exact] ?? 0)
        }
        if let missing = pool.first(where: { !seen.contains($0.exactStratum) }) {
            throw .quotaMissing(stratum: missing.stratum ?? "")
        }
        guard quotas.contains(where: { $0.places > 0 }) else { throw .noPlaces }
        guard rounds <= DrawProfile.mostRounds else { throw .tooManyRounds(rounds) }
    }

    private var excludedByStratum: [Exact?: Int] {
        let excluded = Set(exclusions.map { Exact($0.id) })
        return pool.reduce(into: [:]) { counts, entry in
            if excluded.contains(Exact(entry.id)) { counts[entry.exactStratum, default: 0] += 1 }
        }
    }

    func checkSources() throws(CommitmentRefused) {
        guard sources.contains(where: \.awaitsValue) else { throw .noSources }
        var names: Set<Exact> = []
        for (index, source) in sources.enumerated() {
            guard Exact.isName(source.name) else { throw .sourceName(source: index) }
            guard names.insert(Exact(source.name)).inserted else {
                throw .sourceRepeated(source: index, name: source.name)
            }
            switch source.kind {
            case .sorted(let count), .ordered(let count):
                if let count, count < 1 { throw .sourceCount(source: index, name: source.name) }
            case .hexadecimal(let count):
                if profile == .rfc3797 { throw .notInRFC3797(.sourceKind(source.name)) }
                if let count, count < 1 { throw .sourceCount(source: index, name: source.name) }
            case .contributions(let contributions, let quorum):
                if profile == .rfc3797 { throw .notInRFC3797(.sourceKind(source.name)) }
                try checkContributions(contributions, quorum: quorum, of: source)
            case .commitment:
                if profile == .rfc3797 { throw .notInRFC3797(.sourceKind(source.name)) }
            }
        }
    }

    private func checkContributions(
        _ contributions: [Contribution], quorum: Int, of source: RandomSource
    ) throws(CommitmentRefused) {
        guard contributions.count >= 2 else { throw .contributionsTooFew(source: source.name) }
        guard (1...contributions.count).contains(quorum) else {
            throw .quorum(source: source.name, quorum: quorum, parties: contributions.count)
        }
        var parties: Set<Exact> = []
        var hashes: Set<Exact> = []
        for contribution in contributions {
            guard Exact.isName(contribution.party), parties.insert(Exact(contribution.party)).inserted else {
                throw .party(source: source.name, party: contribution.party)
            }
            let hash = Exact(contribution.hash)
            guard let bytes = Hexadecimal.decode(hash.bytes), bytes.count == 32,
                Hexadecimal.encode(bytes) == contribution.hash, hashes.insert(hash).inserted
            else { throw .contributionHash(source: source.name, party: contribution.party) }
        }
    }
}
