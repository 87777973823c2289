/// What a text is found by: two neighbouring Han characters, or a whole Latin word.
///
/// A number instead of a string, because a round has hundreds of millions of them: two scalars of 21 bits side by
/// side, or for a word the FNV-1a hash with the highest bit set.
package struct TextTerm: Hashable, Sendable, Codable, Comparable {
    package let rawValue: UInt64

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(UInt64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package static func < (left: TextTerm, right: TextTerm) -> Bool { left.rawValue < right.rawValue }

    init(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) {
        rawValue = UInt64(first.value) << 21 | UInt64(second?.value ?? 0)
    }

    init(word: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        rawValue = hash | 1 << 63
    }
}

/// A stretch of a text without a break: Han characters, or one Latin word in small letters.
package enum TextRun: Hashable, Sendable {
    case han([Unicode.Scalar])
    case word(String)

    /// In order. A single Han character is a term by itself.
    package var terms: [TextTerm] {
        switch self {
        case .word(let word): [TextTerm(word: word)]
        case .han(let scalars) where scalars.count == 1: [TextTerm(scalars[0], nil)]
        case .han(let scalars): zip(scalars, scalars.dropFirst()).map { TextTerm($0, $1) }
        }
    }

    /// The words that the terms `range` of the run stand in.
    package func words(_ range: Range<Int>) -> String {
        switch self {
        case .word(let word): return word
        case .han(let scalars):
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[range.lowerBound..<min(scalars.count, range.upperBound + 1)])
            return String(text)
        }
    }

    /// Everything that is neither a Han character nor a letter or digit breaks a run, and so does the change from one
    /// to the other. A Latin word of one letter says nothing and is left out.
    package static func all(in text: String) -> [TextRun] {
        var runs: [TextRun] = []
        var han: [Unicode.Scalar] = []
        var word = String.UnicodeScalarView()
        func endHan() {
            if !han.isEmpty { runs.append(.han(han)) }
            han = []
        }
        func endWord() {
            if word.count > 1 { runs.append(.word(String(word).lowercased())) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            if scalar == "的" {
                // Stands between words everywhere and belongs to none.
                endHan()
                endWord()
            } else if isHan(scalar) {
                endWord()
                han.append(scalar)
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal {
                endHan()
                word.append(scalar)
            } else {
                endHan()
                endWord()
            }
        }
        endHan()
        endWord()
        return runs
    }

    /// The unified ideographs with their extensions.
    private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}

/// The terms of a text with their numbers, in ascending order of terms, so that sums over them are the same on every
/// machine.
package struct TermBag: Sendable, Hashable {
    package struct Entry: Sendable, Hashable {
        package let term: TextTerm
        package let count: Int
    }

    package let entries: [Entry]

    /// - Parameter texts: each with how often it is counted: a title says more than a page of prose.
    package init(_ texts: [(text: String, times: Int)]) {
        var counts: [TextTerm: Int] = [:]
        for (text, times) in texts {
            for run in TextRun.all(in: text) { for term in run.terms { counts[term, default: 0] += times } }
        }
        entries = counts.map { Entry(term: $0.key, count: $0.value) }.sorted { $0.term < $1.term }
    }

    package func count(_ term: TextTerm) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].term < term { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].term == term ? entries[low].count : 0
    }
}
