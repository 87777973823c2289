/// Sorts numbers whose high bits are evenly distributed, such as the postings of one bucket.
///
/// One counting pass over the high bits, of as many as there are numbers, leaves about one in each part; insertion
/// finishes what is small, and the library's sort what an adversary has piled up.
struct PostingSort {
    private var scratch: [UInt64] = []
    private var starts: [Int] = Array(repeating: 0, count: (1 << mostBits) + 1)

    private static let mostBits = 8

    /// `width` says below which bit the high ones begin; those above are zero.
    mutating func callAsFunction(_ bucket: UnsafeMutableBufferPointer<UInt64>, width: Int = 64) {
        guard bucket.count > 12 else { return Self.insert(bucket) }
        if scratch.count < bucket.count {
            scratch = Array(repeating: 0, count: bucket.count + bucket.count / 2)
        }
        let bits = min(Self.mostBits, width, Int.bitWidth - bucket.count.leadingZeroBitCount)
        let parts = 1 << bits
        let shift = UInt64(width - bits)
        scratch.withUnsafeMutableBufferPointer { scratch in
            starts.withUnsafeMutableBufferPointer { starts in
                for part in 0...parts { starts[part] = 0 }
                for bits in bucket { starts[Int(truncatingIfNeeded: bits &>> shift) &+ 1] &+= 1 }
                for part in 1...parts { starts[part] &+= starts[part &- 1] }
                for bits in bucket {
                    let part = Int(truncatingIfNeeded: bits &>> shift)
                    scratch[starts[part]] = bits
                    starts[part] &+= 1
                }
                // Each start has moved to its part's end.
                var low = 0
                for part in 0..<parts {
                    let high = starts[part]
                    if high - low > 1 {
                        var run = UnsafeMutableBufferPointer(rebasing: scratch[low..<high])
                        if run.count <= 48 || Self.isSorted(run) { Self.insert(run) } else { run.sort() }
                    }
                    low = high
                }
            }
            bucket.baseAddress?.update(from: scratch.baseAddress.unsafelyUnwrapped, count: bucket.count)
        }
    }

    private static func isSorted(_ run: UnsafeMutableBufferPointer<UInt64>) -> Bool {
        for place in 1..<run.count where run[place - 1] > run[place] { return false }
        return true
    }

    private static func insert(_ run: UnsafeMutableBufferPointer<UInt64>) {
        guard run.count > 1 else { return }
        for place in 1..<run.count {
            let bits = run[place]
            var hole = place
            while hole > 0, run[hole - 1] > bits {
                run[hole] = run[hole - 1]
                hole -= 1
            }
            run[hole] = bits
        }
    }
}
