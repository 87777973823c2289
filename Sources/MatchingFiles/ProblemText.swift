package import Matching

/// A problem of whole scores written as the files that ``ProblemFiles`` reads.
package enum ProblemText {
    /// `pairs.csv`: the header `proposal,expert,score`, then a line a candidate.
    package static func candidates(_ problem: MatchingProblem) -> [UInt8] {
        var bytes = Array("proposal,expert,score\n".utf8)
        for proposal in 0..<problem.proposals {
            for candidate in problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]] {
                bytes += "\(proposal),\(candidate.expert),\(candidate.score)\n".utf8
            }
        }
        return bytes
    }

    /// One whole number a line: demands, loads or groups.
    package static func numbers(_ values: [Int32]) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values { bytes += "\(value)\n".utf8 }
        return bytes
    }

    /// The header `proposal,expert`, then a line a pair.
    package static func pairs(_ pairs: [Pair]) -> [UInt8] {
        var bytes = Array("proposal,expert\n".utf8)
        for pair in pairs { bytes += "\(pair.proposal),\(pair.expert)\n".utf8 }
        return bytes
    }
}
