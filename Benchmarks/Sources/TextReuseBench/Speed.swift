import Foundation
import Synchronization
import TextReuse

/// How fast one corpus is fingerprinted, indexed and compared with itself.
struct Speed {
    let corpus: Corpus
    let folder: String

    func run() throws {
        var best = Double.infinity
        var fingerprints = 0
        var symbols = 0
        for _ in 0..<5 {
            var fingerprinter = Fingerprinter()
            (fingerprints, symbols) = (0, 0)
            let meter = Meter()
            for text in corpus.texts {
                symbols += text.withUnsafeBytes { fingerprinter($0) { _ in fingerprints += 1 } }
            }
            best = min(best, meter.cpu)
        }
        report(
            "fingerprints",
            [
                "cpu": best, "megacharsPerSecond": Double(corpus.characters) / best / 1e6,
                "megabytesPerSecond": Double(corpus.bytes) / best / 1e6,
                "density": Double(fingerprints) / Double(max(1, symbols)),
            ])
        for threads in [1, 2] { try indexAndPairs(threads: threads) }
    }

    private func indexAndPairs(threads: Int) throws {
        let path = "\(folder)/speed-\(threads)"
        try? FileManager.default.removeItem(atPath: path)
        let meter = Meter()
        let index = try ReuseIndex(writing: path)
        for (number, text) in corpus.texts.enumerated() {
            try Array("\(number)".utf8).withUnsafeBytes { id in
                _ = try text.withUnsafeBytes { try index.add(id: id, text: $0) }
            }
        }
        try index.seal(threads: threads)
        try index.merge(threads: threads)
        let (cpu, wall) = (meter.cpu, meter.wall)
        report(
            "index, \(threads) threads",
            [
                "cpu": cpu, "wall": wall, "megacharsPerSecond": Double(corpus.characters) / cpu / 1e6,
                "megabytesPerSecond": Double(corpus.bytes) / cpu / 1e6,
            ])
        let pairMeter = Meter()
        let found = Atomic(0)
        try index.pairs(threads: threads) { _ in found.add(1, ordering: .relaxed) }
        report(
            "pairs with spans, \(threads) threads",
            [
                "cpu": pairMeter.cpu, "wall": pairMeter.wall, "pairs": Double(found.load(ordering: .relaxed)),
                "megabytesPerSecondWithIndex": Double(corpus.bytes) / (pairMeter.cpu + cpu) / 1e6,
            ])
    }
}
