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

    @Test func `who says no while hits are gathered stops the work`() throws {
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        try index.add(id: "a", text: "申请人应当说明项目的研究意义、国内外研究现状及发展动态分析。")
        #expect(throws: IndexFault.cancelled) {
            try index.pairs(proceed: { _ in false }, report: { _ in })
        }
    }
}
