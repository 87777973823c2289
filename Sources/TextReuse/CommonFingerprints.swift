/// How often the fingerprints stand in a segment that stand there often: whether one is a stock phrase is known without
/// reading its postings, which lie scattered over the file.
///
/// Sorted words of 44 bits of hash and 20 of number, and a directory that says where each bucket's begin.
struct CommonFingerprints {
    static let entryBytes = 8
    /// A fingerprint in fewer places has no entry. As many segments as an index has before they are merged, each with one
    /// place fewer than this, do not reach the least number of places that makes a stock phrase.
    static let fewest = 4
    private static let numberBits = 64 - Fingerprint.hashBits
    private static let mostNumber = 1 << numberBits - 1

    private let entries: UnsafeBufferPointer<UInt64>
    private let directory: UnsafeBufferPointer<UInt32>

    /// Good as long as the memory of both is. Neither is trusted.
    init(_ entries: UnsafeBufferPointer<UInt64>, directory: UnsafeBufferPointer<UInt32>) {
        self.entries = entries
        self.directory = directory
    }

    /// In how many places a fingerprint stands, at least and at most.
    func places(of hash: UInt64) -> ClosedRange<Int> {
        let bucket = Posting.bucket(of: hash)
        var low = start(of: bucket)
        var high = start(of: bucket + 1)
        while low < high {
            let middle = (low + high) / 2
            if entry(middle).hash < hash { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, entry(low).hash == hash else { return 0...(Self.fewest - 1) }
        let number = entry(low).number
        return number...(number < Self.mostNumber ? number : Int(UInt32.max))
    }

    private func start(of bucket: Int) -> Int {
        min(Int(UInt32(littleEndian: directory[bucket])), entries.count)
    }

    private func entry(_ place: Int) -> (hash: UInt64, number: Int) {
        let bits = UInt64(littleEndian: entries[place])
        return (bits >> UInt64(Self.numberBits), Int(truncatingIfNeeded: bits) & Self.mostNumber)
    }

    /// Appends the entries of a sorted bucket.
    static func gather(_ postings: UnsafeBufferPointer<UInt64>, of bucket: Int, into entries: inout [UInt64])
    {
        var start = 0
        while start + fewest <= postings.count {
            let rest = Posting(bits: UInt64(littleEndian: postings[start])).rest
            // Most fingerprints are rare: one look tells that this one is.
            guard Posting(bits: UInt64(littleEndian: postings[start + fewest - 1])).rest == rest else {
                start += 1
                continue
            }
            var end = start + fewest
            while end < postings.count, Posting(bits: UInt64(littleEndian: postings[end])).rest == rest {
                end += 1
            }
            let hash = UInt64(bucket) << UInt64(Posting.restBits) | rest
            entries.append(hash << UInt64(numberBits) | UInt64(min(end - start, mostNumber)))
            start = end
        }
    }
}
