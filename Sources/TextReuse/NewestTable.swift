/// The fingerprints of the newest documents, which stand in no segment yet: a hash table that is only added to.
struct NewestTable {
    struct Entry {
        var hash: UInt64
        var document: UInt32
        var position: UInt32
        /// The next entry of the same chain, or -1.
        var next: Int32
    }

    private(set) var entries: [Entry] = []
    private var heads: [Int32] = Array(repeating: -1, count: 1 << 12)

    mutating func insert(_ fingerprint: Fingerprint, document: Int) {
        if entries.count >= heads.count { grow() }
        let chain = Int(fingerprint.hash) & (heads.count - 1)
        entries.append(
            Entry(
                hash: fingerprint.hash, document: UInt32(document), position: fingerprint.position,
                next: heads[chain]))
        heads[chain] = Int32(entries.count - 1)
    }

    private mutating func grow() {
        heads = Array(repeating: -1, count: heads.count * 4)
        for place in entries.indices {
            let chain = Int(entries[place].hash) & (heads.count - 1)
            entries[place].next = heads[chain]
            heads[chain] = Int32(place)
        }
    }

    /// Each occurrence, the newest first.
    func entries(of hash: UInt64) -> [Entry] {
        guard !entries.isEmpty else { return [] }
        var found: [Entry] = []
        var place = heads[Int(truncatingIfNeeded: hash) & (heads.count - 1)]
        while place >= 0 {
            let entry = entries[Int(place)]
            if entry.hash == hash { found.append(entry) }
            place = entry.next
        }
        return found
    }
}
