/// Finds documents by the hash of their id: chains through one array, as many heads as documents.
struct IdTable {
    private var heads: [Int32] = Array(repeating: -1, count: 1 << 10)
    private var next: [Int32] = []
    private var hashes: [UInt32] = []

    static func hash(_ id: UnsafeRawBufferPointer) -> UInt32 { UInt32(truncatingIfNeeded: checksum(id)) }

    /// Adds the next document.
    mutating func append(_ hash: UInt32) {
        if hashes.count >= heads.count { grow() }
        let chain = Int(hash) & (heads.count - 1)
        next.append(heads[chain])
        heads[chain] = Int32(hashes.count)
        hashes.append(hash)
    }

    private mutating func grow() {
        heads = Array(repeating: -1, count: heads.count * 4)
        for document in hashes.indices {
            let chain = Int(hashes[document]) & (heads.count - 1)
            next[document] = heads[chain]
            heads[chain] = Int32(document)
        }
    }

    /// Documents whose ids have this hash, the newest first.
    func documents(_ hash: UInt32) -> [Int] {
        var found: [Int] = []
        var document = heads[Int(hash) & (heads.count - 1)]
        while document >= 0 {
            if hashes[Int(document)] == hash { found.append(Int(document)) }
            document = next[Int(document)]
        }
        return found
    }
}
