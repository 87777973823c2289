/// The places in a text where a search may begin.
///
/// A Chinese text has no spaces, so a word may begin at each of its characters; a Latin word or a number is found
/// from its own beginning. Each place gives one term: what follows it, cut to ``longest`` characters. A search then is
/// a range of terms, and needs neither a scan nor an engine's own full-text index.
enum Terms {
    /// Characters of a term. Longer words are looked for by their first six, and then compared whole.
    static let longest = 6

    static func of(_ text: String) -> Set<String> {
        let letters = Array(folded(text))
        var terms: Set<String> = []
        for place in letters.indices where begins(at: place, letters) {
            terms.insert(String(letters[place..<min(place + longest, letters.count)]))
        }
        return terms
    }

    /// Terms of a name in characters and in Latin letters, which are looked for with or without spaces.
    static func ofName(_ name: String, pinyin: String) -> Set<String> {
        var terms = of(name.filter { !$0.isWhitespace })
        let words = folded(pinyin).split(whereSeparator: \.isWhitespace)
        for place in words.indices {
            let rest = words[place...].joined()
            if !rest.isEmpty { terms.insert(String(rest.prefix(longest))) }
        }
        return terms
    }

    /// The terms that begin as a word does, or as its first ``longest`` characters: from the first bound up to, and
    /// without, the second.
    static func range(of word: String) -> (from: String, below: String) {
        range(from: String(word.prefix(longest)))
    }

    /// The terms that begin with a text.
    static func range(from text: String) -> (from: String, below: String) {
        let start = folded(text)
        // The last character there is: both engines compare text by its bytes.
        return (start, start + "\u{10FFFF}")
    }

    /// Whether a term says all of a word.
    static func holds(_ word: String) -> Bool { word.count <= longest }

    static func folded(_ text: String) -> String { text.lowercased() }

    /// Text inside a LIKE pattern; `~` escapes.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            if character == "~" || character == "%" || character == "_" { out.append("~") }
            out.append(character)
        }
        return out
    }

    private static func begins(at place: Int, _ letters: [Character]) -> Bool {
        let letter = letters[place]
        guard letter.isLetter || letter.isNumber else { return false }
        guard letter.isASCII, place > 0 else { return true }
        let before = letters[place - 1]
        return !(before.isASCII && (before.isLetter || before.isNumber))
    }
}
