/// Who was given what.
public struct Assignment: Hashable, Sendable {
    /// The experts of proposal `i` are `experts[rowStart[i]..<rowStart[i + 1]]`, in ascending order.
    public let rowStart: [Int]
    public let experts: [Int32]

    /// - Parameter rows: the experts of each proposal, in any order.
    public init(rows: [[Int32]]) {
        var starts = [0]
        var all: [Int32] = []
        for row in rows {
            all += row.sorted()
            starts.append(all.count)
        }
        rowStart = starts
        experts = all
    }

    init(rowStart: [Int], experts: [Int32]) {
        self.rowStart = rowStart
        self.experts = experts
    }

    /// How many proposals it speaks of.
    public var proposals: Int { rowStart.count - 1 }
    /// How many places are filled.
    public var assigned: Int { experts.count }

    /// The experts of one proposal, in ascending order.
    public subscript(proposal: Int) -> ArraySlice<Int32> {
        experts[rowStart[proposal]..<rowStart[proposal + 1]]
    }

    /// All assigned pairs, in order.
    public var pairs: [Pair] {
        var result: [Pair] = []
        result.reserveCapacity(assigned)
        for proposal in 0..<proposals {
            for expert in self[proposal] { result.append(Pair(proposal: proposal, expert: Int(expert))) }
        }
        return result
    }
}
