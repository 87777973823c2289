import Foundation
import Synchronization
import TextReuse

/// What the kernel finds, as JSON lines that `reuse/evaluate.py` and `reuse/pan13.py` hold against the truth.
enum Found {
    /// All pairs of a corpus, whose texts are named by their numbers.
    static func pairs(_ corpus: Corpus, folder: String) throws {
        let path = "\(folder)/found"
        try? FileManager.default.removeItem(atPath: path)
        let index = try ReuseIndex(writing: path)
        for (number, text) in corpus.texts.enumerated() {
            try Array("\(number)".utf8).withUnsafeBytes { id in
                _ = try text.withUnsafeBytes { try index.add(id: id, text: $0) }
            }
            if index.isSealDue { try index.seal() }
        }
        try index.seal()
        try index.merge()
        try index.pairs { pair in
            print("{\"a\":\(pair.a),\"b\":\(pair.b),\"spans\":\(spans(pair.overlap))}")
        }
        try FileManager.default.removeItem(atPath: path)
    }

    /// The passages that two files share, for each line `A<tab>B` of the standard input one line.
    static func aligned() throws {
        let comparison = Comparison(sampling: .standard)
        while let line = readLine() {
            let files = try line.split(separator: "\t").map {
                [UInt8](try Data(contentsOf: URL(fileURLWithPath: String($0))))
            }
            guard files.count == 2 else { continue }
            let overlap = files[0].withUnsafeBytes { a in
                files[1].withUnsafeBytes { b in comparison(a, b) }
            }
            print("{\"spans\":\(overlap.map(spans) ?? "[]")}")
        }
    }

    private static func spans(_ overlap: Overlap) -> String {
        let spans = overlap.spans.map {
            "{\"a\":[\($0.a.lowerBound),\($0.a.upperBound)],\"b\":[\($0.b.lowerBound),\($0.b.upperBound)]}"
        }
        return "[\(spans.joined(separator: ","))]"
    }
}
