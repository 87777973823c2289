import Testing

@testable import TextReuse

struct StockPhraseTests {
    @Test func `tables tell of every fingerprint what counting its postings tells`() throws {
        var chance = Chance.fresh("stock phrases")
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        let phrases = (0..<12).map { _ in chance.chinese(60) }
        // Phrases in 2 to 90 texts, spread over segments and the newest texts: 51 make a stock phrase.
        for number in 0..<600 {
            let some = phrases.enumerated().filter { number * 7 % 600 < 2 + $0.offset * 8 }
            try index.add(
                id: "\(number)",
                text: some.reduce(chance.chinese(40)) { $0 + $1.element + chance.chinese(20) })
            if number % 60 == 59, number < 540 { try index.seal() }
        }
        try index.catchUp()
        let contents = index.contents
        #expect(contents.segments.count > 4 && !contents.newest.entries.isEmpty)
        var (stops, others) = (0, 0)
        var winnow = Fingerprinter()
        for phrase in phrases {
            var hashes: [UInt64] = []
            _ = Array(phrase.utf8).withUnsafeBytes { winnow($0) { hashes.append($0.hash) } }
            for hash in hashes {
                var places = contents.newest.entries(of: hash).count
                for segment in contents.segments { places += try segment.places(of: hash).count }
                #expect(try contents.isStop(hash) == (places > contents.stopLimit))
                if places > contents.stopLimit { stops += 1 } else { others += 1 }
            }
        }
        #expect(stops > 0 && others > 0, "\(stops) stock, \(others) not: the test says nothing")
    }

    @Test func `a number that does not fit is no upper bound`() {
        let hash: UInt64 = 5 << 28 + 77
        var directory = Array(repeating: UInt32(0), count: Posting.buckets + 1)
        for bucket in 6...Posting.buckets { directory[bucket] = 1 }
        func places(_ number: UInt64) -> ClosedRange<Int> {
            [hash << 20 | number].withUnsafeBufferPointer { entries in
                directory.withUnsafeBufferPointer {
                    CommonFingerprints(entries, directory: $0).places(of: hash)
                }
            }
        }
        #expect(places(1 << 20 - 2) == (1 << 20 - 2)...(1 << 20 - 2))
        #expect(places(1 << 20 - 1) == (1 << 20 - 1)...Int(UInt32.max))
    }
}
