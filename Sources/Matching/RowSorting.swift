internal import Glibc
internal import Synchronization

/// Copies the rows of a problem without locked pairs, each sorted by falling score, then rising expert.
///
/// It goes block by block, from the row whose proposal bids first, on any number of threads at once. Who needs a row
/// that is not there yet sorts along instead of waiting. The rows come out the same however the blocks were dealt.
///
/// `@unchecked Sendable`: a block is written by the one thread that took it, and read by others once it is done.
final class RowSorting: @unchecked Sendable {
    /// Rows in a block: some tens of kilobytes.
    private static let block = 256

    private let problem: MatchingProblem
    private let starts: UnsafePointer<Int>
    private let candidates: UnsafeMutablePointer<Candidate>
    /// The row sorted first.
    private let first: Int
    private let longest: Int
    private let blocks: Int
    /// The next block that nobody has taken.
    private let next = Atomic(0)
    private let isDone: UnsafeMutablePointer<Atomic<Bool>>

    /// - Parameters:
    ///   - candidates: room for the rows, which stands as long as anybody sorts.
    ///   - start: where each row goes in it.
    init(
        _ problem: MatchingProblem, into candidates: borrowing Buffer<Candidate>,
        _ start: borrowing Buffer<Int>,
        from first: Int
    ) {
        self.problem = problem
        self.candidates = candidates.base
        starts = UnsafePointer(start.base)
        self.first = first
        var longest = 0
        for proposal in 0..<problem.proposals {
            longest = max(longest, problem.rowStart[proposal + 1] - problem.rowStart[proposal])
        }
        self.longest = longest
        blocks = (problem.proposals + Self.block - 1) / Self.block
        isDone = .allocate(capacity: max(1, blocks))
        for number in 0..<blocks { (isDone + number).initialize(to: Atomic(false)) }
    }

    deinit {
        isDone.deinitialize(count: blocks)
        isDone.deallocate()
    }

    /// Sorts along until nothing is left to begin with.
    func run() {
        let desk = Desk(longest: longest)
        while sortOne(at: desk) {}
    }

    /// Nobody begins with another block.
    func stop() { next.store(blocks, ordering: .relaxed) }

    /// How far a row stands from the first.
    @inline(__always) func position(_ proposal: Int) -> Int {
        proposal >= first ? proposal &- first : proposal &- first &+ problem.proposals
    }

    @inline(__always) func proposal(at position: Int) -> Int {
        let proposal = first &+ position
        return proposal < problem.proposals ? proposal : proposal &- problem.proposals
    }

    /// Returns when all rows up to a position are sorted, and says up to which position rows are known to be.
    ///
    /// - Parameter sorted: what the last call said; 0 before.
    func wait(for position: Int, beyond sorted: Int) -> Int {
        var number = sorted / Self.block
        var desk: Desk?
        while number <= position / Self.block {
            if isDone[number].load(ordering: .acquiring) {
                number += 1
                continue
            }
            let here = desk ?? Desk(longest: longest)
            desk = here
            if !sortOne(at: here) { sched_yield() }
        }
        while number < blocks, isDone[number].load(ordering: .acquiring) { number += 1 }
        return number * Self.block
    }

    /// Where one thread sorts.
    private final class Desk {
        let row: Buffer<Candidate>
        var sorter: RowSorter

        init(longest: Int) {
            row = Buffer(uninitialized: longest)
            sorter = RowSorter(longest: longest)
        }
    }

    /// - Returns: false if all blocks have been taken.
    private func sortOne(at desk: Desk) -> Bool {
        // Not beyond the end, so that asking again and again does not overflow.
        guard next.load(ordering: .relaxed) < blocks else { return false }
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < blocks else { return false }
        sort(number * Self.block..<min((number + 1) * Self.block, problem.proposals), at: desk)
        isDone[number].store(true, ordering: .releasing)
        return true
    }

    private func sort(_ positions: Range<Int>, at desk: Desk) {
        problem.candidates.withUnsafeBufferPointer { source in
            for position in positions {
                let proposal = proposal(at: position)
                let locks = problem.locks(of: proposal)
                var count = 0
                for index in problem.rowStart[proposal]..<problem.rowStart[proposal + 1] {
                    let candidate = source[index]
                    if !locks.isEmpty, locks.contains(where: { $0.expert == Int(candidate.expert) }) {
                        continue
                    }
                    desk.row[count] = candidate
                    count += 1
                }
                desk.sorter.sort(desk.row.base, count, into: candidates + starts[proposal])
            }
        }
    }
}

extension MatchingProblem {
    /// The locked pairs of one proposal.
    func locks(of proposal: Int) -> ArraySlice<Pair> {
        var low = 0
        var high = locked.count
        while low < high {
            let middle = (low + high) / 2
            if locked[middle].proposal < proposal { low = middle + 1 } else { high = middle }
        }
        var end = low
        while end < locked.count, locked[end].proposal == proposal { end += 1 }
        return locked[low..<end]
    }
}
