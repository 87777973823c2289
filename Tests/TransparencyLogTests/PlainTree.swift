import TransparencyLog

/// The definitions of RFC 6962 section 2.1 written down word for word, as the oracle: MTH, PATH and PROOF.
final class PlainTree {
    let leaves: [MerkleHash]
    private var roots: [Range<Int>: MerkleHash] = [:]

    init(leafCount: Int) {
        leaves = (0..<leafCount).map { Merkle.leafHash(Array("leaf \($0)".utf8)) }
    }

    func root(_ range: Range<Int>) -> MerkleHash {
        if let known = roots[range] { return known }
        let root: MerkleHash
        switch range.count {
        case 0: root = Merkle.emptyRoot
        case 1: root = leaves[range.lowerBound]
        default:
            let middle = split(range)
            root = Merkle.nodeHash(self.root(range.lowerBound..<middle), self.root(middle..<range.upperBound))
        }
        roots[range] = root
        return root
    }

    func path(_ index: Int, _ range: Range<Int>) -> [MerkleHash] {
        guard range.count > 1 else { return [] }
        let middle = split(range)
        return index < middle
            ? path(index, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
            : path(index, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }

    func proof(_ old: Int, _ range: Range<Int>, isWhole: Bool = true) -> [MerkleHash] {
        if old == range.upperBound { return isWhole ? [] : [root(range)] }
        let middle = split(range)
        return old <= middle
            ? proof(old, range.lowerBound..<middle, isWhole: isWhole) + [root(middle..<range.upperBound)]
            : proof(old, middle..<range.upperBound, isWhole: false) + [root(range.lowerBound..<middle)]
    }

    private func split(_ range: Range<Int>) -> Int {
        var half = 1
        while half * 2 < range.count { half *= 2 }
        return range.lowerBound + half
    }
}
