import Testing

@testable import TextReuse

struct StockPhraseTests {
    @Test func `tables tell of every fingerprint what counting its postings tells`() throws {
        var chance = Chance.fresh("stock phrases")
        let folder = ScratchFolder()
        let index = try ReuseIndex(writing: folder.path)
        let phrases = (0..<12).map { _ in chance.chinese(60) }
        // Each phrase in about as many texts as make it a stock phrase, spread over segments and the newest texts.
        for number in 0..<600 {
            let some = phrases.enumerated().filter { _ in Int.random(in: 0..<12, using: &chance) == 0 }
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
}
