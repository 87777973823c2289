import Lifecycle

/// A section of an application as a row of moves, each a pool of sentences of which one is written;
/// a move marked `+` may give a second sentence when the section is still too short.
///
/// Written as lines: `# name` or `# name +` opens a move, every other line is a `DemoPhrase`.
struct DemoSection: Sendable {
    private struct Move: Sendable {
        var phrases: [DemoPhrase] = []
        var mayRepeat: Bool
    }

    private var moves: [Move] = []
    private let length: ClosedRange<Int>

    init(_ length: ClosedRange<Int>, _ text: String) {
        self.length = length
        for line in text.split(separator: "\n") {
            if line.hasPrefix("#") {
                moves.append(Move(mayRepeat: line.hasSuffix("+")))
            } else if let last = moves.indices.last {
                moves[last].phrases.append(DemoPhrase(line))
            }
        }
    }

    var phraseCount: Int { moves.reduce(0) { $0 + $1.phrases.count } }

    /// The prose, within `length` Han characters, no sentence twice.
    func written(about subject: DemoSubject, using chance: inout some RandomNumberGenerator) -> String {
        var text = moves.map { move in
            chance.pick(move.mayRepeat ? 2 : 1, of: move.phrases)
                .map { Sentence($0.written(about: subject, using: &chance)) }
        }
        var total = text.joined().reduce(0) { $0 + $1.length }
        // Second sentences leave in random order while there are too many, and half of the rest too
        // while there are enough.
        let doubled = text.indices.filter { text[$0].count > 1 }
        for move in chance.pick(doubled.count, of: doubled) {
            let without = total - text[move][1].length
            if total > length.upperBound || (without >= length.lowerBound && chance.below(2) == 0) {
                text[move].removeLast()
                total = without
            }
        }
        return text.joined().map(\.words).joined()
    }

    private struct Sentence {
        var words: String
        var length: Int

        init(_ words: String) {
            self.words = words
            length = Han.count(words)
        }
    }
}

/// Counting of Chinese characters, by which lengths of applications are told.
enum Han {
    /// The CJK unified ideographs of the basic block, U+4E00 to U+9FFF.
    static func count(_ text: String) -> Int {
        var count = 0
        for scalar in text.unicodeScalars where (0x4E00...0x9FFF).contains(scalar.value) { count += 1 }
        return count
    }
}
