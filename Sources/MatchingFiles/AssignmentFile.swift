package import Matching

/// `assignment.csv`: the header `proposal,expert`, then a line a pair, in order.
package enum AssignmentFile {
    package static func text(_ assignment: Assignment) -> [UInt8] {
        var bytes = Array("proposal,expert\n".utf8)
        for proposal in 0..<assignment.proposals {
            for expert in assignment[proposal] { bytes += "\(proposal),\(expert)\n".utf8 }
        }
        return bytes
    }

    package static func read(
        path: String, proposals: Int, experts: Int
    ) throws(FileRefused) -> Assignment {
        let pairs = try PairFile.read(TextFile(path: path), proposals: proposals, experts: experts)
        var rows = [[Int32]](repeating: [], count: proposals)
        for pair in pairs {
            guard !rows[pair.pair.proposal].contains(Int32(pair.pair.expert)) else {
                throw FileRefused(
                    path, line: pair.line, "pair \(pair.pair.proposal),\(pair.pair.expert) is given twice")
            }
            rows[pair.pair.proposal].append(Int32(pair.pair.expert))
        }
        return Assignment(rows: rows)
    }
}
