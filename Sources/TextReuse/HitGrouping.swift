/// Finds the candidates among a text's hits.
///
/// A document is one if two of its seeds lie on nearly one diagonal near each other, or one is rare: that alone
/// removes most chance pairs before any text is read. Works through memory that is used again for the next text,
/// for a large index gives thousands of hits in hundreds of documents, of which a handful stay.
final class HitGrouping {
    private let sharing: Sharing
    /// For each document: first how many hits it has and whether one is rare, then where its next key belongs.
    private let tallies: UnsafeMutableBufferPointer<UInt32>
    private var touched: [UInt32] = []
    /// Hits of the documents that have enough of them, document by document; see ``key(_:)``.
    private var keys: UnsafeMutableBufferPointer<UInt64>
    private var sort = PostingSort()

    private static let rareBit: UInt32 = 1 << 31
    private static let unwanted = UInt32.max
    private static let widestGap = 96
    private static let widestShift = 12

    init(documents: Int, sharing: Sharing) {
        self.sharing = sharing
        tallies = .allocate(capacity: documents)
        tallies.initialize(repeating: 0)
        keys = .allocate(capacity: 1 << 12)
    }

    deinit {
        tallies.deallocate()
        keys.deallocate()
    }

    /// The candidates in order of document. Every hit's document is below those `init` was told of.
    func candidates(_ hits: UnsafeBufferPointer<Hit>) -> [Candidate] {
        touched.removeAll(keepingCapacity: true)
        for hit in hits {
            let tally = tallies[Int(hit.document)]
            if tally == 0 { touched.append(hit.document) }
            tallies[Int(hit.document)] = tally &+ 1 | (hit.isRare ? Self.rareBit : 0)
        }
        let wanted = takePlaces()
        for hit in hits {
            let place = tallies[Int(hit.document)]
            guard place != Self.unwanted else { continue }
            keys[Int(place)] = Self.key(hit)
            tallies[Int(hit.document)] = place &+ 1
        }
        var candidates: [Candidate] = []
        var start = 0
        for document in wanted {
            let end = Int(tallies[Int(document)])
            let seeds = seeds(UnsafeMutableBufferPointer(rebasing: keys[start..<end]))
            if !seeds.isEmpty { candidates.append(Candidate(document: Int(document), seeds: seeds)) }
            start = end
        }
        for document in touched { tallies[Int(document)] = 0 }
        return candidates
    }

    /// Gives each document with enough hits a part of `keys`.
    private func takePlaces() -> [UInt32] {
        var wanted: [UInt32] = []
        for document in touched {
            if sharing.singleSeed || tallies[Int(document)] > 1 {
                wanted.append(document)
            } else {
                tallies[Int(document)] = Self.unwanted
            }
        }
        wanted.sort()
        var place: UInt32 = 0
        for document in wanted {
            let hits = tallies[Int(document)] & ~Self.rareBit
            tallies[Int(document)] = place
            place += hits
        }
        if keys.count < Int(place) {
            keys.deallocate()
            keys = .allocate(capacity: Int(place) * 3 / 2)
        }
        return wanted
    }

    /// Seeds that are rare or have another near them on nearly the same diagonal.
    private func seeds(_ keys: UnsafeMutableBufferPointer<UInt64>) -> [Seed] {
        let width = UInt64.bitWidth - keys.reduce(0, |).leadingZeroBitCount
        sort(keys, width: width)
        var count = 0
        for place in keys.indices {
            var key = keys[place] | (sharing.singleSeed ? Self.keptBit : 0)
            let (a, b) = Self.places(key)
            var earlier = place - 1
            while earlier >= 0 {
                let (otherA, otherB) = Self.places(keys[earlier])
                if a &- otherA > Self.widestGap { break }
                if otherA != a, abs((b &- otherB) &- (a &- otherA)) <= Self.widestShift {
                    key |= Self.keptBit
                    count += keys[earlier] & Self.keptBit == 0 ? 1 : 0
                    keys[earlier] |= Self.keptBit
                }
                earlier &-= 1
            }
            count += key & Self.keptBit != 0 ? 1 : 0
            keys[place] = key
        }
        guard count > 0 else { return [] }
        var seeds: [Seed] = []
        seeds.reserveCapacity(count)
        for key in keys where key & Self.keptBit != 0 {
            let (a, b) = Self.places(key)
            seeds.append(Seed(a: a, b: b))
        }
        return seeds
    }

    /// `a`, then `b`, then whether the hit is kept.
    @inline(__always)
    private static func key(_ hit: Hit) -> UInt64 {
        UInt64(hit.a) << 32 | UInt64(hit.b) << 1 | (hit.isRare ? keptBit : 0)
    }

    private static let keptBit: UInt64 = 1

    @inline(__always)
    private static func places(_ key: UInt64) -> (a: Int, b: Int) {
        (Int(truncatingIfNeeded: key >> 32), Int(truncatingIfNeeded: key >> 1) & (Hit.mostPosition - 1))
    }
}
