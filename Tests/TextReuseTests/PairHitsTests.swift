import Glibc
import Synchronization
import Testing

@testable import TextReuse

struct PairHitsTests {
    /// Everything that is found for each document, in an order of its own.
    private func all(_ index: ReuseIndex, threads: Int, mostHits: Int) throws -> [[String]] {
        let hits = try PairHits(
            index.contents, sharing: Sharing(), threads: threads, mostHits: mostHits, proceed: { _ in true })
        var all: [[String]] = []
        while all.count < hits.documents {
            let round = try hits.hits(of: hits.round(from: all.count))
            #expect(round.documents.lowerBound == all.count)
            #expect(!round.documents.isEmpty)
            for document in round.documents {
                let found = round.hits(of: document).map { "\($0.document) \($0.a) \($0.b) \($0.isRare)" }
                all.append(found.sorted() + round.stops(of: document).sorted().map { "stop \($0)" })
            }
        }
        return all
    }

    @Test func `hits are the same however few fit into memory and however many threads look`() throws {
        var chance = Chance.fresh("rounds")
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        let stock = chance.chinese(80)
        for (number, text) in Season.texts(count: 70, chance: &chance).enumerated() {
            try index.add(id: "d\(number)", text: text + stock)
            // Several segments, and some documents in none.
            if number % 20 == 19 { try index.seal() }
        }
        try index.remove(3)
        try index.catchUp()
        let expected = try all(index, threads: 1, mostHits: 1 << 20)
        #expect(expected.contains { $0.contains { !$0.hasPrefix("stop") } })
        #expect(expected.contains { $0.contains { $0.hasPrefix("stop") } })
        for (threads, most) in [(1, 1), (2, 7), (3, 40), (5, 1 << 20)] {
            #expect(try all(index, threads: threads, mostHits: most) == expected)
        }
    }

    @Test func `pairs go on from where they were broken off as if they had not been`() throws {
        var chance = Chance.fresh("broken off")
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        // In so many documents that it is masked: the shares depend on it.
        let stock = chance.chinese(80)
        for (number, text) in Season.texts(count: 130, chance: &chance).enumerated() {
            try index.add(id: "d\(number)", text: text + stock)
            if number % 50 == 49 { try index.seal() }
        }
        let all = try index.allPairs()
        #expect(all.contains { $0.a < 64 && $0.b >= 64 })
        for first in [1, 40, 64, 129, 130, 500] {
            for threads in [1, 3] {
                #expect(try index.allPairs(from: first, threads: threads) == all.filter { $0.b >= first })
            }
        }
        let told = Told()
        try index.pairs(reached: { told.reach($0) }, report: { told.add($0) })
        #expect(told.reached == [32, 64, 96, 128, 130])
        #expect(told.isInOrder && told.pairs == all)
    }

    /// Holds what was reached against what was reported.
    private final class Told: @unchecked Sendable {
        // Only touched by one thread at a time, as the index promises.
        private(set) var reached: [Int] = []
        private(set) var pairs: [Pair] = []
        private(set) var isInOrder = true

        func reach(_ document: Int) {
            if pairs.contains(where: { $0.b >= document }) { isInOrder = false }
            reached.append(document)
        }

        func add(_ pair: Pair) {
            if let last = reached.last, pair.b < last { isInOrder = false }
            pairs.append(pair)
        }
    }

    @Test func `nobody begins a chunk while too many pairs wait for one before it`() {
        for stops in [false, true] {
            let told = Told()
            let shared = PairWork.Shared(
                0..<160, texts: TextShelf(documents: 160), reached: { told.reach($0) },
                report: { told.add($0) })
            #expect(shared.nextChunk()?.0 == 0)
            #expect(shared.nextChunk()?.0 == 1)
            let pair = Pair(
                a: 0, b: 40, overlap: Overlap(containment: 1, reverse: 1, longest: 60, spans: []))
            let many = PairWork.Shared.mostWaiting + 1
            shared.deliver(Array(repeating: pair, count: many), chunk: 1)
            let begun = Mutex<[Int?]>([])
            concurrently(2) { number in
                if number == 1 {
                    let chunk = shared.nextChunk()?.0
                    begun.withLock { $0.append(chunk) }
                } else {
                    usleep(100_000)
                    #expect(begun.withLock { $0.isEmpty })
                    if stops { shared.stop() } else { shared.deliver([], chunk: 0) }
                }
            }
            #expect(begun.withLock { $0 } == [stops ? nil : 2])
            #expect(told.pairs.count == (stops ? 0 : many))
        }
    }

    @Test func `who says no while hits are gathered stops the work`() throws {
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        try index.add(id: "a", text: "申请人应当说明项目的研究意义、国内外研究现状及发展动态分析。")
        #expect(throws: IndexFault.cancelled) {
            try index.pairs(proceed: { _ in false }, report: { _ in })
        }
    }
}
