/// A whole subtree: the 2^height leaves from index·2^height on.
struct Subtree: Hashable {
    let height: Int
    let index: UInt64

    /// The whole subtrees, largest first, that make up the leaves `range`, which must start at a multiple
    /// of the largest one, as every range of the RFC 6962 recursion does.
    static func covering(_ range: Range<UInt64>) -> [Subtree] {
        var subtrees: [Subtree] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let height = 63 - (range.upperBound - start).leadingZeroBitCount
            subtrees.append(Subtree(height: height, index: start >> UInt64(height)))
            start += 1 << UInt64(height)
        }
        return subtrees
    }

    /// The tile with the hashes under this subtree in a tree of `size`, and their places in it.
    func hashes(inTreeOf size: UInt64) -> (tile: TileCoordinate, places: Range<Int>)? {
        let (level, rise) = height.quotientAndRemainder(dividingBy: TileCoordinate.height)
        let first = index << UInt64(rise)
        let place = Int(first % UInt64(TileCoordinate.fullWidth))
        let tile = TileCoordinate.tile(level: level, index: first >> 8, size: size)
        return tile.map { ($0, place..<place + 1 << rise) }
    }
}

/// The ranges of leaves whose roots make a proof, in the order of the proof.
enum ProofPath {
    /// PATH(m, D[n]) of RFC 6962 section 2.1.1.
    static func inclusion(index: UInt64, size: UInt64) -> [Range<UInt64>] {
        var path: [Range<UInt64>] = []
        var tree = 0..<size
        while tree.upperBound - tree.lowerBound > 1 {
            let middle = split(tree)
            if index < middle {
                path.append(middle..<tree.upperBound)
                tree = tree.lowerBound..<middle
            } else {
                path.append(tree.lowerBound..<middle)
                tree = middle..<tree.upperBound
            }
        }
        return path.reversed()
    }

    /// PROOF(m, D[n]) of RFC 6962 section 2.1.2, for 0 < m ≤ n.
    static func consistency(old: UInt64, new: UInt64) -> [Range<UInt64>] {
        var path: [Range<UInt64>] = []
        var tree = 0..<new
        while old != tree.upperBound {
            let middle = split(tree)
            if old <= middle {
                path.append(middle..<tree.upperBound)
                tree = tree.lowerBound..<middle
            } else {
                path.append(tree.lowerBound..<middle)
                tree = middle..<tree.upperBound
            }
        }
        // A range that starts at 0 here is the old tree itself, whose root the verifier has.
        if tree.lowerBound > 0 { path.append(tree) }
        return path.reversed()
    }

    /// Where RFC 6962 divides a tree: after the largest power of two below its size.
    private static func split(_ tree: Range<UInt64>) -> UInt64 {
        let size = tree.upperBound - tree.lowerBound
        return tree.lowerBound + 1 << UInt64(63 - (size - 1).leadingZeroBitCount)
    }
}
