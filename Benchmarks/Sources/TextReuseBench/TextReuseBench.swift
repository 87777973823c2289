import Foundation

/// Measures the kernel `TextReuse`; prints one JSON object a measurement. `Benchmarks/reuse.sh` drives it.
///
///     TextReuseBench speed DOCS.jsonl FOLDER          fingerprints, index and pairs of a corpus
///     TextReuseBench scale DOCS.jsonl FOLDER COUNT    an index of COUNT made-up texts, and searches in it
///     TextReuseBench pairs DOCS.jsonl FOLDER          what all pairs of a corpus share
///     TextReuseBench align                            what pairs of files share, named on the standard input
@main
struct TextReuseBench {
    static func main() throws {
        let arguments = CommandLine.arguments
        if arguments.count == 2, arguments[1] == "align" { return try Found.aligned() }
        guard arguments.count >= 4 else {
            print(
                "usage: TextReuseBench speed|pairs DOCS.jsonl FOLDER | scale DOCS.jsonl FOLDER COUNT | align")
            exit(2)
        }
        let corpus = try Corpus(path: arguments[2])
        switch arguments[1] {
        case "speed": try Speed(corpus: corpus, folder: arguments[3]).run()
        case "pairs": try Found.pairs(corpus, folder: arguments[3])
        case "scale":
            try Scale(corpus: corpus, folder: arguments[3], count: Int(arguments[4]) ?? 10_000).run()
        default: exit(2)
        }
    }
}

/// The texts of `{"id", "text"}` lines.
struct Corpus {
    struct Line: Decodable {
        var id: String
        var text: String
    }

    var texts: [[UInt8]] = []
    var characters = 0
    var bytes = 0

    init(path: String) throws {
        let decoder = JSONDecoder()
        for line in try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A) {
            let text = try decoder.decode(Line.self, from: line).text
            texts.append(Array(text.utf8))
            characters += text.unicodeScalars.count
        }
        bytes = texts.reduce(0) { $0 + $1.count }
    }
}

/// A measurement as JSON with sorted keys.
func report(_ name: String, _ figures: [String: Double]) {
    let fields = figures.sorted { $0.key < $1.key }.map {
        "\"\($0.key)\":\(($0.value * 1e4).rounded() / 1e4)"
    }
    print("{\"what\":\"\(name)\",\(fields.joined(separator: ","))}")
    fflush(nil)
}
